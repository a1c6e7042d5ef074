//! The way of somebody new: the starter made one's own, and the slips on that
//! way, each told once, with what to write instead.

use std::fs;

use serde_json::Value;

use crate::site::{SITE_YAML, Site, files};

const PLAN: &str = "content/org/2025/scorecard.yaml";
const TARGETS: &str = "content/org/2025/targets.csv";
const RESULTS: &str = "content/org/2025/measurements.csv";

/// `rule file:line` of every fault.
fn told(site: &Site) -> Vec<String> {
    let line = |fault: &Value| {
        let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        format!("{} {}:{}", text("rule"), text("file"), fault["line"])
    };
    site.faults().iter().map(line).collect()
}

/// The one fault of a site says all of these.
fn says(site: &Site, rule: &str, words: &[&str]) {
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["rule"], rule, "{faults:#?}");
    let text = format!("{} {}", faults[0]["message"], faults[0]["help"]);
    for words in words {
        assert!(text.contains(words), "{words}: {text}");
    }
}

fn starter() -> Site {
    let site = Site::empty();
    assert_eq!(site.run(&["init", "."]).code, 0);
    site
}

fn replace_everywhere(site: &Site, from: &str, to: &str) {
    for file in files(&site.path("content")) {
        let path = site.path("content").join(&file);
        if let Ok(text) = fs::read_to_string(&path) {
            fs::write(&path, text.replace(from, to)).unwrap();
        }
    }
}

#[test]
fn the_recipe_of_the_first_hour_leaves_nothing_broken() {
    let site = starter();
    let guide = fs::read_to_string(site.path("content/guide/first-steps.md")).unwrap();
    fs::rename(site.path("content/parks"), site.path("content/library")).unwrap();
    replace_everywhere(&site, "parks", "library");
    for folder in ["city/2023", "city/2024", "library/2023", "library/2024"] {
        fs::remove_dir_all(site.path("content").join(folder)).unwrap();
    }
    for note in ["AP2.1", "BC1.1"] {
        assert!(guide.contains(&format!("`notes/{note}.md`")));
        for ending in ["md", "zh-Hant.md"] {
            let note = format!("content/library/2025/notes/{note}.{ending}");
            fs::remove_file(site.path(&note)).unwrap();
        }
    }
    site.build();
}

#[test]
fn a_starter_in_this_folder_does_not_send_anybody_elsewhere() {
    let site = Site::empty();
    let here = site.run(&["init", "."]);
    assert!(!here.out.contains("cd "), "{}", here.out);
    assert!(here.out.contains("scorepress serve"), "{}", here.out);
    let there = Site::empty().run(&["init", "ours"]);
    assert!(there.out.contains("cd ours"), "{}", there.out);
}

#[test]
fn a_failed_build_says_what_is_left_in_its_place() {
    let site = Site::plan("mission: none\n");
    let first = site.run(&["build"]);
    assert!(
        first.err.contains("nothing was written to"),
        "{}",
        first.err
    );
    let site = Site::small();
    site.build();
    site.write(PLAN, "mission: none\n");
    let second = site.run(&["build"]);
    assert!(second.err.contains("public is as it was"), "{}", second.err);
}

#[test]
fn a_folder_without_its_organisation_is_one_fault() {
    let site = Site::small()
        .file("content/org/2024/scorecard.yaml", "title: Before\n")
        .file("content/about.md", "See [](code:org/2025/AC1.1).\n")
        .file("content/site.yaml", format!("{SITE_YAML}home: org/2025\n"))
        .file("content/organizations.yaml", "- {id: library, name: L}\n");
    says(
        &site,
        "unknown-reference",
        &[
            "content/org",
            "rename the folder to `content/library`",
            "or write `id: org`",
        ],
    );
    assert_eq!(site.faults()[0]["related"].as_array().unwrap().len(), 1);
}

