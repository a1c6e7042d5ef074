//! Pages whose ground is the same are kept from the build before; what a build makes is
//! what a fresh one makes all the same.

use std::fs;
use std::thread;
use std::time::Duration;

use scorepress::grounds::Soil;
use scorepress::publish::sha256;
use scorepress::source::fingerprint::Inventory;
use scorepress::span::Sources;
use scorepress::{Options, Prepared, prepare, render};
use serde_json::Value;

use crate::checkout::Checkout;
use crate::edits::{self, Edits};
use crate::site::{Run, SCORECARD, Site, bytes};

/// Builds the site over what stands.
fn again(site: &Site, arguments: &[&str]) -> Run {
    // A file that was changed at the moment of a build may be changed again in it.
    thread::sleep(Duration::from_millis(20));
    site.run(&[&["build", "--format", "json"], arguments].concat())
}

/// How many files a build that succeeds keeps without making them.
fn kept(site: &Site, arguments: &[&str]) -> u64 {
    let run = again(site, arguments);
    assert_eq!(run.code, 0, "{}", run.err);
    let summary: Value = serde_json::from_str(&run.out).unwrap();
    summary["files_kept"].as_u64().unwrap()
}

/// What a build makes that knows of none before it.
fn fresh(site: &Site, arguments: &[&str]) -> Option<Vec<(String, Vec<u8>)>> {
    let other = tempfile::tempdir().unwrap();
    let output = other.path().join("public");
    let fixed = ["build", "--output", output.to_str().unwrap()];
    let run = site.run(&[&fixed, arguments].concat());
    (run.code == 0).then(|| bytes(&output))
}

fn assert_fresh(site: &Site, arguments: &[&str], told: &str) {
    let (now, fresh) = (bytes(&site.path("public")), fresh(site, arguments).unwrap());
    for ((path, one), (other_path, other)) in now.iter().zip(&fresh) {
        assert!(path == other_path, "{path} and {other_path}; {told}");
        assert!(one == other, "{path} differs; {told}");
    }
    assert_eq!(now.len(), fresh.len(), "{told}");
}

/// A scorecard whose KPI contributes to that of another.
fn contributing(scorecard: &str) -> String {
    let code = "code: AC1.1\n";
    assert!(scorecard.contains(code));
    let indent = " ".repeat(12);
    scorecard.replace(
        code,
        &format!("{code}{indent}contributes_to: [org/2025/AC1.1]\n"),
    )
}

/// Three scorecards, of which the second contributes to the first.
fn three() -> Site {
    let branch = contributing(SCORECARD);
    let alone = SCORECARD.replace("Satisfaction", "Patience");
    Site::small()
        .file(
            "content/organizations.yaml",
            "- {id: org, name: The Office}\n- {id: sub, name: A Branch}\n- {id: far, name: Elsewhere}\n",
        )
        .file("content/sub/2025/scorecard.yaml", branch)
        .file("content/far/2025/scorecard.yaml", alone)
}

/// The files of a scorecard in the output.
fn count(site: &Site, scorecard: &str) -> u64 {
    let files = bytes(&site.path("public").join(scorecard));
    u64::try_from(files.len()).unwrap()
}

#[test]
fn what_an_edit_does_not_touch_is_kept() {
    let site = three();
    assert_eq!(kept(&site, &[]), 0);
    site.write("content/far/2025/notes/AC1.1.md", "How it is measured.\n");
    assert_eq!(
        kept(&site, &[]),
        count(&site, "org/2025") + count(&site, "sub/2025")
    );
    assert_fresh(&site, &[], "a note");
    // What contributes is shown by what it contributes to, and the other way round.
    let path = "content/sub/2025/scorecard.yaml";
    let text = fs::read_to_string(site.path(path)).unwrap();
    site.write(path, text.replace("Satisfaction", "Delight"));
    assert_eq!(kept(&site, &[]), count(&site, "far/2025"));
    assert_fresh(&site, &[], "a name");
    // What the site says of itself is on every page.
    site.write("content/site.yaml", "title: Another\nlanguages: [en]\n");
    assert_eq!(kept(&site, &[]), 0);
    assert_fresh(&site, &[], "a title");
    site.write("content/far/2025/notes/AC1.1.md", "Otherwise.\n");
    assert_eq!(kept(&site, &["--fresh"]), 0);
}

