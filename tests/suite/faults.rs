//! What can be wrong with content: each fault at its line and column, all of
//! them in one run.

use serde_json::Value;

use crate::site::{ORGANIZATIONS, SCORECARD, SITE_YAML, Site};

const PLAN: &str = "content/org/2025/scorecard.yaml";
const TARGETS: &str = "content/org/2025/targets.csv";
const RESULTS: &str = "content/org/2025/measurements.csv";

/// A place: file, line, column.
fn place(fault: &Value) -> (String, String, u64, u64) {
    let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
    let number = |key: &str| fault[key].as_u64().unwrap_or_default();
    (text("rule"), text("file"), number("line"), number("column"))
}

/// The site has this fault, and no other.
fn only(site: &Site, rule: &str, file: &str, line: u64, column: u64, says: &str) {
    let faults = site.faults();
    let found: Vec<_> = faults.iter().map(place).collect();
    assert_eq!(
        found,
        [(rule.to_owned(), file.to_owned(), line, column)],
        "{faults:#?}"
    );
    let fault = &faults[0];
    let words = format!("{} {}", fault["message"], fault["help"]);
    assert!(words.contains(says), "{words}");
    assert!(fault["level"] != "error" || site.run(&["build"]).code == 1);
}

/// A plan with one theme A, one objective AC1 and these lines under its KPI AC1.1.
fn kpi(keys: &str) -> Site {
    Site::kpi(keys, "kpi,period,value\n")
}

fn themes(lines: &str) -> Site {
    Site::plan(&format!("title: P\nthemes:\n{lines}"))
}

#[test]
fn yaml_and_its_keys() {
    only(
        &Site::plan("title: P\nthemes: [\n"),
        "yaml-syntax",
        PLAN,
        2,
        9,
        "close it with `]`",
    );
    only(
        &Site::plan("title: a: b\n"),
        "yaml-syntax",
        PLAN,
        1,
        8,
        "put the text in quotes",
    );
    only(
        &Site::plan("title: P\nmision: x\n"),
        "unknown-key",
        PLAN,
        2,
        1,
        "did you mean `mission`?",
    );
    only(
        &Site::plan("title: P\ntitle: Q\n"),
        "duplicate-key",
        PLAN,
        2,
        1,
        "stands twice",
    );
    only(
        &Site::plan("mission: x\n"),
        "missing-key",
        PLAN,
        1,
        1,
        "`title`",
    );
    only(
        &Site::plan("title: P\nthemes: five\n"),
        "wrong-type",
        PLAN,
        2,
        9,
        "a list",
    );
    only(
        &Site::plan("title: P\ncodes: loose\n"),
        "bad-value",
        PLAN,
        2,
        8,
        "code scheme",
    );
    only(
        &Site::plan("title: P\nvision: {fr: x, en: y}\n"),
        "unknown-language",
        PLAN,
        2,
        10,
        "`fr`",
    );
    only(
        &Site::plan("title: P\nvision: {}\n"),
        "missing-key",
        PLAN,
        2,
        9,
        "`en`",
    );
    only(
        &kpi("may_exceed: yes"),
        "bad-value",
        PLAN,
        11,
        25,
        "write `true` or `false`",
    );
    only(
        &kpi("direction: heigher"),
        "bad-value",
        PLAN,
        11,
        24,
        "did you mean `higher`?",
    );
    only(&kpi("weight: 0"), "bad-value", PLAN, 11, 21, "weight");
}

