//! The register of goalposts: what was changed after it was published, by a revision
//! in a ledger, from one year to the next, or in the history of the sources.

use scraper::Selector;

use crate::checkout::Checkout;
use crate::site::{Page, Site, assert_sound};

/// A plan of two KPIs, each with further keys.
fn plan(first: &str, second: &str) -> String {
    let mut plan = "title: Plan\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n".to_owned();
    for (code, keys) in [("AC1.1", first), ("AC1.2", second)] {
        if !keys.is_empty() {
            plan += &format!("          - {{code: {code}, {keys}}}\n");
        }
    }
    plan
}

const SAFE: &str = "name: Safe, direction: higher, target: 90";
const CLEAN: &str = "name: Clean, direction: higher, target: 50";
const PLAN: &str = "content/org/2025/scorecard.yaml";
const RESULTS: &str = "kpi,period,value,published_on,note\nAC1.1,2025,72,2026-01-10,\n";

/// A site of two KPIs in a checkout.
fn checkout() -> Checkout {
    let site = Site::plan(&plan(SAFE, CLEAN))
        .file("content/org/2025/measurements.csv", RESULTS)
        .file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    checkout
}

fn built(site: &Site) -> Page {
    let run = site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_sound(&site.path("public"));
    site.page("org/2025/changes.html")
}

/// The entries of a kind: what was moved, and where that was seen.
fn entries(page: &Page, kind: &str) -> Vec<(String, String)> {
    let section = format!("section[aria-labelledby='register-{kind}'] li");
    let (item, text) = (
        Selector::parse(&section).unwrap(),
        Selector::parse("p").unwrap(),
    );
    let fold = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.html
        .select(&item)
        .map(|entry| {
            let lines: Vec<_> = entry
                .select(&text)
                .map(|p| fold(p.text().collect()))
                .collect();
            (lines[1].clone(), lines[2].clone())
        })
        .collect()
}

/// The cells of the register's table, row by row.
fn table(site: &Site) -> Vec<Vec<String>> {
    let text = site.text("org/2025/data/changes.csv");
    let mut lines = text
        .lines()
        .map(|line| line.split(',').map(str::to_owned).collect());
    let header: Vec<String> = lines.next().unwrap();
    assert_eq!(header.len(), 18);
    lines.collect()
}

/// What a change says of its source is of the line that was changed, not of the whole.
#[test]
fn a_change_leads_to_its_own_line() {
    let kpi = |name: &str, weight: &str, worst: &str| {
        let keys = format!("name: {name}\n            id: safe\n            direction: higher\n");
        let rest = format!("            weight: {weight}\n            worst: {worst}\n");
        let plan = plan("", "");
        format!("{plan}          - code: AC1.1\n            {keys}{rest}            target: 90\n")
    };
    let site = Site::plan(&kpi("Safe", "1", "10"))
        .file("content/org/2024/scorecard.yaml", kpi("Safer", "2", "20"))
        .file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    let first = checkout.commit();
    checkout.write(PLAN, kpi("Safest", "1", "10"));
    let second = checkout.commit();
    let page = built(&checkout.site);
    let source = |kind: &str| {
        let of_kind = format!("section[aria-labelledby='register-{kind}'] .source");
        page.all(&of_kind)
    };
    let line = |line: usize, commit: &str| format!("{PLAN}:{line} {} 2024-0", &commit[..10]);
    for (kind, line) in [("weight", line(13, &first)), ("scale", line(14, &first))] {
        let told = source(kind);
        assert!(
            told.len() == 1 && told[0].starts_with(&line),
            "{kind}: {told:?}"
        );
    }
    // The commit of an alteration in place is told once, in its own sentence.
    let told = source("name");
    assert_eq!(told[0], format!("{PLAN}:10"));
    assert!(told[1].starts_with(&line(10, &second)), "{told:?}");
}

