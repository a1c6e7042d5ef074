//! Names and paths that lead elsewhere, or mean something else somewhere.

use crate::site::{ORGANIZATIONS, SCORECARD, SITE_YAML, Site, files};

use super::outputs::assert_harmless;

/// Asserts that a site is refused and that what is told holds these words.
#[track_caller]
fn refused(site: &Site, said: &str) {
    let run = site.run(&["build"]);
    assert_eq!(run.code, 1, "{}", run.err);
    assert!(run.err.contains(said), "{}", run.err);
    assert!(run.err.contains("--> content/"), "{}", run.err);
    assert!(!site.path("public").exists());
}

#[test]
fn a_link_out_of_the_site_is_refused_in_every_spelling() {
    for link in [
        "../../../etc/passwd",
        "/etc/passwd",
        "..%2f..%2f..%2fetc/passwd",
        "..\\..\\x",
        "%2e%2e/%2e%2e/%2e%2e/x",
        "file:///etc/passwd",
        "a%00b",
        "C:/Windows/x",
        "\\\\host\\share",
    ] {
        refused(
            &Site::small().file("content/about.md", format!("[x](<{link}>)\n")),
            "about.md:1:1",
        );
        let quoted = link.replace('\\', "\\\\");
        let yaml = format!(
            "{SITE_YAML}navigation:\n  - {{name: x, url: \"{quoted}\"}}\nlogo: \"{quoted}\"\n"
        );
        refused(
            &Site::small().file("content/site.yaml", yaml),
            "site.yaml:4",
        );
    }
}

#[test]
fn codes_and_ids_hold_nothing_that_deceives_or_leaves() {
    for code in [
        "..",
        "../x",
        "a/b",
        "a\\\\b",
        ".a",
        "a b",
        "A\\u202eB",
        "A\\u200b",
        "A\\u2066",
        "A\\u0000",
        "\\uff0e\\uff0e",
        "e\\u0301",
        "<script>",
        "A%2fB",
        "A.",
        "con",
        "AUX",
        "nul.1",
        "COM1",
        "index",
        "kpis",
    ] {
        let plan = SCORECARD
            .replace("title: Plan", "title: Plan\ncodes: free")
            .replace("code: AC1\n", "code: AC1\n        perspective: C\n")
            .replace("code: A\n", &format!("code: \"{code}\"\n"));
        refused(&Site::plan(&plan), "scorecard.yaml:4");
    }
    let twice =
        "title: P\ncodes: free\nthemes:\n  - {code: abc, name: x}\n  - {code: ABC, name: y}\n";
    refused(&Site::plan(twice), "upper and lower case taken alike");
    for id in [
        "..", "a/b", "con", "A", "a\\u202e", "assets", "a.b", "-a", "lpt1", "",
    ] {
        let list = format!("{ORGANIZATIONS}- {{id: \"{id}\", name: x}}\n");
        refused(
            &Site::small().file("content/organizations.yaml", list),
            "organizations.yaml:2",
        );
    }
    for theme in ["../x", "/etc", "a/../../b", "a\\0b", "CON/../x", "..\\\\x"] {
        refused(
            &Site::small().file(
                "content/site.yaml",
                format!("{SITE_YAML}theme: \"{theme}\"\n"),
            ),
            "site.yaml:3",
        );
    }
}

#[test]
fn names_of_pages_and_attachments_are_names_on_every_system() {
    for name in ["con", "AUX", "nul.x", "index", "search", "404"] {
        refused(
            &Site::small().file(&format!("content/{name}.md"), "# Hi\n"),
            name,
        );
    }
    refused(
        &Site::small()
            .file("content/Help.md", "# a\n")
            .file("content/help.md", "# b\n"),
        "case taken alike",
    );
    for name in [
        "con.png",
        "_headers",
        "_redirects",
        "CNAME",
        "x.php",
        "x.svgz",
        "x.shtml",
        "web.config",
        "x.hta",
    ] {
        let site = Site::small()
            .file("content/about.md", format!("[x]({name})\n"))
            .file(&format!("content/{name}"), "x");
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1, "{name}: {}", run.err);
        assert!(run.err.contains(name), "{}", run.err);
    }
}

