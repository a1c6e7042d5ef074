//! Builds killed at any moment: the output is the former site or the new one,
//! whole, and so is every page that somebody reads meanwhile.
//!
//! `SCOREPRESS_KILLS` says how many builds are killed.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;

use crate::killer::{Killer, Moment, Plan};
use crate::reader::{Promise, while_reading};
use crate::rights::{Closed, bound_by_modes};
use crate::site::{Page, bytes, command, resolve};
use crate::twins::{Twins, fast_folder, names, stagings};

/// Files that every build carries over and clears away one by one, so that
/// there is time to kill it meanwhile.
const DOTFILES: usize = 300;

#[test]
fn killed_builds_leave_one_whole_site() {
    let twins = Twins::new();
    let folder = fast_folder();
    let output = folder.path().join("public");
    fs::create_dir_all(output.join(".git")).unwrap();
    for number in 0..DOTFILES {
        fs::write(output.join(format!(".git/{number}")), "").unwrap();
    }
    let start = |which| {
        let mut command = twins.command(which, &output);
        command.stderr(Stdio::null()).spawn().unwrap()
    };
    let mut killer = Killer::new(&output, &start);
    let (mut killed, mut swapped) = (0, 0);
    let ((), reads) = while_reading(&twins, &output, Promise::WholeSites, |is_read| {
        let plan = Plan::of_environment();
        let mut standing = 1;
        for moment in Moment::in_turn() {
            if plan.is_done(killed, swapped > 0) || !is_read() {
                break;
            }
            let was_running = killer.kill(1 - standing, moment);
            let now = twins.standing(&output);
            assert_eq!(names(&output.join(".git")).len(), DOTFILES);
            killed += usize::from(was_running);
            swapped += usize::from(was_running && now != standing);
            standing = now;
            // Each build clears away what the one before it left.
            let left = killer.stagings();
            assert!(left.len() <= 1, "{left:?}");
        }
    });
    eprintln!("{killed} builds killed, {swapped} of them after the swap; {reads:?}");
    assert!(swapped > 0 && reads.sites > 0, "{killed}, {swapped}");
    assert!(reads.twice * 100 <= reads.pages, "{reads:?}");
    for which in [0, 1] {
        twins.build(which, &output);
        assert_eq!(names(folder.path()), ["public"]);
        assert!(stagings(&[&output]).is_empty());
        assert_eq!(names(&output.join(".git")).len(), DOTFILES);
    }
}

#[test]
fn where_nothing_can_be_swapped_killed_builds_leave_whole_files() {
    let twins = Twins::new();
    let folder = fast_folder();
    let output = folder.path().join("public");
    twins.build(0, &output);
    let _closed = Closed::new(folder.path());
    if bound_by_modes(twins.command(0, &output)).is_none() {
        return;
    }
    let start = |which| {
        let mut command = bound_by_modes(twins.command(which, &output)).unwrap();
        command.stderr(Stdio::null()).spawn().unwrap()
    };
    let mut killer = Killer::new(&output, &start);
    let (mut killed, mut mixed) = (0, 0);
    let ((), reads) = while_reading(&twins, &output, Promise::WholePages, |is_read| {
        let plan = Plan::of_environment();
        for (count, moment) in Moment::in_turn().enumerate() {
            if plan.is_done(killed, mixed > 0) || !is_read() {
                break;
            }
            let was_running = killer.kill(count % 2, moment);
            killed += usize::from(was_running);
            mixed += usize::from(was_running && is_mixture(&twins, &output));
            let left = killer.stagings();
            assert!(left.len() <= 1, "{left:?}");
        }
    });
    eprintln!("{killed} builds killed, {mixed} of them between two files; {reads:?}");
    assert!(mixed > 0 && reads.pages > 0, "{killed}, {mixed}");
    for which in [0, 1] {
        assert!(start(which).wait().unwrap().success());
        assert_eq!(twins.standing(&output), which);
        assert_eq!(names(folder.path()), ["public"]);
        assert!(stagings(&[&output]).is_empty());
    }
}

/// Whether files of both sites stand in the output. Each is whole, no file that
/// both sites have is lost, the manifest lists everything, so that the next
/// build knows it for its own, and whoever verifies the site hears of it.
fn is_mixture(twins: &Twins, output: &Path) -> bool {
    let found = bytes(output);
    if twins.expected.contains(&found) {
        return false;
    }
    let manifest = found.iter().find(|(path, _)| path == "manifest.json");
    let manifest: Value = serde_json::from_slice(&manifest.unwrap().1).unwrap();
    let listed = manifest["files"].as_array().unwrap().iter();
    let listed: BTreeSet<_> = listed.map(|file| file["path"].as_str().unwrap()).collect();
    for (path, bytes) in &found {
        if !["manifest.json", "SHA256SUMS"].contains(&path.as_str()) {
            assert!(listed.contains(path.as_str()), "{path} is not listed");
        }
        let is_whole = (0..2).any(|which| twins.file(which, path) == Some(bytes));
        assert!(
            is_whole || path == "manifest.json",
            "{path} is of neither site"
        );
    }
    for (path, _) in &twins.expected[0] {
        let is_lost = found.iter().all(|(other, _)| other != path);
        assert!(!is_lost || twins.file(1, path).is_none(), "{path} is lost");
    }
    assert_linked(output, &found);
    let verified = command(&["verify"]).arg(output).output().unwrap();
    assert_eq!(verified.status.code(), Some(1), "verify finds nothing");
    true
}

/// Whoever begins at the home page and follows links always comes to a file,
/// whichever site it is of.
fn assert_linked(output: &Path, found: &[(String, Vec<u8>)]) {
    let files: BTreeSet<_> = found.iter().map(|(path, _)| path.as_str()).collect();
    let mut reached = BTreeSet::from(["index.html".to_owned()]);
    let mut unread = vec!["index.html".to_owned()];
    while let Some(page) = unread.pop() {
        for link in Page::read(&output.join(&page)).attributes("href") {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() || target.contains(':') {
                continue;
            }
            let target = resolve(&page, target);
            assert!(files.contains(target.as_str()), "{page}: no {link}");
            if target.ends_with(".html") && reached.insert(target.clone()) {
                unread.push(target);
            }
        }
    }
    assert!(reached.len() > 1);
}
