//! The command line: what is offered, what it prints, how it ends.

use std::fs;

use serde_json::Value;

use crate::site::{Run, Site, command};

fn run(arguments: &[&str]) -> Run {
    Run::of(&command(arguments).output().unwrap())
}

#[test]
fn exit_codes_tell_faults_from_wrong_usage() {
    assert_eq!(Site::small().run(&["build"]).code, 0);
    assert_eq!(
        Site::plan("title: Plan\nthemse: []\n").run(&["build"]).code,
        1
    );
    assert_eq!(Site::empty().run(&["build"]).code, 2);
    assert_eq!(
        Site::small().run(&["build", "--as-of", "yesterday"]).code,
        2
    );
    assert_eq!(
        Site::small()
            .run(&["build", "--base-url", "plan.example.org"])
            .code,
        2
    );
    assert_eq!(run(&["biuld"]).code, 2);
}

#[test]
fn the_site_is_found_from_a_folder_inside_it() {
    let site = Site::small();
    let inside = site.path("content/org");
    let run = Run::of(&command(&["check"]).current_dir(inside).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
}

#[test]
fn a_fault_is_shown_with_its_line_and_what_to_do() {
    let site = Site::plan("title: Plan\nthemse: []\n");
    let run = site.run(&["build"]);
    let expected = "\
error[unknown-key]: scorecard.yaml has no key `themse`
 --> content/org/2025/scorecard.yaml:2:1
  |
2 | themse: []
  | ^^^^^^ expected one of title";
    assert!(run.err.starts_with(expected), "{}", run.err);
    assert!(run.err.contains("did you mean `themes`?"), "{}", run.err);
    assert!(run.err.contains("the site was not built"), "{}", run.err);
}

#[test]
fn carets_stand_under_chinese_text() {
    let site = Site::plan("title: Plan\nmission: {zh: 使命, en: x}\n");
    let run = site.run(&["check"]);
    assert!(
        run.err.contains("content/org/2025/scorecard.yaml:2:11"),
        "{}",
        run.err
    );
    assert!(
        run.err.contains("\n  |           ^^ expected one of en"),
        "{}",
        run.err
    );
}

#[test]
fn check_prints_every_format() {
    let site = Site::plan("title: Plan\nthemse: []\nvison: x\n");
    let faults = site.faults();
    assert_eq!(faults.len(), 2);
    for key in [
        "rule",
        "level",
        "message",
        "help",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "related",
    ] {
        assert!(faults[0].get(key).is_some(), "{key}");
    }
    assert_eq!(
        (&faults[0]["line"], &faults[1]["line"]),
        (&2.into(), &3.into())
    );
    let sarif: Value =
        serde_json::from_str(&site.run(&["check", "--format", "sarif"]).out).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "unknown-key");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"]["startLine"],
        2
    );
    let github = site.run(&["check", "--format", "github"]).out;
    assert!(
        github.starts_with("::error file=content/org/2025/scorecard.yaml,line=2,"),
        "{github}"
    );
}

#[test]
fn warnings_can_be_denied() {
    let site = Site::small().file("content/org/2025/kpi.yaml", "- {code: AC1.2, name: x}\n");
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(site.run(&["check", "--deny", "warnings"]).code, 1);
}

#[test]
fn rule_levels_can_be_set_by_the_site() {
    let gap = "title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC2, name: O}\n";
    let site = Site::plan(gap);
    assert_eq!(site.run(&["check"]).code, 1);
    site.write(
        "content/site.yaml",
        "title: Test\nlanguages: [en]\ncheck: {numbering-gap: warn}\n",
    );
    assert_eq!(site.run(&["check"]).code, 0);
    assert_eq!(site.faults()[0]["level"], "warning");
    site.write(
        "content/site.yaml",
        "title: Test\nlanguages: [en]\ncheck: {numbering-gap: allow}\n",
    );
    assert!(site.faults().is_empty());
}

#[test]
fn init_writes_only_into_an_empty_folder() {
    let site = Site::small();
    assert_eq!(site.run(&["init", "content"]).code, 2);
    assert_eq!(site.run(&["init", "new"]).code, 0);
    assert!(site.path("new/content/site.yaml").exists());
}

