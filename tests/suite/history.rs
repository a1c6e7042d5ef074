//! What the history of a checkout tells: which commit set a line.

use std::collections::BTreeMap;
use std::fs;

use scorepress::git::history::{self, Diff, History, Trace};

use crate::checkout::Checkout;
#[cfg(unix)]
use crate::checkout::Overheard;
use crate::site::{Site, command};

/// Numbers that look random and are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

fn read(checkout: &Checkout) -> History {
    let head = checkout.git(&["rev-parse", "HEAD"]);
    history::read(&checkout.site.path(""), &head, Diff::OfText, &mut ()).unwrap()
}

/// The commits that set the lines of a file of today, `-` for none yet.
fn commits(history: &History, checkout: &Checkout, path: &str) -> Vec<String> {
    let text = fs::read_to_string(checkout.site.path(path)).unwrap();
    let told = |trace: &Trace| match trace {
        Trace::Set(at) => history.commit(*at).unwrap().hash.clone(),
        Trace::Pending => "-".to_owned(),
    };
    history.trace(path, &text).iter().map(told).collect()
}

/// Files are edited, renamed, taken away and merged at random, each new line unlike
/// every other, so that only one commit can have set it.
#[test]
fn each_line_goes_back_to_the_commit_that_set_it() {
    for seed in 1..=3 {
        let mut numbers = Numbers(seed);
        let mut checkout = Checkout::of(Site::empty());
        let names = ["content/a.csv", "content/表 b.yaml", "content/o/\"c\".md"];
        let mut truth: BTreeMap<String, Vec<(String, usize)>> = BTreeMap::new();
        let mut hashes = Vec::new();
        let mut written = 0;
        for commit in 0..20 {
            for name in names {
                let path = format!("{name}{}", if numbers.below(9) == 0 { "2" } else { "" });
                match numbers.below(12) {
                    0 => {
                        truth.remove(&path);
                        let _ = fs::remove_file(checkout.site.path(&path));
                        continue;
                    }
                    1 => {
                        let other = format!("{name}{}", numbers.below(2) + 3);
                        if let Some(lines) = truth.remove(&path) {
                            fs::rename(checkout.site.path(&path), checkout.site.path(&other))
                                .unwrap();
                            // Renames of files that changed altogether are none.
                            if lines.iter().any(|(_, set)| *set < commit) {
                                truth.insert(other, lines);
                            } else {
                                fs::remove_file(checkout.site.path(&other)).unwrap();
                            }
                        }
                        continue;
                    }
                    2..5 => continue,
                    _ => {}
                }
                let lines = truth.entry(path.clone()).or_default();
                for _ in 0..=numbers.below(4) {
                    let at = numbers.below(lines.len() + 1);
                    if numbers.below(3) == 0 && lines.len() > 4 {
                        lines.remove(at.min(lines.len() - 1));
                        continue;
                    }
                    for _ in 0..=numbers.below(3) {
                        written += 1;
                        lines.insert(at, (format!("@@ -{written} +1 @@ line {written}"), commit));
                    }
                }
                let texts: Vec<_> = lines.iter().map(|(text, _)| text.as_str()).collect();
                let text = texts.join("\n") + ["", "\n"][numbers.below(3).min(1)];
                checkout.write(&path, text);
            }
            hashes.push(checkout.commit());
        }
        let history = read(&checkout);
        for (path, lines) in &truth {
            let expected: Vec<_> = lines.iter().map(|(_, set)| hashes[*set].clone()).collect();
            let found = commits(&history, &checkout, path);
            // A last line that gets its line break is set anew, as in `git blame`.
            let blamed = checkout.git(&["blame", "-s", "--abbrev=39", "HEAD", "--", path]);
            let blamed: Vec<_> = blamed
                .lines()
                .map(|line| {
                    line.split(' ')
                        .next()
                        .unwrap()
                        .trim_start_matches('^')
                        .to_owned()
                })
                .collect();
            assert_eq!(found.len(), expected.len(), "{path}");
            for (at, found) in found.iter().enumerate() {
                let is_blamed = found.starts_with(&blamed[at]);
                assert!(
                    is_blamed || *found == expected[at],
                    "seed {seed}, {path}:{}: {found}, blame {}, truth {}",
                    at + 1,
                    blamed[at],
                    expected[at]
                );
            }
        }
    }
}

