//! Scores and statuses as a page shows them.

use crate::site::Site;

fn headline(keys: &str, ledger: &str) -> (String, String, String) {
    let site = Site::kpi(keys, ledger);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let now = site.headline();
    let text = |key: &str| now[key].as_str().unwrap_or("").to_owned();
    (text("value"), text("score"), text("status"))
}

fn is(keys: &str, ledger: &str, value: &str, score: &str, status: &str) {
    let wanted = (value.to_owned(), score.to_owned(), status.to_owned());
    assert_eq!(headline(keys, ledger), wanted, "{keys}\n{ledger}");
}

/// BSC Designer, user manual, “Performance of an indicator” and “Progress”.
#[test]
fn bsc_designers_examples() {
    let row = |v: &str| format!("kpi,period,value\nAC1.1,2025,{v}\n");
    is(
        "direction: higher\nscale: [[0, 0], [200, 100]]\ntarget: 200",
        &row("50"),
        "50",
        "25",
        "missed",
    );
    is(
        "direction: higher\nscale: [[0, 0], [100, 100]]\ntarget: 100",
        &row("16"),
        "16",
        "16",
        "missed",
    );
    is(
        "direction: higher\nscale: progress\nbaseline: 15\ntarget: 45",
        &row("16"),
        "16",
        "3.3333333333",
        "missed",
    );
}

/// Spider Impact, help, “Scoring types”: goal 700, red flag 500, out of ten.
#[test]
fn spider_impacts_examples() {
    let keys = "direction: higher\nscale: {red_flag: 500, goal: 700}";
    let row = |v: &str| format!("kpi,period,value\nAC1.1,2025,{v}\n");
    is(keys, &row("300"), "300", "0", "missed");
    is(keys, &row("500"), "500", "33.3333333333", "missed");
    is(keys, &row("700"), "700", "66.6666666667", "missed");
    is(keys, &row("900"), "900", "100", "met");
}

/// 2/4 and 2/100 make 4/104 = 3.8 %, never 26 %.
#[test]
fn ratios_add_up_before_they_are_divided() {
    let keys = "unit: \"%\"\ndirection: higher\nfrequency: half\naggregate: ratio\ntarget: 50";
    let ledger = "kpi,period,numerator,denominator\nAC1.1,2025-H1,2,4\nAC1.1,2025-H2,2,100\n";
    let site = Site::kpi(keys, ledger);
    site.build();
    assert_eq!(site.headline()["value"], "3.8461538462");
    assert_eq!(site.page("org/2025/AC1.1.html").first(".big"), "3.8%");
    let working = site.page("org/2025/AC1.1.html").first(".working");
    assert!(
        working.contains("(2 + 2) ÷ (4 + 100) × 100 = 3.8%"),
        "{working}"
    );
}

#[test]
fn statuses_begin_at_their_bands() {
    let row = |v: &str| format!("kpi,period,value\nAC1.1,2025,{v}\n");
    let keys = "direction: higher\ntarget: 200";
    is(keys, &row("200"), "200", "100", "met");
    is(keys, &row("260"), "260", "100", "met");
    is(keys, &row("180"), "180", "90", "near");
    is(
        keys,
        &row("179.999999999"),
        "179.999999999",
        "89.9999999995",
        "missed",
    );
    is(
        "direction: higher\ntarget: 200\nbands: {near: 50}",
        &row("100"),
        "100",
        "50",
        "near",
    );
    is(
        "direction: lower\ntarget: 10",
        &row("11"),
        "11",
        "90",
        "near",
    );
    is(
        "direction: lower\ntarget: 0\nworst: 20",
        &row("1"),
        "1",
        "95",
        "near",
    );
    is(
        "direction: between\ntarget: 10..20",
        &row("20"),
        "20",
        "100",
        "met",
    );
    is(
        "direction: between\ntarget: 10..20",
        &row("21"),
        "21",
        "90",
        "near",
    );
    is(
        "direction: exactly\ntarget: 50",
        &row("45"),
        "45",
        "90",
        "near",
    );
    is(
        "direction: yes_no\ntarget: yes",
        &row("no"),
        "no",
        "0",
        "missed",
    );
    is("direction: yes_no", &row("是"), "yes", "100", "met");
    let levels = "direction: levels\nlevels: [[A, 60], [AA, 80], [AAA, 100]]";
    is(levels, &row("AA"), "AA", "80", "missed");
    is(levels, &row("AAA"), "AAA", "100", "met");
    is("direction: higher", &row("5"), "5", "", "no_target");
}