#[test]
fn what_was_never_changed_is_no_entry() {
    let checkout = checkout();
    let page = built(&checkout.site);
    assert!(page.all("[id^='register-']").is_empty());
    assert!(
        page.all("main > p")
            .iter()
            .any(|p| p.starts_with("No target, result"))
    );
    assert!(table(&checkout.site).is_empty());
    // It claims no more than it has looked at.
    let heard = |page: &Page| page.first("main > p.quiet");
    assert!(
        heard(&page).contains("history of the sources."),
        "{}",
        heard(&page)
    );
    let run = checkout.site.run(&["build", "--quiet", "--no-history"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = checkout.site.page("org/2025/changes.html");
    assert!(
        heard(&page).contains("would not be seen"),
        "{}",
        heard(&page)
    );
}

#[test]
fn a_revision_in_the_ledger_is_told_with_the_score_under_the_first_target() {
    let site = Site::plan(&plan(SAFE, CLEAN))
        .file("content/org/2025/measurements.csv", RESULTS)
        .file(
            "content/org/2025/targets.csv",
            "kpi,period,target,set_on,reason\nAC1.1,2025,80,2025-06-01,Storm\n",
        );
    let page = built(&site);
    let told = entries(&page, "target");
    assert_eq!(told.len(), 1);
    assert_eq!(
        told[0],
        (
            "AC1.1 Safe Target for 2025 changed from 90 to 80 Eased".to_owned(),
            "Revised in the ledger.".to_owned()
        )
    );
    let row = page.all("section[aria-labelledby='originals'] tbody tr *");
    assert!(row.contains(&"AC1.1 Safe".to_owned()));
    let cells = page.all("section[aria-labelledby='originals'] tbody td");
    assert_eq!(cells, ["2025", "90", "80.0", "80", "90.0"]);
    let row = &table(&site)[0];
    assert_eq!(row[..3], ["target", "ledger", "2025-06-01"]);
    assert_eq!(row[7..13], ["90", "80", "eased", "Storm", "80", "90"]);
}

#[test]
fn a_target_altered_in_place_is_told_with_the_commit() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(&SAFE.replace("90", "80"), CLEAN));
    let commit = checkout.commit();
    let page = built(&checkout.site);
    let told = entries(&page, "target");
    assert_eq!(
        told,
        [(
            "AC1.1 Safe Target for 2025 changed from 90 to 80 Eased".to_owned(),
            format!(
                "Changed in the sources, with commit {} 2024-03-15",
                &commit[..10]
            )
        )]
    );
    let cells = page.all("section[aria-labelledby='originals'] tbody td");
    assert_eq!(cells, ["2025", "90", "80.0", "80", "90.0"]);
    let row = &table(&checkout.site)[0];
    assert_eq!(row[..3], ["target", "history", "2024-03-15"]);
    assert_eq!(row[16..], [commit.as_str(), "2024-03-15"]);
    // The page counts what it lists.
    assert_eq!(page.all("main .inline b"), ["1", "0"]);
    let kpi = checkout.site.page("org/2025/AC1.1.html");
    let history = kpi.first(".history");
    assert!(history.contains("changed from 90 to 80"), "{history}");
    let feed = checkout.site.text("org/2025/feed.xml");
    assert!(feed.contains("changed from 90 to 80"), "{feed}");
    assert!(feed.contains("<updated>2024-03-15T00:00:00Z"), "{feed}");
}

#[test]
fn rows_altered_or_taken_away_are_told_and_those_moved_are_not() {
    let mut checkout = checkout();
    let ledger = "content/org/2025/measurements.csv";
    let more = format!(
        "{RESULTS}AC1.2,2024,\"1,5\",2025-01-10,\"two\nlines\"\nAC1.2,2025,40.0,2026-01-10,\n"
    );
    checkout.write(ledger, more.replace("\"1,5\"", "15"));
    checkout.commit();
    // In another order, another spelling, with another note: nothing a reader was told.
    checkout.write(
        ledger,
        "kpi,period,value,published_on,note\nAC1.2,2025,40,2026-01-10,x\nAC1.2,2024,15,2025-01-10,\"two\nlines\"\nAC1.1,2025,72,2026-01-10,\n",
    );
    checkout.commit();
    assert!(entries(&built(&checkout.site), "result").is_empty());
    checkout.write(
        ledger,
        "kpi,period,value,published_on,note\nAC1.2,2025,45,2026-01-10,x\nAC1.2,2024,15,2025-01-10,\"two\nlines\"\n",
    );
    checkout.commit();
    let told = entries(&built(&checkout.site), "result");
    let texts: Vec<_> = told.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "AC1.2 Clean Result for 2025 changed from 40 to 45",
            "AC1.1 Safe Result for 2025 taken away; it was 72",
        ]
    );
}

