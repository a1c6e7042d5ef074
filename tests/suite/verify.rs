//! `scorepress verify`: whatever was changed, lost or added is found, and a site
//! is held against its sources.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::site::{Page, Run, Site, files, program};

/// A site with a page of every kind, built.
fn site() -> Site {
    let site = Site::kpi(
        "unit: \"%\"\ndirection: higher\ntarget: 80",
        "kpi,period,value,published_on\nAC1.1,2025,75,2026-01-10\n",
    );
    site.build();
    site
}

fn verify(site: &Site, more: &[&str]) -> Run {
    let public = site.path("public");
    let mut arguments = vec!["verify", public.to_str().unwrap()];
    arguments.extend(more);
    site.run(&arguments)
}

fn report(site: &Site, more: &[&str]) -> Value {
    let mut arguments = vec!["--format", "json"];
    arguments.extend(more);
    serde_json::from_str(&verify(site, &arguments).out).unwrap()
}

/// Kind and path of every finding.
fn findings(site: &Site) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let report = report(site, &[]);
    let list = report["findings"].as_array().unwrap();
    let found = list.iter().map(|f| (text(&f["kind"]), text(&f["path"])));
    found.collect()
}

fn found(kind: &str, path: &str) -> (String, String) {
    (kind.to_owned(), path.to_owned())
}

#[test]
fn an_untouched_site_is_whole() {
    let site = site();
    let run = verify(&site, &[]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.out.contains("as published by scorepress"));
    // Files of the host are none of the site's.
    site.write("public/.nojekyll", "");
    site.write("public/.well-known/x", "");
    assert_eq!(verify(&site, &[]).code, 0);
    assert_eq!(report(&site, &[])["whole"], true);
}

#[test]
fn one_flipped_bit_of_any_file_is_found() {
    let site = site();
    for (number, path) in files(&site.path("public")).iter().enumerate() {
        let place = site.path("public").join(path);
        let good = fs::read(&place).unwrap();
        if good.is_empty() {
            continue;
        }
        let mut bad = good.clone();
        let at = (number * 7919) % bad.len();
        bad[at] ^= 1 << (number % 8);
        fs::write(&place, &bad).unwrap();
        let run = verify(&site, &[]);
        assert_eq!(run.code, 1, "{path} at {at}");
        assert!(run.out.contains(path.as_str()), "{path}: {}", run.out);
        fs::write(&place, &good).unwrap();
    }
    assert_eq!(verify(&site, &[]).code, 0);
}

#[test]
fn changed_missing_and_added_files_are_told_apart() {
    let site = site();
    site.write("public/org/2025/AC1.1.html", "<p>100%");
    site.write("public/org/2025/new.html", "");
    fs::remove_file(site.path("public/robots.txt")).unwrap();
    assert_eq!(
        findings(&site),
        [
            found("changed", "org/2025/AC1.1.html"),
            found("added", "org/2025/new.html"),
            found("missing", "robots.txt"),
        ]
    );
    let run = verify(&site, &[]);
    assert!(run.err.contains("1 changed, 1 missing, 1 added"));
}

#[test]
fn a_manifest_and_sums_that_do_not_fit_are_found() {
    let site = site();
    let manifest = site.text("manifest.json");
    let sums = site.text("SHA256SUMS");
    site.write("public/manifest.json", "{}");
    assert_eq!(findings(&site), [found("changed", "manifest.json")]);
    site.write("public/manifest.json", &manifest);
    site.write("public/SHA256SUMS", sums.replacen('a', "b", 1));
    assert_eq!(findings(&site).len(), 1);
    fs::remove_file(site.path("public/SHA256SUMS")).unwrap();
    assert_eq!(findings(&site), [found("missing", "SHA256SUMS")]);
    site.write("public/SHA256SUMS", &sums);
    fs::remove_file(site.path("public/manifest.json")).unwrap();
    assert_eq!(findings(&site), [found("missing", "manifest.json")]);
}

