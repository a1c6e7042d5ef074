//! A register that accuses a publisher of a change that did not happen is worse than
//! none: what only writes the same in another way, or in another place, is no entry.

use crate::checkout::Checkout;
use crate::site::Site;

const PLAN: &str = "content/org/2025/scorecard.yaml";
const RESULTS: &str = "content/org/2025/measurements.csv";
const TARGETS: &str = "content/org/2025/targets.csv";

const SCORECARD: &str = "\
title: Plan
themes:
  - code: A
    name: Service
    objectives:
      - code: AC1
        name: Content people
        weight: 2
        kpis:
          - code: AC1.1
            name: Trust
            unit: \"%\"
            direction: higher
            frequency: quarter
            baseline: 5
            worst: 10
            target: 90
          - code: AC1.2
            name: Speed
            direction: lower
            target: 10
            scale: [[10, 100], [40, 0]]
          - code: AC1.3
            name: Count
            direction: higher
";
const RESULT_ROWS: &str = "\
kpi,period,value,published_on,note
AC1.1,2025-Q1,50.50%,2025-04-10,
AC1.2,2025,\"1,234\",2026-01-10,
AC1.3,2025,7,,
";
const TARGET_ROWS: &str = "\
kpi,period,target,set_on,reason
AC1.1,2025-Q1,60,2024-12-01,
AC1.3,2025,8,,
";

/// A site in a checkout of one commit.
fn published() -> Checkout {
    let site = Site::plan(SCORECARD)
        .file("content/site.yaml", "title: T\nlanguages: [en, zh-Hant]\n")
        .file(RESULTS, RESULT_ROWS)
        .file(TARGETS, TARGET_ROWS);
    let mut checkout = Checkout::of(site);
    checkout.commit();
    checkout
}

/// The register after a further commit: its rows, without their header.
fn told(checkout: &mut Checkout) -> Vec<String> {
    checkout.commit();
    let run = checkout.site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let text = checkout.site.text("org/2025/data/changes.csv");
    text.lines().skip(1).map(str::to_owned).collect()
}

/// A text of the site in which some words are others.
fn with(text: &str, words: &[(&str, &str)]) -> String {
    words.iter().fold(text.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    })
}

#[test]
fn the_same_in_another_form_is_no_entry() {
    let results = |words: &[(&str, &str)]| vec![(RESULTS, with(RESULT_ROWS, words))];
    let plan = |words: &[(&str, &str)]| vec![(PLAN, with(SCORECARD, words))];
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    let ratio = "kpi,period,value,numerator,denominator,published_on\nAC1.1,2025-Q1,,101,200,2025-04-10\nAC1.2,2025,1234,,,2026-01-10\nAC1.3,2025,7,,,\n";
    let flow = "title: Plan\nthemes: [{code: A, name: Service, objectives: [{code: AC1, name: Content people, weight: 2, kpis: [{code: AC1.1, name: Trust, unit: \"%\", direction: higher, frequency: quarter, baseline: 5, worst: 10, target: 90}, {code: AC1.2, name: Speed, direction: lower, target: 10, scale: [[10, 100], [40, 0]]}, {code: AC1.3, name: Count, direction: higher}]}]}]\n";
    for edits in [
        results(&[("50.50%", "50.5"), ("\"1,234\"", "1234"), (",7,", ",７,")]),
        results(&[("AC1.3,2025,7", "\"AC1.3\" , 2025 , 7.0 ")]),
        results(&[("2025-Q1", "2025-01-01/2025-03-31")]),
        vec![(RESULTS, ratio.to_owned())],
        vec![(RESULTS, windows(RESULT_ROWS)), (PLAN, windows(SCORECARD))],
        plan(&[
            ("target: 90", "target: \"90%\""),
            ("target: 10", "target: 10.0"),
        ]),
        plan(&[("weight: 2", "weight: 2.0"), ("worst: 10", "worst: 10.0")]),
        plan(&[(
            "name: Count",
            "name: \"Count\"  # said\n            weight: 1",
        )]),
        plan(&[(
            "[[10, 100], [40, 0]]",
            "\n              - [10, 100.0]\n              - [40,0]",
        )]),
        plan(&[("name: Trust", "name: {zh-Hant: 信任, en: Trust}")]),
        vec![(PLAN, flow.to_owned())],
    ] {
        let mut checkout = published();
        for (path, text) in &edits {
            checkout.write(path, text);
        }
        assert_eq!(told(&mut checkout), Vec::<String>::new(), "{edits:?}");
    }
}