#[test]
fn baselines_scales_weights_and_names_are_told() {
    let mut checkout = checkout();
    checkout.write(
        PLAN,
        plan(&format!("{SAFE}, id: safe, baseline: 10"), CLEAN),
    );
    checkout.commit();
    let other = "name: Safer, direction: higher, target: 90, id: safe, baseline: 20.0, weight: 2, worst: 50";
    checkout.write(PLAN, plan(other, CLEAN));
    let commit = checkout.commit();
    let page = built(&checkout.site);
    for (kind, text) in [
        ("baseline", "AC1.1 Safer Baseline changed from 10 to 20"),
        (
            "scale",
            "AC1.1 Safer Scale changed from “direction: higher” to “direction: higher; worst: 50”",
        ),
        ("weight", "AC1.1 Safer Weight changed from 1 to 2"),
        ("name", "AC1.1 Safer Name changed from “Safe” to “Safer”"),
    ] {
        let told = entries(&page, kind);
        assert_eq!(told.len(), 1, "{kind}");
        assert_eq!(told[0].0, text);
        assert!(told[0].1.contains(&commit[..10]));
    }
}

#[test]
fn a_kpi_that_disappeared_is_named_with_the_commit() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(SAFE, ""));
    let commit = checkout.commit();
    checkout.write("content/about.md", "# About\n");
    checkout.commit();
    let page = built(&checkout.site);
    assert_eq!(
        entries(&page, "gone"),
        [(
            "AC1.2 Clean is there no more Gone".to_owned(),
            format!(
                "Changed in the sources, with commit {} 2024-03-15",
                &commit[..10]
            )
        )]
    );
    assert!(
        checkout
            .site
            .text("org/2025/feed.xml")
            .contains("AC1.2 Clean")
    );
    // Whatever comes back is not gone.
    checkout.write(PLAN, plan(SAFE, CLEAN));
    checkout.commit();
    assert!(entries(&built(&checkout.site), "gone").is_empty());
}

#[test]
fn kpis_that_move_between_files_or_get_another_code_are_not_gone() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(&format!("{SAFE}, id: safe"), ""));
    checkout.write(
        "content/org/2025/kpis.yaml",
        format!("- {{code: AC1.2, objective: AC1, {CLEAN}}}\n"),
    );
    checkout.commit();
    checkout.write(PLAN, plan("", &format!("{SAFE}, id: safe")));
    checkout.write(
        "content/org/2025/kpis.yaml",
        format!("- {{code: AC1.1, objective: AC1, {CLEAN}}}\n"),
    );
    checkout.write(
        "content/org/2025/measurements.csv",
        RESULTS.replace("AC1.1", "AC1.2"),
    );
    checkout.commit();
    let page = built(&checkout.site);
    assert!(
        page.all("[id^='register-']").is_empty(),
        "{:?}",
        page.all("[id^='register-']")
    );
}

#[test]
fn a_plan_that_was_broken_for_a_while_lost_nothing() {
    let mut checkout = checkout();
    checkout.write(PLAN, "title: [Plan\n");
    checkout.commit();
    checkout.write(PLAN, plan(SAFE, &CLEAN.replace("50", "40")));
    checkout.commit();
    let page = built(&checkout.site);
    assert!(entries(&page, "gone").is_empty());
    assert_eq!(entries(&page, "target").len(), 1);
}

#[test]
fn kpis_of_a_scorecard_that_is_gone_are_named_by_its_heir() {
    let mut checkout = checkout();
    checkout.write("content/org/2024/scorecard.yaml", plan("name: Old", ""));
    checkout.commit();
    std::fs::remove_dir_all(checkout.site.path("content/org/2024")).unwrap();
    checkout.commit();
    let told = entries(&built(&checkout.site), "gone");
    assert_eq!(told.len(), 1);
    assert!(told[0].0.starts_with("AC1.1 Old"), "{told:?}");
}

