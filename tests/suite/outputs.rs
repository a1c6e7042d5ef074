//! Output folders of every kind: where a site can be published it is published
//! whole, and where it cannot, everything stays as it is and the command says why.

use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::mounts::Mounts;
use crate::rights::{Closed, bound_by_modes};
use crate::site::Run;
use crate::twins::{Twins, fast_folder, names, stagings};

/// Everything in a folder, hidden or not, with what it holds, its mode and when
/// it was changed.
fn snapshot(folder: &Path) -> Vec<(PathBuf, u32, SystemTime, Vec<u8>)> {
    let entries = WalkDir::new(folder).min_depth(1).sort_by_file_name();
    entries
        .into_iter()
        .map(|entry| {
            let path = entry.unwrap().into_path();
            let found = fs::symlink_metadata(&path).unwrap();
            let bytes = match found.file_type() {
                kind if kind.is_symlink() => fs::read_link(&path)
                    .unwrap()
                    .into_os_string()
                    .into_encoded_bytes(),
                kind if kind.is_file() => fs::read(&path).unwrap(),
                _ => Vec::new(),
            };
            (path, found.mode(), found.modified().unwrap(), bytes)
        })
        .collect()
}

/// A folder with the first site in `public`.
fn published(twins: &Twins) -> (TempDir, PathBuf) {
    let folder = fast_folder();
    let output = folder.path().join("public");
    twins.build(0, &output);
    (folder, output)
}

#[track_caller]
fn assert_refused(run: &Run, code: i32, parts: &[&str]) {
    assert_eq!(run.code, code, "{}", run.err);
    for part in parts {
        assert!(run.err.contains(part), "no {part:?} in {}", run.err);
    }
}

#[test]
fn a_link_is_refused_and_neither_it_nor_what_it_leads_to_is_touched() {
    let twins = Twins::new();
    let (folder, _) = published(&twins);
    fs::create_dir(folder.path().join("somebody")).unwrap();
    fs::write(folder.path().join("somebody/thesis.txt"), "years").unwrap();
    for target in ["public", "somebody", "nowhere", "somebody/thesis.txt"] {
        let link = folder.path().join("link");
        symlink(target, &link).unwrap();
        let before = snapshot(folder.path());
        for output in [link.clone(), link.join(""), link.join(".")] {
            assert_refused(&twins.run(1, &output), 2, &["symbolic link"]);
            let forced = twins.command(1, &output).arg("--force").output().unwrap();
            assert_refused(&Run::of(&forced), 2, &["symbolic link"]);
            assert_eq!(snapshot(folder.path()), before, "{}", output.display());
        }
        fs::remove_file(link).unwrap();
    }
}

#[test]
fn a_link_on_the_way_to_the_output_is_followed() {
    let twins = Twins::new();
    let (folder, output) = published(&twins);
    symlink(".", folder.path().join("here")).unwrap();
    twins.build(1, &folder.path().join("here/public"));
    assert_eq!(twins.standing(&output), 1);
    assert_eq!(names(folder.path()), ["here", "public"]);
}