#[test]
fn links_that_come_and_go_are_followed() {
    let site = three();
    kept(&site, &[]);
    let path = "content/far/2025/scorecard.yaml";
    let text = fs::read_to_string(site.path(path)).unwrap();
    site.write(path, contributing(&text));
    assert_eq!(kept(&site, &[]), count(&site, "sub/2025"));
    assert_fresh(&site, &[], "a new contribution");
    site.write(path, text);
    kept(&site, &[]);
    assert_fresh(&site, &[], "one that is gone");
    // A note that names something of another scorecard shows its name.
    site.write(
        "content/far/2025/notes/AC1.1.md",
        "See [it](code:sub/2025/AC1).\n",
    );
    kept(&site, &[]);
    let path = "content/sub/2025/scorecard.yaml";
    let text = fs::read_to_string(site.path(path)).unwrap();
    site.write(path, text.replace("Content people", "Happy people"));
    assert_eq!(kept(&site, &[]), 0);
    assert_fresh(&site, &[], "what a note names");
}

#[test]
fn a_page_that_was_tampered_with_is_made_again() {
    let site = three();
    kept(&site, &[]);
    let page = site.path("public/org/2025/AC1.1.html");
    let sound = fs::read(&page).unwrap();
    let mut forged = sound.clone();
    let place = forged.len() / 2;
    forged[place] = forged[place].wrapping_add(1);
    fs::write(&page, forged).unwrap();
    fs::remove_file(site.path("public/org/2025/kpis.html")).unwrap();
    site.write("content/far/2025/notes/AC1.1.md", "How it is measured.\n");
    let (org, sub) = (count(&site, "org/2025"), count(&site, "sub/2025"));
    assert_eq!(kept(&site, &[]), org - 1 + sub);
    assert_eq!(fs::read(&page).unwrap(), sound);
    assert_fresh(&site, &[], "a forged page and one that is gone");
}

#[test]
fn a_manifest_that_is_not_of_the_receipt_keeps_nothing() {
    let site = three();
    kept(&site, &[]);
    let page = site.path("public/org/2025/AC1.1.html");
    let sound = fs::read_to_string(&page).unwrap();
    let forged = sound.replace("Satisfaction", "Satisfiction");
    let manifest = site.path("public/manifest.json");
    let listed = fs::read_to_string(&manifest).unwrap();
    let [old, new] = [&sound, &forged].map(|page| sha256(page.as_bytes()));
    assert!(listed.contains(&old));
    fs::write(&page, forged).unwrap();
    fs::write(&manifest, listed.replace(&old, &new)).unwrap();
    site.write("content/far/2025/notes/AC1.1.md", "How it is measured.\n");
    assert_eq!(kept(&site, &[]), 0);
    assert_fresh(&site, &[], "a forged manifest");
}

#[test]
fn what_is_told_again_at_each_build_keeps_no_page_from_being_kept() {
    // A warning of the checks is found again; the pages are the same.
    let site = three();
    site.write("content/unknown.yaml", "what: is this\n");
    let warned = again(&site, &[]);
    assert_eq!(warned.code, 0, "{}", warned.err);
    assert!(warned.err.contains("warning"), "{}", warned.err);
    site.write("content/sub/2025/notes/AC1.1.md", "How it is measured.\n");
    let run = again(&site, &[]);
    let summary: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(run.err, warned.err);
    assert_eq!(
        summary["files_kept"].as_u64(),
        Some(count(&site, "far/2025"))
    );
}

#[test]
fn a_text_counts_as_it_was_read() {
    let site = three();
    let options = Options {
        root: site.path(""),
        ..Options::default()
    };
    let inventory = Inventory::of(&options.root).unwrap();
    let files = inventory.hashed(&Sources::default()).unwrap();
    let soil = |site: &Prepared| {
        let (publication, evaluation) = (&site.publication, &site.evaluation);
        Soil::of(publication, evaluation, &site.sources, &files, "")
    };
    let mut first = prepare(&options).unwrap();
    assert!(first.settle());
    let seen = render(&options, &mut first, |_| true, |_| Ok::<(), ()>(()));
    let before = soil(&first).grounds(&seen.unwrap().unwrap());
    // The file changes after the files were looked at, and before it is read.
    let path = "content/org/2025/scorecard.yaml";
    site.write(path, SCORECARD.replace("Satisfaction", "Delight"));
    let second = prepare(&options).unwrap();
    let (soil, by_path) = (soil(&second), &second.publication.by_path);
    let is_still = |path: &str| soil.still(by_path[path], &before).is_some();
    let paths = ["org/2025", "sub/2025", "far/2025"];
    assert_eq!(paths.map(is_still), [false, false, true]);
}