#[test]
fn every_rule_is_explained() {
    let list = run(&["explain"]).out;
    for line in list.lines() {
        let id = line.split_whitespace().next().unwrap();
        let page = run(&["explain", id]);
        assert_eq!(page.code, 0);
        assert!(page.out.starts_with(&format!("# {id}\n")), "{}", page.out);
    }
    let wrong = run(&["explain", "unknow-key", "--lang", "en"]);
    assert_eq!(wrong.code, 2);
    assert!(
        wrong.err.contains("did you mean `unknown-key`?"),
        "{}",
        wrong.err
    );
}

#[test]
fn rules_are_explained_in_the_language_of_the_site() {
    let chinese = Site::small().file("content/site.yaml", "title: T\nlanguages: [zh-Hant]\n");
    let told = |arguments: &[&str]| chinese.run(arguments).out;
    assert!(told(&["explain", "bad-date"]).contains("\n## 改法\n"));
    assert!(told(&["explain"]).contains("bad-date               錯誤"));
    assert!(told(&["explain", "bad-date", "--lang", "en"]).contains("\n## Cure\n"));
    for settings in [
        "title: T\nlanguages: [fr]\n",
        "title: [\n",
        "languages: 3\n",
    ] {
        chinese.write("content/site.yaml", settings);
        assert!(told(&["explain", "bad-date"]).contains("\n## Cure\n"));
    }
}

#[test]
fn schemas_are_those_that_editors_are_wired_to() {
    let site = Site::small();
    assert_eq!(site.run(&["schema"]).code, 0);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(site.path(".vscode/schema")).unwrap() {
        let path = entry.unwrap().path();
        let written = fs::read_to_string(&path).unwrap();
        let schema: Value = serde_json::from_str(&written).unwrap();
        assert_eq!(
            schema["$schema"],
            "https://json-schema.org/draft/2020-12/schema"
        );
        let name = path.file_name().unwrap();
        let kept = fs::read_to_string(root.join(".vscode/schema").join(name)).unwrap();
        assert_eq!(
            written, kept,
            "run `scorepress schema` to renew .vscode/schema"
        );
    }
    let kpi: Value = serde_json::from_str(
        &fs::read_to_string(site.path(".vscode/schema/kpis.schema.json")).unwrap(),
    )
    .unwrap();
    let direction = &kpi["$defs"]["Kpi"]["properties"]["direction"];
    assert_eq!(direction["enum"][0], "higher");
    assert_eq!(direction["description"], "Which way is better.");
}

#[test]
fn completions_and_the_manual_are_printed() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            run(&["completions", shell]).out.contains("scorepress"),
            "{shell}"
        );
    }
    assert!(run(&["man"]).out.contains(".TH scorepress"));
}

#[test]
fn commands_of_later_issues_are_not_offered() {
    let help = run(&["--help"]).out;
    for name in ["import", "export"] {
        assert!(!help.contains(&format!("\n  {name} ")), "{name}");
        assert_eq!(run(&[name]).code, 2);
    }
}

#[test]
fn a_build_ends_with_a_summary() {
    let site = Site::small();
    let run = site.run(&["build"]);
    assert!(
        run.out.contains(" pages in ") && run.out.contains(" 0 warnings"),
        "{}",
        run.out
    );
    let json: Value = serde_json::from_str(&site.run(&["build", "--format", "json"]).out).unwrap();
    for key in [
        "pages",
        "files_written",
        "files_unchanged",
        "files_kept",
        "files_removed",
        "warnings",
        "milliseconds",
        "output",
    ] {
        assert!(json.get(key).is_some(), "{key}");
    }
    assert_eq!(json["files_written"], 0);
    assert!(site.run(&["build", "--quiet"]).out.is_empty());
}

#[test]
fn the_output_is_never_the_sources() {
    let site = Site::small();
    for output in [".", "content", "content/site", "themes/x"] {
        assert_eq!(
            site.run(&["build", "--output", output, "--force"]).code,
            2,
            "{output}"
        );
    }
    assert!(site.path("content/site.yaml").exists());
}
