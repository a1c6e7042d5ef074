//! What is kept from one edit to the next never shows: a site that was prepared
//! again and again is, file by file and fault by fault, the one prepared at once.

use std::sync::Mutex;
use std::thread;
use std::time::Duration;

use scorepress::diagnostic::report::{self, Format};
use scorepress::kept::Kept;
use scorepress::{Options, Prepared, prepare, prepare_again, render};

use crate::edits::{self, Edits};

/// Longer than it takes until a file's state tells that it is unchanged.
const SETTLED: Duration = Duration::from_secs(5);

/// All that anybody can see of a prepared site.
#[derive(PartialEq)]
struct Seen {
    identity: String,
    faults: String,
    files: Vec<(String, Vec<u8>)>,
}

fn seen(options: &Options, mut site: Prepared) -> Seen {
    let identity = site.identity(options);
    let files = Mutex::new(Vec::new());
    if site.settle() {
        render(
            options,
            &mut site,
            |_| true,
            |artifact| {
                let file = (artifact.path.as_str().to_owned(), artifact.bytes.clone());
                files.lock().unwrap().push(file);
                Ok::<(), ()>(())
            },
        )
        .unwrap();
    }
    let mut faults = Vec::new();
    report::write(
        Format::Human,
        &site.faults,
        &site.sources,
        site.language,
        false,
        &mut faults,
    )
    .unwrap();
    report::write(
        Format::Json,
        &site.faults,
        &site.sources,
        site.language,
        false,
        &mut faults,
    )
    .unwrap();
    let mut files = files.into_inner().unwrap();
    files.sort();
    Seen {
        identity,
        faults: String::from_utf8(faults).unwrap(),
        files,
    }
}

/// Edits a site at random, and holds it against a fresh one after every edit. Says how
/// often it was a good one.
fn edit(seed: u64, steps: usize) -> usize {
    let (site, mut edits) = (edits::good(), Edits::of(seed));
    let options = Options {
        root: site.path(""),
        ..Options::default()
    };
    let mut kept = Kept::default();
    let (mut good, mut is_broken) = (0, false);
    for step in 0..steps {
        if step == 1 || step == steps / 2 {
            thread::sleep(SETTLED);
        }
        edits.edit(&site, is_broken);
        let again = seen(&options, prepare_again(&options, &mut kept).unwrap());
        let fresh = seen(&options, prepare(&options).unwrap());
        assert_eq!(again.faults, fresh.faults, "{}", edits.told());
        for (one, other) in again.files.iter().zip(&fresh.files) {
            assert!(one == other, "{} differs; {}", other.0, edits.told());
        }
        assert!(again == fresh, "{}", edits.told());
        is_broken = fresh.files.is_empty();
        good += usize::from(!is_broken);
    }
    good
}

/// How many sites are edited, and how often each. More are told by `KEPT_SEEDS`.
fn seeds() -> u64 {
    let told = std::env::var("KEPT_SEEDS").ok();
    told.and_then(|seeds| seeds.parse().ok()).unwrap_or(6)
}

#[test]
fn after_any_edits_what_was_kept_makes_the_site_that_is_made_at_once() {
    let steps = 60;
    let good: Vec<usize> = thread::scope(|scope| {
        let all: Vec<_> = (0..seeds())
            .map(|seed| scope.spawn(move || edit(seed, steps)))
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let (good, all) = (good.iter().sum::<usize>(), good.len() * steps);
    assert!(
        good > all / 4 && good < all,
        "{good} of {all} sites were good"
    );
}