#[test]
fn sums_that_name_files_elsewhere_read_nothing() {
    let site = site();
    site.write("secret", "s");
    site.write("public/manifest.json", "{}");
    let sums = site.text("SHA256SUMS") + &"0".repeat(64) + "  ../secret\n";
    site.write("public/SHA256SUMS", sums);
    let run = verify(&site, &[]);
    assert!(
        run.out
            .contains("../secret: no build writes to such a path")
    );
}

/// No link is followed: what lies elsewhere is neither read nor told.
#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let site = site();
    site.write("elsewhere/page.html", "secret");
    let hash = scorepress::publish::sha256(b"secret");
    std::os::unix::fs::symlink(site.path("elsewhere"), site.path("public/y")).unwrap();
    site.write("public/manifest.json", "{}");
    let sums = site.text("SHA256SUMS") + &format!("{hash}  y/page.html\n");
    site.write("public/SHA256SUMS", sums);
    let run = verify(&site, &[]);
    assert!(run.out.contains("missing: y/page.html"), "{}", run.out);
    assert!(run.out.contains("added: y: "), "{}", run.out);
}

/// Whatever a name holds, it is found and shown as what it is.
#[cfg(unix)]
#[test]
fn names_that_are_no_text_or_deceive_a_terminal_are_found() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let site = site();
    let add = |name: &[u8]| {
        fs::write(site.path("public").join(OsStr::from_bytes(name)), "").unwrap();
    };
    add(b"a\xff.png");
    add("a\u{fffd}.png".as_bytes());
    add(b"b\nchanged: index.html: \x1b[31m");
    add("\u{202e}gnp.c".as_bytes());
    std::os::unix::fs::symlink("index.html", site.path("public/manifest.json.sig")).unwrap();
    let run = verify(&site, &[]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("0 changed, 0 missing, 5 added"),
        "{}",
        run.err
    );
    assert!(!run.out.contains('\u{1b}') && !run.out.contains('\u{202e}'));
    assert!(
        run.out.lines().all(|line| line.starts_with("added: ")),
        "{}",
        run.out
    );
    let json = verify(&site, &["--format", "json"]).out;
    assert!(!json.contains('\u{202e}'), "{json}");
    assert_eq!(findings(&site).len(), 5);
}

/// A file without end is not taken into memory.
#[cfg(target_os = "linux")]
#[test]
fn files_are_hashed_piece_by_piece() {
    for path in [
        "public/about.html",
        "public/manifest.json",
        "public/index.html",
    ] {
        let site = site();
        site.write(path, "");
        let file = fs::File::options()
            .write(true)
            .open(site.path(path))
            .unwrap();
        file.set_len(1 << 30).unwrap();
        let run = Command::new("sh")
            .args(["-c", "ulimit -v 1500000; exec \"$0\" verify public"])
            .arg(program())
            .current_dir(site.path(""))
            .output()
            .unwrap();
        let error = String::from_utf8_lossy(&run.stderr);
        assert_eq!(run.status.code(), Some(1), "{path}: {error}");
    }
}

#[test]
fn a_signature_that_is_gone_is_missed() {
    let site = Site::small();
    let (private, _) = key(&site, "key", &["-t", "ed25519"]);
    site.run(&["build", "--sign", &private]);
    assert_eq!(verify(&site, &[]).code, 0);
    fs::remove_file(site.path("public/manifest.json.sig")).unwrap();
    assert_eq!(findings(&site), [found("missing", "manifest.json.sig")]);
}

#[test]
fn a_folder_without_a_site_is_a_mistake_of_whoever_asks() {
    let site = Site::small();
    let run = site.run(&["verify", "content"]);
    assert_eq!(run.code, 2);
    assert!(run.err.contains("neither manifest.json nor SHA256SUMS"));
}

#[test]
fn a_site_is_held_against_its_sources() {
    let site = site();
    let root = site.path("");
    let source = ["--source", root.to_str().unwrap()];
    let run = verify(&site, &source);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
    assert!(run.out.contains("these sources make every byte"));

    // Somebody forges a figure and everything that describes it.
    let forged = site.text("org/2025/AC1.1.html").replace("75", "95");
    site.write("public/org/2025/AC1.1.html", forged);
    let public = site.path("public");
    forge(&public);
    assert_eq!(verify(&site, &[]).code, 0);
    let run = verify(&site, &source);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("changed: org/2025/AC1.1.html: from line"));
    assert!(run.err.contains("1 file is not from these sources"));
}