#[test]
fn the_same_in_another_place_is_no_entry() {
    let (head, kpis) = SCORECARD.split_once("        kpis:\n").unwrap();
    let kpis: String = kpis
        .lines()
        .map(|line| format!("{}\n", &line[10..]))
        .collect();
    let without_target = with(SCORECARD, &[("            target: 90\n", "")]);
    let with_target = SCORECARD.to_owned() + "            target: 8\n";
    for edits in [
        vec![
            (PLAN, head.to_owned()),
            ("content/org/2025/kpis.yaml", kpis),
        ],
        vec![
            (PLAN, without_target),
            (TARGETS, TARGET_ROWS.to_owned() + "AC1.1,2025,90,,\n"),
        ],
        vec![
            (PLAN, with_target),
            (TARGETS, with(TARGET_ROWS, &[("AC1.3,2025,8,,\n", "")])),
        ],
    ] {
        let mut checkout = published();
        for (path, text) in &edits {
            checkout.write(path, text);
        }
        assert_eq!(told(&mut checkout), Vec::<String>::new(), "{edits:?}");
    }
}

/// A day that is put right, or put there at all, takes no figure away; and a later
/// commit that alters the figure is told as what it is.
#[test]
fn another_day_takes_no_figure_away() {
    let mut checkout = published();
    let dated = with(
        RESULT_ROWS,
        &[("7,,", "7,2026-01-12,"), ("2026-01-10", "2026-01-11")],
    );
    checkout.write(RESULTS, &dated);
    checkout.write(TARGETS, with(TARGET_ROWS, &[("8,,", "8,2024-12-05,")]));
    // A day that was missing is no other day; the figure is the same on either.
    let day = "result,history,2024-03-15,kpi,AC1.2,Speed,2025,published_on: 2026-01-10,published_on: 2026-01-11,";
    let before = told(&mut checkout);
    assert_eq!(before.len(), 1, "{before:?}");
    assert!(before[0].starts_with(day), "{before:?}");
    checkout.write(RESULTS, with(&dated, &[(",7,", ",9,")]));
    let told = told(&mut checkout);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("result,history,2024-04-15,kpi,AC1.3,Count,2025,7,9,"));
    assert!(told[1].starts_with(day), "{told:?}");
}

/// What is the same in each of these ways is seen where it is not.
#[test]
fn a_name_is_followed_in_the_language_of_the_content() {
    let named = |name: &str| with(SCORECARD, &[("name: Trust", name)]);
    let mut checkout = published();
    checkout.write(PLAN, named("name: {zh-Hant: 信任, en: Trust}"));
    assert_eq!(told(&mut checkout), Vec::<String>::new());
    checkout.write(PLAN, named("name: {zh-Hant: 信賴, en: Trust}"));
    let other = told(&mut checkout);
    assert_eq!(other.len(), 1, "{other:?}");
    assert!(other[0].contains(",信任,信賴,"), "{other:?}");
    checkout.write(PLAN, named("name: {zh-Hant: 信賴, en: Faith}"));
    let told = told(&mut checkout);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].contains(",Trust,Faith,"), "{told:?}");
}

/// A plan in another encoding was read by nobody, and so said nothing else.
#[test]
fn a_plan_that_nobody_could_read_said_nothing() {
    let mut checkout = published();
    let latin: Vec<u8> = with(SCORECARD, &[("name: Trust", "name: Tr?st")])
        .bytes()
        .map(|byte| if byte == b'?' { 0xfc } else { byte })
        .collect();
    checkout.write(PLAN, latin);
    checkout.commit();
    checkout.write(PLAN, SCORECARD);
    assert_eq!(told(&mut checkout), Vec::<String>::new());
}
