//! What stands in the output after a build.

use proptest::prelude::*;

use super::*;

#[test]
fn the_first_build_makes_the_folder_and_its_parents() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("deep/down/public");
    let outcome = publish(
        &output,
        artifacts(&[("index.html", "home"), ("kpi/AC1.html", "AC1")]),
        &Options::default(),
    );
    assert_eq!(
        outcome.unwrap(),
        Outcome {
            written: 4,
            unchanged: 0,
            removed: 0
        }
    );
    let files = files_in(&output);
    assert_eq!(files["kpi/AC1.html"], "AC1");
    let manifest = Manifest::parse(files[MANIFEST].as_bytes()).unwrap();
    let listed: Vec<_> = manifest
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    assert_eq!(listed, ["index.html", "kpi/AC1.html"]);
    assert_eq!(files[SUMS].lines().count(), 3);
}

#[test]
fn the_output_is_exactly_the_new_site() {
    for place in Place::all() {
        place.publish(&[
            ("index.html", "1"),
            ("old/page.html", "x"),
            ("same.css", "c"),
        ]);
        let outcome = place.publish(&[("index.html", "2"), ("new.html", "n"), ("same.css", "c")]);
        // Three pages' worth of change: home, new page, manifest and sums.
        assert_eq!(
            outcome,
            Outcome {
                written: 4,
                unchanged: 1,
                removed: 1
            }
        );
        assert_eq!(
            place.files(),
            site(&[("index.html", "2"), ("new.html", "n"), ("same.css", "c")])
        );
        assert!(
            !place.at("old").exists(),
            "a folder goes with its last file"
        );
        assert_eq!(
            place.beside(),
            ["public"],
            "{:?} leaves nothing behind",
            place.method
        );
    }
}

#[test]
fn unchanged_files_keep_their_time_stamps() {
    for place in Place::all() {
        place.publish(&[("index.html", "1"), ("a/same.css", "c")]);
        age(&place.at("a/same.css"));
        place.publish(&[("index.html", "2"), ("a/same.css", "c")]);
        assert!(is_aged(&place.at("a/same.css")), "{:?}", place.method);
        assert!(!is_aged(&place.at("index.html")));
    }
}

#[test]
fn when_nothing_changed_nothing_is_touched() {
    for place in Place::all() {
        let pages = [("index.html", "1"), ("a/b.html", "2")];
        place.publish(&pages);
        let before = identities(&place.output());
        let outcome = place.publish(&pages);
        assert_eq!(
            outcome,
            Outcome {
                written: 0,
                unchanged: 4,
                removed: 0
            }
        );
        assert_eq!(identities(&place.output()), before, "{:?}", place.method);
    }
}

/// What tells a file or folder from one that replaced it.
#[cfg(unix)]
fn identities(folder: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    use std::os::unix::fs::MetadataExt;

    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    entries
        .filter(|entry| !entry.file_type().is_dir() || entry.depth() > 0)
        .map(|entry| {
            let found = entry.metadata().unwrap();
            (
                entry.path().to_owned(),
                found.ino(),
                found.modified().unwrap(),
            )
        })
        .collect()
}

#[cfg(not(unix))]
fn identities(folder: &Path) -> Vec<(PathBuf, u64, SystemTime)> {
    let entries = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            (
                entry.path().to_owned(),
                0,
                entry.metadata().unwrap().modified().unwrap(),
            )
        })
        .collect()
}

#[test]
fn a_file_somebody_changed_by_hand_is_put_right() {
    for place in Place::all() {
        place.publish(&[("index.html", "right")]);
        place.lay("index.html", "wrong");
        let outcome = place.publish(&[("index.html", "right")]);
        assert_eq!(
            outcome,
            Outcome {
                written: 1,
                unchanged: 2,
                removed: 0
            }
        );
        assert_eq!(place.files(), site(&[("index.html", "right")]));
    }
}

/// A small site at random: few paths, so that builds meet.
fn any_site() -> impl Strategy<Value = BTreeMap<String, String>> {
    prop::collection::btree_map("[ab](/[ab]){0,2}\\.html", "[xy]", 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever was published before and however, the output is the last site,
    /// the counts add up, and the sums are those of the files.
    #[test]
    fn the_last_build_wins(sites in prop::collection::vec((any_site(), 0_usize..3), 1..4)) {
        let mut place = Place::new(Method::Exchange);
        let mut before = 0;
        for (pages, method) in sites {
            place.method = METHODS[method];
            let listed: Vec<_> = pages.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
            let outcome = place.publish(&listed);
            prop_assert_eq!(place.files(), pages.clone());
            prop_assert_eq!(outcome.written + outcome.unchanged, pages.len() + 2);
            prop_assert!(outcome.unchanged + outcome.removed <= before);
            before = pages.len() + 2;
            let files = files_in(&place.output());
            let manifest = Manifest::parse(files[MANIFEST].as_bytes()).unwrap();
            prop_assert_eq!(&files[SUMS], &String::from_utf8(manifest.to_sums(&sha256(files[MANIFEST].as_bytes()))).unwrap());
            for entry in &manifest.files {
                prop_assert_eq!(entry.bytes, files[entry.path.as_str()].len() as u64);
            }
        }
        prop_assert_eq!(place.beside(), ["public"]);
    }
}
