//! What people see, to the letter.

use super::super::Rule;
use super::*;
use crate::say;

fn shown(diagnostic: Diagnostic, sources: &Sources) -> String {
    let mut faults = Diagnostics::default();
    faults.push(diagnostic);
    let mut out = Vec::new();
    write(&faults, sources, Language::English, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// A span over the `nth` place where `words` stand.
fn span(sources: &Sources, file: crate::span::FileId, words: &str, nth: usize) -> Span {
    let text = &sources.get(file).text;
    let (at, _) = text.match_indices(words).nth(nth).unwrap();
    Span::new(file, at..at + words.len())
}

#[test]
fn carets_stand_under_wide_letters() {
    let mut sources = Sources::default();
    let text = "title: 計畫\nname: 維護兵役公平, 使命: 正直誠信\n";
    let file = sources.add("content/dcms/2022/scorecard.yaml", text.to_owned());
    let fault = Diagnostic::new(
        Rule::UnknownKey,
        span(&sources, file, "使命", 0),
        say!("scorecard.yaml has no key `使命`"),
    )
    .expected(say!("one of mission, vision"))
    .help(say!("write `mission`"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[unknown-key]: scorecard.yaml has no key `使命`
 --> content/dcms/2022/scorecard.yaml:2:15
  |
2 | name: 維護兵役公平, 使命: 正直誠信
  |                     ^^^^ expected one of mission, vision
  |
  = help: write `mission`

"
    );
}

#[test]
fn a_tab_moves_the_caret_along() {
    let mut sources = Sources::default();
    let file = sources.add(
        "content/site.yaml",
        "title:\tPlan\n\tlanguages: en\n".to_owned(),
    );
    let place = span(&sources, file, "languages", 0);
    let fault = Diagnostic::new(Rule::YamlSyntax, place, say!("a tab indents this line"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[yaml-syntax]: a tab indents this line
 --> content/site.yaml:2:2
  |
2 |     languages: en
  |     ^^^^^^^^^

"
    );
}

#[test]
fn a_place_over_several_lines_is_drawn_beside_them() {
    let mut sources = Sources::default();
    let text = "title: x\nvalues:\n  a: 1\n  b: 2\nslogan: y\n";
    let file = sources.add("content/a/2022/scorecard.yaml", text.to_owned());
    let place = span(&sources, file, "  a: 1\n  b: 2\n", 0);
    let fault = Diagnostic::new(Rule::WrongType, place, say!("a mapping stands here"))
        .expected(say!("a list"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[wrong-type]: a mapping stands here
 --> content/a/2022/scorecard.yaml:3:1
  |
3 | /   a: 1
4 | |   b: 2
  | |______^ expected a list

"
    );
}

#[test]
fn of_very_many_lines_the_first_few_are_shown() {
    let mut sources = Sources::default();
    let text = format!("kpis:\n{}", "  - {code: AC1.1}\n".repeat(500));
    let file = sources.add("content/a/2022/kpis.yaml", text.clone());
    let fault = Diagnostic::new(
        Rule::WrongType,
        Span::new(file, 0..text.len()),
        say!("too much"),
    );
    assert_eq!(
        shown(fault, &sources),
        "\
error[wrong-type]: too much
 --> content/a/2022/kpis.yaml:1:1
  |
1 | / kpis:
2 | |   - {code: AC1.1}
3 | |   - {code: AC1.1}
4 | |   - {code: AC1.1} …
  | |_________________^

"
    );
}

#[test]
fn a_cell_is_named_by_sheet_and_letter() {
    let mut sources = Sources::default();
    let text = "指標\t期別\t目標\nAC1.1\t2022\t90\nAC1.2\t\t9O%\n";
    let file = sources.add_sheet("content/x/targets.xlsx", "Targets".into(), text.into());
    let fault = Diagnostic::new(
        Rule::BadNumber,
        span(&sources, file, "9O%", 0),
        say!("`9O%` is no number"),
    )
    .expected(say!("a number such as 95 or 0.95"))
    .related(span(&sources, file, "目標", 0), say!("of this column"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[bad-number]: `9O%` is no number
 --> content/x/targets.xlsx sheet \"Targets\" cell C3
  |
1 | 指標 | 期別 | 目標
  |               ---- of this column
2 | AC1.1 | 2022 | 90
3 | AC1.2 |  | 9O%
  |            ^^^ expected a number such as 95 or 0.95

"
    );
}

#[test]
fn related_places_stand_in_the_same_excerpt_or_in_one_of_their_own() {
    let mut sources = Sources::default();
    let themes = "- code: A\n  name: 安全\n\n\n\n- code: B\n- code: A\n";
    let themes = sources.add("content/a/2022/themes.yaml", themes.to_owned());
    let more = sources.add("content/a/2022/themes/a.yaml", "code: A\n".to_owned());
    let fault = Diagnostic::new(
        Rule::DuplicateCode,
        span(&sources, themes, "A", 1),
        say!("the code `A` is used three times"),
    )
    .expected(say!("a code of its own"))
    .help(say!("number the second theme anew"))
    .related(span(&sources, themes, "A", 0), say!("first used here"))
    .related(span(&sources, more, "A", 0), say!("and here"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[duplicate-code]: the code `A` is used three times
 --> content/a/2022/themes.yaml:7:9
  |
1 | - code: A
  |         - first used here
...
7 | - code: A
  |         ^ expected a code of its own
  |
 ::: content/a/2022/themes/a.yaml:1:7
  |
1 | code: A
  |       - and here
  |
  = help: number the second theme anew

"
    );
}

#[test]
fn distant_places_of_a_file_do_not_drag_the_lines_between_along() {
    let mut sources = Sources::default();
    let text = format!("AC1.1,2022\n{}AC1.1,2022\n", "AC1.2,2022\n".repeat(5000));
    let file = sources.add("content/a/2022/targets.csv", text);
    let fault = Diagnostic::new(
        Rule::DuplicateRow,
        span(&sources, file, "AC1.1", 1),
        say!("twice"),
    )
    .related(span(&sources, file, "AC1.1", 0), say!("first written here"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[duplicate-row]: twice
    --> content/a/2022/targets.csv:5002:1
     |
5002 | AC1.1,2022
     | ^^^^^
     |
    ::: content/a/2022/targets.csv:1:1
     |
   1 | AC1.1,2022
     | ----- first written here

"
    );
}

#[test]
fn a_cut_line_keeps_its_true_column() {
    let mut sources = Sources::default();
    let text = format!("mission: {}目標{}\n", "字".repeat(300), "尾".repeat(300));
    let file = sources.add("content/a/2022/scorecard.yaml", text);
    let place = span(&sources, file, "目標", 0);
    let fault = Diagnostic::new(Rule::BadValue, place, say!("no")).expected(say!("less"));
    let shown = shown(fault, &sources);
    assert!(shown.contains("scorecard.yaml:1:310\n"), "{shown}");
    assert!(shown.contains("字目標尾"), "{shown}");
    assert!(
        shown.lines().all(|line| line.chars().count() < 200),
        "{shown}"
    );
}

#[test]
fn what_could_deceive_is_written_out() {
    let mut sources = Sources::default();
    let file = sources.add(
        "content/a\u{202e}.csv",
        "\u{feff}AC\u{200b}1.1,\u{1b}[2Jx\n".to_owned(),
    );
    let fault = Diagnostic::new(
        Rule::UnknownKpi,
        span(&sources, file, "AC\u{200b}1.1", 0),
        say!("there is no KPI `AC\u{200b}1.1`"),
    )
    .help(say!("did you mean `AC1.1`?"));
    assert_eq!(
        shown(fault, &sources),
        "\
error[unknown-kpi]: there is no KPI `AC\\u{200b}1.1`
 --> content/a\\u{202e}.csv:1:1
  |
1 | AC\\u{200b}1.1,\\u{1b}[2Jx
  | ^^^^^^^^^^^^^
  |
  = help: did you mean `AC1.1`?; `\\u{200b}` stands for a character that nobody sees and that was pasted along: delete it

"
    );
}

#[test]
fn a_file_without_text_is_only_named() {
    let mut sources = Sources::default();
    let file = sources.add("content/logo.png", String::new());
    let fault = Diagnostic::new(
        Rule::UnknownFile,
        Span::start_of(file),
        say!("nothing reads it"),
    )
    .help(say!("link to it"));
    assert_eq!(
        shown(fault, &sources),
        "\
warning[unknown-file]: nothing reads it
--> content/logo.png
 = help: link to it

"
    );
}
