//! Slips of the hand in codes, ids, languages, years and figures: each told where it is,
//! without what follows from it, and nothing told where somebody may mean it.

use std::fs;

use serde_json::Value;

use crate::reading::{RESULTS, only};
use crate::site::{SCORECARD, SITE_YAML, Site};

/// A plan with two themes, three objectives and the notes, rows and links that need them.
fn rich() -> Site {
    Site::plan(PLAN)
        .file(
            RESULTS,
            "kpi,period,value\nAC1.1,2025,1\nAC1.2,2025,1\nBC1.1,2025,1\n",
        )
        .file("content/org/2025/notes/AC1.2.md", "See [](code:AC1.2.1).\n")
        .file("content/org/2025/notes/B.md", "Words.\n")
        .file(
            "content/about.md",
            "[](code:org/2025/AC1) [](code:org/2025/BC1.1)\n",
        )
        .file("content/site.yaml", format!("{SITE_YAML}publisher: org\n"))
}

const PLAN: &str = "\
title: Plan
themes:
  - code: A
    name: One
    lead: org
    objectives:
      - code: AC1
        name: First
        owner: org
        kpis:
          - {code: AC1.1, name: K, actions: [{code: AC1.1.1, name: X}]}
          - {code: AC1.2, name: L, actions: [{code: AC1.2.1, name: Y}]}
  - code: B
    name: Two
    objectives:
      - {code: BC1, name: Second, kpis: [{code: BC1.1, name: M}]}
expects: {themes: 2, objectives: 2, kpis: 3, actions: 2}
";

#[test]
fn a_slip_in_a_code_is_told_alone() {
    assert_eq!(rich().faults(), [Value::Null; 0]);
    let plan = "content/org/2025/scorecard.yaml";
    let anew = "number one of the two anew; codes are unique inside a scorecard";
    for (from, to, place, message, rule, help) in [
        (
            "AC1.2, name",
            "AC1.1, name",
            (12, 20),
            "the code `AC1.1` is used twice",
            "duplicate-code",
            anew,
        ),
        (
            "code: B\n",
            "code: A\n",
            (13, 11),
            "the code `A` is used twice",
            "duplicate-code",
            anew,
        ),
        (
            "code: AC1\n",
            "code: AX1\n",
            (7, 15),
            "there is no perspective `X`",
            "unknown-reference",
            "correct the letter, or add the perspective to `perspectives:` in scorecard.yaml",
        ),
    ] {
        let site = rich().file(plan, PLAN.replacen(from, to, 1));
        let rule = format!("error {rule}");
        only(&site, &rule, (plan, place.0, place.1), message, help);
    }
}

#[test]
fn a_slip_in_an_id_of_an_organisation_is_told_alone() {
    let list = "content/organizations.yaml";
    only(
        &rich().file(list, "- {id: Org, name: The Office}\n"),
        "error bad-value",
        (list, 1, 8),
        "`Org` is not an id",
        "write `org`",
    );
    only(
        &rich().file(
            list,
            "- {id: city, name: The City}\n- {id: city, name: The Office}\n",
        ),
        "error duplicate-id",
        (list, 2, 8),
        "the id `city` is used twice",
        "give one of the two the name of its own folder under content/",
    );
}

#[test]
fn a_folder_that_is_no_period_is_told_without_the_links_to_it() {
    let site = rich();
    fs::rename(site.path("content/org/2025"), site.path("content/org/114")).unwrap();
    only(
        &site,
        "error bad-period",
        ("content/org/114/scorecard.yaml", 1, 1),
        "the folder `114` is not named after a period",
        "rename the folder to `2025`",
    );
}

#[test]
fn a_calendar_that_is_misspelt_is_told_without_its_years() {
    let site = rich();
    fs::rename(site.path("content/org/2025"), site.path("content/org/114")).unwrap();
    let settings = "content/site.yaml";
    only(
        &site.file(settings, format!("{SITE_YAML}calendar: ROC\n")),
        "error bad-value",
        (settings, 3, 11),
        "`ROC` is not a calendar",
        "did you mean `roc`?",
    );
}