#[test]
fn a_merge_counts_as_what_it_brought() {
    let mut checkout = Checkout::of(Site::empty());
    checkout.write("content/a.csv", "one\ntwo\nthree\n");
    let first = checkout.commit();
    checkout.git(&["switch", "--quiet", "--create", "side"]);
    checkout.write("content/a.csv", "one\ntwo\nTHREE\n");
    checkout.commit();
    checkout.git(&["switch", "--quiet", "main"]);
    checkout.write("content/a.csv", "ONE\ntwo\nthree\n");
    let second = checkout.commit();
    checkout.git(&["merge", "--quiet", "--no-edit", "side"]);
    let merge = checkout.git(&["rev-parse", "HEAD"]);
    let history = read(&checkout);
    assert_eq!(
        commits(&history, &checkout, "content/a.csv"),
        [second, first, merge]
    );
}

#[test]
fn line_ends_are_no_change_and_a_line_of_today_has_no_commit() {
    let mut checkout = Checkout::of(Site::empty());
    checkout.write("content/a.csv", "one\r\ntwo\r\nthree");
    let first = checkout.commit();
    checkout.write("content/a.csv", "one\nnew\ntwo\nthree\n");
    checkout.write("content/b.csv", "one\n");
    let history = read(&checkout);
    let told = commits(&history, &checkout, "content/a.csv");
    assert_eq!(told, [first.as_str(), "-", &first, &first]);
    assert_eq!(commits(&history, &checkout, "content/b.csv"), ["-"]);
}

/// A program that saves a file anew sets none of its lines.
#[test]
fn a_commit_of_line_ends_sets_no_line() {
    let mut checkout = Checkout::of(Site::empty());
    checkout.write("content/a.csv", "kpi,value\none,1\ntwo,2\nthree,3\n");
    let first = checkout.commit();
    checkout.write(
        "content/a.csv",
        "\u{feff}kpi,value\r\none,1\r\ntwo,4\r\nthree,3 \r\nfour,4\r\n",
    );
    let second = checkout.commit();
    checkout.write("content/a.csv", "kpi,value\none,1\ntwo,4\nthree,3\nfour,4");
    checkout.commit();
    let history = read(&checkout);
    let told = commits(&history, &checkout, "content/a.csv");
    assert_eq!(told, [first.as_str(), &first, &second, &first, &second]);
    checkout.write("content/a.csv", "kpi,value\t\r\none,1\r\ntwo,2");
    let told = commits(&history, &checkout, "content/a.csv");
    assert_eq!(told, [first.as_str(), &first, "-"]);
}

#[test]
fn a_workbook_goes_back_to_its_last_commit() {
    let mut checkout = Checkout::of(Site::empty());
    checkout.write("content/a.xlsx", b"PK\0\x01");
    checkout.commit();
    checkout.write("content/a.xlsx", b"PK\0\x02");
    let second = checkout.commit();
    checkout.git(&["mv", "content/a.xlsx", "content/b.xlsx"]);
    checkout.commit();
    let history = read(&checkout);
    let Trace::Set(at) = history.trace_whole("content/b.xlsx") else {
        panic!("no commit")
    };
    assert_eq!(history.commit(at).unwrap().hash, second);
    assert_eq!(history.trace_whole("content/a.xlsx"), Trace::Pending);
}

