//! What the author of a wrong name or code meant: told where it is plain, and not guessed
//! where another thing may be meant.

use serde_json::Value;

use crate::site::{ORGANIZATIONS, SCORECARD, SITE_YAML, Site};

const BILINGUAL: &str = "title: T\nlanguages: [en, zh-Hant]\n";
const PLAN: &str = "content/org/2025/scorecard.yaml";

const DEPARTMENTS: &str = "\
- id: org
  name: {en: The Office, zh-Hant: 本處}
  units:
    - {id: shore, name: {en: Shore, zh-Hant: 水岸科}, units: [{id: lifeguards, name: {en: Lifeguards, zh-Hant: 救生隊}}]}
    - {name: Archive}
- {id: fire, name: Fire Department, short: Fire}
- {id: works, name: Public Works}
";

/// Message and help of the one fault of a site.
fn told(site: &Site) -> (String, String) {
    let mut faults = site.faults();
    faults.retain(|fault| fault["level"] != "note");
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let text = |key: &str| faults[0][key].as_str().unwrap_or_default().to_owned();
    (text("message"), text("help"))
}

fn help(site: &Site) -> String {
    told(site).1
}

/// The small site with these further keys of its KPI, and departments.
fn owned(key: &str) -> Site {
    let keys = format!("            name: Satisfaction\n            {key}\n");
    let plan = SCORECARD.replace("            name: Satisfaction\n", &keys);
    Site::plan(&plan)
        .file("content/organizations.yaml", DEPARTMENTS)
        .file("content/site.yaml", "title: T\nlanguages: [en, zh-Hant]\n")
}

#[test]
fn an_owner_is_found_by_its_name_and_by_half_of_its_id() {
    for (owner, meant) in [
        ("org/lifeguard", "did you mean `org/lifeguards`?"),
        ("org/救生隊", "write its id, `org/lifeguards`"),
        ("org/Lifeguards", "write its id, `org/lifeguards`"),
        ("救生隊", "write its id, `org/lifeguards`"),
        ("lifeguards", "write its id, `org/lifeguards`"),
        ("本處", "write its id, `org`"),
        ("fire department", "write its id, `fire`"),
        (
            "Archive",
            "give the unit an `id` in organizations.yaml, and write `org/` and that",
        ),
        ("fier", "did you mean `fire`?"),
        (
            "fire, works",
            "name one of them alone: no list can stand here",
        ),
        (
            "org/nobody",
            "add the unit, with this id, to organizations.yaml",
        ),
        ("library", "add the organisation to organizations.yaml"),
    ] {
        assert_eq!(help(&owned(&format!("owner: {owner}"))), meant, "{owner}");
    }
}

#[test]
fn members_in_a_row_are_written_as_a_list() {
    let members = |written: &str| {
        let plan = SCORECARD.replace(
            "    name: Service\n",
            &format!("    name: Service\n    members: {written}\n"),
        );
        let site = Site::plan(&plan).file("content/organizations.yaml", DEPARTMENTS);
        help(&site.file("content/site.yaml", BILINGUAL))
    };
    for written in [
        "fire, works",
        "[fire、works]",
        "［fire, works］",
        "fire works",
        "fire，wroks",
    ] {
        assert_eq!(members(written), "write `[fire, works]`", "{written}");
    }
    assert_eq!(members("fire、library"), "write `[fire, library]`");
    assert_eq!(members("［fire］"), "write `fire`");
    assert_eq!(members("Public Works"), "write its id, `works`");
    assert_eq!(
        members("lifeguards"),
        "that is a unit of `org`; only an organisation can stand here"
    );
}

#[test]
fn a_site_without_a_list_of_organisations_is_told_so_once() {
    let site =
        Site::plan(SCORECARD).file("content/site.yaml", format!("{SITE_YAML}publisher: city\n"));
    site.write("content/org/2024/scorecard.yaml", "title: Before\n");
    std::fs::remove_file(site.path("content/organizations.yaml")).unwrap();
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    assert_eq!(faults[0]["rule"], "unknown-reference");
    assert_eq!(faults[0]["file"], "content/site.yaml");
    let (message, help) = told(&site);
    assert!(message.starts_with("there is no content/organizations.yaml"));
    assert_eq!(
        help,
        "write the file, with a line `- {id: city, name: …}` for each of city, org"
    );
}

/// Two themes with KPIs, one of the second theme in need of a friend.
const THEMES: &str = "\
title: Plan
themes:
  - code: B
    name: T
    objectives:
      - code: BC1
        name: O
        kpis:
          - {code: BC1.1, name: First, direction: lower}
          - {code: BC1.2, id: second, name: {en: Second, zh-Hant: 第二}, direction: lower}
          - {code: BC1.3, name: Third, direction: lower}
  - code: C
    name: U
    objectives:
      - code: CC1
        name: O
        kpis:
          - {code: CC1.1, name: Fourth, direction: lower}
          - {code: CC1.2, name: Fifth, direction: lower}
";

fn ledger(code: &str) -> Site {
    Site::plan(THEMES)
        .file("content/site.yaml", "title: T\nlanguages: [en, zh-Hant]\n")
        .file(
            "content/org/2025/measurements.csv",
            format!("kpi,period,value\n{code},2025,3\n"),
        )
}