#[test]
fn languages_that_are_not_those_of_the_texts_are_one_fault() {
    let both = "{en: Words, zh-Hant: 文字}";
    let site = |languages: &str| {
        Site::plan(
            &SCORECARD
                .replace("Service", both)
                .replace("Satisfaction", both),
        )
        .file(
            "content/organizations.yaml",
            format!("- {{id: org, name: {both}}}\n"),
        )
        .file("content/site.yaml", format!("title: {both}\n{languages}"))
        .file("content/org/2025/notes/AC1.1.md", "Words.\n")
        .file("content/org/2025/notes/AC1.1.zh-Hant.md", "文字。\n")
    };
    let settings = "content/site.yaml";
    let written = "write `zh-Hant` here; the tag has to be the same in every file and in the names of notes and pages";
    let told = |site: &Site| -> Vec<Value> {
        let faults = site.faults().into_iter();
        faults.filter(|fault| fault["level"] != "note").collect()
    };
    assert_eq!(told(&site("languages: [en, zh-Hant]\n")), [Value::Null; 0]);
    only(
        &site("languages: [en, zh-TW]\n"),
        "error unknown-language",
        (settings, 2, 17),
        "the texts of this site are written in `zh-Hant`, none in `zh-TW`",
        written,
    );
    for (languages, place) in [("languages: [en]\n", (2, 13)), ("", (1, 1))] {
        only(
            &site(languages),
            "error unknown-language",
            (settings, place.0, place.1),
            "texts of this site are written in `zh-Hant`, which it does not list",
            "add `zh-Hant` to `languages:`, or remove the texts in it",
        );
    }
    // One text alone is a slip of its own.
    let once = site("languages: [en, zh-Hant]\n").file(
        "content/organizations.yaml",
        "- {id: org, name: {en: Words, zh-TW: 文字}}\n",
    );
    only(
        &once,
        "error unknown-language",
        ("content/organizations.yaml", 1, 31),
        "`zh-TW` is not a language of this site",
        "add it to `languages:` in site.yaml, or remove this text",
    );
}

#[test]
fn a_year_that_is_mistyped_is_told() {
    let site = |rows: &str| {
        let head = "kpi,period,value,published_on\n";
        Site::kpi(
            "direction: higher\nfrequency: quarter",
            &format!("{head}{rows}"),
        )
    };
    let dated = "AC1.1,2025-Q1,5,2025-04-10\nAC1.1,2025-Q2,5,2025-07-10\n";
    only(
        &site(&format!("{dated}AC1.1,2025-Q3,5,2052-10-10\n")),
        "warning doubtful-figure",
        (RESULTS, 4, 17),
        "2052-10-10 lies 27 years after the end of the plan period 2025",
        "correct the year, if it was mistyped",
    );
    only(
        &site("AC1.1,1925-Q1,5,2025-04-10\n"),
        "error unknown-period",
        (RESULTS, 2, 7),
        "1925-Q1 lies 100 years before the plan period 2025",
        "did you mean `2025-Q1`?",
    );
    // A plan of long ago that was written down today, a late revision, an old series.
    for rows in [
        "AC1.1,2025-Q1,5,2049-04-10\nAC1.1,2025-Q2,5,2049-04-11\n",
        &format!("{dated}AC1.1,2025-Q1,6,2029-10-10\n"),
        "AC1.1,1961-Q1,5,2025-04-10\n",
    ] {
        assert_eq!(site(rows).faults(), [Value::Null; 0], "{rows}");
    }
}

#[test]
fn years_of_the_republic_with_a_digit_too_few_are_told() {
    for (written, shown, meant) in [("14-H1", "14-H1", "114-H1"), ("1141", "1141", "114-Q1")] {
        let site = Site::kpi(
            "direction: higher\nfrequency: quarter",
            &format!("kpi,period,value\nAC1.1,{written},5\n"),
        )
        .file("content/site.yaml", format!("{SITE_YAML}calendar: roc\n"));
        let faults = site.faults();
        assert_eq!(faults.len(), 1, "{shown}: {faults:#?}");
        assert_eq!(faults[0]["rule"], "unknown-period");
        assert_eq!(faults[0]["help"], format!("did you mean `{meant}`?"));
    }
}

