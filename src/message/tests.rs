//! Every text of the code is in every list of words, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use proc_macro2::{Delimiter, Group, Literal, TokenStream, TokenTree};

use super::catalogue::ZH_HANT_LIST;
use super::*;

/// The texts of the code, with the file of the first use.
#[derive(Default)]
struct Texts {
    file: String,
    found: BTreeMap<String, String>,
}

impl Texts {
    fn folder(&mut self, folder: &Path) {
        let mut entries: Vec<_> = fs::read_dir(folder).unwrap().flatten().collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name().into_string().unwrap();
            if path.is_dir() && name != "tests" {
                self.folder(&path);
            } else if path.extension().is_some_and(|e| e == "rs") && name != "tests.rs" {
                self.file = path.display().to_string();
                let tokens: TokenStream = fs::read_to_string(&path).unwrap().parse().unwrap();
                self.tokens(tokens);
            }
        }
    }

    /// Looks for `say!("…")`, and for the names that `entry!`, `keywords!` and the
    /// table of colour pairs hand on to it. What follows `#[cfg(test)]` is left out.
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<_> = tokens.into_iter().collect();
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            let word = token.to_string();
            if is_test_mark(token) {
                // The module behind the mark.
                at += tokens[at..]
                    .iter()
                    .position(|t| matches!(t, TokenTree::Group(_)) || t.to_string() == ";")
                    .map_or(0, |end| end + 1);
                continue;
            }
            match (word.as_str(), tokens.get(at), tokens.get(at + 1)) {
                ("say", Some(mark), Some(TokenTree::Group(group))) if mark.to_string() == "!" => {
                    self.texts(group, 1);
                }
                ("keywords" | "entry", Some(mark), Some(TokenTree::Group(group)))
                    if mark.to_string() == "!" =>
                {
                    let inside = group.stream().into_iter();
                    let names = inside.filter_map(|token| match token {
                        TokenTree::Group(name) => Some(name),
                        _ => None,
                    });
                    names
                        .filter(|name| name.delimiter() == Delimiter::Parenthesis)
                        .for_each(|name| self.texts(&name, usize::MAX));
                }
                ("each" | "own_tint", Some(TokenTree::Group(group)), _) => self.texts(group, 1),
                _ => {}
            }
            if let TokenTree::Group(group) = token {
                self.tokens(group.stream());
            }
        }
    }

    /// Takes in the texts that stand in a group, at most so many from its beginning.
    fn texts(&mut self, group: &Group, most: usize) {
        for token in group.stream().into_iter().take(most) {
            if let TokenTree::Literal(text) = token
                && let Some(text) = unquoted(&text)
            {
                self.found.entry(text).or_insert_with(|| self.file.clone());
            }
        }
    }
}

/// Whether this is `[cfg(test)]`.
fn is_test_mark(token: &TokenTree) -> bool {
    let TokenTree::Group(group) = token else {
        return false;
    };
    group.delimiter() == Delimiter::Bracket
        && group.stream().to_string().replace(' ', "") == "cfg(test)"
}

/// What a string literal stands for.
fn unquoted(literal: &Literal) -> Option<String> {
    let written = literal.to_string();
    let inside = written.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut characters = inside.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next().unwrap() {
                'n' => text.push('\n'),
                '\n' => while characters.next_if(|c| c.is_whitespace()).is_some() {},
                other => text.push(other),
            },
            other => text.push(other),
        }
    }
    Some(text)
}

/// The names in a text.
fn names(text: &str) -> BTreeSet<&str> {
    let name = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Text(_) => None,
    };
    pieces(text).into_iter().filter_map(name).collect()
}

/// Whether a text has words that could be translated: those of the files, in
/// backquotes, are the same in every language.
fn has_words(text: &str) -> bool {
    let parts = text.split('`').step_by(2);
    let said: String = parts
        .flat_map(pieces)
        .filter_map(|piece| match piece {
            Piece::Text(text) => Some(text),
            Piece::Name(_) => None,
        })
        .collect();
    said.contains(|c: char| c.is_ascii_alphabetic())
}

