//! A disk that is full, or closed to long files: the former site stays, and the
//! build says so.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output};

use crate::mounts::Mounts;
use crate::site::Run;
use crate::twins::{Twins, fast_folder, names, stagings};

/// What a disk in memory hands out at a time.
const PAGE: usize = 4096;

/// Fills the disk but for a number of pages.
fn fill(file: &Path, free: usize) {
    let mut filler = File::create(file).unwrap();
    let mut written = 0;
    loop {
        match filler.write(&[1; PAGE]) {
            Ok(bytes) => written += bytes,
            Err(error) if error.kind() == ErrorKind::StorageFull => break,
            Err(error) => panic!("{error}"),
        }
    }
    let left = written.saturating_sub(free * PAGE);
    filler.set_len(u64::try_from(left).unwrap()).unwrap();
}

/// Builds the second site over the first with `free` pages or files to spare,
/// as `fill` leaves them. Tells whether it fitted.
fn fits(twins: &Twins, output: &Path, fill: impl Fn(), empty: impl Fn()) -> bool {
    let parent = output.parent().unwrap();
    let beside = names(parent);
    fill();
    let run = twins.run(1, output);
    empty();
    assert_eq!(stagings(&[parent, output]).len(), 0);
    assert_eq!(names(parent), beside);
    if run.code == 0 {
        assert_eq!(twins.standing(output), 1);
        twins.build(0, output);
        return true;
    }
    assert_eq!(run.code, 3, "{}", run.err);
    for part in [
        "No space left on device",
        "the output is as it was",
        "free some space on that disk and build again",
    ] {
        assert!(run.err.contains(part), "{}", run.err);
    }
    assert_eq!(twins.standing(output), 0, "{}", run.err);
    assert!(!output.join("org/2024").exists(), "{}", run.err);
    false
}

/// Looks for the least space that is enough, which tries what is nearly enough.
fn least(enough: usize, fits: impl Fn(usize) -> bool) -> usize {
    let (mut no, mut yes) = (0, enough);
    assert!(!fits(no) && fits(yes));
    while yes - no > 1 {
        let middle = usize::midpoint(no, yes);
        *if fits(middle) { &mut yes } else { &mut no } = middle;
    }
    yes
}

/// Tries outputs on a disk and outputs that are one.
fn on_disks(options: &str, try_on: impl Fn(&Path, &Path)) {
    let folder = fast_folder();
    let output = folder.path().join("public");
    fs::create_dir(&output).unwrap();
    for disk in [folder.path(), &output] {
        let script = format!("mount -t tmpfs -o {options} none \"$1\"");
        let Some(mounts) = Mounts::new(&script, disk) else {
            return;
        };
        try_on(&mounts.path(disk), &mounts.path(&output));
    }
}

#[test]
fn the_former_site_stays_until_the_new_one_fits() {
    let twins = Twins::new();
    on_disks("size=3m", |disk, output| {
        twins.build(0, output);
        let filler = disk.join(".filler");
        let enough = least(300, |free| {
            let fill = || fill(&filler, free);
            fits(&twins, output, fill, || fs::remove_file(&filler).unwrap())
        });
        assert!(enough > 20, "{enough}");
    });
}

#[test]
fn so_it_does_until_the_disk_has_room_for_all_its_names() {
    let twins = Twins::new();
    on_disks("nr_inodes=300", |disk, output| {
        twins.build(0, output);
        let folder = disk.join(".filler");
        let enough = least(120, |free| {
            let fill = || {
                fs::create_dir(&folder).unwrap();
                let files = (0..).map(|number: usize| folder.join(number.to_string()));
                let files: Vec<_> = files
                    .take_while(|file| File::create_new(file).is_ok())
                    .collect();
                for file in &files[..free] {
                    fs::remove_file(file).unwrap();
                }
            };
            fits(&twins, output, fill, || {
                fs::remove_dir_all(&folder).unwrap();
            })
        });
        assert!(enough > 20, "{enough}");
    });
}

/// Builds the second site where no file may be longer than a number of blocks
/// of 512 bytes. A program that does not catch the signal is ended by it.
fn build_with_short_files(twins: &Twins, output: &Path, blocks: usize, signal: &str) -> Output {
    let build = twins.command(1, output);
    Command::new("sh")
        .args([
            "-c",
            "trap \"$1\" XFSZ; ulimit -c 0; ulimit -f \"$2\"; shift 2; exec \"$@\"",
        ])
        .args(["sh", signal, &blocks.to_string()])
        .arg(build.get_program())
        .args(build.get_args())
        .output()
        .unwrap()
}

#[test]
fn a_limit_on_the_length_of_files_leaves_the_former_site() {
    let twins = Twins::new();
    let folder = fast_folder();
    let output = folder.path().join("public");
    twins.build(0, &output);
    let enough = least(1 << 10, |blocks| {
        let run = Run::of(&build_with_short_files(&twins, &output, blocks, ""));
        assert_eq!(names(folder.path()), ["public"]);
        if run.code == 0 {
            assert_eq!(twins.standing(&output), 1);
            twins.build(0, &output);
            return true;
        }
        assert_eq!(run.code, 3, "{}", run.err);
        for part in ["File too large", "the output is as it was"] {
            assert!(run.err.contains(part), "{}", run.err);
        }
        assert_eq!(twins.standing(&output), 0, "{}", run.err);
        false
    });
    assert!(enough > 20, "{enough}");
    // The same where the system ends the build in the middle of a file.
    for blocks in [1, enough / 2, enough - 1] {
        let ended = build_with_short_files(&twins, &output, blocks, "-").status;
        assert_eq!(ended.code(), None);
        assert!(ended.signal().is_some());
        assert_eq!(twins.standing(&output), 0);
    }
    twins.build(1, &output);
    assert_eq!(names(folder.path()), ["public"]);
}
