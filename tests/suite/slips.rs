//! Slips of somebody who types YAML in an ordinary editor: each told once, where it was
//! made, in words that say what to write.

use serde_json::Value;

use crate::site::{SITE_YAML, Site};

const PLAN: &str = "content/org/2025/scorecard.yaml";
const HEAD: &str = "\
title: Plan
themes:
  - code: A
    name: Safety
    objectives:
      - code: AC1
        name: People come home
        kpis:
          - code: AC1.1
            name: {en: Drowning accidents, zh-Hant: 溺水事故}
            unit: \"%\"
            direction: higher
            target: 90
            frequency: half
            weight: 2
            actions:
              - code: AC1.1.1
                name: Talks
                budget: {planned: 2400000, spent: 1710000}
          - code: AC1.2
            name: Visitors who feel safe
            data_source: {en: \"Survey, 1,200 interviews\", zh-Hant: 調查}
      - code: AC2
        name: It's safe
";

/// What is said of a plan in which a text is another.
fn said(from: &str, to: &str, language: &str) -> Vec<Value> {
    assert!(HEAD.contains(from), "{from}");
    let site = Site::plan(&HEAD.replacen(from, to, 1)).file(
        "content/site.yaml",
        "title: Test\nlanguages: [en, zh-Hant]\ncheck: {missing-translation: allow}\n",
    );
    let run = site.run(&["check", "--format", "json", "--lang", language]);
    serde_json::from_str(&run.out).unwrap()
}

/// The one fault of that plan: rule, line, column, what is wrong and what to do.
#[track_caller]
fn only(from: &str, to: &str, rule: &str, place: (u64, u64), message: &str, help: &str) {
    let faults = said(from, to, "en");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = &faults[0];
    assert_eq!(fault["file"], PLAN);
    assert_eq!(fault["rule"], rule, "{fault:#?}");
    assert_eq!(fault["message"], message);
    assert_eq!(fault["help"], help);
    let found = (fault["line"].as_u64(), fault["column"].as_u64());
    assert_eq!(found, (Some(place.0), Some(place.1)), "{fault:#?}");
    let chinese = said(from, to, "zh-Hant");
    let other = chinese[0]["message"].as_str().unwrap();
    assert!(other.chars().any(|c| c > '\u{2e80}'), "{other}");
}

const COLON: &str = "this text holds a colon and a space, which part a key from its value";
const COMMA: &str = "inside of braces a comma parts entries, and here it parts a value";

#[test]
fn the_plan_of_these_tests_is_sound() {
    assert_eq!(said("Plan", "Plan", "en"), Vec::<Value>::new());
}

#[test]
fn texts_in_braces_that_need_quotes() {
    only(
        "Drowning accidents",
        "Drowning: accidents",
        "yaml-syntax",
        (10, 24),
        COLON,
        "put the text in quotes: `en: \"Drowning: accidents\"`",
    );
    only(
        "Drowning accidents",
        "Drowning, falls, and more",
        "yaml-syntax",
        (10, 24),
        COMMA,
        "put the text in quotes: `en: \"Drowning, falls, and more\"`",
    );
    only(
        "2400000",
        "2,400,000",
        "yaml-syntax",
        (19, 35),
        COMMA,
        "write `planned: 2400000`",
    );
    only(
        "Drowning accidents",
        "Drowning #1 risk",
        "yaml-syntax",
        (10, 33),
        "a blank and `#` begin a comment, so the rest of this line with its `}` is not read",
        "put the text that holds ` #` in quotes",
    );
    only(
        "accidents, zh-Hant: 溺水事故",
        "accidents， zh-Hant: 溺水事故",
        "yaml-syntax",
        (10, 42),
        "the comma before `zh-Hant` is a full-width one",
        "write `, zh-Hant: ` with the comma of the Latin keyboard and a space; a full-width comma is part of the text before it",
    );
    for (key, column) in [("en", 22), ("zh-Hant", 51)] {
        only(
            &format!("{key}: "),
            &format!("{key}："),
            "yaml-syntax",
            (10, column),
            &format!("the colon after `{key}` is a full-width one"),
            &format!("write `{key}: ` with the colon of the Latin keyboard and a space"),
        );
    }
}

#[test]
fn a_language_without_its_text_is_no_comma() {
    let faults = said("zh-Hant: 溺水事故", "zh-Hant", "en");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["rule"], "wrong-type");
}

