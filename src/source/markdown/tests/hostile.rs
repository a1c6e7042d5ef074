//! Documents written to take the build down.

use std::time::{Duration, Instant};

use super::super::{excess, heading_ids, links};
use super::html;

#[test]
fn deep_or_hostile_documents_neither_overflow_nor_stall() {
    let many = 10_000;
    let repeated = |piece: &str| piece.repeat(many);
    let documents = [
        repeated(">"),
        repeated("> "),
        repeated("["),
        repeated("*"),
        repeated("*a "),
        repeated("**甲」 "),
        repeated("**「甲"),
        repeated("`a``"),
        repeated("- "),
        repeated("![["),
        repeated("<b>"),
        repeated("<div>\n\n"),
        repeated("</i><b x="),
        format!("<p\n{}", repeated("<a ")),
        format!("<p>{}", repeated("<b id=1><p>")),
        repeated("[^1]"),
        repeated("[^a]: b\n\n"),
        repeated("# a\n"),
        repeated("|a"),
        format!("|a|\n|-|\n{}", repeated("|b|\n")),
        repeated("a\n: b\n\n"),
        format!("{}{}", repeated("[a]("), repeated(")")),
        repeated("~~率%~~"),
        repeated("<!--"),
        format!("{}a\n{}", repeated(">"), repeated("b\n")),
        format!("{}a\n{}", repeated("- "), repeated("b\n")),
        format!(
            "{}\n{}\n{}",
            repeated("|a"),
            repeated("|-"),
            repeated("|\n")
        ),
        numbered(500, |n| format!("{}- a\n", "  ".repeat(n))),
        numbered(500, |n| format!("率%{}以", "*".repeat(n))),
        format!("<div>{}", repeated("<table><tr>")),
        format!("<div>{}", repeated("<p>a<b>")),
        numbered(many / 4, |n| format!("[^{n}]: [^{}]\n", n + 1)),
    ];
    for document in documents {
        let begin = Instant::now();
        let page = html(&document);
        let _ = (links(&document), heading_ids(&document), excess(&document));
        let start: String = document.chars().take(20).collect();
        assert!(
            begin.elapsed() < Duration::from_secs(20),
            "{start:?}: {:?}",
            begin.elapsed()
        );
        assert!(
            page.len() < document.len() * 40 + 1000,
            "{start:?}: {}",
            page.len()
        );
    }
}

fn numbered(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().concat()
}
