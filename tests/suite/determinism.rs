//! Same input, same bytes: whoever builds a site, wherever and however, every
//! file of it is the same.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::time::{Duration, SystemTime};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::site::{Run, bytes, command, program};

/// The starter has something of everything, also tables that are workbooks.
fn starter() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/demo")
}

/// Copies a site, the files in the order that `sort` gives them.
fn copy_sorted(to: &Path, sort: impl Fn(&mut Vec<PathBuf>)) {
    let from = starter();
    let files = WalkDir::new(&from).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    let mut files: Vec<_> = files
        .map(|file| file.path().strip_prefix(&from).unwrap().to_owned())
        .filter(|file| !file.starts_with("public"))
        .collect();
    files.sort();
    sort(&mut files);
    for file in files {
        let target = to.join(&file);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(from.join(&file), target).unwrap();
    }
}

/// The starter in a folder of its own.
fn copy() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy_sorted(folder.path(), |_| {});
    folder
}

/// Every file that a build makes. A file of the output that is hidden would be
/// none of the site.
fn built(build: &mut Command, output: &Path) -> Vec<(String, Vec<u8>)> {
    let run = Run::of(&build.output().unwrap());
    assert_eq!(run.code, 0, "{}", run.err);
    let found = bytes(output);
    let files = WalkDir::new(output).into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file()).count();
    assert_eq!(found.len(), files, "hidden files");
    fs::remove_dir_all(output).unwrap();
    found
}

/// What a plain build makes of the starter.
fn expected() -> &'static [(String, Vec<u8>)] {
    static EXPECTED: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    EXPECTED.get_or_init(|| {
        let folder = copy();
        let mut build = command(&["build"]);
        built(build.current_dir(&folder), &folder.path().join("public"))
    })
}

/// Builds a copy of the starter, which must make exactly the plain build's files.
#[track_caller]
fn assert_same(change: &str, build: &mut Command, output: &Path) {
    let found = built(build, output);
    let paths = |files: &[(String, Vec<u8>)]| -> Vec<String> {
        files.iter().map(|(path, _)| path.clone()).collect()
    };
    assert_eq!(paths(&found), paths(expected()), "{change}");
    for ((path, found), (_, expected)) in found.iter().zip(expected()) {
        assert!(found == expected, "{change}: {path} differs");
    }
}

/// The command with a mask of modes; elsewhere there is none.
fn masked(mask: &str) -> Command {
    if cfg!(not(unix)) {
        return command(&["build"]);
    }
    let mut build = Command::new("sh");
    build
        .args(["-c", "umask \"$1\"; shift; exec \"$@\"", "sh", mask])
        .arg(program())
        .arg("build");
    build
}

#[test]
fn threads_locale_time_zone_clock_and_mask_leave_no_trace() {
    for (threads, locale, zone, clock, mask) in [
        ("1", "C", "UTC", "0", "022"),
        ("2", "zh_TW.UTF-8", "Asia/Taipei", "1", "077"),
        ("3", "tr_TR.UTF-8", "America/St_Johns", "951782400", "000"),
        ("4", "de_DE.ISO-8859-1", "Etc/GMT+12", "1767225599", "027"),
        (
            "5",
            "ar_EG.UTF-8",
            "Pacific/Kiritimati",
            "4102444800",
            "002",
        ),
        ("6", "sv_SE.UTF-8", "Asia/Kathmandu", "", "022"),
        ("7", "th_TH.UTF-8", "nowhere", "soon", "007"),
        ("8", "", "", "-1", "037"),
    ] {
        let folder = copy();
        let mut build = masked(mask);
        build
            .current_dir(&folder)
            .env("RAYON_NUM_THREADS", threads)
            .env("LC_ALL", locale)
            .env("LANG", locale)
            .env("TZ", zone)
            .env("SOURCE_DATE_EPOCH", clock);
        assert_same(
            &format!("{threads} threads, {locale}, {zone}, {clock}, {mask}"),
            &mut build,
            &folder.path().join("public"),
        );
    }
}

#[test]
fn the_folder_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("河港 & <city>/a b");
    copy_sorted(&root, |_| {});
    let elsewhere = folder.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    let mut beside = command(&["build", "--output", "out/site", "--root"]);
    beside.arg(Path::new("..").join("河港 & <city>/a b"));
    beside.current_dir(&elsewhere);
    assert_same("another folder", &mut beside, &elsewhere.join("out/site"));
}

#[test]
fn the_order_and_time_in_which_files_came_leave_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    copy_sorted(folder.path(), |files| {
        files.sort_by_key(|file| hash(&file.to_string_lossy()));
    });
    for (days, entry) in WalkDir::new(folder.path()).into_iter().enumerate() {
        let entry = entry.unwrap();
        if entry.file_type().is_file() {
            let days = Duration::from_hours(24 * u64::try_from(days).unwrap());
            let file = fs::File::options().write(true).open(entry.path()).unwrap();
            file.set_modified(SystemTime::UNIX_EPOCH + days).unwrap();
        }
    }
    let mut build = command(&["build"]);
    build.current_dir(&folder);
    assert_same("another order", &mut build, &folder.path().join("public"));
}

/// Scatters names, the same way in every run.
fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