#[test]
fn what_changes_between_years_is_told_against_the_year_before() {
    let site = Site::plan(&plan(
        "name: Safer, id: safe, direction: higher, target: 80, baseline: 20, weight: 3",
        "",
    ))
    .file(
        "content/org/2024/scorecard.yaml",
        plan(
            "name: Safe, id: safe, direction: higher, target: 70, baseline: 10",
            CLEAN,
        ),
    )
    .file(
        "content/org/2025/targets.csv",
        "kpi,period,target,set_on,reason\nAC1.1,2024,60,,\n",
    );
    let page = built(&site);
    let seen = "Seen against the scorecard of 2024.";
    for (kind, text) in [
        ("gone", "AC1.2 Clean is there no more Gone"),
        (
            "target",
            "AC1.1 Safer Target for 2024 changed from 70 to 60 Eased",
        ),
        ("baseline", "AC1.1 Safer Baseline changed from 10 to 20"),
        ("weight", "AC1.1 Safer Weight changed from 1 to 3"),
        ("name", "AC1.1 Safer Name changed from “Safe” to “Safer”"),
    ] {
        assert_eq!(
            entries(&page, kind),
            [(text.to_owned(), seen.to_owned())],
            "{kind}"
        );
    }
    // What is gone leads to its last page.
    let links = page.attributes("href");
    assert!(
        links.contains(&"../../org/2024/AC1.2.html".to_owned()),
        "{links:?}"
    );
}

#[test]
fn a_renamed_folder_keeps_its_register() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(&SAFE.replace("90", "80"), CLEAN));
    checkout.commit();
    checkout.write(
        "content/organizations.yaml",
        "- {id: bureau, name: The Bureau}\n",
    );
    checkout.git(&["mv", "content/org", "content/bureau"]);
    checkout.commit();
    let run = checkout.site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let page = checkout.site.page("bureau/2025/changes.html");
    assert_eq!(entries(&page, "target").len(), 1);
    assert!(entries(&page, "gone").is_empty());
}

#[test]
fn the_register_of_a_day_knows_no_later_commit() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(&SAFE.replace("90", "80"), CLEAN));
    checkout.commit();
    for (day, count) in [("2024-03-14", 0), ("2024-03-15", 1)] {
        let run = checkout.site.run(&["build", "--as-of", day]);
        assert_eq!(run.code, 0, "{}", run.err);
        let page = checkout.site.page("org/2025/changes.html");
        assert_eq!(entries(&page, "target").len(), count, "{day}");
    }
}

