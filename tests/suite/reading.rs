//! Files that are not what they seem: a slip in a name, a file of another kind, a ledger
//! that begins with a title. Each is told once, where it is, without what follows from it.

use std::fs;
use std::io::{Cursor, Write as _};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{SCORECARD, SITE_YAML, Site};

pub const RESULTS: &str = "content/org/2025/measurements.csv";
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
pub fn only(site: &Site, level: &str, place: (&str, u64, u64), message: &str, help: &str) {
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
