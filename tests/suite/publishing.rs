//! What reaches the output folder, and what never does.

use std::fs;

use sha2::{Digest, Sha256};

use crate::site::{SCORECARD, Site, bytes, files};

#[test]
fn unchanged_files_keep_their_time_stamps() {
    let site = Site::small();
    site.build();
    let stamp = |path: &str| {
        fs::metadata(site.path("public").join(path))
            .unwrap()
            .modified()
            .unwrap()
    };
    let (kpi, method) = (stamp("org/2025/AC1.1.html"), stamp("method.html"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    site.write(
        "content/org/2025/scorecard.yaml",
        SCORECARD.replace("Satisfaction", "Delight"),
    );
    site.build();
    assert_eq!(stamp("method.html"), method);
    assert_ne!(stamp("org/2025/AC1.1.html"), kpi);
}

#[test]
fn pages_that_are_no_longer_planned_go() {
    let site = Site::small();
    site.build();
    assert!(site.path("public/org/2025/AC1.1.1.html").exists());
    let shorter = SCORECARD.split("            actions:").next().unwrap();
    site.write("content/org/2025/scorecard.yaml", shorter);
    site.build();
    assert!(!site.path("public/org/2025/AC1.1.1.html").exists());
}

#[test]
fn a_build_with_faults_leaves_the_last_good_site() {
    let site = Site::small();
    site.build();
    let before = bytes(&site.path("public"));
    for broken in ["title: [", "title: P\nthemes: 5\n", "titel: P\n", ""] {
        site.write("content/org/2025/scorecard.yaml", broken);
        assert_eq!(site.run(&["build"]).code, 1, "{broken:?}");
        assert_eq!(bytes(&site.path("public")), before, "{broken:?}");
    }
}

#[test]
fn somebody_elses_folder_is_refused_unless_forced() {
    let site = Site::small().file("public/thesis.txt", "years of work");
    let run = site.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("thesis.txt") && run.err.contains("--force"),
        "{}",
        run.err
    );
    assert_eq!(
        fs::read_to_string(site.path("public/thesis.txt")).unwrap(),
        "years of work"
    );
    assert_eq!(site.run(&["build", "--force"]).code, 0);
    assert!(site.path("public/index.html").exists());
}

#[test]
fn dotfiles_in_the_output_stay() {
    let site = Site::small()
        .file("public/.gitignore", "*\n")
        .file("public/.well-known/x", "y");
    site.build();
    assert_eq!(
        fs::read_to_string(site.path("public/.gitignore")).unwrap(),
        "*\n"
    );
    assert_eq!(
        fs::read_to_string(site.path("public/.well-known/x")).unwrap(),
        "y"
    );
}

#[test]
fn the_manifest_and_the_sums_cover_every_file() {
    let site = Site::small();
    site.build();
    let public = site.path("public");
    let sums = site.text("SHA256SUMS");
    let mut listed = std::collections::BTreeSet::new();
    for line in sums.lines() {
        let (sum, path) = line.split_once("  ").unwrap();
        let found = Sha256::digest(fs::read(public.join(path)).unwrap());
        let found: String = found.iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(found, sum, "{path}");
        listed.insert(path.to_owned());
    }
    listed.insert("SHA256SUMS".to_owned());
    assert_eq!(listed, files(&public));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_the_site() {
    let site = Site::small().file("content/about.md", "# About\n");
    std::os::unix::fs::symlink("/etc/hostname", site.path("content/secret.md")).unwrap();
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(faults[0]["rule"], "path-escape");
    assert_eq!(faults[0]["file"], "content/secret.md");
    assert_eq!(site.run(&["build"]).code, 1);
}

#[test]
fn only_attachments_that_a_page_uses_are_published() {
    let site = Site::small()
        .file(
            "content/about.md",
            "# About\n\n[Report](files/report.pdf)\n",
        )
        .file("content/files/report.pdf", "%PDF")
        .file("content/files/draft.pdf", "%PDF");
    site.build();
    let public = files(&site.path("public"));
    assert!(public.contains("files/report.pdf"));
    assert!(!public.contains("files/draft.pdf"));
}