#[test]
fn an_attachment_that_hides_what_it_runs_is_refused() {
    let utf16: Vec<u8> = "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for (name, bytes) in [
        ("a.svg", utf16),
        ("a.svg", b"<!DOCTYPE svg [<!ENTITY x '&#60;script>x()&#60;/script>'>]><svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>".to_vec()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><style><script>x()</script></style></svg>".to_vec()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject><x:img xmlns:x='http://www.w3.org/1999/xhtml' src='x' onerror='x()'/></foreignObject></svg>".to_vec()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:y='http://www.w3.org/1999/xlink'><a y:href='java\tscript:x()'/></svg>".to_vec()),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><a><set attributeName='href' to='javascript:x()'/></a></svg>".to_vec()),
        ("a.html", b"<noscript><p title=\"</noscript><img src=x onerror=x()>\">".to_vec()),
        ("a.xhtml", b"<script>x()</script>".to_vec()),
        ("a", b"<!doctype html><script>x()</script>".to_vec()),
    ] {
        let site = Site::small().file("content/about.md", format!("[x]({name})\n")).file(&format!("content/{name}"), &bytes);
        let faults = site.faults();
        assert!(faults.iter().any(|f| f["rule"] == "privacy"), "{name}: {}: {faults:?}", String::from_utf8_lossy(&bytes));
        assert_eq!(site.run(&["build"]).code, 1);
    }
}

#[test]
fn what_keeps_harm_from_readers_cannot_be_lowered() {
    for (rule, word) in [("privacy", "allow"), ("path-escape", "warn")] {
        refused(
            &Site::small().file(
                "content/site.yaml",
                format!("{SITE_YAML}check: {{{rule}: {word}}}\n"),
            ),
            "cannot be lowered",
        );
    }
    let yaml = format!(
        "{SITE_YAML}check: {{broken-link: allow}}\nnavigation:\n  - {{name: x, url: \"javascript:alert(1)\"}}\naccessibility: {{statement: \"vbscript:x\"}}\n"
    );
    let site = Site::small().file("content/site.yaml", yaml);
    assert_eq!(site.run(&["build"]).code, 0);
    assert_harmless(&site.path("public"));
}

#[cfg(unix)]
#[test]
fn links_pipes_and_devices_are_not_followed() {
    use std::os::unix::fs::symlink;
    let small = || {
        Site::small()
            .file("secret/.env", "x")
            .file("README", "# Hi\n")
    };
    for target in [
        "/etc/passwd",
        "/dev/zero",
        "about.md",
        ".",
        "/",
        "../secret/.env",
        "../.git/config",
    ] {
        let site = small().file(".git/config", "x");
        for name in [
            "content/about.md",
            "content/org/2025/measurements.csv",
            "content/a.png",
        ] {
            symlink(target, site.path(name)).unwrap();
            refused(&site, "a link that leads out of the site folder");
            std::fs::remove_file(site.path(name)).unwrap();
        }
    }
    let site = small();
    symlink("../README", site.path("content/about.md")).unwrap();
    site.build();

    for name in [
        "content/about.md",
        "content/org/2025/measurements.csv",
        "content/a.png",
    ] {
        let site = small();
        let made = std::process::Command::new("mkfifo")
            .arg(site.path(name))
            .status();
        if made.is_ok_and(|status| status.success()) {
            refused(&site, "it is a pipe, a socket or a device");
        }
    }
    let deep = format!("content/{}x.md", "a/".repeat(40));
    refused(&small().file(&deep, "# x\n"), "32 folders deep");
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_unicode_is_refused() {
    use std::os::unix::ffi::OsStrExt as _;
    let site = Site::small();
    let name = std::ffi::OsStr::from_bytes(b"\xff\xfe.md");
    std::fs::write(site.path("content").join(name), "# x\n").unwrap();
    refused(&site, "its name is not Unicode");
}

#[test]
fn nothing_is_written_outside_the_output() {
    let site = Site::small().file("content/about.md", "# About\n");
    let before = files(&site.path(""));
    site.build();
    let after = files(&site.path(""));
    let new: Vec<_> = after
        .difference(&before)
        .filter(|path| !path.starts_with("public/"))
        .collect();
    assert!(new.is_empty(), "{new:?}");
}