/// Whoever can write into `.git` cannot have a build run anything.
#[test]
fn no_setting_of_a_repository_runs_a_program() {
    let mut checkout = Checkout::of(Site::small());
    checkout.commit();
    let place = checkout.site.path("trapped");
    let trap = format!("touch '{}'; cat", place.display());
    for setting in [
        "diff.external",
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "gpg.program",
        "diff.trap.textconv",
        "diff.trap.command",
        "filter.trap.clean",
        "filter.trap.smudge",
        "filter.trap.process",
    ] {
        checkout.git(&["config", setting, &trap]);
    }
    checkout.git(&["config", "log.showSignature", "true"]);
    checkout.write(".git/info/attributes", "* diff=trap filter=trap\n");
    let plan = fs::read_to_string(checkout.site.path("content/org/2025/scorecard.yaml")).unwrap();
    // As long as before: only what it holds can tell whether it changed.
    checkout.write(
        "content/org/2025/scorecard.yaml",
        plan.replace("Listen", "Attend"),
    );
    checkout.site.build();
    for arguments in [
        &["check", "--against", "HEAD"][..],
        &["verify", "public", "--source", "."],
    ] {
        let run = checkout.site.run(arguments);
        assert_eq!(run.code, 0, "{}", run.err);
    }
    assert!(!place.exists());
}

#[cfg(unix)]
#[test]
fn one_process_reads_the_history_of_all_files_and_none_where_nobody_wants_it() {
    let mut site = Site::small();
    for code in 2..30 {
        site = site.file(
            &format!("content/org/2025/kpis/{code}.yaml"),
            format!("code: AC1.{code}\nname: K{code}\n"),
        );
    }
    let mut checkout = Checkout::of(site.file("content/org/2025/notes/AC1.1.md", "Note\n"));
    checkout.commit();
    let git = Overheard::new();
    let build = |arguments: &[&str]| {
        let run = command(arguments)
            .current_dir(checkout.site.path(""))
            .env("PATH", git.path())
            .output()
            .unwrap();
        assert!(run.status.success(), "{run:?}");
        git.histories()
    };
    assert_eq!(build(&["build"]), 1);
    assert_eq!(build(&["verify", "public", "--source", "."]), 1);
    assert_eq!(build(&["check"]), 0);
    assert_eq!(build(&["build", "--no-history"]), 0);
    checkout.write("content/site.yaml", "title: T\nhistory: false\n");
    assert_eq!(build(&["build"]), 0);
    fs::remove_dir_all(checkout.site.path(".git")).unwrap();
    checkout.write("content/site.yaml", "title: T\n");
    assert_eq!(build(&["build"]), 0);
}

/// What an environment says of another repository, or of how to compare, is not what
/// the pages tell; nor do attributes hide a ledger.
#[test]
fn neither_surroundings_nor_attributes_change_what_is_told() {
    let rows = |value: u8| format!("kpi,period,value\nAC1.1,2025,{value}\n");
    let path = "content/org/2025/measurements.csv";
    let mut checkout = Checkout::of(Site::kpi("direction: higher", &rows(7)));
    checkout.write(".gitignore", "public\n");
    checkout.commit();
    checkout.write(path, rows(8));
    checkout.commit();
    let folder = checkout.site.path("");
    let built = |name: &str, value: &str| {
        let run = command(&["build", "--quiet"])
            .env(name, value)
            .current_dir(&folder)
            .output();
        let run = run.unwrap();
        assert!(
            run.status.success(),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        checkout.site.text("org/2025/data/changes.csv")
    };
    let told = built("GIT_PAGER", "cat");
    assert!(
        told.contains("result,history,2024-03-15,kpi,AC1.1,K,2025,7,8,"),
        "{told}"
    );
    let elsewhere = Checkout::of(Site::small()).site;
    for (name, value) in [
        ("GIT_DIR", elsewhere.path(".git").display().to_string()),
        ("GIT_WORK_TREE", elsewhere.path("").display().to_string()),
        (
            "GIT_INDEX_FILE",
            elsewhere.path("index").display().to_string(),
        ),
        ("GIT_DIFF_OPTS", "--unified=5".to_owned()),
        ("GIT_ICASE_PATHSPECS", "1".to_owned()),
    ] {
        assert_eq!(built(name, &value), told, "{name}");
    }
    checkout.write(".git/info/attributes", "*.csv -diff\n*.yaml binary\n");
    assert_eq!(built("GIT_PAGER", "cat"), told);
}