/// Part of a period is held against the target of that part, and so is what comes of
/// it under the first one.
#[test]
fn a_target_to_date_that_was_moved_is_told_with_both_scores() {
    let keys = "unit: \"%\"\ndirection: higher\nfrequency: quarter\naggregate: mean\nid: safe";
    let results =
        "kpi,period,value,published_on\nAC1.1,2025-Q1,72,2025-04-10\nAC1.1,2025-Q2,72,2025-07-10\n";
    let header = "kpi,period,target,set_on,reason\n";
    let to_date = "AC1.1,2025-01-01/2025-06-30,90,2025-01-01,\n";
    let quarters = "AC1.1,2025-Q1,90,2025-01-01,\nAC1.1,2025-Q2,90,2025-01-01,\n";
    let site = |rows: &str| {
        let ledger = format!("{header}AC1.1,2025,95,2025-01-01,\n{rows}");
        Site::kpi(keys, results).file("content/org/2025/targets.csv", ledger)
    };
    let told = |site: &Site| {
        let cells = built(site).all("section[aria-labelledby='originals'] tbody td");
        let scores = table(site).into_iter().filter(|row| row[0] == "target");
        (
            cells,
            scores.map(|row| row[11..13].join(" ")).collect::<Vec<_>>(),
        )
    };
    let further = format!("{to_date}AC1.1,2025-01-01/2025-06-30,75,2025-06-01,Storm\n");
    let parts =
        format!("{quarters}AC1.1,2025-Q1,70,2025-06-01,Storm\nAC1.1,2025-Q2,80,2025-06-01,Storm\n");
    for (rows, entries) in [(further, 1), (parts, 2)] {
        let (cells, scores) = told(&site(&rows));
        assert_eq!(cells[1..], ["90%", "80.0", "75%", "96.0"]);
        assert_eq!(scores, vec!["80 96"; entries]);
    }
    // The target of the whole is not what part of it is held against.
    let whole = format!("{to_date}AC1.1,2025,80,2025-06-01,Storm\n");
    assert_eq!(told(&site(&whole)), (Vec::new(), vec![" ".to_owned()]));
    for (rows, eased) in [(to_date, "2025-06-30,75"), (quarters, "2025-Q1,60")] {
        let mut checkout = Checkout::of(site(rows).file(".gitignore", "public\n"));
        checkout.commit();
        let from = eased.replace("75", "90").replace("60", "90");
        let ledger = format!("{header}AC1.1,2025,95,2025-01-01,\n{rows}").replace(&from, eased);
        checkout.write("content/org/2025/targets.csv", ledger);
        checkout.commit();
        let (cells, scores) = told(&checkout.site);
        assert_eq!(cells[1..], ["90%", "80.0", "75%", "96.0"]);
        assert_eq!(scores, ["80 96"]);
    }
}

/// Both scores of the newest entry of a kind.
fn scores(page: &Page, kind: &str) -> Vec<String> {
    let first = format!("section[aria-labelledby='register-{kind}'] li:first-of-type p");
    let texts = page.all(&first);
    let is_told = |text: &String| text.starts_with("The score is");
    texts.into_iter().filter(is_told).collect()
}

#[test]
fn rules_of_scoring_changed_in_place_are_told_with_both_scores() {
    let keys = "unit: people\ndirection: higher\nfrequency: quarter\naggregate: min\ntarget: 100\nworst: 15\nid: safe";
    let results = "kpi,period,value,published_on\nAC1.1,2025-Q1,60,2025-04-10\nAC1.1,2025-Q2,100,2025-07-10\nAC1.1,2025-Q3,100,2025-10-10\nAC1.1,2025-Q4,100,2026-01-10\n";
    let site = Site::kpi(keys, results).file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    let plan = std::fs::read_to_string(checkout.site.path(PLAN)).unwrap();
    let told = |checkout: &mut Checkout, from: &str, to: &str, kind: &str| {
        checkout.write(PLAN, plan.replace(from, to));
        let commit = checkout.commit();
        let page = built(&checkout.site);
        let (text, seen) = entries(&page, kind).remove(0);
        assert!(seen.contains(&commit[..10]), "{seen}");
        let score = scores(&page, kind).first().cloned();
        checkout.write(PLAN, &plan);
        checkout.commit();
        (text, score.unwrap_or_default())
    };
    let told = |checkout: &mut Checkout, from: &str, to: &str, kind: &str| {
        let (text, score) = told(checkout, from, to, kind);
        format!("{text} {score}").trim().to_owned()
    };
    let both = |before: &str, today: &str| {
        format!("The score is {before} under what was said before, {today} today.")
    };
    for (from, to, kind, text) in [
        (
            "aggregate: min",
            "aggregate: mean",
            "rule",
            format!(
                "How parts make a whole changed from “Smallest” to “Mean” {}",
                both("52.9", "88.2")
            ),
        ),
        (
            "worst: 15",
            "worst: 40",
            "scale",
            format!(
                "Scale changed from “direction: higher; worst: 15” to “direction: higher; worst: 40” {}",
                both("52.9", "33.3")
            ),
        ),
        (
            "direction: higher",
            "direction: lower\n            scale: [[0, 100], [120, 0]]",
            "scale",
            format!(
                "Scale changed from “direction: higher; worst: 15” to “direction: lower; scale: [[0, 100], [120, 0]]; worst: 15” {}",
                both("52.9", "50.0")
            ),
        ),
        (
            "id: safe",
            "id: safe\n            bands: {near: 40}",
            "rule",
            "Where statuses begin changed from “not stated” to “near: 40”".to_owned(),
        ),
        (
            "unit: people",
            "unit: deaths",
            "definition",
            "Unit changed from “people” to “deaths”".to_owned(),
        ),
        (
            "id: safe",
            "id: safe\n            reporting_days: 90",
            "rule",
            "Days until a missing result is late changed from “not stated” to “90”".to_owned(),
        ),
    ] {
        let told = told(&mut checkout, from, to, kind);
        assert_eq!(told, format!("AC1.1 K {text}"), "{to}");
    }
    let row = &table(&checkout.site)[0];
    assert_eq!(row[0], "rule");
}