#[test]
fn brackets_and_quotes_that_are_not_closed() {
    only(
        "溺水事故}",
        "溺水事故",
        "yaml-syntax",
        (10, 19),
        "the bracket `{` that begins here is not closed",
        "close it with `}` where the entry ends",
    );
    let faults = said("溺水事故}", "溺水事故", "en");
    assert_eq!(faults[0]["related"][0]["line"], 11, "{faults:#?}");
    only(
        "\"%\"",
        "'%",
        "yaml-syntax",
        (11, 19),
        "the quote `'` that begins here is not closed",
        "close it with `'` where the text ends; for an apostrophe of the text itself put the whole text in double quotes",
    );
    let faults = said("\"%\"", "'%", "en");
    assert_eq!(faults[0]["related"][0]["line"], 24, "{faults:#?}");
    only(
        "\"%\"",
        "\"%\" of visitors",
        "yaml-syntax",
        (11, 22),
        "text follows behind the quote that closes",
        "put the whole text in quotes: `\"% of visitors\"`; a remark begins with a blank, `#` and a blank",
    );
    only(
        "Drowning accidents",
        "'Visitor's safety'",
        "yaml-syntax",
        (10, 32),
        "the apostrophe ends the text, which is in single quotes",
        "put the text in double quotes: `\"Visitor's safety\"`",
    );
    only(
        "Talks",
        "\"Talks on \"red\" days\"",
        "yaml-syntax",
        (18, 33),
        "a quote inside the text ends it here",
        "put the text in quotes of the other kind, or write `\\\"` for its own: `'Talks on \"red\" days'`",
    );
}

#[test]
fn signs_that_cannot_begin_a_text() {
    only(
        "target: 90",
        "target: >=90",
        "yaml-syntax",
        (13, 21),
        "a text cannot begin with `>` unless it is in quotes",
        "write `target: 90` alone; whether more or less is better is said by `direction`",
    );
    only(
        "Visitors who",
        "*Visitors who",
        "yaml-syntax",
        (21, 19),
        "`*Visitors` repeats what is marked as `&Visitors`, and nothing above is",
        "put it in quotes if it is a text: `name: \"*Visitors who feel safe\"`",
    );
    only(
        "Visitors who feel safe",
        "[新增] 遊客安全感",
        "yaml-syntax",
        (21, 19),
        "a text cannot begin with `[` unless it is in quotes",
        "put the text in quotes: `\"[新增] 遊客安全感\"`",
    );
    for dash in ["– ", "－", "• "] {
        let mark = dash.trim();
        only(
            "- code: AC1.2",
            &format!("{dash}code: AC1.2"),
            "yaml-syntax",
            (20, 11),
            &format!("`{mark}` is not the dash that begins an item of a list"),
            "write `- code: AC1.2` with the hyphen of the Latin keyboard and a space",
        );
    }
}