#[test]
fn rows_after_the_day_of_the_site_are_counted() {
    let rows = "kpi,period,value,published_on\nAC1.1,2025,91,2026-01-10\nAC1.1,2025,92,2026-02-10\nAC1.1,2025,93,2026-03-10\n";
    let site = Site::small().file(RESULTS, rows).file(
        "content/site.yaml",
        format!("{SITE_YAML}as_of: 2026-01-31\n"),
    );
    only(
        &site,
        "note unseen-row",
        (RESULTS, 3, 12),
        "2 rows of org/2025 are dated after 2026-01-31, the day the site speaks of, and are not shown",
        "correct the date; or put a later day, or none, as `as_of` into content/site.yaml",
    );
    let asked = site.run(&["check", "--format", "json", "--as-of", "2026-01-20"]);
    assert_eq!(asked.out.trim(), "[]");
}

#[test]
fn a_percentage_that_was_entered_as_a_fraction_is_doubted() {
    let site = |unit: &str, rows: &str| {
        let keys = format!("direction: higher\nfrequency: month\nunit: \"{unit}\"\n");
        Site::kpi(&keys, &format!("kpi,period,value\n{rows}"))
    };
    let rows = |figures: [&str; 4]| -> String {
        let row = |(at, figure): (usize, &str)| format!("AC1.1,2025-0{},{figure}\n", at + 1);
        figures.into_iter().enumerate().map(row).collect()
    };
    only(
        &site("%", &rows(["91", "0.975", "98", "96.5"])),
        "warning doubtful-figure",
        (RESULTS, 3, 15),
        "0.975 % stands among figures from 91 % to 98 %",
        "write `97.5` if the share was entered as a fraction of one",
    );
    for fine in [
        site("persons", &rows(["91", "0.975", "98", "96.5"])),
        site("%", &rows(["91", "0.1", "98", "96.5"])),
        site("%", &rows(["4", "0.975", "12", "3"])),
        site("%", &rows(["91", "0.975", "0.8", "96.5"])),
        site("%", &rows(["91", "0", "98", "96.5"])),
    ] {
        assert_eq!(fine.faults(), [Value::Null; 0]);
    }
}

#[test]
fn a_figure_of_an_earlier_year_agrees_with_what_that_year_published() {
    let keys = "id: trust\nfrequency: month\ndirection: higher\n";
    let head = "kpi,period,value,published_on,break\n";
    let past = "content/org/2024/measurements.csv";
    let site = |row: &str| {
        let site = Site::kpi(keys, &format!("{head}{row}\n"));
        let plan = fs::read(site.path("content/org/2025/scorecard.yaml")).unwrap();
        site.file("content/org/2024/scorecard.yaml", plan)
            .file(past, format!("{head}AC1.1,2024-01,5.25,2024-02-10,\n"))
    };
    let wrong = site("AC1.1,2024-01,7,,");
    only(
        &wrong,
        "warning doubtful-figure",
        (RESULTS, 2, 15),
        "AC1.1 is 7 for 2024-01 here, and 5.25 in org/2024",
        "correct the period or the figure; where it was revised, write the day in `published_on`",
    );
    assert_eq!(wrong.faults()[0]["related"][0]["file"], past);
    for fine in [
        "AC1.1,2024-01,5.25,,",
        "AC1.1,2024-01,5.3,,",
        "AC1.1,2024-01,7,2024-05-10,",
        "AC1.1,2024-01,7,,true",
        "AC1.1,2024-02,7,,",
    ] {
        assert_eq!(site(fine).faults(), [Value::Null; 0], "{fine}");
    }
}

/// What is not read for a fault cannot be left out of a site by allowing the fault.
#[test]
fn no_rule_that_is_lowered_drops_a_part_of_the_plan() {
    let block = PLAN.replacen(
        "          - {code: AC1.2, name: L, actions: [{code: AC1.2.1, name: Y}]}\n",
        "          - code: AC1.2\n            name: L\n            code: AC1.3\n            name: M\n",
        1,
    );
    let slips = [
        ("duplicate-key", block),
        ("unknown-key", PLAN.replacen("objectives:", "objectivs:", 1)),
    ];
    for (rule, plan) in slips {
        assert_ne!(plan, PLAN, "{rule}");
        for level in ["warn", "allow"] {
            let site = Site::plan(&plan).file(
                "content/site.yaml",
                format!("{SITE_YAML}check: {{{rule}: {level}}}\n"),
            );
            assert_eq!(site.run(&["build"]).code, 1, "{rule}: {level}");
        }
    }
}
