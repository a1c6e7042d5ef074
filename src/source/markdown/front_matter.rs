//! Front matter: the YAML a Markdown file may start with.

use std::ops::Range;

/// The byte ranges of a file's YAML and of its body.
///
/// There is front matter when the first line is `---` (a byte order mark may
/// stand before it) and a later line is `---` or `...`. The YAML's range lies
/// between the two lines; the body starts after the second. Without front
/// matter the body is the file, less its byte order mark.
#[must_use]
pub fn split_front_matter(text: &str) -> (Option<Range<usize>>, Range<usize>) {
    let start = if text.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let whole = start..text.len();
    let mut lines = text.get(whole.clone()).unwrap_or("").split_inclusive('\n');
    let Some(opening) = lines.next().filter(|line| line.trim_end() == "---") else {
        return (None, whole);
    };
    let yaml_start = start + opening.len();
    let mut at = yaml_start;
    for line in lines {
        if matches!(line.trim_end(), "---" | "...") {
            return (Some(yaml_start..at), at + line.len()..text.len());
        }
        at += line.len();
    }
    (None, whole)
}

/// The first line of front matter that has no end: `---` with a key below it.
#[must_use]
pub fn unclosed_front_matter(text: &str) -> Option<Range<usize>> {
    let (None, whole) = split_front_matter(text) else {
        return None;
    };
    let start = whole.start;
    let mut lines = text.get(whole)?.lines();
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let (key, value) = lines.next()?.split_once(':')?;
    let is_key = !key.is_empty() && key.bytes().all(|c| c.is_ascii_lowercase() || c == b'_');
    let is_value = value.trim_end().is_empty() || value.starts_with(' ');
    (is_key && is_value).then(|| start..start + first.trim_end().len())
}

#[cfg(test)]
mod tests {
    use super::{split_front_matter, unclosed_front_matter};
    use proptest::prelude::*;

    fn parts(text: &str) -> (Option<&str>, &str) {
        let (yaml, body) = split_front_matter(text);
        (yaml.map(|range| &text[range]), &text[body])
    }

    #[test]
    fn yaml_lies_between_two_lines_of_dashes() {
        assert_eq!(
            parts("---\ntitle: 說明\n---\n\n# A\n"),
            (Some("title: 說明\n"), "\n# A\n")
        );
        assert_eq!(
            parts("\u{feff}---\r\na: 1\r\n--- \r\nB"),
            (Some("a: 1\r\n"), "B")
        );
        assert_eq!(parts("---\n---\n"), (Some(""), ""));
        assert_eq!(parts("---\na: 1\n..."), (Some("a: 1\n"), ""));
    }

    #[test]
    fn a_rule_in_the_text_is_not_front_matter() {
        assert_eq!(
            parts("text\n---\nmore\n---\n"),
            (None, "text\n---\nmore\n---\n")
        );
        assert_eq!(parts("---\nnever closed\n"), (None, "---\nnever closed\n"));
        assert_eq!(parts("----\na\n----\n"), (None, "----\na\n----\n"));
        assert_eq!(parts("\u{feff}text"), (None, "text"));
    }

    #[test]
    fn front_matter_without_an_end_is_found() {
        for (text, found) in [
            ("---\ntitle: About\n\n# About\n", Some(0..3)),
            ("\u{feff}---\r\ntitle: About\r\n", Some(3..6)),
            ("---\ntitle: About\n---\n", None),
            ("---\n\ntitle: About\n", None),
            ("---\nNote: a rule above\n", None),
            ("title: About\n", None),
        ] {
            assert_eq!(unclosed_front_matter(text), found, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_ranges_always_lie_on_characters_of_the_file(text in "(\u{feff})?(---|名|\\.\\.\\.|\r|\n| ){0,12}") {
            let (yaml, body) = split_front_matter(&text);
            prop_assert!(text.get(body.clone()).is_some());
            prop_assert_eq!(body.end, text.len());
            if let Some(yaml) = yaml {
                prop_assert!(text.get(yaml.clone()).is_some() && yaml.end <= body.start);
            }
        }
    }
}