#[test]
fn the_site_and_its_organisations() {
    let site = |text: &str| Site::small().file("content/site.yaml", text);
    let file = "content/site.yaml";
    only(
        &site("title: T\nlanguages: [english]\n"),
        "bad-value",
        file,
        2,
        13,
        "language tag",
    );
    only(
        &site("title: T\nlanguages: [en]\ncalendar: lunar\n"),
        "bad-value",
        file,
        3,
        11,
        "calendar",
    );
    only(
        &site("title: T\nlanguages: [en]\nbase_url: example.org\n"),
        "bad-value",
        file,
        3,
        11,
        "address",
    );
    only(
        &site("title: T\nlanguages: [en]\npublisher: ogr\n"),
        "unknown-reference",
        file,
        3,
        12,
        "did you mean `org`?",
    );
    only(
        &site("title: T\nlanguages: [en]\nas_of: soon\n"),
        "bad-date",
        file,
        3,
        8,
        "year-month-day",
    );
    only(
        &site("title: T\nlanguages: [en]\ncheck: {numbering-gaps: warn}\n"),
        "unknown-reference",
        file,
        3,
        9,
        "numbering-gap",
    );
    only(
        &site("title: T\nlanguages: [en]\ntheme: fancy\n"),
        "bad-theme",
        file,
        3,
        8,
        "theme eject",
    );
    let list = |text: &str| Site::small().file("content/organizations.yaml", text);
    let file = "content/organizations.yaml";
    only(
        &list(&format!("{ORGANIZATIONS}- {{id: org, name: Again}}\n")),
        "duplicate-id",
        file,
        2,
        8,
        "twice",
    );
    only(
        &list(&format!("{ORGANIZATIONS}- {{id: Big Office, name: X}}\n")),
        "bad-value",
        file,
        2,
        8,
        "id",
    );
    only(
        &list("- {id: org, name: X, parent: top}\n"),
        "unknown-reference",
        file,
        1,
        30,
        "`top`",
    );
    let stray = Site::small().file("content/nobody/2025/scorecard.yaml", "title: P\n");
    only(
        &stray,
        "unknown-reference",
        "content/nobody/2025/scorecard.yaml",
        1,
        1,
        "an organisation with `id: nobody`",
    );
    let odd = Site::small().file("content/org/next/scorecard.yaml", "title: P\n");
    only(
        &odd,
        "bad-period",
        "content/org/next/scorecard.yaml",
        1,
        1,
        "rename the folder",
    );
    only(
        &Site::plan("title: P\nperiod: 2024\n"),
        "bad-period",
        PLAN,
        2,
        9,
        "2025",
    );
    let lost = Site::small().file("content/org/scorecard.yaml", "title: P\n");
    only(
        &lost,
        "unknown-file",
        "content/org/scorecard.yaml",
        1,
        1,
        "content/<organisation>/<period>",
    );
    let near = Site::small().file("content/org/2025/measurments.csv", "kpi,period,value\n");
    only(
        &near,
        "unknown-file",
        "content/org/2025/measurments.csv",
        1,
        1,
        "measurements.csv",
    );
}

#[test]
fn codes_and_their_places() {
    let o = |code: &str| {
        themes(&format!(
            "  - code: A\n    name: T\n    objectives:\n      - {{code: {code}, name: O}}\n"
        ))
    };
    only(&o("C1"), "bad-code", PLAN, 6, 16, "AC1");
    only(&o("AC01"), "bad-code", PLAN, 6, 16, "AC1");
    only(&o("AC1.1"), "bad-code", PLAN, 6, 16, "objective");
    only(
        &o("AX1"),
        "unknown-reference",
        PLAN,
        6,
        16,
        "perspective `X`",
    );
    only(&o("BC1"), "misplaced-code", PLAN, 6, 16, "theme A");
    only(&o("AC2"), "numbering-gap", PLAN, 6, 16, "AC1");
    only(
        &themes("  - {code: AA, name: T}\n"),
        "bad-code",
        PLAN,
        3,
        12,
        "one capital letter",
    );
    only(
        &themes("  - {code: A, name: T}\n  - {code: A, name: U}\n"),
        "duplicate-code",
        PLAN,
        4,
        12,
        "twice",
    );
    let k = |code: &str| {
        Site::plan(&format!(
            "title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n          - {{code: {code}, name: K}}\n"
        ))
    };
    only(&k("AC2.1"), "misplaced-code", PLAN, 9, 20, "AC1");
    only(&k("AC1.2"), "numbering-gap", PLAN, 9, 20, "AC1.1");
    let loose = Site::small().file("content/org/2025/kpis.yaml", "- {code: AC7.1, name: K}\n");
    only(
        &loose,
        "unknown-reference",
        "content/org/2025/kpis.yaml",
        1,
        10,
        "AC7",
    );
    let expects = Site::plan("title: P\nexpects: {themes: 2}\nthemes:\n  - {code: A, name: T}\n");
    only(&expects, "count-mismatch", PLAN, 2, 19, "has 1");
    let theme = themes("  - code: A\n    name: T\n    expects: {objectives: 1}\n");
    only(&theme, "count-mismatch", PLAN, 5, 27, "has 0");
}

