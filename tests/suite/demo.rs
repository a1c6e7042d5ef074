//! The starter: every feature, its scores recomputed by hand.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::{Decimal, RoundingStrategy};
use tempfile::TempDir;

use crate::site::{Page, Run, assert_sound, command, files};

/// The starter as `init` writes it, built.
static BUILT: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let run = Run::of(&command(&["init", site.to_str().unwrap()]).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    let build = command(&["build", "--format", "json"])
        .current_dir(&site)
        .output()
        .unwrap();
    let run = Run::of(&build);
    assert_eq!(run.code, 0, "{}", run.err);
    let summary: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(summary["warnings"], 0, "{}", run.err);
    folder
});

fn public() -> std::path::PathBuf {
    BUILT.path().join("site/public")
}

type Row = BTreeMap<String, String>;

fn table(text: &str) -> BTreeMap<String, Row> {
    let plain: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
    let mut reader = csv::Reader::from_reader(plain.join("\n").into_bytes().leak() as &[u8]);
    let rows = reader.deserialize::<Row>().map(Result::unwrap);
    rows.map(|row| (row["code"].clone(), row)).collect()
}

fn one_decimal(text: &str) -> String {
    let Ok(number) = text.parse::<Decimal>() else {
        return String::new();
    };
    format!(
        "{:.1}",
        number.round_dp_with_strategy(1, RoundingStrategy::MidpointNearestEven)
    )
}

/// `tests/expected/*.csv` was worked out with exact fractions by a script that
/// shares no code with the program; its header tells the steps.
fn assert_scores(expected: &str, scorecard: &str) {
    let wanted = table(expected);
    let data = public().join(scorecard).join("data");
    let kpis = table(&std::fs::read_to_string(data.join("kpis.csv")).unwrap());
    let mut compared = 0;
    for (code, row) in &wanted {
        let Some(kpi) = kpis.get(code) else { continue };
        compared += 1;
        let place = format!("{scorecard} {code}");
        let status = if row["status"] == "plan_only" {
            "none"
        } else {
            &row["status"]
        };
        assert_eq!(kpi["status"], status, "{place}");
        assert_eq!(one_decimal(&kpi["score"]), row["score"], "{place}");
        assert_eq!(kpi["target"], row["target"], "{place}");
        let close = |text: &str| {
            text.parse::<Decimal>()
                .map(|n| n.round_dp(6).normalize().to_string())
        };
        match (close(&kpi["value"]), close(&row["value"])) {
            (Ok(got), Ok(want)) => assert_eq!(got, want, "{place}"),
            _ => assert_eq!(kpi["value"], row["value"], "{place}"),
        }
        // The page shows the very score.
        let page = Page::read(&public().join(format!("{scorecard}/{code}.html")));
        let shown = page
            .all(".now p")
            .into_iter()
            .find(|p| p.starts_with("Score "));
        match row["score"].as_str() {
            "" => assert_eq!(shown, None, "{place}"),
            score => assert_eq!(
                shown.as_deref(),
                Some(&*format!("Score {score} out of 100")),
                "{place}"
            ),
        }
    }
    assert_eq!(compared, kpis.len());
    let json: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(data.join("scorecard.json")).unwrap())
            .unwrap();
    let mut composites = vec![("scorecard".to_owned(), json["composite"].clone())];
    for theme in json["themes"].as_array().unwrap() {
        composites.push((
            theme["code"].as_str().unwrap().to_owned(),
            theme["composite"].clone(),
        ));
        for objective in theme["objectives"].as_array().unwrap() {
            let code = objective["code"].as_str().unwrap().to_owned();
            composites.push((code, objective["composite"].clone()));
        }
    }
    for (code, composite) in composites {
        let score = composite["score"].as_str().unwrap_or("");
        assert_eq!(
            one_decimal(score),
            wanted[&code]["score"],
            "{scorecard} {code}"
        );
    }
}

#[test]
fn scores_of_the_department_agree_with_a_hand_calculation() {
    assert_scores(include_str!("../expected/demo-dept-2025.csv"), "parks/2025");
    assert_scores(include_str!("../expected/demo-dept-2024.csv"), "parks/2024");
    assert_scores(include_str!("../expected/demo-dept-2023.csv"), "parks/2023");
}

#[test]
fn scores_of_the_city_agree_with_a_hand_calculation() {
    assert_scores(include_str!("../expected/demo-city-2025.csv"), "city/2025");
}

#[test]
fn every_page_is_labelled_as_a_sample() {
    for path in files(&public())
        .into_iter()
        .filter(|path| path.ends_with(".html"))
    {
        let label = Page::read(&public().join(&path)).first(".sample b");
        assert!(
            matches!(label.as_str(), "Sample data" | "示範資料"),
            "{path}: {label}"
        );
    }
}

#[test]
fn every_status_and_direction_is_shown() {
    let kpis = std::fs::read_to_string(public().join("parks/2025/data/kpis.csv")).unwrap();
    let rows = table(&kpis);
    let column = |name: &str| {
        rows.values()
            .map(|r| r[name].clone())
            .collect::<std::collections::BTreeSet<_>>()
    };
    for status in [
        "met",
        "near",
        "missed",
        "no_target",
        "not_due",
        "late",
        "withheld",
        "not_collected",
        "discontinued",
        "none",
    ] {
        assert!(column("status").contains(status), "{status}");
    }
    for direction in ["higher", "lower", "between", "exactly", "yes_no", "levels"] {
        assert!(column("direction").contains(direction), "{direction}");
    }
}

#[test]
fn a_renamed_kpi_keeps_its_history() {
    let page = Page::read(&public().join("parks/2024/BC1.1.html"));
    let years = page.all("#years + .scroll tbody th");
    assert!(years.len() >= 2, "{years:?}");
    assert!(page.all(".changes .chip").contains(&"Renamed".to_owned()));
}

#[test]
fn an_eased_target_shows_its_reason_and_the_score_under_the_first_one() {
    let page = Page::read(&public().join("parks/2025/changes.html"));
    let eased: Vec<_> = page
        .all(".changes li")
        .into_iter()
        .filter(|c| c.contains("Eased"))
        .collect();
    assert!(!eased.is_empty());
    assert!(
        eased.iter().all(|change| change.contains("Reason:")),
        "{eased:?}"
    );
}

#[test]
fn every_page_is_sound() {
    assert_sound(&public());
}

#[test]
fn the_starter_wires_editors_to_the_schemas() {
    let site = BUILT.path().join("site");
    let settings = std::fs::read_to_string(site.join(".vscode/settings.json")).unwrap();
    for name in ["site", "organizations", "scorecard", "themes"] {
        let file = format!(".vscode/schema/{name}.schema.json");
        assert!(settings.contains(&file), "{settings}");
        let schema = std::fs::read_to_string(site.join(file)).unwrap();
        assert!(serde_json::from_str::<serde_json::Value>(&schema).is_ok());
    }
}