#[test]
fn what_has_no_value_says_why() {
    let keys = "direction: higher\ntarget: 5";
    is(keys, "kpi,period,value\n", "", "", "not_due");
    is("direction: higher", "kpi,period,value\n", "", "", "none");
    let absent = |state: &str| format!("kpi,period,state,note\nAC1.1,2025,{state},why\n");
    is(keys, &absent("withheld"), "", "", "withheld");
    is(keys, &absent("not_collected"), "", "", "not_collected");
    is(keys, &absent("discontinued"), "", "", "discontinued");
}

#[test]
fn late_is_after_the_period_and_its_reporting_days() {
    let site = Site::kpi(
        "direction: higher\ntarget: 5\nreporting_days: 31",
        "kpi,period,value\n",
    );
    for (day, status) in [
        ("2025-12-31", "not_due"),
        ("2026-01-31", "not_due"),
        ("2026-02-01", "late"),
    ] {
        assert_eq!(site.run(&["build", "--as-of", day]).code, 0);
        assert_eq!(site.headline()["status"], status, "{day}");
    }
}

#[test]
fn a_date_makes_the_build_a_time_machine() {
    let keys = "direction: higher\ntarget: 100";
    let ledger = "kpi,period,value,published_on,state\nAC1.1,2025,50,2026-01-10,provisional\nAC1.1,2025,60,2026-03-01,\n";
    let site = Site::kpi(keys, ledger);
    for (day, value) in [
        ("2026-01-09", None),
        ("2026-01-10", Some("50")),
        ("2026-03-01", Some("60")),
    ] {
        assert_eq!(site.run(&["build", "--as-of", day]).code, 0);
        assert_eq!(site.headline()["value"].as_str(), value, "{day}");
    }
    site.build();
    assert_eq!(site.headline()["value"], "60");
    let changes = site.page("org/2025/changes.html").all(".what");
    assert_eq!(changes[0], "Result for 2025 corrected from 50 to 60");
}

#[test]
fn changes_are_newest_first_each_beside_what_it_replaces() {
    let site = Site::kpi(
        "direction: higher\nfrequency: quarter\naggregate: sum\ntarget: 100",
        "kpi,period,value,published_on,state,note\n\
         AC1.1,2025-Q1,11,2025-08-10,,\n\
         AC1.1,2025-Q1,10,2025-04-10,,\n\
         AC1.1,2025-Q2,21,2026-01-20,,\n\
         AC1.1,2025-Q2,20,2025-08-10,,\n\
         AC1.1,2025-Q2,,2025-07-10,not_collected,Strike\n",
    )
    .file(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.1,2025,90,2025-08-10,Fewer staff\n",
    );
    let told = [
        "Result for 2025 Q2 published: 20",
        "Target for 2025 changed from 100 to 90",
        "Result for 2025 Q1 corrected from 10 to 11",
        "Result for 2025 Q2 not collected",
        "Result for 2025 Q1 published: 10",
        "Target for 2025 set: 100",
    ];
    assert_eq!(site.run(&["build", "--as-of", "2025-12-31"]).code, 0);
    // The register of goalposts stands before the changes.
    let last = |page: &str, most: usize| {
        let all = site.page(page).all(".changes .what");
        all[all.len() - most..].to_vec()
    };
    for page in ["changes", "AC1.1", "AC1"] {
        assert_eq!(last(&format!("org/2025/{page}.html"), told.len()), told);
    }
    // A row that was not known on that day changes none of the others.
    site.build();
    let later = last("org/2025/changes.html", told.len() + 1);
    assert_eq!(later[0], "Result for 2025 Q2 corrected from 20 to 21");
    assert_eq!(later[1..], told);
}

