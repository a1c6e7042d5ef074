//! A build that would make what stands already makes nothing, and is never deceived
//! about that.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use crate::checkout::Checkout;
use crate::site::{SCORECARD, Site, bytes};

const RECEIPT: &str = ".public.receipt";
const PAGE: &str = "public/org/2025/AC1.1.html";

/// What a build says of itself.
fn build(site: &Site, arguments: &[&str]) -> Value {
    let fixed = ["build", "--timings", "--format", "json"];
    // A file that was changed at the moment of a build may be changed again in it.
    std::thread::sleep(Duration::from_millis(30));
    let run = site.run(&[&fixed, arguments].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    serde_json::from_str(&run.out).unwrap()
}

/// Whether it made the site.
fn made(summary: &Value) -> bool {
    let phases: Vec<_> = (summary["timings"].as_array().unwrap().iter())
        .map(|lap| lap["phase"].as_str().unwrap())
        .collect();
    assert!(
        phases == ["compare"] || phases.contains(&"render"),
        "{phases:?}"
    );
    phases != ["compare"]
}

/// What a build makes that knows of none before it.
fn alone(site: &Site, arguments: &[&str]) -> Vec<(String, Vec<u8>)> {
    let other = tempfile::tempdir().unwrap();
    let output = other.path().join("public");
    let run = site.run(&[&["build", "--output", output.to_str().unwrap()], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.err);
    contents(&output)
}

fn contents(output: &Path) -> Vec<(String, Vec<u8>)> {
    bytes(output)
}

#[test]
fn a_build_from_the_same_makes_nothing() {
    let site = Site::small();
    let first = build(&site, &[]);
    assert!(made(&first));
    let before = contents(&site.path("public"));
    let again = build(&site, &[]);
    assert!(!made(&again));
    assert_eq!(again["pages"], first["pages"]);
    assert_eq!(again["files_unchanged"], first["files_written"]);
    assert_eq!(again["files_written"], 0);
    assert_eq!(contents(&site.path("public")), before);
    assert!(made(&build(&site, &["--fresh"])));
    assert!(!made(&build(&site, &[])));
}

#[test]
fn whatever_a_site_is_made_from_makes_it_anew() {
    let mut checkout = Checkout::of(Site::small().file(".gitignore", "public\n.public.*\n"));
    checkout.commit();
    build(&checkout.site, &[]);
    let hears = |what: &str, site: &Site, arguments: &[&str]| {
        assert!(made(&build(site, arguments)), "{what}");
        assert_eq!(
            contents(&site.path("public")),
            alone(site, arguments),
            "{what}"
        );
        assert!(!made(&build(site, arguments)), "{what}, once more");
    };
    let plan = "content/org/2025/scorecard.yaml";
    checkout.write(plan, SCORECARD.replace("Satisfaction", "Delight"));
    hears("a file", &checkout.site, &[]);
    checkout.write("content/org/2025/notes/AC1.1.md", "How it is measured.\n");
    hears("another file", &checkout.site, &[]);
    checkout.write("content/plan.pdf", "%PDF-1.4\n");
    hears("an attachment", &checkout.site, &[]);
    checkout.write("themes/default/extra.css", ".note { margin: 0 }\n");
    hears("a theme", &checkout.site, &[]);
    checkout.commit();
    hears("a commit of the same files", &checkout.site, &[]);
    for arguments in [
        ["--as-of", "2025-06-30"].as_slice(),
        &["--base-url", "https://plan.example.org/"],
        &["--drafts"],
        &["--no-history"],
    ] {
        hears(&arguments.join(" "), &checkout.site, arguments);
    }
    build(&checkout.site, &[]);
    fs::remove_file(checkout.site.path("content/plan.pdf")).unwrap();
    hears("a file that is gone", &checkout.site, &[]);
}

#[test]
fn a_history_that_comes_later_is_told() {
    let mut checkout = Checkout::of(Site::small().file(".gitignore", "public\n.public.*\n"));
    checkout.commit();
    checkout.write(
        "content/org/2025/scorecard.yaml",
        SCORECARD.replace("target: 90", "target: 80"),
    );
    checkout.commit();
    let clone = Site::empty();
    let from = format!("file://{}", checkout.site.path("").display());
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        let run = git.arg("-C").arg(clone.path("")).args(arguments).output();
        let run = run.unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
    };
    git(&["clone", "--quiet", "--depth", "1", &from, "."]);
    assert!(made(&build(&clone, &["--no-history"])));
    // Where no history is told, none can come to be told.
    assert!(!made(&build(&clone, &["--no-history"])));
    assert!(made(&build(&clone, &[])));
    assert!(made(&build(&clone, &[])));
    git(&["fetch", "--quiet", "--unshallow"]);
    assert!(made(&build(&clone, &[])));
    assert!(clone.text("org/2025/data/changes.csv").contains(",90,80,"));
}

#[test]
fn a_site_that_somebody_touched_is_mended() {
    let site = Site::small();
    build(&site, &[]);
    let whole = contents(&site.path("public"));
    let page = site.path(PAGE);
    let text = fs::read_to_string(&page).unwrap();
    let forge = || {
        // The page, the manifest and the sums, all as if they had been published.
        fs::write(&page, text.replace("90", "70")).unwrap();
        let sum = |text: &str| scorepress::publish::sha256(text.as_bytes());
        let swap = |path: &str, old: &str, new: &str| {
            let path = site.path("public").join(path);
            let old_text = fs::read_to_string(&path).unwrap();
            fs::write(&path, old_text.replace(old, new)).unwrap();
            (old_text.clone(), old_text.replace(old, new))
        };
        let (old, new) = (sum(&text), sum(&text.replace("90", "70")));
        let (was, is) = swap("manifest.json", &old, &new);
        swap("SHA256SUMS", &old, &new);
        swap("SHA256SUMS", &sum(&was), &sum(&is));
    };
    let spoils: [(&str, &dyn Fn()); 7] = [
        ("a byte", &|| {
            fs::write(&page, text.replacen('9', "8", 1)).unwrap();
        }),
        ("an empty page", &|| fs::write(&page, "").unwrap()),
        ("no page", &|| fs::remove_file(&page).unwrap()),
        ("no sums", &|| {
            fs::remove_file(site.path("public/SHA256SUMS")).unwrap();
        }),
        ("other sums", &|| {
            fs::write(site.path("public/SHA256SUMS"), "").unwrap();
        }),
        ("a signature", &|| {
            fs::write(site.path("public/manifest.json.sig"), "").unwrap();
        }),
        ("a forged site", &forge),
    ];
    for (what, spoil) in spoils {
        assert!(!made(&build(&site, &[])), "{what}");
        spoil();
        assert!(made(&build(&site, &[])), "{what}");
        assert_eq!(contents(&site.path("public")), whole, "{what}");
    }
    site.write("public/thesis.txt", "years of work");
    assert_eq!(site.run(&["build"]).code, 2);
    site.run(&["build", "--force"]);
    assert_eq!(contents(&site.path("public")), whole);
}

#[test]
fn a_receipt_that_says_nothing_sound_is_none() {
    let (site, other) = (Site::small(), Site::plan(&SCORECARD.replace("90", "80")));
    build(&site, &[]);
    build(&other, &[]);
    let own = fs::read_to_string(site.path(RECEIPT)).unwrap();
    let foreign = fs::read_to_string(other.path(RECEIPT)).unwrap();
    let made_from = |text: &str| -> Value {
        let receipt: Value = serde_json::from_str(text).unwrap();
        receipt["made_from"].clone()
    };
    // It claims that the sources of this site make the other one.
    let mut lie: Value = serde_json::from_str(&foreign).unwrap();
    lie["made_from"] = made_from(&own);
    let lie = lie.to_string();
    let whole = contents(&site.path("public"));
    for receipt in [
        "",
        "{}",
        "[",
        "null",
        &own[..own.len() / 2],
        &foreign,
        &lie,
        &own.replace("manifest", "manifests"),
        &" ".repeat(1 << 20),
    ] {
        site.write(RECEIPT, receipt);
        assert!(made(&build(&site, &[])), "{receipt:.80}");
        assert_eq!(contents(&site.path("public")), whole, "{receipt:.80}");
        assert_eq!(fs::read_to_string(site.path(RECEIPT)).unwrap(), own);
    }
}

/// An edit that is saved in the moment before a build costs that one a moment, and the
/// next one nothing.
#[test]
fn an_edit_just_before_a_build_is_built_on() {
    let site = Site::small();
    for target in ["81", "82", "83"] {
        let plan = SCORECARD.replace("target: 90", &format!("target: {target}"));
        site.write("content/org/2025/scorecard.yaml", &plan);
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
        assert!(site.text("org/2025/AC1.1.html").contains(target));
        assert!(!made(&build(&site, &[])), "{target}");
    }
}

#[test]
fn warnings_are_told_each_time() {
    let settings = "title: Test\nlanguages: [en, zh-Hant]\ncheck: {missing-translation: warn}\n";
    let site = Site::small().file("content/site.yaml", settings);
    for _ in 0..2 {
        let summary = build(&site, &[]);
        assert_ne!(summary["warnings"], 0);
        assert!(made(&summary));
    }
    site.write("content/site.yaml", settings.replace(": warn}", ": allow}"));
    assert!(made(&build(&site, &[])));
    assert!(!made(&build(&site, &[])));
}

/// A manifest says who signed it, and the site of another has another one.
#[test]
fn a_key_that_comes_or_goes_makes_the_site_anew() {
    let site = Site::small();
    let made_key = Command::new("ssh-keygen")
        .args(["-q", "-t", "ed25519", "-N", "", "-f"])
        .arg(site.path("key"))
        .status();
    assert!(made_key.unwrap().success());
    let key = site.path("key").display().to_string();
    let signed = ["--sign", key.as_str()];
    for arguments in [&signed[..], &[], &signed] {
        assert!(made(&build(&site, arguments)), "{arguments:?}");
        assert_eq!(
            contents(&site.path("public")),
            alone(&site, arguments),
            "{arguments:?}"
        );
        assert!(!made(&build(&site, arguments)), "{arguments:?}");
    }
    // The signature alone is gone, or comes from elsewhere.
    fs::remove_file(site.path("public/manifest.json.sig")).unwrap();
    build(&site, &[]);
    assert_eq!(contents(&site.path("public")), alone(&site, &[]));
    let by_hand = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "file", "-f", &key])
        .arg(site.path("public/manifest.json"))
        .status();
    assert!(by_hand.unwrap().success());
    build(&site, &signed);
    assert_eq!(contents(&site.path("public")), alone(&site, &signed));
}