#[test]
fn a_wrong_code_is_told_where_it_stands_and_nowhere_else() {
    let plan = "title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n";
    for code in ["AC2.1", "ac1.1", "AC11", "BC1.1", "AC1-1"] {
        let site = Site::plan(&format!(
            "{plan}          - {{code: {code}, name: K, actions: [{{code: AC1.1.1, name: X}}]}}\n"
        ))
        .file(RESULTS, "kpi,period,value\nAC1.1,2025,1\n")
        .file(TARGETS, "kpi,period,target\nAC1.1,2025,1\n")
        .file("content/org/2025/notes/AC1.1.md", "See [](code:AC1.1).\n");
        let found = told(&site);
        assert_eq!(found.len(), 1, "{code}: {found:?}");
        assert!(found[0].ends_with(&format!("{PLAN}:9")), "{found:?}");
    }
}

#[test]
fn a_key_of_the_plan_that_is_misspelt_hides_no_more_than_itself() {
    for (from, to) in [
        ("objectives:", "objective:"),
        ("    kpis:", "    KPIs:"),
        ("themes:", "Themes:"),
    ] {
        let plan = crate::site::SCORECARD.replace(from, to);
        let site = Site::plan(&format!("{plan}expects: {{kpis: 1}}\n"))
            .file(RESULTS, "kpi,period,value\nAC1.1,2025,1\n")
            .file("content/org/2025/notes/AC1.1.md", "Words.\n");
        says(&site, "unknown-key", &["did you mean"]);
    }
}

#[test]
fn a_key_of_a_kpi_that_cannot_be_read_leaves_its_figures_alone() {
    for keys in [
        "direction: up\ntarget: 90",
        "direction: higher\nfrequency: quaterly",
        "direction: level\nlevels: [[A, 60], [B, 100]]\ntarget: A",
    ] {
        let site = Site::kpi(keys, "kpi,period,value\nAC1.1,2025-Q1,A\n");
        says(&site, "bad-value", &["is not a"]);
    }
}

#[test]
fn a_header_that_is_misspelt_is_told_without_its_rows() {
    let results = "kpi,period,vlaue\nAC1.1,2025,91\nAC1.1,2024,88\n";
    let site = Site::small().file(RESULTS, results);
    says(&site, "ledger-header", &["did you mean `value`?"]);
    let targets = "kpi,period,target,set_on,resaon\nAC1.1,2025,90,2025-01-01,\nAC1.1,2025,80,2025-02-01,storm\n";
    says(
        &Site::small().file(TARGETS, targets),
        "ledger-header",
        &["did you mean `reason`?"],
    );
}

#[test]
fn dates_and_periods_are_told_with_their_right_spelling() {
    let site = |row: &str| {
        Site::kpi(
            "direction: higher\nfrequency: quarter",
            &format!("kpi,period,value,published_on\nAC1.1,{row}\n"),
        )
    };
    for (row, rule, right) in [
        ("2025Q1,5,", "bad-period", "`2025-Q1`"),
        ("114年第1季,5,", "bad-period", "`2025-Q1`"),
        ("2025/Q1,5,", "bad-period", "`2025-Q1`"),
        ("2025-Q1,5,114/5/1", "bad-date", "`2025-05-01`"),
        ("2025-Q1,5,20250501", "bad-date", "`2025-05-01`"),
        ("2025-Q1,5,2025年5月1日", "bad-date", "`2025-05-01`"),
        ("2025-03,5,", "unknown-period", "lies in `2025-Q1`"),
        ("2026-Q1,5,", "unknown-period", "`org/2026`"),
    ] {
        says(&site(row), rule, &[right]);
    }
    let folder = Site::small().file("content/org/2024年/scorecard.yaml", "title: P\n");
    says(&folder, "bad-period", &["rename the folder to `2024`"]);
}

