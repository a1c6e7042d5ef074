//! `check --format sarif` keeps the schema of the standard.

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::site::Site;

fn schema() -> Validator {
    let text = include_str!("../schemas/sarif-2.1.0.json");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

fn log(site: &Site, language: &str) -> Value {
    let run = site.run(&["check", "--format", "sarif", "--lang", language]);
    serde_json::from_str(&run.out).unwrap()
}

/// Faults of YAML and of a ledger, on lines and on whole files, with and without
/// other places, in names that are no plain URI.
fn broken() -> Site {
    Site::plan(
        "title: Plan\nmision: x\nthemes:\n  - {code: A, name: One}\n  - {code: A, name: Two}\n",
    )
    .file(
        "content/org/2025/targets.csv",
        "kpi,period,target\nAC1.1,2025,\"1,5\"\n",
    )
    .file("content/org/2025/measurements.xlsx", "no workbook")
    .file(
        "content/org/2025/notes/中 文 %.md",
        "[broken](nowhere.md)\n",
    )
    .file("content/odd name/about.yaml", "a: 1\n")
}

#[test]
fn every_log_keeps_the_schema() {
    let schema = schema();
    for (site, least) in [(Site::small(), 0), (broken(), 6)] {
        for language in ["en", "zh-Hant"] {
            let log = log(&site, language);
            let found = log["runs"][0]["results"].as_array().unwrap().len();
            assert!(found >= least, "{found} results");
            let faults: Vec<_> = schema
                .iter_errors(&log)
                .map(|fault| fault.to_string())
                .collect();
            assert!(faults.is_empty(), "{faults:#?}");
        }
    }
}

#[test]
fn the_schema_finds_what_is_wrong() {
    let schema = schema();
    let mut log = log(&broken(), "en");
    log["runs"][0]["results"][0]["level"] = json!("fatal");
    assert!(!schema.is_valid(&log));
}
