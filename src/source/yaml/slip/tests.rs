use super::super::parse;
use crate::message::Language;
use crate::span::Sources;

/// The line of the fault and its help.
fn told(text: &str) -> (usize, String) {
    let mut sources = Sources::default();
    let file = sources.add("x.yaml", text.to_owned());
    let fault = parse(sources.get(file), file).unwrap_err();
    (
        sources.start(fault.span).line,
        format!("{} {}", fault.message, fault.help.unwrap()),
    )
}

#[test]
fn usual_slips_are_told_where_they_were_made() {
    for (text, line, words) in [
        ("a:\n  b: 1\n\tc: 2\n", 3, "a tab"),
        ("a: 1\nname：x\nb: 2\n", 2, "full-width"),
        ("- code：A\n  name: x\n", 1, "full-width"),
        ("a: 1\nname:x\nb: 2\n", 2, "no space after `name:`"),
        ("- a: 1\n-b: 2\n", 2, "after the dash"),
        ("a: 1\nunit: %\n", 2, "`unit: \"%\"`"),
        (
            "a: 1\ndirection lower\nb: 2\n",
            2,
            "no colon after `direction`",
        ),
        ("a: 1\nslogan: Go: out\n", 2, "`slogan: \"Go: out\"`"),
        ("a: \"one\nb: 2\nc: \"three\"\n", 1, "not closed"),
        ("a: 1\n<<<<<<< HEAD\nb: 2\n=======\n", 2, "merge"),
        ("- a: 1\n  b: 2\n c: 3\n", 3, "the same column"),
        ("- a: 1\n  b: 2\n    c: 3\n", 3, "the same column"),
    ] {
        let (found, said) = told(text);
        assert!(said.contains(words), "{text:?}: {said}");
        assert_eq!(found, line, "{text:?}: {said}");
    }
}

#[test]
fn a_bracket_is_told_where_it_opens() {
    for (text, line, words) in [
        ("a: [1, 2\nb: 3\n", 1, "close it with `]`"),
        ("a: {b: 1, c: {d: 2}\n", 1, "close it with `}`"),
        ("a: {\n  b: [1,\n  2],\n  c: d: e\n}\n", 4, "`c: \"d: e\"`"),
        ("- {a: b, c: [d}\ne: 1\n", 1, "`[` is closed by `}`"),
    ] {
        let (found, said) = told(text);
        assert!(said.contains(words), "{text:?}: {said}");
        assert_eq!(found, line, "{text:?}: {said}");
    }
}

#[test]
fn what_belongs_together_is_found_by_structure() {
    for (text, line, words) in [
        (
            "a:\n  - b: 1\n    c:\n      - d: 1\n   - b: 2\n",
            5,
            "begin in column 3",
        ),
        (
            "a:\n  b: 1\n  c: 2\n - b: 2\n",
            2,
            "a dash is missing before this `b`",
        ),
        (
            "a:\n  - b: 1\n    c: [1]\n      - d: 1\n",
            4,
            "such as `kpis:`",
        ),
        ("a:\n  - b: 1\n    c: 2\n   d: 3\n", 4, "begin in column 5"),
        ("a:\n  {b: 1}\n  - {b: 2}\n", 2, "a dash is missing"),
        ("a:\n  - {b: 1}\n  {b: 2}\n", 3, "a dash is missing"),
        ("a:\n  b: some text:\n  c: 1\n", 2, "`b: \"some text:\"`"),
        ("a: - b\n", 1, "`a: [b]`"),
        (
            "a: {b: c zh-Hant: d}\n",
            1,
            "a comma is missing before `zh-Hant`",
        ),
        ("- {b: {c: d} e: f}\n", 1, "a comma is missing before `e`"),
        ("- {b: \"c\" e: f}\n", 1, "a comma is missing before `e`"),
        ("a: 1\n---\nb: 2\n", 3, "a file holds one thing"),
        (
            "a: some text\n  that goes: on\n",
            2,
            "put a text that holds a colon in quotes",
        ),
        (
            "a: |\n  - {b\nc: {d: 'e, f: 1}\ng: 1\n",
            3,
            "close it with `'`",
        ),
    ] {
        let (found, said) = told(text);
        assert!(said.contains(words), "{text:?}: {said}");
        assert_eq!(found, line, "{text:?}: {said}");
    }
}

/// Wherever one mark too many stands, it is told in the language that was asked for.
#[test]
fn no_word_of_the_parser_is_passed_on() {
    const PLAN: &str = "\
a: {en: \"Safe\", zh-Hant: 安全}
b:
  - c: 'x'   # a
    d: [1, {e: 2}]
    f: |
      g
";
    let marks = [
        "{", "]", "}", "'", "\"", "\t", "- ", ": ", " #", "*", "&", "!", "%", "\\", "|", "---\n",
        "\u{a0}", "，", "\u{feff}", "?",
    ];
    let mut broken = 0;
    for at in (0..PLAN.len()).filter(|at| PLAN.is_char_boundary(*at)) {
        for mark in marks {
            let text = format!("{}{mark}{}", &PLAN[..at], &PLAN[at..]);
            let mut sources = Sources::default();
            let file = sources.add("x.yaml", text.clone());
            let Err(fault) = parse(sources.get(file), file) else {
                continue;
            };
            broken += 1;
            let help = fault.help.unwrap();
            for said in [&fault.message, &help] {
                let said = said.text(Language::TraditionalChinese);
                let chinese = said.chars().filter(|c| *c > '\u{2e80}').count();
                assert!(chinese >= 2, "{text}: {said}");
            }
            assert!(fault.span.range().end <= text.len(), "{text}");
        }
    }
    assert!(broken > 400, "{broken}");
}
