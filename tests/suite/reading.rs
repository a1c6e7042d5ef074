//! Files that are not what they seem: a slip in a name, a file of another kind, a ledger
//! that begins with a title. Each is told once, where it is, without what follows from it.

use std::fs;
use std::io::{Cursor, Write as _};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{SCORECARD, SITE_YAML, Site};

const RESULTS: &str = "content/org/2025/measurements.csv";
const ROWS: &str = "kpi,period,value\nAC1.1,2025,91\n";

/// A plan whose theme stands in a file of its own, with a ledger, notes and links that
/// all need it.
fn divided() -> Site {
    let theme = SCORECARD.split_once("themes:\n").unwrap().1;
    Site::plan("title: Plan\nexpects: {kpis: 1}\n")
        .file("content/org/2025/themes/a.yaml", theme)
        .file(RESULTS, ROWS)
        .file("content/org/2025/notes/AC1.1.md", "See [](code:AC1).\n")
        .file("content/about.md", "See [](code:org/2025/AC1.1).\n")
        .file("content/site.yaml", format!("{SITE_YAML}home: org/2025\n"))
}

/// The one fault of a site: its rule, its place, its words and what to do.
fn only(site: &Site, level: &str, place: (&str, u64, u64), message: &str, help: &str) {
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let fault = &faults[0];
    let found = (&fault["file"], &fault["line"], &fault["column"]);
    assert_eq!(
        found,
        (&Value::from(place.0), &place.1.into(), &place.2.into()),
        "{fault:#?}"
    );
    let rule = format!("{} {}", fault["level"], fault["rule"]).replace('"', "");
    assert_eq!(rule, level, "{fault:#?}");
    assert!(
        fault["message"].as_str().unwrap().starts_with(message),
        "{fault:#?}"
    );
    assert_eq!(fault["help"], help, "{fault:#?}");
}

fn moved(from: &str, to: &str) -> Site {
    let site = divided();
    let (from, to) = (
        site.path("content").join(from),
        site.path("content").join(to),
    );
    fs::rename(from, to).unwrap();
    site
}

#[test]
fn a_site_in_several_files_is_whole() {
    assert_eq!(divided().faults(), [Value::Null; 0]);
}

#[test]
fn a_part_of_the_plan_under_a_wrong_name_is_told_alone() {
    let windows = " (Windows hides the last ending of a name)";
    for (from, to, help) in [
        (
            "org/2025/scorecard.yaml",
            "org/2025/scorecard.yaml.txt",
            format!("rename it to `scorecard.yaml`{windows}"),
        ),
        (
            "org/2025/scorecard.yaml",
            "org/2025/Scorecard.yaml",
            "rename it to `scorecard.yaml`".to_owned(),
        ),
        (
            "org/2025/themes/a.yaml",
            "org/2025/themes/a.yaml.txt",
            format!("rename it to `a.yaml`{windows}"),
        ),
        (
            "org/2025/themes/a.yaml",
            "org/2025/themes/a.yml",
            "rename it to `a.yaml`".to_owned(),
        ),
        (
            "org/2025/themes/a.yaml",
            "org/2025/themes/a.yaml.bak",
            "rename it to `a.yaml`".to_owned(),
        ),
        (
            "org/2025/themes/a.yaml",
            "org/2025/themes/a.txt",
            "save it as plain text under the name `a.yaml`".to_owned(),
        ),
        (
            "organizations.yaml",
            "organizations.yaml.txt",
            format!("rename it to `organizations.yaml`{windows}"),
        ),
    ] {
        let path = format!("content/{to}");
        let message = format!("nothing reads `{path}`");
        only(
            &moved(from, to),
            "error unknown-file",
            (&path, 1, 1),
            &message,
            &help,
        );
    }
}

