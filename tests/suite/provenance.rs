//! Each figure says which line and which commit set it, as far as that is known.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::checkout::Checkout;
use crate::site::{Site, bytes};

const TARGETS: &str = "kpi,period,target,set_on,reason\nAC1.1,2025,80,2024-01-10,\n";
const RESULTS: &str = "kpi,period,value,published_on\nAC1.1,2024,70,2025-01-10\n";
const SITE: &str = "title: Test\nlanguages: [en, zh-Hant]\n";

/// A site with a target and a result, each from a commit of its own, and their hashes.
fn published(site: &str) -> (Checkout, [String; 2]) {
    let site = Site::kpi("direction: higher", "kpi,period,value\n")
        .file("content/site.yaml", site)
        .file(".gitignore", "public\n")
        .file("content/org/2025/targets.csv", TARGETS);
    let mut checkout = Checkout::of(site);
    let first = checkout.commit();
    checkout.write("content/org/2025/measurements.csv", RESULTS);
    let second = checkout.commit();
    (checkout, [first, second])
}

fn built(checkout: &Checkout) -> &Site {
    let run = checkout.site.run(&["build", "--quiet"]);
    assert_eq!(run.code, 0, "{}", run.err);
    &checkout.site
}

/// Where the changes of the KPI are written, and by which commit.
fn sources(site: &Site) -> Vec<String> {
    site.page("org/2025/AC1.1.html").all(".changes .source")
}

#[test]
fn a_figure_names_the_commit_that_set_its_line() {
    let (checkout, [first, second]) = published(SITE);
    let site = built(&checkout);
    assert_eq!(
        sources(site),
        [
            format!(
                "content/org/2025/measurements.csv:2 {} 2024-03-15",
                &second[..10]
            ),
            format!("content/org/2025/targets.csv:2 {} 2024-02-15", &first[..10]),
        ]
    );
    let rows = site.text("org/2025/data/measurements.csv");
    let row = rows.lines().nth(1).unwrap();
    let place = format!("content/org/2025/measurements.csv,2,{second},2024-03-15");
    assert!(row.ends_with(&place), "{row}");
    let rows = site.text("org/2025/data/targets.csv");
    assert!(rows.contains(&format!(",2,{first},2024-02-15")), "{rows}");
    let headline = site.headline();
    assert_eq!(headline["target_set_by"]["commit"], *first);
    assert_eq!(headline["target_set_by"]["line"], 2);
    assert_eq!(headline["value_set_by"], Value::Null);
}

#[test]
fn a_commit_links_to_its_page_where_the_repository_has_one() {
    let line = "repository: \"https://github.com/o/r/blob/main/{path}#L{line}\"\n";
    let own = "commit_url: \"https://example.org/c?id={commit}\"\n";
    for (keys, before) in [
        (line.to_owned(), "https://github.com/o/r/commit/"),
        (format!("{line}{own}"), "https://example.org/c?id="),
        (own.to_owned(), "https://example.org/c?id="),
    ] {
        let (checkout, [first, _]) = published(&format!("{SITE}{keys}"));
        let page = built(&checkout).page("org/2025/AC1.1.html");
        let links = page.attributes("href");
        assert!(links.contains(&format!("{before}{first}")), "{links:?}");
    }
    let site = Site::small().file(
        "content/site.yaml",
        format!("{SITE}commit_url: https://example.org/\n"),
    );
    let run = site.run(&["check"]);
    assert!(
        run.err.contains("is not the address of a commit"),
        "{}",
        run.err
    );
}

#[test]
fn what_is_not_committed_says_so() {
    let (checkout, [_, second]) = published(SITE);
    let more = format!("{RESULTS}AC1.1,2025,75,2026-01-10\n");
    checkout.write(
        "content/org/2025/measurements.csv",
        more.replace('\n', "\r\n"),
    );
    let site = built(&checkout);
    let told = sources(site);
    assert_eq!(
        told[0],
        "content/org/2025/measurements.csv:3 not committed yet"
    );
    assert!(told[1].contains(&second[..10]), "{told:?}");
    assert_eq!(site.headline()["value_set_by"]["commit"], Value::Null);
    assert_eq!(site.headline()["value_set_by"]["line"], 3);
    let chinese = site.page("zh-Hant/org/2025/AC1.1.html");
    assert!(chinese.first(".changes .source").ends_with("尚未提交"));
}