/// Makes manifest and sums fit the files, as a forger would.
fn forge(public: &Path) {
    let mut manifest: Value =
        serde_json::from_slice(&fs::read(public.join("manifest.json")).unwrap()).unwrap();
    let sum = |path: &str| {
        let run = Command::new("sha256sum").arg(public.join(path)).output();
        String::from_utf8(run.unwrap().stdout).unwrap()[..64].to_owned()
    };
    let mut lines = Vec::new();
    for file in manifest["files"].as_array_mut().unwrap() {
        let path = file["path"].as_str().unwrap().to_owned();
        file["sha256"] = sum(&path).into();
        file["bytes"] = fs::metadata(public.join(&path)).unwrap().len().into();
        lines.push((path, file["sha256"].as_str().unwrap().to_owned()));
    }
    let json = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    fs::write(public.join("manifest.json"), json).unwrap();
    lines.push(("manifest.json".to_owned(), sum("manifest.json")));
    lines.sort();
    let sums: String = lines.iter().map(|(p, s)| format!("{s}  {p}\n")).collect();
    fs::write(public.join("SHA256SUMS"), sums).unwrap();
}

#[test]
fn what_the_build_was_told_is_remembered() {
    let site = Site::kpi(
        "unit: \"%\"\ndirection: higher\ntarget: 80",
        "kpi,period,value,published_on\nAC1.1,2025,75,2026-01-10\n",
    );
    let told = [
        "--base-url",
        "https://plan.example.org",
        "--as-of",
        "2025-06-30",
    ];
    let mut arguments = vec!["build", "--drafts"];
    arguments.extend(told);
    assert_eq!(site.run(&arguments).code, 0);
    let root = site.path("");
    let run = verify(&site, &["--source", root.to_str().unwrap()]);
    assert_eq!(run.code, 0, "{}{}", run.out, run.err);
}

#[test]
fn the_commit_of_the_sources_is_named() {
    let site = Site::small();
    let git = |arguments: &[&str]| {
        let run = Command::new("git")
            .arg("-C")
            .arg(site.path(""))
            .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(run.status.success(), "{arguments:?}");
        String::from_utf8(run.stdout).unwrap().trim().to_owned()
    };
    git(&["init", "--quiet"]);
    git(&["add", "content"]);
    git(&["commit", "--quiet", "--message", "First"]);
    site.build();
    let origin = |site: &Site| report(site, &[])["origin"].clone();
    assert_eq!(origin(&site)["commit"], git(&["rev-parse", "HEAD"]));
    assert_eq!(origin(&site)["modified"], false);
    site.write("content/about.md", "---\ntitle: About\n---\nText\n");
    site.build();
    assert_eq!(origin(&site)["modified"], true);
}

#[test]
fn the_root_hash_of_the_data_is_made_again_with_two_commands() {
    let site = site();
    let page = Page::read(&site.path("public/org/2025/data.html"));
    let run = Command::new("sh")
        .args(["-c", "sha256sum * | sha256sum"])
        .current_dir(site.path("public/org/2025/data"))
        .output()
        .unwrap();
    let hash = &String::from_utf8(run.stdout).unwrap()[..64];
    assert!(page.first("main").contains(hash));
}

#[test]
fn sums_are_what_sha256sum_accepts() {
    let site = site();
    let run = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(site.path("public"))
        .output()
        .unwrap();
    assert!(run.status.success());
}

/// A pair of keys as `ssh-keygen` makes it.
fn key(site: &Site, name: &str, more: &[&str]) -> (String, String) {
    let file = site.path(name);
    let run = Command::new("ssh-keygen")
        .args(["-q", "-N", "", "-C", "office@example.org", "-f"])
        .arg(&file)
        .args(more)
        .output()
        .unwrap();
    assert!(run.status.success());
    let private = file.to_str().unwrap().to_owned();
    let public = format!("{private}.pub");
    (private, public)
}