#[test]
fn figures_and_words_under_a_wrong_name_are_told() {
    for (from, to, right) in [
        (
            RESULTS,
            "measurements.csv.txt",
            "measurements.csv` (Windows hides the last ending of a name)",
        ),
        (RESULTS, "measurements - 複製.csv", "measurements.csv`"),
        (RESULTS, "measurements (1).csv", "measurements.csv`"),
        (
            "notes/AC1.1.md",
            "notes/AC1.1.md.txt",
            "AC1.1.md` (Windows hides the last ending of a name)",
        ),
    ] {
        let from = format!("org/2025/{}", from.trim_start_matches("content/org/2025/"));
        let site = moved(&from, &format!("org/2025/{to}"));
        let path = format!("content/org/2025/{to}");
        let message = format!("nothing reads `{path}`");
        let help = format!("rename it to `{right}");
        only(
            &site,
            "warning unknown-file",
            (&path, 1, 1),
            &message,
            &help,
        );
    }
    let page = "content/guide/關於.md.txt";
    only(
        &divided().file(page, "Words.\n"),
        "warning unknown-file",
        (page, 1, 1),
        "nothing reads `content/guide/關於.md.txt`",
        "rename it to `關於.md` (Windows hides the last ending of a name)",
    );
}

#[test]
fn a_copy_beside_its_original_is_not_read_with_it() {
    for (copy, original) in [
        ("themes/a - 複製.yaml", "a.yaml"),
        ("themes/a (2).yaml", "a.yaml"),
        ("measurements - Copy.csv", "measurements.csv"),
    ] {
        let path = format!("content/org/2025/{copy}");
        let site = divided().file(&path, ROWS);
        let help = format!(
            "`{original}` beside it is read: take over there what is newer, and remove this file"
        );
        only(
            &site,
            "warning unknown-file",
            (&path, 1, 1),
            "nothing reads",
            &help,
        );
    }
}

#[test]
fn what_is_kept_on_purpose_or_linked_to_is_no_fault() {
    let site = divided()
        .file("content/org/2025/themes/a.yaml.bak", "old\n")
        .file("content/org/2025/themes/readme.txt", "Words.\n")
        .file("content/org/2025/notes/form.md.txt", "Words.\n")
        .file("content/org/2025/survey.csv.txt", "1\n")
        .file(
            "content/org/2025/notes/AC1.md",
            "See [the form](form.md.txt).\n",
        );
    assert_eq!(site.faults(), [Value::Null; 0]);
}

#[test]
fn a_part_of_the_plan_that_cannot_be_read_is_told_alone() {
    let theme = "content/org/2025/themes/a.yaml";
    let utf16: Vec<u8> = ("\u{feff}code: A\n".encode_utf16())
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf8 = "save it again as UTF-8 (in a spreadsheet program: “CSV UTF-8”)";
    for (bytes, rule, column, message, help) in [
        (
            &b"code: A\nname: \xa5\xab"[..],
            "unreadable-file",
            7,
            "the file is not UTF-8",
            utf8,
        ),
        (
            &utf16,
            "unreadable-file",
            1,
            "this file is written in UTF-16",
            utf8,
        ),
        (
            b"\n",
            "wrong-type",
            1,
            "this file is empty",
            "put back what stood in it, or remove the file",
        ),
    ] {
        let site = divided().file(theme, bytes);
        let line = if column == 1 { 1 } else { 2 };
        let rule = format!("error {rule}");
        only(&site, &rule, (theme, line, column), message, help);
    }
    let organizations = "content/organizations.yaml";
    only(
        &divided().file(organizations, ""),
        "error wrong-type",
        (organizations, 1, 1),
        "this file is empty",
        "put back what stood in it, or remove the file",
    );
}

#[test]
fn a_site_that_allows_unknown_files_is_told_what_is_missing() {
    let site = moved("org/2025/themes/a.yaml", "org/2025/themes/a.yml");
    site.write(
        "content/site.yaml",
        format!("{SITE_YAML}check: {{unknown-file: allow}}\n"),
    );
    let rules: Vec<_> = site.faults().iter().map(|f| f["rule"].clone()).collect();
    assert!(rules.contains(&"unknown-kpi".into()), "{rules:?}");
}