#[test]
fn an_edition_carries_attachments_and_nothing_else() {
    let site = three().file(
        "content/site.yaml",
        "title: Test\nlanguages: [en]\ncheck: {broken-link: allow}\n",
    );
    let ledger = "kpi,period,value,published_on\nAC1.1,2025,91,2026-01-15\n";
    site.write("content/far/2025/measurements.csv", ledger);
    let note = "![Ledger](../../far/2025/measurements.csv) ![Dot](../dot.svg)\n";
    let dot = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>";
    site.write("content/org/2025/notes/AC1.1.md", note);
    site.write("content/org/2025/dot.svg", dot);
    kept(&site, &[]);
    let edition = site.text("org/2025/edition.html");
    assert!(edition.contains("data:image/svg+xml;base64,"));
    assert!(!edition.contains("data:text/csv"));
    site.write(
        "content/far/2025/measurements.csv",
        ledger.replace("91", "92"),
    );
    kept(&site, &[]);
    assert_fresh(&site, &[], "a ledger that a note names as a picture");
}

#[test]
fn parts_are_kept_and_merge_to_the_whole() {
    let site = three();
    let part = |number: u64| {
        let output = format!("part-{number}");
        let shard = format!("{number}/2");
        kept(
            &site,
            &["--shard", &shard, "--output", &site_path(&site, &output)],
        )
    };
    assert_eq!([part(1), part(2)], [0, 0]);
    site.write("content/far/2025/notes/AC1.1.md", "How it is measured.\n");
    let whole = fresh(&site, &[]).unwrap();
    let of_others = |(path, _): &&(String, Vec<u8>)| {
        path.starts_with("org/2025") || path.starts_with("sub/2025")
    };
    let others = u64::try_from(whole.iter().filter(of_others).count()).unwrap();
    assert_eq!(part(1) + part(2), others);
    let [one, other, output] = ["part-1", "part-2", "public"].map(|name| site_path(&site, name));
    let run = site.run(&["merge", &output, &one, &other]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(bytes(&site.path("public")) == whole);
}

fn site_path(site: &Site, name: &str) -> String {
    site.path(name).to_string_lossy().into_owned()
}

#[test]
fn a_commit_that_pages_tell_of_is_told() {
    let repository = "https://git.example.org/plan/blob/{commit}/{path}#L{line}";
    let site = three().file(".gitignore", "public\n.public.*\n").file(
        "content/site.yaml",
        format!("title: Test\nlanguages: [en]\nrepository: \"{repository}\"\n"),
    );
    let mut checkout = Checkout::of(site);
    for arguments in [[].as_slice(), &["--no-history"]] {
        checkout.commit();
        kept(&checkout.site, arguments);
        checkout.write(
            "content/far/2025/notes/AC1.1.md",
            format!("{arguments:?}\n"),
        );
        assert_ne!(kept(&checkout.site, arguments), 0, "{arguments:?}");
        assert_fresh(&checkout.site, arguments, "what is not committed");
        checkout.commit();
        assert_eq!(kept(&checkout.site, arguments), 0, "{arguments:?}");
        assert_fresh(&checkout.site, arguments, "another commit");
    }
}

/// Edits a site at random, and holds what a build makes of it over what stands against
/// a fresh build. Says how often it was a good one, and how many files were kept.
fn edit(seed: u64, steps: usize) -> (usize, u64) {
    let (site, mut edits) = (edits::good(), Edits::of(seed));
    let ignore = "public\n.public.*\n";
    let mut checkout = Checkout::of(site.file(".gitignore", ignore));
    let (mut good, mut files_kept) = (0, 0);
    let mut is_broken = false;
    for _ in 0..steps {
        edits.edit(&checkout.site, is_broken);
        if edits.below(12) == 0 {
            checkout.commit();
        }
        let arguments = [
            [].as_slice(),
            &[],
            &["--no-history"],
            &["--no-history"],
            &["--drafts"],
            &["--as-of", "2025-10-01"],
            &["--base-url", "https://plan.example.org/"],
        ][edits.below(7)];
        let run = again(&checkout.site, arguments);
        is_broken = run.code != 0;
        assert_eq!(
            is_broken,
            fresh(&checkout.site, arguments).is_none(),
            "{}",
            edits.told()
        );
        if !is_broken {
            assert_fresh(&checkout.site, arguments, &edits.told());
            let summary: Value = serde_json::from_str(&run.out).unwrap();
            files_kept += summary["files_kept"].as_u64().unwrap();
            good += 1;
        }
    }
    (good, files_kept)
}

#[test]
fn after_any_edits_a_build_makes_what_a_fresh_one_makes() {
    let seeds = std::env::var("KEPT_SEEDS").ok();
    let seeds = seeds.and_then(|seeds| seeds.parse().ok()).unwrap_or(4);
    let steps = 40;
    let all: Vec<_> = thread::scope(|scope| {
        let all: Vec<_> = (100..100 + seeds)
            .map(|seed| scope.spawn(move || edit(seed, steps)))
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let good: usize = all.iter().map(|(good, _)| good).sum();
    let kept: u64 = all.iter().map(|(_, kept)| kept).sum();
    assert!(good > all.len() * steps / 4, "{good} sites were good");
    assert!(kept > 0, "none was made over another");
}
