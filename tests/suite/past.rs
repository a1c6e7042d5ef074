//! `check --against REV`: what was published is neither altered nor taken away.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::site::{Run, Site};

const RESULTS: &str = "kpi,period,value,published_on,note\nAC1.1,2024,70,2025-01-10,\nAC1.1,2025,75,2026-01-10,First count\n";

/// A site in a checkout, its first commit tagged `published`, in a folder of it.
fn published() -> Site {
    let site = Site::kpi("direction: higher\ntarget: 80\nid: settled", RESULTS).file(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.1,2024,60,2023-12-01,\n",
    );
    git(&site, &["init", "--quiet"]);
    git(&site, &["add", "content"]);
    git(&site, &["commit", "--quiet", "--message", "First"]);
    git(&site, &["tag", "published"]);
    site
}

fn git(site: &Site, arguments: &[&str]) {
    let run = Command::new("git")
        .arg("-C")
        .arg(site.path(""))
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args(arguments)
        .output()
        .unwrap();
    assert!(run.status.success(), "{arguments:?}");
}

fn against(site: &Site) -> Run {
    site.run(&["check", "--against", "published"])
}

fn faults(site: &Site) -> Vec<Value> {
    let run = site.run(&["check", "--against", "published", "--format", "json"]);
    serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
}

fn ledger(site: &Site, text: &str) {
    site.write("content/org/2025/measurements.csv", text);
}

#[test]
fn revisions_and_new_rows_are_welcome() {
    let site = published();
    let run = against(&site);
    assert_eq!(run.code, 0, "{}", run.err);
    ledger(
        &site,
        &format!("{RESULTS}AC1.1,2025,76,2026-02-20,A late report\n"),
    );
    assert_eq!(against(&site).code, 0);
    // The checkout is left alone.
    let status = Command::new("git")
        .arg("-C")
        .arg(site.path(""))
        .args(["status", "--porcelain"])
        .output()
        .unwrap();
    assert_eq!(
        String::from_utf8_lossy(&status.stdout).trim(),
        "M content/org/2025/measurements.csv"
    );
}

#[test]
fn an_altered_figure_is_told_at_its_row() {
    let site = published();
    ledger(&site, &RESULTS.replace("75", "85"));
    let run = against(&site);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("error[rewritten-history]"));
    assert!(run.err.contains("value was `75`, is `85`"), "{}", run.err);
    assert!(run.err.contains("measurements.csv:3:"));
}

#[test]
fn an_altered_note_is_told_as_well() {
    let site = published();
    ledger(&site, &RESULTS.replace("First count", "Count"));
    let run = against(&site);
    assert!(run.err.contains("note was `First count`, is `Count`"));
}

#[test]
fn a_row_that_is_gone_is_told_with_what_it_said() {
    let site = published();
    ledger(
        &site,
        "kpi,period,value,published_on,note\nAC1.1,2024,70,2025-01-10,\n",
    );
    let run = against(&site);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains(
            "the result of AC1.1 for 2025 of 2026-01-10, published at published, is gone: value 75"
        ),
        "{}",
        run.err
    );
}

#[test]
fn a_row_that_is_gone_is_told_where_it_stood() {
    let site = published();
    ledger(&site, &RESULTS.replace("AC1.1,2024,70,2025-01-10,\n", ""));
    let faults = faults(&site);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["file"], "content/org/2025/measurements.csv");
    assert_eq!(faults[0]["line"], 2);
    assert_eq!(
        faults[0]["message"],
        "the result of AC1.1 for 2024 of 2025-01-10, published at published, is gone: value 70; expected every row that was published"
    );
    assert_eq!(
        faults[0]["help"],
        "put the row back, which stood in line 2, and add one below it with the new figure, its date and the reason"
    );
}

#[test]
fn a_row_with_another_day_is_told_as_altered() {
    let site = published();
    ledger(&site, &RESULTS.replace("2026-01-10", "2026-01-05"));
    let faults = faults(&site);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["line"], 3);
    assert_eq!(
        faults[0]["message"],
        "the result of AC1.1 for 2025 of 2026-01-10 was altered since published: published_on was `2026-01-10`, is `2026-01-05`; expected the row as it was published"
    );
}

/// A target that goes from the plan to the ledger gets a date there, and is the same.
#[test]
fn a_target_may_go_from_the_plan_to_the_ledger_but_not_change_on_the_way() {
    let site = published();
    let plan = fs::read_to_string(site.path("content/org/2025/scorecard.yaml")).unwrap();
    site.write(
        "content/org/2025/scorecard.yaml",
        plan.replace("            target: 80\n", ""),
    );
    let targets = |target: u32| {
        format!(
            "kpi,period,target,set_on,reason\nAC1.1,2024,60,2023-12-01,\nAC1.1,2025,{target},2024-12-15,\n"
        )
    };
    site.write("content/org/2025/targets.csv", targets(80));
    assert_eq!(faults(&site), Vec::<Value>::new());
    site.write("content/org/2025/targets.csv", targets(70));
    let faults = faults(&site);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(
        faults[0]["message"],
        "the target of AC1.1 for 2025, published at published, is gone: target 80; expected every row that was published"
    );
    assert_eq!(faults[0]["file"], "content/org/2025/scorecard.yaml");
}