#[test]
fn a_signature_is_accepted_by_openssh() {
    let site = Site::small();
    let (private, public) = key(&site, "key", &["-t", "ed25519"]);
    assert_eq!(site.run(&["build", "--sign", &private]).code, 0);
    let signers = format!(
        "office@example.org {}",
        fs::read_to_string(&public).unwrap()
    );
    site.write("signers", signers);
    let check = |site: &Site| {
        let manifest = fs::File::open(site.path("public/manifest.json")).unwrap();
        Command::new("ssh-keygen")
            .args(["-Y", "verify", "-I", "office@example.org", "-n", "file"])
            .args(["-f", "signers", "-s", "public/manifest.json.sig"])
            .current_dir(site.path(""))
            .stdin(manifest)
            .output()
            .unwrap()
            .status
            .success()
    };
    assert!(check(&site));
    assert_eq!(verify(&site, &["--key", &public]).code, 0);
    assert_eq!(report(&site, &[])["signature"]["state"], "valid");

    // A second build with the key changes nothing, one without takes it away.
    let again = site.run(&["build", "--sign", &private, "--format", "json"]);
    let summary: Value = serde_json::from_str(&again.out).unwrap();
    assert_eq!(summary["files_written"], 0);

    let manifest = site.text("manifest.json");
    site.write("public/manifest.json", manifest.replace("2025", "2026"));
    assert!(!check(&site));
    assert_eq!(report(&site, &[])["signature"]["state"], "broken");

    site.write("public/manifest.json", &manifest);
    site.build();
    assert!(!site.path("public/manifest.json.sig").exists());
    let run = verify(&site, &["--key", &public]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("the site is not signed"));
}

#[test]
fn a_signature_by_another_key_or_a_damaged_one_is_refused() {
    let site = Site::small();
    let (private, _) = key(&site, "key", &["-t", "ed25519"]);
    let (_, other) = key(&site, "other", &["-t", "ed25519"]);
    site.run(&["build", "--sign", &private]);
    let run = verify(&site, &["--key", &other]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("signed by another key"));

    let good = fs::read(site.path("public/manifest.json.sig")).unwrap();
    // Not every byte: each is a run of the command.
    for at in (0..good.len()).step_by(9) {
        let mut bad = good.clone();
        bad[at] ^= 1;
        fs::write(site.path("public/manifest.json.sig"), &bad).unwrap();
        assert_eq!(verify(&site, &[]).code, 1, "byte {at}");
    }
    // What says the same to a lenient reader is not what was published.
    let text = String::from_utf8(good).unwrap();
    for bad in [
        format!("<script>\n{text}"),
        text.replace('\n', "\r\n"),
        format!("{text}\n"),
        text.replacen("SIGNATURE-----\n", "SIGNATURE-----\n\n", 1),
    ] {
        fs::write(site.path("public/manifest.json.sig"), &bad).unwrap();
        assert_eq!(verify(&site, &[]).code, 1, "{bad}");
    }
}

#[test]
fn keys_that_cannot_sign_are_refused_with_a_reason() {
    let site = Site::small();
    let (ecdsa, _) = key(&site, "ecdsa", &["-t", "ecdsa"]);
    let (locked, _) = key(&site, "locked", &["-t", "ed25519"]);
    let run = Command::new("ssh-keygen")
        .args(["-q", "-p", "-P", "", "-N", "secret", "-f", &locked])
        .output();
    assert!(run.unwrap().status.success());
    for (key, why) in [
        (ecdsa.as_str(), "Ed25519"),
        (locked.as_str(), "passphrase"),
        ("content/site.yaml", "Ed25519"),
        ("nowhere", "nowhere"),
    ] {
        let run = site.run(&["build", "--sign", key]);
        assert_eq!(run.code, 2, "{key}");
        assert!(run.err.contains(why), "{key}: {}", run.err);
        assert!(!site.path("public").exists());
    }
}