#[test]
fn every_text_of_the_code_is_translated_with_the_same_values() {
    let mut code = Texts::default();
    code.folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    assert!(code.found.len() > 500, "only {} texts", code.found.len());
    let list: BTreeMap<String, String> = serde_yaml::from_str(ZH_HANT_LIST).unwrap();
    let mut wrong = Vec::new();
    for (text, file) in &code.found {
        match list.get(text) {
            None if has_words(text) => wrong.push(format!("{file}: “{text}” is not translated")),
            Some(own) if names(own) != names(text) => {
                wrong.push(format!("“{text}” and “{own}” have other values"));
            }
            _ => {}
        }
    }
    let of_code = |text: &&String| !code.found.contains_key(*text);
    let unused = list.keys().filter(of_code);
    wrong.extend(unused.map(|text| format!("nothing in the code says “{text}”")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_message_is_said_in_either_language_with_its_values() {
    let message = say!(
        "`{value}` is not the code of {what}",
        value = "X",
        what = say!("a theme")
    );
    assert_eq!(message.english(), "`X` is not the code of a theme");
    assert_eq!(
        message.text(Language::TraditionalChinese),
        "`X` 不是策略主題的代碼"
    );
}

#[test]
fn values_are_not_read_as_names() {
    let message = say!("write `{value}`", value = "{value} and {what}");
    assert_eq!(message.english(), "write `{value} and {what}`");
    assert_eq!(
        message.text(Language::TraditionalChinese),
        "請寫 `{value} and {what}`"
    );
}

#[test]
fn braces_of_a_text_without_values_stay() {
    let message = say!("correct the link, or give the heading an id: `## Title {#id}`");
    assert!(message.english().ends_with("`## Title {#id}`"));
    let translated = message.text(Language::TraditionalChinese);
    assert!(translated.ends_with("{#id}`"), "{translated}");
}

#[test]
fn what_quotes_too_much_is_shortened_in_every_language() {
    let long = "é".repeat(2000);
    let message = say!("`{value}` is not an id", value = long).shortened(600);
    for language in Language::ALL {
        let text = message.text(language);
        assert!(text.len() < 700 && text.contains(" … "), "{text}");
    }
    assert!(message.english().ends_with("is not an id"));
}

#[test]
fn a_language_is_known_by_its_region_too() {
    let of = Language::of_tag;
    assert_eq!(of("zh-TW"), Some(Language::TraditionalChinese));
    assert_eq!(of("zh_Hant_HK"), Some(Language::TraditionalChinese));
    assert_eq!(of("en-GB"), Some(Language::English));
    assert_eq!(of("zh-Hans"), None);
    assert_eq!(of("ja"), None);
}

/// The words of a list with these in place of the values, and of what is quoted in
/// backquotes only the marks.
fn with(words: &str, value: &str) -> String {
    let message = Message::filled("", Vec::new(), String::new());
    let named: Vec<_> = names(words).into_iter().map(str::to_owned).collect();
    let values: Vec<_> = (named.iter())
        .map(|name| (&*name.clone().leak(), Value::Text(value.to_owned())))
        .collect();
    let text = Message { values, ..message }.fill(words, Language::TraditionalChinese);
    let outside = text.split('`').step_by(2);
    outside.collect::<Vec<_>>().join("`")
}

/// The first place where the space between Chinese and Latin is missing or too much.
fn ill_spaced(text: &str) -> Option<String> {
    use line::Side::{Full, Han, Latin};
    let letters: Vec<char> = text.chars().collect();
    let place = |at: usize| letters[at.saturating_sub(4)..(at + 5).min(letters.len())].iter();
    let side = |at: usize| letters.get(at).map(|c| line::Side::of(*c));
    (0..letters.len()).find_map(|at| {
        let wrong = match (side(at), letters.get(at + 1)) {
            (Some(Han), Some(' ')) => matches!(side(at + 2), Some(Han | Full)),
            (Some(Full), Some(' ')) => true,
            (Some(_), Some(' ')) => side(at + 2) == Some(Full),
            (Some(Han), Some(_)) => side(at + 1) == Some(Latin),
            (Some(Latin), Some(_)) => side(at + 1) == Some(Han),
            _ => false,
        };
        wrong.then(|| place(at).collect())
    })
}

#[test]
fn chinese_and_latin_are_parted_by_one_space_whatever_the_values_are() {
    let list: BTreeMap<String, String> = serde_yaml::from_str(ZH_HANT_LIST).unwrap();
    let mut wrong = Vec::new();
    for words in list.values() {
        for value in ["AC1", "12", "95%", "策略主題", "`id`", "site.yaml"] {
            let text = with(words, value);
            // What stands in columns is no sentence.
            let text = text.lines().filter(|line| !line.starts_with("  "));
            let found = text.filter_map(ill_spaced);
            wrong.extend(found.map(|place| format!("{words}: “{place}”")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_space_beside_a_value_is_that_of_the_value() {
    let said = |value: Message| {
        let message = say!("{what} is empty", what = value);
        message.text(Language::TraditionalChinese).into_owned()
    };
    assert_eq!(said(say!("site.yaml")), "site.yaml 是空的");
    assert_eq!(said(say!("a link")), "連結是空的");
    let quoted = say!(
        "“{value}” stands in column {column}, past the header's last",
        value = " a ",
        column = 3_usize
    );
    assert_eq!(
        quoted.text(Language::TraditionalChinese),
        "「 a 」在第 3 欄，超出標題列"
    );
}

#[test]
fn a_name_of_the_content_is_said_in_the_language_of_the_message() {
    let name = Wording::new("Customer").or_in(Language::TraditionalChinese, "顧客");
    let message = say!(
        "`{value}` is not a level of {code}",
        value = "X",
        code = name
    );
    assert_eq!(message.english(), "`X` is not a level of Customer");
    assert_eq!(
        message.text(Language::TraditionalChinese),
        "`X` 不是顧客的等級"
    );
    let english = Wording::new("顧客").or_in(Language::English, "Customer");
    assert_eq!(english.to_string(), "Customer");
}