#[test]
fn references_and_causes() {
    only(
        &kpi("owner: ogr"),
        "unknown-reference",
        PLAN,
        11,
        20,
        "did you mean `org`?",
    );
    only(
        &kpi("owner: org/desk"),
        "unknown-reference",
        PLAN,
        11,
        20,
        "no unit `desk`",
    );
    only(
        &kpi("contributes_to: [org/2024/AC1]"),
        "unknown-reference",
        PLAN,
        11,
        30,
        "org/2024",
    );
    only(
        &kpi("contributes_to: [AC1]"),
        "bad-value",
        PLAN,
        11,
        30,
        "organisation",
    );
    only(
        &kpi("contributes_to: [org/2025/AC1.2]"),
        "unknown-reference",
        PLAN,
        11,
        30,
        "AC1.1",
    );
    let city = Site::small()
        .file("content/org/2024/scorecard.yaml", "title: Q\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC1, name: O}\n")
        .file(PLAN, "title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC1, name: O, contributes_to: [org/2024/AC1.3]}\n");
    only(&city, "cascade-to-objective", PLAN, 6, 47, "AC1.3");
    let drives = |first: &str, second: &str| {
        themes(&format!(
            "  - code: A\n    name: T\n    objectives:\n      - {{code: AC1, name: O, drives: [{first}]}}\n      - {{code: AP1, name: P, drives: [{second}]}}\n"
        ))
    };
    only(
        &drives("", "AC9"),
        "unknown-reference",
        PLAN,
        7,
        39,
        "A has AC1, AP1: write one of these",
    );
    only(&drives("AP1", ""), "causal-direction", PLAN, 6, 39, "below");
    only(&drives("", "AP1"), "causal-cycle", PLAN, 7, 39, "AP1 → AP1");
    let erratum = Site::plan(
        "title: P\nerrata:\n  - {code: A, published: X, corrected: Y}\nthemes:\n  - {code: A, name: T}\n",
    );
    only(&erratum, "erratum-mismatch", PLAN, 3, 12, "“T”");
}

#[test]
fn scales() {
    only(
        &kpi("target: 5"),
        "impossible-scale",
        PLAN,
        11,
        21,
        "direction",
    );
    only(
        &kpi("direction: higher\ntarget: 0"),
        "impossible-scale",
        PLAN,
        12,
        21,
        "worst",
    );
    only(
        &kpi("direction: lower\ntarget: 5\nworst: 4"),
        "impossible-scale",
        PLAN,
        13,
        20,
        "`worst` 4 is not above the target 5",
    );
    only(
        &kpi("direction: between\ntarget: 5"),
        "impossible-scale",
        PLAN,
        12,
        21,
        "low..high",
    );
    only(
        &kpi("direction: higher\nscale: progress\ntarget: 5"),
        "impossible-scale",
        PLAN,
        13,
        21,
        "baseline",
    );
    only(
        &kpi("scale: [[5, 0], [5, 100]]"),
        "impossible-scale",
        PLAN,
        11,
        20,
        "increase",
    );
    only(
        &kpi("scale: [[1, 0], [5, 120]]"),
        "impossible-scale",
        PLAN,
        11,
        20,
        "120",
    );
    only(
        &kpi("scale: {red_flag: 5, goal: 5}"),
        "impossible-scale",
        PLAN,
        11,
        40,
        "red flag and goal",
    );
    only(
        &kpi("direction: levels"),
        "impossible-scale",
        PLAN,
        9,
        19,
        "levels",
    );
    only(
        &kpi("direction: higher\ntarget: 1.234,5"),
        "bad-number",
        PLAN,
        12,
        21,
        "1.234,5",
    );
    only(
        &kpi("unit: \"%\"\ndirection: higher\ntarget: 120"),
        "out-of-range",
        PLAN,
        13,
        21,
        "may_exceed",
    );
    only(
        &kpi("frequency: month\nunit: x\nbands: {near: 101}"),
        "bad-value",
        PLAN,
        13,
        27,
        "100",
    );
}

