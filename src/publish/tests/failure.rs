//! What is left when a build fails, is killed or meets another.

use super::*;
use crate::say;

#[test]
fn colliding_artifacts_leave_the_former_site() {
    let place = Place::new(Method::Exchange);
    place.publish(&[("index.html", "1")]);
    let twice = artifacts(&[
        ("index.html", "2"),
        ("b", ""),
        ("a", ""),
        ("A", ""),
        ("B", ""),
    ]);
    let error = publish(&place.output(), twice, &FORCE).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("`A` and `a` would be the same file"),
        "{error}"
    );
    assert_eq!(error.fault(), Fault::Content);
    assert_eq!(place.files(), site(&[("index.html", "1")]));
    assert_eq!(place.beside(), ["public"]);
}

#[test]
fn a_build_that_ends_early_leaves_the_former_site() {
    for place in Place::all() {
        place.publish(&[("index.html", "1")]);
        let staging = Staging::open_for(&place.output(), &FORCE, place.method).unwrap();
        staging.put(&artifacts(&[("index.html", "2")])[0]).unwrap();
        drop(staging);
        assert_eq!(place.files(), site(&[("index.html", "1")]));
        assert_eq!(place.beside(), ["public"]);
    }
}

#[test]
fn what_a_killed_build_left_is_cleared_away() {
    for place in Place::all() {
        place.publish(&[("index.html", "1")]);
        let beside = place.folder.path().join(".public.staging-abC123");
        fs::create_dir_all(beside.join("kpi")).unwrap();
        place.lay(".public.staging-Zz9Zz9/index.html", "half");
        let other = place.folder.path().join(".public.staging-of-my-own");
        fs::create_dir(&other).unwrap();
        place.publish(&[("index.html", "1")]);
        assert!(!beside.exists());
        assert!(other.exists(), "only what looks exactly like ours goes");
        assert_eq!(place.files(), site(&[("index.html", "1")]));
    }
}

#[test]
fn a_build_killed_between_two_renames_is_mended_by_the_next() {
    let place = Place::new(Method::TwoRenames);
    place.publish(&[("index.html", "1"), ("same.css", "c")]);
    place.lay(".git/config", "mine");
    age(&place.at("same.css"));
    fs::rename(
        place.output(),
        place.folder.path().join(".public.former-site"),
    )
    .unwrap();
    let outcome = place.publish(&[("index.html", "2"), ("same.css", "c")]);
    assert_eq!(
        outcome,
        Outcome {
            written: 3,
            unchanged: 1,
            removed: 0
        }
    );
    assert!(is_aged(&place.at("same.css")));
    assert_eq!(fs::read(place.at(".git/config")).unwrap(), b"mine");
    assert_eq!(place.beside(), ["public"]);
}

#[test]
fn builds_at_once_take_turns_and_the_site_is_always_one_of_them() {
    let place = Place::new(Method::Exchange);
    std::thread::scope(|scope| {
        for builder in ["a", "b", "c"] {
            let place = &place;
            scope.spawn(move || {
                for _ in 0..3 {
                    place.publish(&[("x.html", builder), ("y.html", builder)]);
                }
            });
        }
    });
    let files = place.files();
    assert_eq!(files["x.html"], files["y.html"]);
    assert_eq!(place.beside(), ["public"]);
}

#[test]
fn files_replaced_one_by_one_can_be_mended_after_a_failure() {
    let place = Place::new(Method::InPlace);
    place.publish(&[("a.html", "1"), ("index.html", "1"), ("stale.html", "1")]);
    let staging = Staging::open_for(&place.output(), &Options::default(), place.method).unwrap();
    let next = [("a.html", "2"), ("index.html", "2"), ("new/x.css", "2")];
    for artifact in artifacts(&next) {
        staging.put(&artifact).unwrap();
    }
    // Somebody makes the replacing of the home page fail.
    fs::remove_file(place.at("index.html")).unwrap();
    place.lay("index.html/obstacle", "");

    let error = staging.finish(Learnt::default()).unwrap_err();

    assert_eq!(error.fault(), Fault::Machine);
    assert!(
        error
            .to_string()
            .contains("some of its files are still those of the former"),
        "{error}"
    );
    assert_eq!(
        place.files()["new/x.css"],
        "2",
        "what nobody linked to came first"
    );
    assert_eq!(place.files()["stale.html"], "1", "what is gone goes last");

    fs::remove_file(place.at("index.html/obstacle")).unwrap();
    place.publish(&next);
    assert_eq!(
        place.files(),
        site(&next),
        "the next build knows all files for its own"
    );
}

#[test]
fn a_failure_says_what_to_do() {
    let error = |errno| {
        let path = Path::new("public");
        PublishError::machine(say!("write"), path)(std::io::Error::from_raw_os_error(errno))
            .to_string()
    };
    if cfg!(target_os = "linux") {
        assert_eq!(
            error(28),
            "cannot write public: No space left on device (os error 28); the output is as it was; \
             free some space on that disk and build again"
        );
        assert!(error(13).ends_with(
            "see who may write there, or give `--output` another folder, and build again"
        ));
    }
}
