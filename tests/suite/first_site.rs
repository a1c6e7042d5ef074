//! The first site: the city's map and the department's scorecard of 2022.

use std::path::Path;
use std::sync::LazyLock;

use tempfile::TempDir;

use crate::site::{Page, Run, assert_sound, command, files};

static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let root = env!("CARGO_MANIFEST_DIR");
    let arguments = [
        "build",
        "--root",
        root,
        "--output",
        output.to_str().unwrap(),
        "--format",
        "json",
    ];
    let run = Run::of(&command(&arguments).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    let summary: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(summary["warnings"], 0, "{}", run.err);
    folder
});

fn public() -> std::path::PathBuf {
    BUILT.path().join("public")
}

fn page(path: &str) -> Page {
    Page::read(&public().join(path))
}

#[test]
fn the_departments_map_shows_what_the_plan_states() {
    let map = page("dcms/2022/index.html");
    assert_eq!(
        map.all(".head .counts li"),
        [
            "3 策略主題",
            "16 策略目標",
            "17 關鍵績效指標",
            "21 行動計畫"
        ]
    );
    assert_eq!(map.all(".map .row:not(.themes)").len(), 4);
    assert_eq!(map.all(".map .cell .objective").len(), 16);
    let customer = &map.all("#row-C .cell")[0];
    assert_eq!(
        customer,
        "A 維護兵役公平AC1 提升市民對政府信任度尚未公布 1 項指標"
    );
    assert!(map.first(".state").contains("未公布目標值與實績"));
}

#[test]
fn every_objective_stands_in_its_cell() {
    let map = page("dcms/2022/index.html");
    let wanted = [
        ("C", ["AC1", "BC1", "CC1"].as_slice()),
        ("P", &["AP1", "AP2", "AP3", "BP1", "BP2", "BP3", "CP1"]),
        ("L", &["AL1", "BL1", "CL1"]),
        ("F", &["AF1", "BF1", "CF1"]),
    ];
    for (row, codes) in wanted {
        assert_eq!(map.all(&format!("#row-{row} .objective .code")), codes);
    }
    for (column, letter) in ["a", "b", "c"].iter().zip(["A", "B", "C"]) {
        for code in map.all(&format!(".cell.hue-{column} .objective .code")) {
            assert!(code.starts_with(letter), "{code} in column {letter}");
        }
    }
}

#[test]
fn the_citys_map_has_eight_columns_and_who_takes_part() {
    let map = page("taipei/2022/index.html");
    let rows = map.all(".map section.row:not(.cross):not(.members)");
    assert_eq!(rows.len(), 4);
    assert_eq!(map.all("#row-C .cell").len(), 8);
    assert_eq!(map.all(".map .row:not(.cross) .objective").len(), 80);
    assert_eq!(map.all(".map .cross .objective").len(), 4);
    let members = map.all(".map .members .cell");
    assert_eq!(members.len(), 8);
    assert!(
        members[0].contains("主政 環保局") && members[0].contains("翡管局"),
        "{}",
        members[0]
    );
    assert!(
        map.all("#row-P .objective")
            .iter()
            .any(|o| o.contains("打造海綿城市"))
    );
}

#[test]
fn every_code_of_the_source_has_its_page_in_both_languages() {
    let all = files(&public());
    let data: serde_json::Value = serde_json::from_str(
        &std::fs::read_to_string(public().join("dcms/2022/data/scorecard.json")).unwrap(),
    )
    .unwrap();
    let mut codes = Vec::new();
    fn gather(value: &serde_json::Value, codes: &mut Vec<String>) {
        match value {
            serde_json::Value::Object(map) => {
                if let (Some(code), true) = (map.get("code"), map.contains_key("name")) {
                    codes.push(code.as_str().unwrap().to_owned());
                }
                map.values().for_each(|v| gather(v, codes));
            }
            serde_json::Value::Array(list) => list.iter().for_each(|v| gather(v, codes)),
            _ => {}
        }
    }
    gather(&data["themes"], &mut codes);
    assert_eq!(codes.len(), 3 + 16 + 17 + 21);
    for code in codes {
        for prefix in ["", "en/"] {
            assert!(
                all.contains(&format!("{prefix}dcms/2022/{code}.html")),
                "{prefix}{code}"
            );
        }
    }
}

#[test]
fn a_kpi_without_data_says_so_and_shows_no_figure() {
    let kpi = page("dcms/2022/AP2.1.html");
    assert_eq!(kpi.first(".big"), "—");
    assert_eq!(kpi.first(".now .status"), "尚未公布");
    assert_eq!(kpi.first(".missing-box b"), "本指標尚未公布目標值與實績");
    let unstated = kpi.all(".unstated dt");
    for term in ["單位", "方向", "計畫期間目標值", "週期"] {
        assert!(unstated.contains(&term.to_owned()), "{term}: {unstated:?}");
    }
    assert!(kpi.all("figure, .figure, .score").is_empty());
}

#[test]
fn misprints_are_corrected_and_kept_on_record() {
    let errata = page("taipei/2022/errata.html");
    let rows = errata.all("#corrected + .scroll tbody tr");
    assert_eq!(rows.len(), 5);
    assert!(
        rows.iter()
            .any(|row| row.contains("打造海鏡城市") && row.contains("打造海綿城市"))
    );
    let objective = page("taipei/2022/AP4.html");
    assert!(objective.first("h1").contains("打造海綿城市"));
    assert!(objective.first(".erratum").contains("打造海鏡城市"));
    assert_eq!(
        page("dcms/2022/errata.html")
            .all("#doubtful + .scroll tbody tr")
            .len(),
        3
    );
}

#[test]
fn the_cascade_names_the_kpi_and_leads_to_the_objective() {
    let cascade = page("dcms/2022/cascade.html");
    let row = cascade.first("ul.cascade li");
    assert!(
        row.contains("CC1.1") && row.contains("GP6") && row.contains("GP6.2"),
        "{row}"
    );
    assert!(
        page("taipei/2022/GP6.html")
            .first(".cascade")
            .contains("CC1.1")
    );
}

#[test]
fn english_pages_say_that_they_have_no_official_standing() {
    let map = page("en/dcms/2022/index.html");
    assert!(
        map.first(".unofficial")
            .contains("without official standing")
    );
    assert_eq!(map.all(".head .counts li")[0], "3 Themes");
}

#[test]
fn every_page_is_sound() {
    assert_sound(&public());
}

#[test]
fn nothing_of_the_site_says_who_built_it_or_where() {
    for path in files(&public()) {
        let bytes = std::fs::read(public().join(&path)).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(env!("CARGO_MANIFEST_DIR")), "{path}");
        assert!(!text.contains(BUILT.path().to_str().unwrap()), "{path}");
    }
    assert!(Path::new(&public().join("SHA256SUMS")).exists());
}