#[test]
fn ledgers() {
    let keys = "unit: \"%\"\ndirection: higher\nfrequency: quarter\ntarget: 90";
    let results = |text: &str| Site::kpi(keys, text);
    let row = |cells: &str| {
        results(&format!(
            "kpi,period,value,state,note,published_on\n{cells}\n"
        ))
    };
    only(
        &results("kpi;period;value\nAC1.1;2025-Q1;5\n"),
        "ledger-header",
        RESULTS,
        1,
        1,
        "comma separated",
    );
    only(
        &results("kpi,period,vlaue\n"),
        "ledger-header",
        RESULTS,
        1,
        12,
        "did you mean `value`?",
    );
    only(
        &results("kpi,value\n"),
        "ledger-header",
        RESULTS,
        1,
        1,
        "period",
    );
    only(
        &results("kpi,period,value,value\n"),
        "ledger-header",
        RESULTS,
        1,
        18,
        "twice",
    );
    only(
        &row("AC1.2,2025-Q1,5"),
        "unknown-kpi",
        RESULTS,
        2,
        1,
        "AC1 has AC1.1: write one of these",
    );
    only(
        &row("AC1.1,2025-Q5,5"),
        "bad-period",
        RESULTS,
        2,
        7,
        "2025-Q5",
    );
    only(
        &row("AC1.1,2026-Q1,5"),
        "unknown-period",
        RESULTS,
        2,
        7,
        "outside",
    );
    only(
        &row("AC1.1,2025-01,5"),
        "unknown-period",
        RESULTS,
        2,
        7,
        "quarter",
    );
    only(
        &row("AC1.1,2025-Q1,5%x"),
        "bad-number",
        RESULTS,
        2,
        15,
        "5%x",
    );
    only(
        &row("AC1.1,2025-Q1,104"),
        "out-of-range",
        RESULTS,
        2,
        15,
        "may_exceed",
    );
    only(
        &row("AC1.1,2025-Q1,"),
        "ledger-row",
        RESULTS,
        2,
        1,
        "neither",
    );
    only(
        &row("AC1.1,2025-Q1,,witheld,x"),
        "bad-value",
        RESULTS,
        2,
        16,
        "did you mean `withheld`?",
    );
    only(
        &row("AC1.1,2025-Q1,,withheld,"),
        "ledger-row",
        RESULTS,
        2,
        1,
        "why",
    );
    only(
        &row("AC1.1,2025-Q1,5,withheld,x"),
        "ledger-row",
        RESULTS,
        2,
        15,
        "all the same",
    );
    only(
        &row("AC1.1,2025-Q1,5,,,31/12/2025"),
        "bad-date",
        RESULTS,
        2,
        19,
        "year-month-day",
    );
    only(
        &row("AC1.1,2025-Q1,5\nAC1.1,2025-Q1,6"),
        "duplicate-row",
        RESULTS,
        3,
        1,
        "two rows",
    );
    let ratio = |cells: &str| results(&format!("kpi,period,numerator,denominator\n{cells}\n"));
    only(
        &ratio("AC1.1,2025-Q1,5,0"),
        "ledger-row",
        RESULTS,
        2,
        17,
        "denominator is 0",
    );
    only(
        &ratio("AC1.1,2025-Q1,5,"),
        "ledger-row",
        RESULTS,
        2,
        15,
        "denominator",
    );
    let target = |text: &str| results("kpi,period,value\n").file(TARGETS, text);
    only(
        &target("kpi,period,target,set_on,reason\nAC1.1,2025,80,2025-06-01,\n"),
        "unexplained-easing",
        TARGETS,
        2,
        12,
        "reason",
    );
    let bytes = results("kpi,period,value\n").file(
        RESULTS,
        b"kpi,period,value,note\nAC1.1,2025-Q1,5,\xa4\xa4\n",
    );
    only(&bytes, "unreadable-file", RESULTS, 2, 17, "UTF-8");
}