#[test]
fn a_comma_in_a_number_is_recognised() {
    let site = |rows: &str| {
        Site::small().file(
            RESULTS,
            format!("kpi,period,value,published_on,note\n{rows}"),
        )
    };
    let comma = ["`91.5` if it is a decimal comma", "`915`"];
    says(
        &site("AC1.1,2025,91,5,2026-01-15,x\n"),
        "ledger-row",
        &comma,
    );
    says(&site("AC1.1,2025,91,5\n"), "bad-date", &comma);
    let target = Site::kpi(
        "direction: higher\ntarget: 320 people",
        "kpi,period,value\n",
    );
    says(&target, "bad-number", &["`320` alone", "`unit`"]);
}

#[test]
fn a_result_of_a_period_that_had_not_ended_is_doubted() {
    let site = |row: &str| {
        Site::kpi(
            "direction: higher\nfrequency: quarter",
            &format!("kpi,period,value,published_on,state\nAC1.1,{row}\n"),
        )
    };
    says(
        &site("2025-Q3,5,2025-08-01,"),
        "early-result",
        &[
            "before the period ended on 2025-09-30",
            "2025-07-01/2025-08-01",
        ],
    );
    for fine in [
        "2025-Q3,5,2025-09-30,",
        "2025-Q3,5,2025-08-01,provisional",
        "2025-Q3,5,,",
    ] {
        assert_eq!(told(&site(fine)), [""; 0], "{fine}");
    }
    let done = "kpi,period,value,published_on\nAC1.1,2025,yes,2025-08-01\n";
    assert_eq!(
        told(&Site::kpi("direction: yes_no\ntarget: yes", done)),
        [""; 0]
    );
}

#[test]
fn a_gap_in_the_numbering_names_the_file_that_allows_it() {
    let plan = crate::site::SCORECARD.replace("AC1", "AC2");
    says(&Site::plan(&plan), "numbering-gap", &["content/site.yaml"]);
}

/// Figures and words that were thought published must not become an attachment.
#[test]
fn a_file_that_is_nearly_one_of_the_scorecards_is_told_of() {
    for (name, words) in [
        ("measurements.xls", "save it as `measurements.xlsx`"),
        ("Measurements.CSV", "did you mean `measurements.csv`?"),
        ("targets.txt", "save it as `targets.xlsx`"),
        ("notes/AC1.1.txt", "save it as `AC1.1.md`"),
        ("notes/overview.docx", "save it as `overview.md`"),
        ("notes/AC1.1.MD", "save it as `AC1.1.md`"),
    ] {
        let site = Site::small().file(&format!("content/org/2025/{name}"), "kpi,period,value\n");
        says(&site, "unknown-file", &[words]);
    }
    for name in ["notes/plan.pdf", "notes/figures.txt", "survey.csv"] {
        let site = Site::small().file(&format!("content/org/2025/{name}"), "1\n");
        assert_eq!(site.faults(), Vec::<Value>::new(), "{name}");
    }
}

#[test]
fn a_period_without_its_year_is_one_of_the_plan() {
    for (written, meant) in [
        ("Q1", "2025-Q1"),
        ("第二季", "2025-Q2"),
        ("上半年", "2025-H1"),
        ("3月", "2025-03"),
        ("Mar", "2025-03"),
    ] {
        let rows = format!("kpi,period,value\nAC1.1,{written},5\n");
        let site = Site::small().file(RESULTS, rows);
        says(&site, "bad-period", &[&format!("write `{meant}`")]);
    }
    let site = Site::small().file(RESULTS, "kpi,period,value\nAC1.1,3,5\n");
    says(&site, "bad-period", &["in one of these forms"]);
}

#[test]
fn commas_of_another_keyboard_part_no_columns() {
    let site = Site::small().file(RESULTS, "kpi，period，value\nAC1.1，2025，5\n");
    says(
        &site,
        "ledger-header",
        &["parted by `，`", "Latin keyboard"],
    );
}

#[test]
fn a_direction_in_other_words_is_told_what_the_words_mean() {
    let site = Site::kpi("direction: 越高越好", "kpi,period,value\n");
    says(&site, "bad-value", &["`higher` where more is better"]);
}