/// A site that nobody changed is not said to be changed.
#[test]
fn a_site_that_is_whole_and_not_signed_with_the_key_is_told_so() {
    let site = Site::small();
    let (private, public) = key(&site, "key", &["-t", "ed25519"]);
    let (_, other) = key(&site, "other", &["-t", "ed25519"]);
    let folder = site.path("public").display().to_string();
    let last = |run: &Run| run.err.lines().last().unwrap().to_owned();
    let unsigned = format!("error: {folder} is whole, but not signed with this key");
    site.build();
    let run = verify(&site, &["--key", &public]);
    assert_eq!((run.code, last(&run)), (1, unsigned.clone()));
    assert!(
        run.err.starts_with("the site is not signed\n"),
        "{}",
        run.err
    );
    site.run(&["build", "--sign", &private]);
    let run = verify(&site, &["--key", &other]);
    assert_eq!((run.code, last(&run)), (1, unsigned));
    let run = verify(&site, &["--key", &other, "--lang", "zh-Hant"]);
    assert!(
        run.err.starts_with("網站是以另一把金鑰簽署："),
        "{}",
        run.err
    );
    assert_eq!(
        last(&run),
        format!("error: {folder} 完整無缺，但不是以這把金鑰簽署")
    );
    site.write("public/manifest.json.sig", "nothing");
    let run = verify(&site, &[]);
    let broken = format!("error: {folder} is whole, but its signature does not hold");
    assert_eq!((run.code, last(&run)), (1, broken));
}

#[test]
fn the_wrong_half_of_a_key_and_none_are_told_with_the_right_one() {
    let site = Site::small();
    let (private, public) = key(&site, "key", &["-t", "ed25519"]);
    site.build();
    let sign = |key: &str, more: &[&str]| {
        let run = site.run(&[&["build", "--sign", key], more].concat());
        assert_eq!(run.code, 2, "{}", run.err);
        run.err
    };
    assert_eq!(
        sign("nofile", &[]),
        "error: there is no file nofile; give the private key, which `ssh-keygen -t ed25519` makes\n"
    );
    assert_eq!(
        sign(&public, &[]),
        format!(
            "error: {public} is the public key; give the private one, which signs: the file of the same name without `.pub`\n"
        )
    );
    assert!(sign(&public, &["--lang", "zh-Hant"]).contains("是公鑰；簽署要用私鑰"));
    for (key, words) in [
        (private.as_str(), "is the private key, which stays secret"),
        (
            "nofile.pub",
            "there is no file nofile.pub; give the public key",
        ),
        ("content/site.yaml", "content/site.yaml holds no key"),
    ] {
        let run = verify(&site, &["--key", key]);
        assert_eq!(run.code, 2, "{}", run.err);
        assert!(run.err.contains(words), "{}", run.err);
    }
}

/// The words that programs look for stay; what explains them is told in the language.
#[test]
fn findings_are_told_in_the_language_that_was_asked_for() {
    let site = site();
    fs::remove_file(site.path("public/robots.txt")).unwrap();
    site.write("public/org/2025/AC1.1.html", "<p>100%");
    site.write("public/org/2025/new.html", "");
    let root = site.path("").display().to_string();
    let run = verify(&site, &["--lang", "zh-Hant", "--source", &root]);
    assert_eq!(run.code, 1);
    let found: Vec<_> = run.out.lines().collect();
    assert!(
        found[0].starts_with("changed: org/2025/AC1.1.html: 其 SHA-256 為 "),
        "{found:?}"
    );
    assert_eq!(
        found[1..],
        [
            "added: org/2025/new.html: 不是建置產生的檔案",
            "missing: robots.txt: 清單列有此檔",
        ]
    );
    let details = report(&site, &["--lang", "zh-Hant"]);
    assert_eq!(details["findings"][2]["detail"], "the manifest lists it");
    let nowhere = site.run(&["verify", "content", "--lang", "zh-Hant"]);
    assert!(nowhere.err.contains("請給已公布網站的資料夾"));
}
