//! Several builds at once of one output: they take turns.

use std::process::{Child, Stdio};
use std::thread;
use std::time::Duration;

use crate::killer::Dice;
use crate::reader::{Promise, while_reading};
use crate::twins::{Twins, fast_folder, names};

fn together(twins: &Twins, output: &std::path::Path, count: usize) -> Vec<Child> {
    let start = |number: usize| {
        let mut command = twins.command(number % 2, output);
        command.stderr(Stdio::piped()).spawn().unwrap()
    };
    (0..count).map(start).collect()
}

fn assert_published(build: Child) {
    let ended = build.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{said}");
}

#[test]
fn builds_at_once_all_succeed_and_the_site_is_always_one_of_theirs() {
    let twins = Twins::new();
    let folder = fast_folder();
    let output = folder.path().join("public");
    twins.build(0, &output);
    let ((), reads) = while_reading(&twins, &output, Promise::WholeSites, |_| {
        for _ in 0..3 {
            for build in together(&twins, &output, 4) {
                assert_published(build);
            }
            twins.standing(&output);
            assert_eq!(names(folder.path()), ["public"]);
        }
    });
    assert!(reads.sites > 0, "{reads:?}");
}

#[test]
fn the_first_builds_of_an_output_may_come_together() {
    let twins = Twins::new();
    let folder = fast_folder();
    for output in ["public", "not/made/yet"] {
        let output = folder.path().join(output);
        for build in together(&twins, &output, 4) {
            assert_published(build);
        }
        twins.standing(&output);
        assert_eq!(names(output.parent().unwrap()).len(), 1);
    }
}

#[test]
fn a_build_that_is_killed_keeps_no_other_from_its_turn() {
    let twins = Twins::new();
    let folder = fast_folder();
    let output = folder.path().join("public");
    twins.build(0, &output);
    let mut dice = Dice::new(7);
    let ((), reads) = while_reading(&twins, &output, Promise::WholeSites, |_| {
        for round in 0..4 {
            for (number, mut build) in together(&twins, &output, 4).into_iter().enumerate() {
                if number % 4 == round {
                    thread::sleep(dice.part_of(Duration::from_millis(200)));
                    build.kill().unwrap();
                    build.wait().unwrap();
                } else {
                    assert_published(build);
                }
            }
            twins.standing(&output);
        }
    });
    assert!(reads.sites > 0, "{reads:?}");
    twins.build(1, &output);
    twins.build(0, &output);
    assert_eq!(names(folder.path()), ["public"]);
}