#[test]
fn the_factor_of_a_ratio_is_told_and_follows_its_unit() {
    let plan = |more: &str| {
        plan(
            &format!("name: Safe, direction: higher, target: 90, {more}"),
            CLEAN,
        )
    };
    let ledger = "kpi,period,numerator,denominator,published_on\nAC1.1,2025,9,20,2026-01-10\n";
    let site = Site::plan(&plan("unit: people, per: 100"))
        .file("content/org/2025/measurements.csv", ledger)
        .file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    checkout.write(PLAN, plan("unit: people, per: 200"));
    checkout.commit();
    let page = built(&checkout.site);
    assert_eq!(
        entries(&page, "rule")[0].0,
        "AC1.1 Safe What a ratio is multiplied by changed from “100” to “200”"
    );
    assert_eq!(
        scores(&page, "rule"),
        ["The score is 50.0 under what was said before, 100.0 today."]
    );
    // In another unit the figures of before say nothing, and the factor that nobody
    // states follows.
    checkout.write(PLAN, plan("unit: \"%\""));
    checkout.commit();
    checkout.write(PLAN, plan("unit: \"‰\"").replace("90", "400"));
    checkout.commit();
    let page = built(&checkout.site);
    assert_eq!(entries(&page, "definition").len(), 2);
    assert_eq!(entries(&page, "rule").len(), 2);
    assert!(scores(&page, "rule").is_empty());
    assert!(page.all("#originals").is_empty());
}

#[test]
fn rules_of_a_scorecard_and_of_the_site_are_told() {
    let mut checkout = checkout();
    let site = |more: &str| format!("{}{more}", crate::site::SITE_YAML);
    let plan = plan(SAFE, CLEAN);
    checkout.write(PLAN, format!("missing: zero\n{plan}"));
    checkout.write("content/site.yaml", site("minimum_coverage: 0.5\n"));
    checkout.commit();
    let page = built(&checkout.site);
    let texts = |page: &Page| -> Vec<String> {
        let told = entries(page, "rule").into_iter();
        told.map(|(text, _)| text).collect()
    };
    let missing = "What a missing score does changed from “not stated” to “zero”";
    let coverage = "Least share of weight with a score changed from “not stated” to “0.5”";
    assert_eq!(texts(&page), [missing, coverage]);
    let levels: Vec<_> = table(&checkout.site)
        .into_iter()
        .map(|row| row[3].clone())
        .collect();
    assert_eq!(levels, ["scorecard", "site"]);
    // Later rows of the ledgers do not exist on an earlier date; that the date goes on,
    // and that a level gets a name in another language, moves nothing.
    let bands = |name: &str| format!("bands: {{levels: [{{name: {name}, from: 80}}]}}\n");
    for more in [
        format!("as_of: 2026-01-31\n{}", bands("Good")),
        format!("as_of: 2026-02-28\n{}", bands("{en: Good, zh-Hant: 好}")),
    ] {
        checkout.write(
            "content/site.yaml",
            site(&more).replace("[en]", "[en, zh-Hant]"),
        );
        checkout.write(PLAN, &plan);
        checkout.commit();
    }
    assert_eq!(texts(&built(&checkout.site)).len(), 5);
    checkout.write("content/site.yaml", site("as_of: 2025-12-31\n"));
    checkout.commit();
    let told = texts(&built(&checkout.site));
    assert!(
        told.contains(
            &"The date that the site speaks of changed from “2026-02-28” to “2025-12-31”"
                .to_owned()
        ),
        "{told:#?}"
    );
}