#[test]
fn a_file_of_another_kind_is_told_by_what_it_is() {
    let folder = "content/org/2025";
    let xlsx = fs::read("examples/demo/content/parks/2024/measurements.xlsx").unwrap();
    let ods = fs::read("examples/demo/content/parks/2023/targets.ods").unwrap();
    for (name, bytes, message, help) in [
        (
            "measurements.csv",
            &xlsx[..],
            "this file is an .xlsx workbook, though its name ends in .csv",
            "rename it to `measurements.xlsx`",
        ),
        (
            "measurements.ods",
            &xlsx,
            "this file is an .xlsx workbook, though its name ends in .ods",
            "rename it to `measurements.xlsx`",
        ),
        (
            "targets.xlsx",
            &ods,
            "this file is an .ods workbook, though its name ends in .xlsx",
            "rename it to `targets.ods`",
        ),
        (
            "targets.xlsx",
            ROWS.as_bytes(),
            "this file is plain text, though its name ends in .xlsx",
            "rename it to `targets.csv`",
        ),
        (
            "targets.csv",
            b"%PDF-1.7\0",
            "this file is a PDF document",
            "save the table from a spreadsheet program as “CSV UTF-8” or .xlsx",
        ),
    ] {
        let path = format!("{folder}/{name}");
        let site = Site::small().file(&path, bytes);
        only(&site, "error unreadable-file", (&path, 1, 1), message, help);
    }
}

#[test]
fn a_ledger_in_two_files_is_told_with_both_names() {
    let xlsx = fs::read("examples/demo/content/parks/2024/measurements.xlsx").unwrap();
    let path = "content/org/2025/measurements.xlsx";
    only(
        &divided().file(path, xlsx),
        "error duplicate-row",
        (path, 1, 1),
        "`content/org/2025/measurements.csv` and `content/org/2025/measurements.xlsx` are one ledger",
        "take over into one of them what only the other has, and remove the other",
    );
}

#[test]
fn a_header_that_is_not_in_the_first_row_is_one_fault() {
    let site = |rows: &str| Site::small().file(RESULTS, rows);
    only(
        &site(&format!("114年度績效,,\n\n{ROWS}AC1.1,2024,90\n")),
        "error ledger-header",
        (RESULTS, 1, 1),
        "row 1 is not the header; it stands in row 3",
        "delete what stands above the header: a title, a date, empty rows",
    );
    only(
        &site("AC1.1,2025,91\nAC1.1,2024,90\n"),
        "error ledger-header",
        (RESULTS, 1, 1),
        "the header row is missing",
        "put a row above it that names every column, such as `kpi,period,value`",
    );
    only(
        &site("kpi,period,,value\nAC1.1,2025,x,91\n"),
        "error ledger-header",
        (RESULTS, 1, 12),
        "column 3 has no name, and there is something below it",
        "name the column, or clear the cells below it",
    );
}

#[test]
fn a_column_past_the_header_is_one_fault() {
    let rows = "kpi,period,value\nAC1.1,2025,91,,x\nAC1.1,2024,90,,x\nAC1.1,2023,89,,x\n";
    only(
        &Site::small().file(RESULTS, rows),
        "error ledger-row",
        (RESULTS, 2, 16),
        "3 rows go on past the header's last column; the first has “x” in column 5",
        "name the column in the header, or clear its cells",
    );
    let once = "kpi,period,value\nAC1.1,2025,91,,x\nAC1.1,2024,90\n";
    only(
        &Site::small().file(RESULTS, once),
        "error ledger-row",
        (RESULTS, 2, 16),
        "“x” stands in column 5, past the header's last",
        "put a text that holds a comma in double quotes, or remove the cell",
    );
}

#[test]
fn marks_of_a_merge_in_a_ledger_are_one_fault() {
    let rows =
        "kpi,period,value\n<<<<<<< HEAD\nAC1.1,2025,91\n=======\nAC1.1,2025,92\n>>>>>>> other\n";
    only(
        &Site::small().file(RESULTS, rows),
        "error ledger-row",
        (RESULTS, 2, 1),
        "`<<<<<<<` is the mark of a merge that was not finished",
        "keep one of the two versions between `<<<<<<<` and `>>>>>>>`, and delete the three marks",
    );
}