#[test]
fn an_eased_target_keeps_the_score_under_the_first() {
    let site = Site::kpi(
        "direction: higher\ntarget: 100",
        "kpi,period,value,published_on\nAC1.1,2025,80,2026-01-10\n",
    )
    .file(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.1,2025,80,2025-06-01,Fewer staff\n",
    );
    site.build();
    let now = site.headline();
    assert_eq!(
        (&now["score"], &now["original_score"]),
        (&"100".into(), &"80".into())
    );
    let page = site.page("org/2025/AC1.1.html");
    assert!(
        page.first(".now")
            .contains("Under the original target of 100 the score would be 80.0.")
    );
    let change = page
        .all(".changes li")
        .into_iter()
        .find(|c| c.contains("Eased"))
        .unwrap();
    assert!(
        change.contains("from 100 to 80") && change.contains("Fewer staff"),
        "{change}"
    );
}

#[test]
fn the_year_to_date_is_held_against_the_target_to_date() {
    let keys = "direction: higher\nfrequency: quarter\naggregate: sum\ntarget: 400";
    let ledger =
        "kpi,period,value,published_on\nAC1.1,2025-Q1,90,2025-04-10\nAC1.1,2025-Q2,90,2025-07-10\n";
    let site = Site::kpi(keys, ledger).file(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on\nAC1.1,2025-Q1,100,2025-01-01\nAC1.1,2025-Q2,100,2025-01-01\n",
    );
    site.build();
    let now = site.headline();
    assert_eq!(
        (&now["value"], &now["target"], &now["score"]),
        (&"180".into(), &"200".into(), &"90".into())
    );
    let page = site.page("org/2025/AC1.1.html");
    assert_eq!(
        page.first("#result"),
        "2025 to date, up to 2025 Q2 (2 of 4 parts)"
    );
}

/// The sum of nothing is no result of zero.
#[test]
fn parts_without_a_value_make_no_value_to_date() {
    let ledger = "kpi,period,value,state,note\nAC1.1,2025-H1,,not_collected,No counters.\n";
    for rule in ["last", "sum", "mean", "min", "max"] {
        let keys = format!("direction: higher\nfrequency: half\naggregate: {rule}\ntarget: 12");
        let site = Site::kpi(&keys, ledger);
        site.build();
        assert!(site.headline()["value"].is_null(), "{rule}");
        let values = site.page("org/2025/AC1.1.html").first(".periods");
        assert!(!values.contains("to date"), "{rule}: {values}");
    }
}

#[test]
fn every_aggregation_of_complete_parts() {
    let ledger =
        "kpi,period,value\nAC1.1,2025-Q1,1\nAC1.1,2025-Q2,2\nAC1.1,2025-Q3,6\nAC1.1,2025-Q4,3\n";
    for (rule, value) in [
        ("last", "3"),
        ("sum", "12"),
        ("mean", "3"),
        ("min", "1"),
        ("max", "6"),
    ] {
        let keys = format!("direction: higher\nfrequency: quarter\naggregate: {rule}\ntarget: 12");
        assert_eq!(headline(&keys, ledger).0, value, "{rule}");
    }
}

#[test]
fn composites_are_weighted_means_with_their_coverage() {
    let plan = "\
title: Plan
themes:
  - code: A
    name: T
    objectives:
      - code: AC1
        name: O
        kpis:
          - {code: AC1.1, name: K, direction: higher, target: 100, weight: 3}
          - {code: AC1.2, name: L, direction: higher, target: 100}
          - {code: AC1.3, name: M, direction: higher, target: 100}
";
    let site = Site::plan(plan).file(
        "content/org/2025/measurements.csv",
        "kpi,period,value\nAC1.1,2025,100\nAC1.2,2025,50\n",
    );
    site.build();
    let score = site.page("org/2025/AC1.html").first("main > .score");
    assert_eq!(
        score,
        "Score 87.5 out of 10080% of the weight has a score, with equal weights 75.0, with missing as zero 70.0"
    );
}

#[test]
fn an_official_status_stands_beside_the_computed_one() {
    let ledger = "kpi,period,value,official_status\nAC1.1,2025,50,On target\n";
    let site = Site::kpi("direction: higher\ntarget: 100", ledger);
    site.build();
    let row = site
        .page("org/2025/status.html")
        .first("#contradictions + .scroll tbody tr");
    assert!(
        row.contains("On target") && row.contains("Not met"),
        "{row}"
    );
}