/// Codes are given anew from time to time; a KPI without an id is known by its name.
#[test]
fn kpis_that_changed_their_codes_are_known_by_their_names() {
    let plan = |first: &str, second: &str| {
        format!(
            "title: Plan\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n          - {{code: AC1.1, {first}}}\n          - {{code: AC1.2, {second}}}\n"
        )
    };
    let rows = |first: u32, second: u32| {
        format!(
            "kpi,period,value,published_on\nAC1.1,2025,{first},2026-01-10\nAC1.2,2025,{second},2026-01-10\n"
        )
    };
    let site = Site::plan(&plan("name: Safe", "name: Clean"));
    ledger(&site, &rows(1, 2));
    git(&site, &["init", "--quiet"]);
    git(&site, &["add", "content"]);
    git(&site, &["commit", "--quiet", "--message", "First"]);
    git(&site, &["tag", "published"]);
    site.write(
        "content/org/2025/scorecard.yaml",
        plan("name: Clean", "name: Safe"),
    );
    ledger(&site, &rows(2, 1));
    assert_eq!(faults(&site), Vec::<Value>::new());
    // A name that was mended leaves the code.
    site.write(
        "content/org/2025/scorecard.yaml",
        plan("name: Safer", "name: Clean"),
    );
    ledger(&site, &rows(1, 2));
    assert_eq!(faults(&site), Vec::<Value>::new());
    // Another KPI under its code is not the one that was published.
    let one = plan("name: Clean", "name: Clean");
    let (one, _) = one.split_once("          - {code: AC1.2").unwrap();
    site.write("content/org/2025/scorecard.yaml", one);
    ledger(
        &site,
        "kpi,period,value,published_on\nAC1.1,2025,2,2026-01-10\n",
    );
    let faults = faults(&site);
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(
        faults[0]["message"],
        "the KPI AC1.1 (Safe), published at published, is gone from org/2025; expected every KPI that was published"
    );
}

#[test]
fn targets_count_in_the_ledger_and_in_the_plan() {
    let site = published();
    let plan = fs::read_to_string(site.path("content/org/2025/scorecard.yaml")).unwrap();
    site.write(
        "content/org/2025/scorecard.yaml",
        plan.replace("target: 80", "target: 70"),
    );
    let run = against(&site);
    assert!(
        run.err.contains("the target of AC1.1 for 2025 was altered"),
        "{}",
        run.err
    );
    site.write("content/org/2025/scorecard.yaml", plan);
    site.write(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.1,2024,50,2023-12-01,\n",
    );
    let run = against(&site);
    assert!(run.err.contains("target was `60`, is `50`"));
}

#[test]
fn a_lost_kpi_is_named_and_one_with_another_code_is_known_by_its_id() {
    let site = published();
    let plan = fs::read_to_string(site.path("content/org/2025/scorecard.yaml")).unwrap();
    let second = format!("{plan}          - {{code: AC1.2, name: New}}\n");
    site.write("content/org/2025/scorecard.yaml", &second);
    git(
        &site,
        &["commit", "--quiet", "--all", "--message", "Second"],
    );
    git(&site, &["tag", "--force", "published"]);
    site.write("content/org/2025/scorecard.yaml", &plan);
    let run = against(&site);
    assert!(
        run.err
            .contains("the KPI AC1.2 (New), published at published, is gone from org/2025")
    );

    let swapped = second
        .replace("AC1.1", "AC1.x")
        .replace("AC1.2", "AC1.1")
        .replace("AC1.x", "AC1.2");
    site.write("content/org/2025/scorecard.yaml", swapped);
    ledger(&site, &RESULTS.replace("AC1.1", "AC1.2"));
    site.write(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.2,2024,60,2023-12-01,\n",
    );
    let run = against(&site);
    assert!(!run.err.contains("is gone: value"), "{}", run.err);
}

#[test]
fn a_lost_scorecard_is_named() {
    let site = published();
    fs::rename(site.path("content/org/2025"), site.path("content/org/2026")).unwrap();
    let run = against(&site);
    assert!(
        run.err
            .contains("the scorecard org/2025, published at published, is gone")
    );
}

#[test]
fn a_revision_that_is_none_is_a_mistake_of_whoever_asks() {
    let site = published();
    for revision in ["nowhere", "--upload-pack=x", ""] {
        let run = site.run(&["check", &format!("--against={revision}")]);
        assert_eq!(run.code, 2, "{revision}: {}", run.err);
    }
    let bare = Site::small();
    let run = bare.run(&["check", "--against", "HEAD"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("names no commit here"), "{}", run.err);
}