#[test]
fn a_column_that_stands_twice_is_told_without_its_rows() {
    let rows = "kpi,period,value,state,state\nAC1.1,2025,,,withheld\nAC1.1,2024,90,,\n";
    only(
        &Site::small().file(RESULTS, rows),
        "error ledger-header",
        (RESULTS, 1, 24),
        "the column `state` stands twice",
        "remove one of the two",
    );
}

/// A workbook with these sheets: their names, and rows of cells parted by commas.
fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut part = |path: &str, text: String| {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    };
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    part(
        "_rels/.rels",
        format!(
            "<Relationships><Relationship Id=\"rId1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
        ),
    );
    let (mut names, mut links) = (String::new(), String::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        links += &format!(
            "<Relationship Id=\"rId{at}\" Type=\"{office}/worksheet\" Target=\"worksheets/{at}.xml\"/>"
        );
        let cell = |text: &str| match text.strip_prefix('=') {
            Some(formula) => format!("<c><f>{formula}</f><v></v></c>"),
            None => format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"),
        };
        let row = |row: &str| {
            let cells: String = row.split(',').map(cell).collect();
            format!("<row>{cells}</row>")
        };
        let rows: String = rows.lines().map(row).collect();
        part(
            &format!("xl/worksheets/{at}.xml"),
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        );
    }
    part(
        "xl/workbook.xml",
        format!("<workbook xmlns:r=\"{office}\"><sheets>{names}</sheets></workbook>"),
    );
    part(
        "xl/_rels/workbook.xml.rels",
        format!("<Relationships>{links}</Relationships>"),
    );
    zip.finish().unwrap().into_inner()
}

#[test]
fn the_sheet_of_a_ledger_is_found_or_asked_for() {
    let path = "content/org/2025/measurements.xlsx";
    let site = |sheets: &[(&str, &str)]| Site::small().file(path, workbook(sheets));
    let words = ("說明", "本表說明\n每月十日前填報\n");
    for sheets in [
        &[words, ("measurements", ROWS)][..],
        &[words, ("Measurements ", ROWS)],
        &[("工作表1", ROWS), words],
        &[("工作表1", ROWS)],
    ] {
        assert_eq!(site(sheets).faults(), [Value::Null; 0], "{sheets:?}");
    }
    for (first, help) in [
        (words, "rename the sheet “工作表2” to `measurements`"),
        (
            ("工作表1", ""),
            "rename the sheet “工作表2” to `measurements`",
        ),
    ] {
        let message = format!(
            "no sheet of this workbook is named `measurements`, and its first, “{}”, is no ledger",
            first.0
        );
        let site = site(&[first, ("工作表2", ROWS)]);
        only(&site, "error ledger-header", (path, 1, 1), &message, help);
    }
    only(
        &site(&[words, ("工作表2", "指標名稱,結果\n")]),
        "error ledger-header",
        (path, 1, 1),
        "no sheet of this workbook is named `measurements`",
        "rename the sheet that holds the ledger to `measurements`",
    );
    only(
        &site(&[("measurements", &format!("114年度績效\n{ROWS}"))]),
        "error ledger-header",
        (path, 1, 1),
        "row 1 is not the header; it stands in row 2",
        "delete what stands above the header: a title, a date, empty rows",
    );
    only(
        &site(&[("measurements", "kpi,period,value\nAC1.1,2025,=90+1\n")]),
        "error bad-number",
        (path, 2, 3),
        "“=90+1” is a formula that was saved without its result",
        "write the result itself, or save the file once in a spreadsheet program",
    );
}

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
        "error bad-date",
        (RESULTS, 4, 17),
        "2052-10-10 lies 27 years after the end of the plan period 2025",
        "correct the year",
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