#[test]
fn what_a_published_row_says_beside_its_figure_is_told() {
    let ledger = |rows: &str| {
        format!("kpi,period,value,published_on,state,official_status\nAC1.1,2025,72,{rows}\n")
    };
    let results = "content/org/2025/measurements.csv";
    let targets = "content/org/2025/targets.csv";
    let target = |day: &str| format!("kpi,period,target,set_on\nAC1.2,2024,50,{day}\n");
    let site = Site::plan(&plan(SAFE, CLEAN))
        .file(results, ledger("2026-01-10,,Not met"))
        .file(targets, target("2024-06-01"))
        .file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    // The same, written otherwise.
    checkout.write(results, ledger("2026/1/10,final,Not met"));
    checkout.commit();
    assert!(table(built_in(&checkout)).is_empty());
    checkout.write(results, ledger("2026/1/10,provisional,Met"));
    checkout.commit();
    checkout.write(results, ledger("2025-12-31,provisional,Met"));
    checkout.write(targets, target("2024-01-01"));
    checkout.commit();
    let page = built(&checkout.site);
    let texts = |kind| -> Vec<String> {
        let told = entries(&page, kind).into_iter();
        told.map(|(text, _)| text).collect()
    };
    assert_eq!(
        texts("result"),
        [
            "AC1.1 Safe Day on which the result was published for 2025 changed from “2026/1/10” to “2025-12-31”",
            "AC1.1 Safe Own status of the publisher for 2025 changed from “Not met” to “Met”",
            "AC1.1 Safe State of the result for 2025 changed from “final” to “provisional”",
        ]
    );
    assert_eq!(
        texts("target"),
        [
            "AC1.2 Clean Day on which the target was set for 2024 changed from “2024-06-01” to “2024-01-01”"
        ]
    );
    assert_eq!(table(&checkout.site)[0][7], "published_on: 2026/1/10");
}

fn built_in(checkout: &Checkout) -> &Site {
    built(&checkout.site);
    &checkout.site
}

#[test]
fn a_name_that_changed_in_one_language_alone_is_told() {
    let named = |chinese: &str| {
        let name = format!("name: {{en: Safe, zh-Hant: {chinese}}}, direction: higher, target: 90");
        plan(&name, CLEAN)
    };
    let site = Site::plan(&plan(SAFE, CLEAN))
        .file(
            "content/site.yaml",
            "title: Test\nlanguages: [en, zh-Hant]\n",
        )
        .file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    checkout.write(PLAN, named("事故"));
    checkout.commit();
    assert!(entries(&built(&checkout.site), "name").is_empty());
    checkout.write(PLAN, named("死亡"));
    checkout.commit();
    let told = entries(&built(&checkout.site), "name");
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, "AC1.1 Safe Name changed from “事故” to “死亡”");
}

/// A later row that takes a result back is a revision of it.
#[test]
fn a_result_that_is_taken_back_is_told() {
    let header = "kpi,period,value,published_on,state,note\n";
    let site = Site::plan(&plan(SAFE, CLEAN)).file(
        "content/org/2025/measurements.csv",
        format!(
            "{header}AC1.1,2025,72,2026-01-10,,\nAC1.1,2025,,2026-02-10,withheld,Checked\nAC1.2,2025,,2026-01-10,withheld,Never counted\n"
        ),
    );
    let told = entries(&built(&site), "result");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(
        told[0].0,
        "AC1.1 Safe Result for 2025 corrected from 72 to Withheld"
    );
    let row = &table(&site)[0];
    assert_eq!(row[7..9], ["72", "withheld"]);
}