#[test]
fn blanks_that_look_like_spaces() {
    let indent = "delete the blanks in front of the line and type spaces, as many as the lines beside it have";
    let one = "delete it and type a space of the Latin keyboard";
    for (blank, name) in [
        ("\u{a0}", "a non-breaking space"),
        ("\u{3000}", "a full-width space"),
    ] {
        only(
            "            direction",
            &format!("{}direction", blank.repeat(12)),
            "yaml-syntax",
            (12, 1),
            &format!("this line is indented with {name}"),
            indent,
        );
        only(
            "direction: ",
            &format!("direction:{blank}"),
            "yaml-syntax",
            (12, 23),
            &format!("behind `direction:` stands {name}"),
            one,
        );
    }
    only(
        "higher",
        "higher\u{200b}",
        "bad-value",
        (12, 24),
        "`higher\u{200b}` is not a direction; expected one of higher, lower, between, exactly, yes_no, levels",
        "did you mean `higher`?; `\\u{200b}` stands for a character that nobody sees and that was pasted along: delete it",
    );
}

#[test]
fn lines_that_lost_their_place() {
    only(
        "      - code: AC2",
        "       - code: AC2",
        "yaml-syntax",
        (23, 1),
        "this line begins in column 8, its neighbours in column 7",
        "let it begin in column 7: the keys of one thing, and the dashes of one list, stand in the same column",
    );
    only(
        "        kpis:\n",
        "",
        "yaml-syntax",
        (8, 11),
        "a list begins here, but the line above does not say of what",
        "write the key of the list on a line of its own above it, such as `kpis:`, or give the line the indentation of its neighbours",
    );
    let dash = "write `- code: …`: every item of a list begins with a dash, in the column of the other dashes";
    only(
        "- code: AC1.2",
        "  code: AC1.2",
        "duplicate-key",
        (20, 13),
        "a dash is missing before this `code`; expected each key once",
        dash,
    );
    only(
        "- code: AC1.1.1",
        "  code: AC1.1.1",
        "wrong-type",
        (17, 17),
        "a dash is missing before this `code`; expected a list",
        "begin every item of the list with a dash, the first as well: `- code: …`",
    );
    only(
        "- code: AC1\n",
        "  code: AC1\n",
        "yaml-syntax",
        (6, 9),
        "a dash is missing before this `code`",
        dash,
    );
}

#[test]
fn what_is_no_item_lacks_no_dash() {
    let site = Site::plan("title: P\nmission: x\ntitle: P\nmission: x\nthemes: []\n");
    let faults = site.faults();
    assert_eq!(faults.len(), 2, "{faults:#?}");
    for fault in faults {
        assert_eq!(fault["help"], "keep one of the two");
    }
}

#[test]
fn typographic_quotes_around_what_is_no_prose() {
    for (from, to, place, meant) in [
        ("\"%\"", "“%”", (11, 19), "\"%\""),
        ("\"%\"", "「%」", (11, 19), "\"%\""),
        ("AC1.2", "“AC1.2”", (20, 19), "AC1.2"),
        ("higher", "‘higher’", (12, 24), "higher"),
        ("weight: 2", "weight: “2”", (15, 21), "2"),
    ] {
        let written = to.trim_start_matches("weight: ");
        only(
            from,
            to,
            "bad-value",
            place,
            &format!("`{written}` stands in typographic quotes, which YAML takes for a part of it"),
            &format!("write `{meant}`"),
        );
    }
    // A title in corner brackets is a title.
    assert_eq!(said("溺水事故", "「溺水事故」", "en"), Vec::<Value>::new());
    assert_eq!(
        said("Visitors who feel safe", "「親水」 and more", "en"),
        Vec::<Value>::new()
    );
}

#[test]
fn what_a_comment_cuts_off() {
    only(
        "Visitors who feel safe",
        "Safety #1 goal",
        "cut-off-text",
        (21, 26),
        "a blank and `#` begin a comment: only `Safety` is published",
        "put the whole text in quotes; if it is a comment, write a blank behind the `#`",
    );
    for comment in ["Safety # goal", "Safety   #1 goal", "\"Safety\" #1 goal"] {
        let faults = said("Visitors who feel safe", comment, "en");
        assert!(faults.is_empty(), "{comment}: {faults:#?}");
    }
}

