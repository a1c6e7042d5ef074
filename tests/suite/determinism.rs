//! Same input, same bytes.

use std::fs;
use std::path::Path;

use crate::site::{Run, bytes, command};

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.unwrap();
        let target = to.join(entry.path().strip_prefix(from).unwrap());
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).unwrap();
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn folder_threads_time_zone_and_locale_leave_no_trace() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/demo");
    let mut results = Vec::new();
    for (threads, zone, locale) in [
        ("1", "UTC", "C"),
        ("2", "Asia/Taipei", "zh_TW.UTF-8"),
        ("7", "America/St_Johns", "tr_TR.UTF-8"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join(format!("site-{threads}"));
        copy(&demo, &root);
        let run = command(&["build"])
            .current_dir(&root)
            .env("RAYON_NUM_THREADS", threads)
            .env("TZ", zone)
            .env("LC_ALL", locale)
            .output()
            .unwrap();
        let run = Run::of(&run);
        assert_eq!(run.code, 0, "{}", run.err);
        results.push(bytes(&root.join("public")));
    }
    for other in &results[1..] {
        assert_eq!(results[0].len(), other.len());
        for (a, b) in results[0].iter().zip(other) {
            assert_eq!(a.0, b.0);
            assert!(a.1 == b.1, "{} differs", a.0);
        }
    }
}