/// Another objective may weigh less; another code of the same one does not.
#[test]
fn a_kpi_that_goes_to_another_objective_is_told() {
    let plan = |codes: [&str; 2], moved: bool| {
        let [safe, clean] = codes;
        let objective = |code: &str, name: &str, kpis: &str| {
            format!("      - code: {code}\n        name: {name}\n        kpis: [{kpis}]\n")
        };
        let kpi = |code: String, keys: &str| format!("{{code: {code}, {keys}}}");
        let second = kpi(format!("{safe}.2"), "name: Calm, id: calm");
        let first = kpi(format!("{safe}.1"), SAFE);
        let other = kpi(format!("{clean}.1"), CLEAN);
        let (here, there) = if moved {
            let second = second.replace(&format!("{safe}.2"), &format!("{clean}.2"));
            (first, format!("{other}, {second}"))
        } else {
            (format!("{first}, {second}"), other)
        };
        format!(
            "title: Plan\nthemes:\n  - code: A\n    name: T\n    objectives:\n{}{}",
            objective(safe, "People", &here),
            objective(clean, "Water", &there)
        )
    };
    let site = Site::plan(&plan(["AC1", "AC2"], false)).file(".gitignore", "public\n");
    let mut checkout = Checkout::of(site);
    checkout.commit();
    checkout.write(PLAN, plan(["AC2", "AC1"], false));
    checkout.commit();
    assert!(table(built_in(&checkout)).is_empty());
    checkout.write(PLAN, plan(["AC2", "AC1"], true));
    checkout.commit();
    let told = entries(&built(&checkout.site), "rule");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(
        told[0].0,
        "AC1.2 Calm Objective changed from “AC2” to “AC1”"
    );
}

/// What one commit takes away and another puts back is held against what it was.
#[test]
fn a_kpi_that_was_away_for_a_while_comes_back_as_it_was() {
    let results = "content/org/2025/measurements.csv";
    let mut checkout = checkout();
    let away = |checkout: &mut Checkout, keys: &str, rows: &str| {
        checkout.write(PLAN, plan("", CLEAN));
        checkout.write(results, "kpi,period,value,published_on,note\n");
        checkout.commit();
        checkout.write(PLAN, plan(keys, CLEAN));
        checkout.write(results, rows);
        checkout.commit();
    };
    away(&mut checkout, SAFE, RESULTS);
    assert!(table(built_in(&checkout)).is_empty());
    away(
        &mut checkout,
        &SAFE.replace("90", "80"),
        &RESULTS.replace("72", "79"),
    );
    let page = built(&checkout.site);
    assert!(entries(&page, "gone").is_empty());
    for (kind, text) in [
        (
            "target",
            "AC1.1 Safe Target for 2025 changed from 90 to 80 Eased",
        ),
        ("result", "AC1.1 Safe Result for 2025 changed from 72 to 79"),
    ] {
        let told = entries(&page, kind);
        assert_eq!(told.len(), 1, "{told:#?}");
        assert_eq!(told[0].0, text);
    }
    // Something else under the code of what is gone is something else.
    away(
        &mut checkout,
        "name: Other, direction: higher, target: 5",
        "kpi,period,value,published_on,note\nAC1.1,2025,5,2026-01-10,\n",
    );
    let page = built(&checkout.site);
    assert_eq!(
        entries(&page, "gone")[0].0,
        "AC1.1 Safe is there no more Gone"
    );
    let told = entries(&page, "target");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(
        told[0].0,
        "AC1.1 Safe Target for 2025 changed from 90 to 80"
    );
    assert!(page.all("#originals").is_empty());
}

/// What was changed is told of the KPI it was changed of, whatever code that has today.
#[test]
fn a_change_stays_with_its_kpi_when_codes_are_given_anew() {
    let mut checkout = checkout();
    checkout.write(PLAN, plan(&SAFE.replace("90", "80"), CLEAN));
    checkout.commit();
    checkout.write(PLAN, plan(CLEAN, &SAFE.replace("90", "80")));
    checkout.write(
        "content/org/2025/measurements.csv",
        RESULTS.replace("AC1.1", "AC1.2"),
    );
    checkout.commit();
    let told = entries(&built(&checkout.site), "target");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert_eq!(
        told[0].0,
        "AC1.2 Safe Target for 2025 changed from 90 to 80 Eased"
    );
}
