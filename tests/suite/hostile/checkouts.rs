//! A checkout that somebody prepared: a build runs nothing of it, waits for nothing,
//! and tells of its history what its commits hold.

use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::checkout::Checkout;
use crate::site::{SCORECARD, Site, command};

const PLAN: &str = "content/org/2025/scorecard.yaml";

fn committed() -> Checkout {
    let mut checkout = Checkout::of(Site::small().file(".gitignore", "public\n.public.*\n"));
    checkout.commit();
    checkout
}

/// The name of a filter need not be text, and hides no other one.
#[test]
fn filters_of_any_name_are_switched_off() {
    let checkout = committed();
    let place = checkout.site.path("trapped");
    let trap = format!("touch '{}'; cat", place.display());
    let settings: Vec<u8> = [
        b"[filter \"e\xff\"]\n\tclean = \"".as_slice(),
        trap.as_bytes(),
        b"\"\n[filter \"e\xfe\"]\n\trequired = false\n[filter \"plain\"]\n\tclean = \"",
        trap.as_bytes(),
        b"\"\n\tsmudge = \"",
        trap.as_bytes(),
        b"\"\n",
    ]
    .concat();
    let config = checkout.site.path(".git/config");
    let before = fs::read(&config).unwrap();
    fs::write(&config, [before, settings].concat()).unwrap();
    for attributes in [b"* filter=e\xff\n".as_slice(), b"* filter=plain\n"] {
        checkout.write(".git/info/attributes", attributes);
        // As long as before: only what it holds can tell whether it changed.
        checkout.write(PLAN, SCORECARD.replace("Listen", "Attend"));
        for locale in ["C", "C.UTF-8"] {
            for arguments in [&["build", "--fresh"][..], &["check", "--against", "HEAD"]] {
                let run = command(arguments)
                    .env("LC_ALL", locale)
                    .current_dir(checkout.site.path(""))
                    .output()
                    .unwrap();
                let error = String::from_utf8_lossy(&run.stderr);
                assert!(run.status.success(), "{error}");
                assert!(!place.exists(), "{locale} {arguments:?}");
            }
        }
    }
}

/// `git` opens whatever has the name of its own files.
#[test]
fn pipes_in_a_checkout_are_not_waited_for() {
    for place in [
        "content/.gitattributes",
        "content/org/.gitignore",
        ".gitattributes",
    ] {
        let checkout = committed();
        let pipe = checkout.site.path(place);
        let made = Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let mut build = command(&["build", "--quiet"]);
        let mut build = build.current_dir(checkout.site.path("")).spawn().unwrap();
        let begun = Instant::now();
        let ended = loop {
            if let Some(ended) = build.try_wait().unwrap() {
                break ended;
            }
            if begun.elapsed() > Duration::from_secs(10) {
                build.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(
            ended.success(),
            "{}",
            pipe.as_os_str().as_bytes().escape_ascii()
        );
    }
}

#[test]
fn neither_encodings_nor_grafts_hide_a_change() {
    let mut checkout = committed();
    checkout.write(PLAN, SCORECARD.replace("target: 90", "target: 80"));
    let head = checkout.commit();
    let told = |checkout: &Checkout| {
        let run = checkout.site.run(&["build", "--quiet", "--fresh"]);
        assert_eq!(run.code, 0, "{}", run.err);
        checkout.site.text("org/2025/data/changes.csv")
    };
    let before = told(&checkout);
    assert!(before.contains(",90,80,"), "{before}");
    checkout.git(&["config", "i18n.logOutputEncoding", "UTF-16"]);
    assert_eq!(told(&checkout), before);
    checkout.write(".git/info/grafts", format!("{head}\n"));
    assert_eq!(told(&checkout), before);
}

/// What an index takes for unchanged was altered all the same.
#[test]
fn no_flag_of_an_index_hides_a_file() {
    for flag in ["--assume-unchanged", "--skip-worktree"] {
        let checkout = committed();
        checkout.git(&["update-index", flag, PLAN]);
        checkout.write(PLAN, SCORECARD.replace("Listen", "Attend"));
        checkout.site.build();
        let manifest = checkout.site.text("manifest.json");
        assert!(manifest.contains("\"modified\": true"), "{flag}");
    }
}