#[test]
fn notes_and_links() {
    let note = |text: &str| Site::small().file("content/org/2025/notes/AC1.md", text);
    let file = "content/org/2025/notes/AC1.md";
    only(
        &note("a\n\nsee [x](code:AC9)\n"),
        "broken-link",
        file,
        3,
        5,
        "A has AC1: write one of these",
    );
    only(
        &note("[x](report.pdf)\n"),
        "broken-link",
        file,
        1,
        1,
        "report.pdf",
    );
    only(
        &note("[x](../../../../secret)\n"),
        "path-escape",
        file,
        1,
        1,
        "leads out",
    );
    only(
        &note("[x](#nowhere)\n"),
        "broken-link",
        file,
        1,
        1,
        "#nowhere",
    );
    only(
        &note("[x](javascript:alert)\n"),
        "broken-link",
        file,
        1,
        1,
        "javascript",
    );
    only(
        &note("![x](https://example.org/x.png)\n"),
        "broken-link",
        file,
        1,
        1,
        "another site",
    );
    only(
        &note("![](x.svg)\n").file(
            "content/org/2025/notes/x.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        ),
        "undescribed-picture",
        file,
        1,
        1,
        "the picture `x.svg` has no description",
    );
    let orphan = Site::small().file("content/org/2025/notes/AC2.md", "x\n");
    only(
        &orphan,
        "orphan-note",
        "content/org/2025/notes/AC2.md",
        1,
        1,
        "after the code it is about",
    );
    let page = Site::small().file("content/x.md", "[x](code:AC1)\n");
    only(
        &page,
        "broken-link",
        "content/x.md",
        1,
        1,
        "which scorecard",
    );
    let twin = Site::small().file("content/method.md", "# Mine\n");
    only(
        &twin,
        "url-collision",
        "content/method.md",
        1,
        1,
        "method.html",
    );
}

#[test]
fn all_faults_come_in_one_run_sorted() {
    let site = Site::plan("titel: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC2, name: O, owner: x}\n")
        .file("content/site.yaml", format!("{SITE_YAML}colour: red\n"))
        .file(RESULTS, "kpi,period,value\nAC9.1,2025,1\nAC9.2,2025,x\n");
    let found: Vec<_> = site.faults().iter().map(place).collect();
    let mut sorted = found.clone();
    sorted.sort_by(|a, b| (&a.1, a.2, a.3).cmp(&(&b.1, b.2, b.3)));
    assert_eq!(found, sorted);
    let rules: Vec<_> = found.iter().map(|f| f.0.as_str()).collect();
    for rule in [
        "unknown-key",
        "missing-key",
        "numbering-gap",
        "unknown-reference",
        "unknown-kpi",
    ] {
        assert!(rules.contains(&rule), "{rule}: {rules:?}");
    }
    assert!(found.len() >= 7, "{found:#?}");
}

#[test]
fn a_file_that_cannot_be_read_is_told_without_what_follows_from_it() {
    let plan = SCORECARD.replace("name: Service", "name: {en: Service, zh-Hant: 服務}");
    for (file, text) in [
        ("content/site.yaml", "title: Test\nlanguages: [en\n"),
        (
            "content/organizations.yaml",
            "- {id: org, name: \"The Office}\n",
        ),
        (PLAN, "title: Plan: of the office\nthemes: []\n"),
    ] {
        let site = Site::plan(&plan)
            .file(RESULTS, "kpi,period,value\nAC1.1,2025,91\n")
            .file("content/org/2025/notes/AC1.1.md", "A note about [[AC1]].\n")
            .file(file, text);
        let faults = site.faults();
        assert_eq!(faults.len(), 1, "{faults:?}");
        assert_eq!(faults[0]["rule"], "yaml-syntax");
        assert_eq!(faults[0]["file"], file);
    }
}

#[test]
fn the_scorecard_that_leads_the_home_page_has_to_be_there() {
    let settings = |home: &str| format!("{SITE_YAML}home: {home}\n");
    for home in ["org/2025", "org/2025 "] {
        let site = Site::small().file("content/site.yaml", settings(home));
        assert!(site.faults().is_empty(), "{home}");
    }
    let site = Site::small().file("content/site.yaml", settings("org/2052"));
    only(
        &site,
        "unknown-reference",
        "content/site.yaml",
        3,
        7,
        "did you mean `org/2025`",
    );
    let site = Site::small().file("content/site.yaml", settings("garbage"));
    only(
        &site,
        "unknown-reference",
        "content/site.yaml",
        3,
        7,
        "no scorecard `garbage`",
    );
}