#[test]
fn files_that_no_build_wrote_are_a_refusal_and_stay() {
    let twins = Twins::new();
    for stranger in [
        "thesis.txt",
        "org/2025/notes.txt",
        "org/2024/AC1.1.html",
        "new/x",
    ] {
        let (folder, output) = published(&twins);
        let stranger_path = output.join(stranger);
        fs::create_dir_all(stranger_path.parent().unwrap()).unwrap();
        fs::write(stranger_path, "years of work").unwrap();
        let before = snapshot(folder.path());
        assert_refused(&twins.run(1, &output), 2, &[stranger, "--force"]);
        assert_eq!(snapshot(folder.path()), before, "{stranger}");
    }
    // The folder of another program, with a manifest of its own.
    let folder = fast_folder();
    let output = folder.path().join("public");
    fs::create_dir(&output).unwrap();
    fs::write(output.join("manifest.json"), "{\"name\": \"App\"}").unwrap();
    fs::write(output.join("index.html"), "<p>App").unwrap();
    let before = snapshot(folder.path());
    assert_refused(&twins.run(1, &output), 2, &["index.html", "--force"]);
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn what_killed_builds_left_is_cleared_away_and_nothing_else() {
    let twins = Twins::new();
    let (folder, output) = published(&twins);
    let at = |path: &str| folder.path().join(path);
    for left in [
        ".public.staging-aB3dE6",
        "public/.public.staging-Zz09aA",
        ".public.former-site",
    ] {
        fs::create_dir_all(at(left).join("org")).unwrap();
        fs::write(at(left).join("org/index.html"), "half a pa").unwrap();
    }
    fs::write(at(".public.lock"), "").unwrap();
    let others = [
        ".public.staging-notes",
        ".public.staging-2025-10-31",
        ".other.staging-aB3dE6",
    ];
    for other in others {
        fs::write(at(other), "years of work").unwrap();
    }
    twins.build(1, &output);
    let mut expected: Vec<_> = others.into_iter().chain(["public"]).collect();
    expected.sort_unstable();
    assert_eq!(names(folder.path()), expected);
    assert!(stagings(&[&output]).is_empty());

    // Killed between the two renames that stand in for a swap.
    fs::rename(&output, at(".public.former-site")).unwrap();
    twins.build(0, &output);
    assert_eq!(names(folder.path()), expected);
}

#[test]
fn the_output_may_lie_on_another_file_system_than_the_sources() {
    let twins = Twins::new();
    let (folder, output) = published(&twins);
    let sources = tempfile::tempdir().unwrap();
    let device = |path: &Path| fs::metadata(path).unwrap().dev();
    if device(folder.path()) == device(sources.path()) {
        eprintln!("skipped: this machine has one file system for everything temporary");
        return;
    }
    twins.build(1, &output);
    twins.build(0, &output);
    assert_eq!(names(folder.path()), ["public"]);
}

#[test]
fn the_output_may_be_a_file_system_or_hold_one() {
    let twins = Twins::new();
    for mounted in ["public", "public/org", "public/.cache/disk"] {
        let (folder, output) = published(&twins);
        fs::create_dir_all(folder.path().join("public/.cache/disk")).unwrap();
        fs::write(folder.path().join("public/.cache/disk/own"), "kept").unwrap();
        // With what stands there already.
        let script = "cp -a \"$1\" \"$1.copy\"; mount -t tmpfs none \"$1\"; cp -a \"$1.copy/.\" \"$1\"; rm -r \"$1.copy\"";
        let Some(mounts) = Mounts::new(script, &folder.path().join(mounted)) else {
            return;
        };
        let [seen, output] = [folder.path(), &output].map(|path| mounts.path(path));
        let device = |path: &Path| fs::metadata(path).unwrap().dev();
        let disk = device(&seen.join(mounted));
        assert_ne!(device(&seen), disk);
        for which in [1, 0, 1] {
            twins.build(which, &output);
            assert_eq!(device(&seen.join(mounted)), disk);
            assert_eq!(fs::read(output.join(".cache/disk/own")).unwrap(), b"kept");
            assert_eq!(names(&seen), ["public"]);
            assert!(stagings(&[&seen, &output, &seen.join(mounted)]).is_empty());
        }
    }
}

#[test]
fn a_disk_that_cannot_be_written_is_said_to_be_one() {
    let twins = Twins::new();
    for read_only in ["", "public"] {
        let (folder, output) = published(&twins);
        let script = "mount --bind \"$1\" \"$1\"; mount -o remount,bind,ro \"$1\"";
        let Some(mounts) = Mounts::new(script, &folder.path().join(read_only)) else {
            return;
        };
        let before = snapshot(folder.path());
        let run = twins.run(1, &mounts.path(&output));
        let parts = [
            "Read-only file system",
            "the output is as it was",
            "give `--output` a folder on a disk that can be written",
        ];
        assert_refused(&run, 3, &parts);
        if read_only.is_empty() {
            let first = mounts.path(&folder.path().join("first"));
            assert_refused(&twins.run(1, &first), 3, &parts);
        }
        assert_eq!(snapshot(folder.path()), before, "{read_only:?}");
    }
}

#[test]
fn folders_that_are_closed_are_left_as_they_are() {
    let twins = Twins::new();
    let (folder, output) = published(&twins);
    let before = snapshot(folder.path());
    {
        let _closed = [Closed::new(folder.path()), Closed::new(&output)];
        for output in [output.clone(), folder.path().join("first")] {
            let Some(mut command) = bound_by_modes(twins.command(1, &output)) else {
                return;
            };
            let run = Run::of(&command.output().unwrap());
            assert_refused(&run, 3, &["Permission denied", "the output is as it was"]);
        }
    }
    assert_eq!(snapshot(folder.path()), before);
}

#[test]
fn one_of_output_and_parent_may_be_closed() {
    let twins = Twins::new();
    for is_parent in [true, false] {
        let (folder, output) = published(&twins);
        let closed = if is_parent { folder.path() } else { &output };
        let _closed = Closed::new(closed);
        for which in [1, 0] {
            let Some(mut command) = bound_by_modes(twins.command(which, &output)) else {
                return;
            };
            let run = Run::of(&command.output().unwrap());
            assert_eq!(run.code, 0, "{}", run.err);
            assert_eq!(twins.standing(&output), which);
            assert_eq!(fs::metadata(closed).unwrap().mode() & 0o777, 0o555);
            assert_eq!(names(folder.path()), ["public"]);
            assert!(stagings(&[&output]).is_empty());
        }
    }
}