#[test]
fn numbers_without_a_unit_take_no_percent_sign() {
    only(
        "weight: 2",
        "weight: 20%",
        "bad-number",
        (15, 21),
        "`20%` has a percent sign, which `weight` does not take; expected a number without a unit",
        "write `20`, or shares such as `0.2`: only the proportion of the weights counts",
    );
    for (coverage, message) in [
        (
            "50",
            "50 is not a share from 0 to 1; expected a number from 0 to 1",
        ),
        (
            "50%",
            "`50%` has a percent sign, which `minimum_coverage` does not take; expected a number without a unit",
        ),
    ] {
        let site = Site::small().file(
            "content/site.yaml",
            format!("{SITE_YAML}minimum_coverage: {coverage}\n"),
        );
        let faults = site.faults();
        assert_eq!(faults.len(), 1, "{faults:#?}");
        assert_eq!(faults[0]["message"], message);
        assert_eq!(
            faults[0]["help"],
            "write the share as a number from 0 to 1: `0.5`"
        );
    }
}

#[test]
fn values_are_refused_with_what_to_write() {
    only(
        "weight: 2",
        "scale: [40, 60]",
        "wrong-type",
        (15, 20),
        "single values stand where pairs of a value and its score are needed; expected a pair `[value, score]`",
        "write each value with its score from 0 to 100, such as `[[40, 0], [60, 100]]`",
    );
    only(
        "higher\n            target: 90",
        "between\n            target: 2.80..2.40",
        "bad-value",
        (13, 21),
        "the range 2.80..2.40 runs from high to low; expected low..high",
        "write `2.40..2.80`",
    );
    only(
        "name: Talks",
        "name: Talks\n                start: 2025-06-01\n                end: 2025-05-15",
        "bad-date",
        (20, 22),
        "the action plan ends on 2025-05-15, before it starts on 2025-06-01; expected an end on or after the start",
        "correct the wrong one of the two days",
    );
    let site = Site::small().file(
        "content/site.yaml",
        format!("{SITE_YAML}as_of: 31/10/2025\n"),
    );
    assert_eq!(site.faults()[0]["help"], "write `2025-10-31`");
    let rows = "kpi,period,value,state\nAC1.1,2025,,unknown\n";
    let site = Site::small().file("content/org/2025/measurements.csv", rows);
    assert_eq!(
        site.faults()[0]["help"],
        "write one of these words, or leave the cell empty where the figure is final"
    );
}

#[test]
fn markdown_that_would_be_printed_as_it_is() {
    let site = Site::small().file("content/about.md", "---\ntitle: About\n\n# About\n");
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["rule"], "yaml-syntax");
    assert_eq!(faults[0]["line"], 1);
    assert_eq!(faults[0]["help"], "write a line `---` below its last key");
    let note = "See []（code:AC1.1）, [註]（說明） and `[]（code:AC1.1）`.\n";
    let site = Site::small().file("content/org/2025/notes/AC1.1.md", note);
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["rule"], "broken-link");
    assert_eq!(faults[0]["column"], 7);
    assert_eq!(
        faults[0]["help"],
        "write `(code:AC1.1)` with the brackets of the Latin keyboard"
    );
}

#[test]
fn a_dash_is_no_reason() {
    let targets = |reason: &str| {
        let rows = format!(
            "kpi,period,target,set_on,reason\nAC1.1,2025,90,2025-01-01,\nAC1.1,2025,80,2025-02-01,{reason}\n"
        );
        let site = Site::small().file("content/org/2025/targets.csv", rows);
        let faults = site.faults();
        let rule = |fault: &Value| fault["rule"].as_str().unwrap().to_owned();
        faults.iter().map(rule).collect::<Vec<_>>()
    };
    for reason in ["", "-", "——", "…", "。"] {
        assert_eq!(targets(reason), ["unexplained-easing"], "{reason}");
    }
    for reason in ["Fewer staff", "人力不足"] {
        assert!(targets(reason).is_empty(), "{reason}");
    }
}
