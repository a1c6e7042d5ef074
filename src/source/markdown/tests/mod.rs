//! What a document looks like on a page, and what holds of any document.

mod bold;
mod hostile;
mod page;
mod properties;

use super::{Rendering, Target, Word, to_html};

fn resolve(target: &str) -> Target {
    match target.strip_prefix("code:") {
        Some("AC1.1") => Target {
            href: "../AC1.1.html".into(),
            text: Some("達成率".into()),
            lang: None,
        },
        Some("EN") => Target {
            href: "EN.html".into(),
            text: Some("Rate".into()),
            lang: Some("en".into()),
        },
        Some(_) => Target::default(),
        None => Target {
            href: target.to_owned(),
            ..Target::default()
        },
    }
}

fn words(word: Word) -> String {
    match word {
        Word::Alert(kind) => format!("Alert: {}", kind.name()),
        Word::Table(columns) => format!("Table: {}", columns.join(", ")),
        Word::Done => "Done".into(),
        Word::NotDone => "To do".into(),
        Word::Footnotes => "Footnotes".into(),
        Word::Footnote(number) => format!("Footnote {number}"),
        Word::BackToText {
            footnote,
            reference,
        } => format!("Back to {footnote}.{reference}"),
    }
}

fn rendering(id_prefix: &str) -> Rendering<'_> {
    Rendering {
        id_prefix,
        heading_base: 2,
        resolve: &resolve,
        words: &words,
    }
}

fn html(body: &str) -> String {
    to_html(body, &rendering("n-")).text
}