#[test]
fn without_a_checkout_the_page_says_so_once_and_is_otherwise_the_same() {
    let (checkout, _) = published(SITE);
    fs::rename(checkout.site.path(".git"), checkout.site.path(".gone")).unwrap();
    let absent = "No commit is told for any line: the site was not made from a git checkout.";
    let site = built(&checkout);
    let page = site.text("org/2025/AC1.1.html");
    assert_eq!(page.matches(absent).count(), 1);
    assert_eq!(sources(site)[1], "content/org/2025/targets.csv:2");
    let run = site.run(&["build", "--no-history", "--output", "silent"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let silent = fs::read_to_string(site.path("silent/org/2025/AC1.1.html")).unwrap();
    let sentence = format!("\n<p class=\"quiet\">{absent}</p>");
    assert_eq!(page.replace(&sentence, ""), silent);
}

#[test]
fn the_history_can_be_left_unread() {
    let (checkout, [first, _]) = published(SITE);
    let run = checkout.site.run(&["build", "--no-history"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let by_option = checkout.site.text("org/2025/AC1.1.html");
    assert!(!by_option.contains(&first[..10]) && !by_option.contains("No commit"));
    assert_eq!(
        checkout
            .site
            .run(&["verify", "public", "--source", "."])
            .code,
        0
    );
    checkout.write("content/site.yaml", format!("{SITE}history: false\n"));
    assert_eq!(built(&checkout).text("org/2025/AC1.1.html"), by_option);
}

#[test]
fn a_shallow_clone_claims_no_commit_for_what_may_be_older() {
    let (mut checkout, _) = published(SITE);
    checkout.write(
        "content/org/2025/measurements.csv",
        format!("{RESULTS}AC1.1,2025,75,2026-01-10\n"),
    );
    let third = checkout.commit();
    let clone = Site::empty();
    let from = format!("file://{}", checkout.site.path("").display());
    let run = Command::new("git")
        .args(["clone", "--quiet", "--depth", "2", &from])
        .arg(clone.path(""))
        .output()
        .unwrap();
    assert!(run.status.success(), "{run:?}");
    let run = clone.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = sources(&clone);
    assert!(told[0].contains(&third[..10]), "{told:?}");
    assert!(told[1].ends_with(":2 on or before 2024-03-15"), "{told:?}");
    assert!(told[2].ends_with(":2 on or before 2024-03-15"), "{told:?}");
    let page = clone.text("org/2025/AC1.1.html");
    assert!(page.contains("begins on 2024-03-15"));
    assert!(
        !clone
            .text("org/2025/data/targets.csv")
            .contains("2024-03-15")
    );
    let origin: Value = serde_json::from_str(&clone.text("manifest.json")).unwrap();
    assert_eq!(origin["origin"]["history"], "cut");
}

#[test]
fn the_same_checkout_makes_the_same_bytes_and_they_are_verified() {
    let (checkout, _) = published(SITE);
    let site = built(&checkout);
    let once = bytes(&site.path("public"));
    let settings = [
        "diff.noprefix",
        "diff.mnemonicPrefix",
        "color.ui",
        "log.follow",
    ];
    for setting in settings {
        checkout.git(&["config", setting, "true"]);
    }
    checkout.git(&["config", "diff.algorithm", "minimal"]);
    checkout.git(&["config", "color.ui", "always"]);
    checkout.git(&["config", "log.showRoot", "false"]);
    fs::remove_dir_all(site.path("public")).unwrap();
    assert!(once == bytes(&built(&checkout).path("public")));
    let run = site.run(&["verify", "public", "--source", "."]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    // Later commits do not matter: the history is read up to the one that was published.
    let mut checkout = checkout;
    checkout.write("notes.txt", "later\n");
    checkout.commit();
    let run = checkout.site.run(&["verify", "public", "--source", "."]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn a_site_in_a_folder_of_its_repository_is_told_of() {
    let (checkout, _) = published(SITE);
    let mut outer = Checkout::of(Site::empty());
    outer.write("content/org/2025/targets.csv", "of another site\n");
    outer.commit();
    for (path, bytes) in bytes(&checkout.site.path("content")) {
        outer.write(&format!("sites/one/content/{path}"), bytes);
    }
    let commit = outer.commit();
    let run = outer
        .site
        .run(&["--root", "sites/one", "build", "--output", "public"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let told = sources(&outer.site);
    assert!(
        told.iter().all(|line| line.contains(&commit[..10])),
        "{told:?}"
    );
}
