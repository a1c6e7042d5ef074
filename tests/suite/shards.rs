//! Parts of a site: together they are the whole, byte for byte.

use std::fs;
use std::path::Path;

use crate::site::{Run, Site, bytes, command};

/// Builds parts of the demo into folders beside each other.
fn parts(out: &Path, of: usize) -> Vec<String> {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/demo");
    (1..=of)
        .map(|number| {
            let folder = out.join(format!("{number}-of-{of}"));
            let run = command(&["build", "--quiet", "--shard", &format!("{number}/{of}")])
                .arg("--root")
                .arg(&demo)
                .arg("--output")
                .arg(&folder)
                .output()
                .unwrap();
            let run = Run::of(&run);
            assert_eq!(run.code, 0, "{}", run.err);
            folder.to_str().unwrap().to_owned()
        })
        .collect()
}

fn merge(site: &Site, parts: &[&str]) -> Run {
    let arguments: Vec<&str> = ["merge", "whole"].iter().chain(parts).copied().collect();
    site.run(&arguments)
}

#[test]
fn parts_of_the_demo_are_disjoint_and_merge_into_the_whole() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/demo");
    let out = Site::empty();
    let whole = out.path("built");
    let run = command(&["build", "--quiet", "--root"])
        .arg(&demo)
        .arg("--output")
        .arg(&whole)
        .output()
        .unwrap();
    assert!(run.status.success());
    let expected = bytes(&whole);
    for of in [1, 3] {
        let parts = parts(&out.path(""), of);
        let own = |path: &str| path == "manifest.json" || path == "SHA256SUMS";
        let mut seen = Vec::new();
        for part in &parts {
            let held = bytes(Path::new(part));
            let files = held.iter().filter(|(path, _)| !own(path));
            assert!(of == 1 || files.clone().count() < expected.len() / 2);
            seen.extend(files.map(|(path, _)| path.clone()));
        }
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(
            (count, seen.len()),
            (expected.len() - 2, expected.len() - 2)
        );

        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let run = merge(&out, &parts);
        assert_eq!(run.code, 0, "{}", run.err);
        let merged = bytes(&out.path("whole"));
        assert_eq!(merged.len(), expected.len());
        for ((path, bytes), (other, others)) in expected.iter().zip(&merged) {
            assert_eq!(path, other);
            assert!(bytes == others, "{path} differs");
        }
    }
}

#[test]
fn parts_that_are_no_whole_are_refused_and_nothing_is_written() {
    let site = Site::small();
    let build = |shard: &str, output: &str| {
        let run = site.run(&["build", "--quiet", "--shard", shard, "--output", output]);
        assert_eq!(run.code, 0, "{}", run.err);
    };
    build("1/2", "one");
    build("2/2", "two");
    build("2/2", "again");
    build("1/3", "third");
    let refused = |parts: &[&str], says: &str| {
        let run = merge(&site, parts);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(says), "{}", run.err);
        assert!(!site.path("whole").exists());
    };
    refused(&["one"], "part 2/2 is missing");
    refused(
        &["one", "two", "again"],
        "again cannot be merged: it is part 2, like two",
    );
    refused(
        &["one", "third"],
        "third cannot be merged: it is one of 3 parts, one one of 2",
    );
    refused(
        &["one", "content"],
        "content cannot be merged: it has no manifest",
    );
    refused(
        &["one", "nowhere"],
        "nowhere cannot be merged: it has no manifest",
    );

    site.write("content/about.md", "---\ntitle: New\n---\n");
    build("2/2", "newer");
    refused(
        &["one", "newer"],
        "newer cannot be merged: it was made from other sources",
    );

    let page = site.path("two").join("org/2025/index.html");
    let page = if page.exists() {
        page
    } else {
        site.path("one").join("org/2025/index.html")
    };
    let mut bytes = fs::read(&page).unwrap();
    bytes[200] ^= 1;
    fs::write(&page, bytes).unwrap();
    refused(
        &["one", "two"],
        "`org/2025/index.html` is not what its manifest says",
    );
}

#[test]
fn a_part_never_takes_the_place_of_the_whole() {
    let site = Site::small();
    site.build();
    let before = bytes(&site.path("public"));
    let run = site.run(&["build", "--shard", "1/2"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("a folder for each part"), "{}", run.err);
    assert_eq!(bytes(&site.path("public")), before);
    for wrong in ["0/2", "3/2", "2", "x"] {
        let run = site.run(&["build", "--shard", wrong]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("such as 2/8"), "{}", run.err);
    }
}