#[test]
fn the_code_of_another_thing_is_not_taken_for_a_slip() {
    for (code, meant) in [
        (
            "CC1.3",
            "CC1 has CC1.1, CC1.2: write one of these, or add what is missing",
        ),
        (
            "CC1",
            "CC1 has CC1.1, CC1.2: write one of these, or add what is missing",
        ),
        (
            "AC1.1",
            "correct the code, add the KPI to the scorecard, or remove a row that is no figure",
        ),
        ("cc1.1", "did you mean `CC1.1`?"),
        ("CC11", "did you mean `CC1.1`?"),
        ("ＣＣ１．１", "did you mean `CC1.1`?"),
        ("CC1.l", "did you mean `CC1.1`?"),
        ("Second", "write its code, `BC1.2`"),
        ("第二", "write its code, `BC1.2`"),
        ("second", "write its code, `BC1.2`"),
    ] {
        assert_eq!(help(&ledger(code)), meant, "{code}");
    }
}

#[test]
fn a_link_a_cause_and_a_note_are_answered_likewise() {
    let cause = |to: &str| {
        let plan = THEMES.replace(
            "      - code: CC1\n        name: O\n",
            &format!("      - code: CC1\n        name: O\n        drives: [{to}]\n"),
        );
        help(&Site::plan(&plan).file("content/site.yaml", "title: T\nlanguages: [en, zh-Hant]\n"))
    };
    assert_eq!(
        cause("BC2"),
        "B has BC1: write one of these, or add what is missing"
    );
    assert_eq!(cause("bc1"), "did you mean `BC1`?");
    let note = |name: &str, text: &str| {
        let site = Site::small().file(&format!("content/org/2025/notes/{name}"), text);
        help(&site)
    };
    assert_eq!(
        note("AC1.md", "[](code:AC1.2)\n"),
        "AC1 has AC1.1: write one of these, or add what is missing"
    );
    assert_eq!(note("AC11.md", "Words.\n"), "did you mean `AC1.1.md`?");
    assert_eq!(
        note("BC1.1.md", "Words.\n"),
        "rename the file after the code it is about, or remove it"
    );
}

#[test]
fn a_note_in_a_language_that_the_site_has_not_is_told_of_the_language() {
    let note = |languages: &str, name: &str| {
        let site = Site::small()
            .file(
                "content/site.yaml",
                format!("title: T\nlanguages: {languages}\n"),
            )
            .file(&format!("content/org/2025/notes/{name}"), "Words.\n");
        help(&site)
    };
    assert_eq!(
        note("[en, zh-Hant]", "AC1.1.zh-TW.md"),
        "`zh-TW` is not a language of this site; did you mean `AC1.1.zh-Hant.md`?"
    );
    assert_eq!(
        note("[zh-Hant, en]", "overview.zh-TW.md"),
        "`zh-TW` 不是本站的語言；`zh-Hant` 的備註是 `overview.md`"
    );
    assert_eq!(
        note("[en]", "AC1.1.fr.md"),
        "`fr` is not a language of this site: add it to `languages:` in site.yaml, or remove the note"
    );
}

/// A plan that contributes to this, beside plans of a city for three years.
fn contribution(to: &str) -> Site {
    let plan = SCORECARD.replace(
        "        name: Content people\n",
        &format!("        name: Content people\n        contributes_to: [{to}]\n"),
    );
    let mut site = Site::plan(&plan).file(
        "content/organizations.yaml",
        format!("{ORGANIZATIONS}- {{id: city, name: City}}\n"),
    );
    let above = "title: P\nthemes: [{code: B, name: T, objectives: [{code: BC1, name: O}]}]\n";
    for year in [2023, 2024, 2025] {
        site = site.file(&format!("content/city/{year}/scorecard.yaml"), above);
    }
    site
}

#[test]
fn a_contribution_is_led_to_the_nearest_year_and_told_its_form() {
    for (to, meant) in [
        ("city/2026/BC1", "did you mean `city/2025`?"),
        ("city/2019/BC1", "did you mean `city/2023`?"),
        ("ctiy/2025/BC1", "did you mean `city/2025`?"),
        ("BC1", "write `city/2025/BC1`"),
        (
            "BX1",
            "write the id of the organisation, the period and the code, parted by slashes, as in `code:` links",
        ),
        (
            "city/2025/BC2",
            "B has BC1: write one of these, or add what is missing",
        ),
    ] {
        assert_eq!(help(&contribution(to)), meant, "{to}");
    }
}

#[test]
fn a_level_is_guessed_only_from_one_that_is_near() {
    let level = |written: &str| {
        let site = Site::kpi(
            "direction: levels\nlevels: [[A, 60], [AA, 80], [AAA, 100]]\n",
            &format!("kpi,period,value\nAC1.1,2025,{written}\n"),
        );
        help(&site)
    };
    let list = "write the level's name as the KPI lists it; a word that is no level is never zero";
    assert_eq!(level("甲"), list);
    assert_eq!(level("B"), list);
    assert_eq!(level("aa"), "did you mean `AA`?");
    assert_eq!(level("ＡＡＡ"), "did you mean `AAA`?");
}

#[test]
fn one_fault_is_told_of_one_wrong_reference() {
    let site = owned("owner: org/lifeguard");
    let faults = site.faults();
    let fault: &Value = faults.iter().find(|f| f["level"] == "error").unwrap();
    assert_eq!(fault["rule"], "unknown-reference");
    assert_eq!(fault["file"], PLAN);
    assert_eq!((&fault["line"], &fault["column"]), (&11.into(), &20.into()));
}
