//! A site that would not leave its readers alone is not published.

use serde_json::Value;

use crate::site::{SITE_YAML, Site};

fn with_glossary(main: &str) -> Site {
    Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
        .file(
            "themes/ours/templates/glossary.html",
            format!("{{% extends \"base.html\" %}}\n{{% block main %}}{main}{{% endblock main %}}"),
        )
}

/// The faults of the rule, with file and line.
fn leaks(site: &Site) -> Vec<(String, u64, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let faults = site.faults();
    let of_rule = faults.iter().filter(|fault| fault["rule"] == "privacy");
    of_rule
        .map(|f| {
            (
                text(&f["file"]),
                f["line"].as_u64().unwrap(),
                text(&f["message"]),
            )
        })
        .collect()
}

#[test]
fn a_template_that_loads_runs_or_sends_is_named() {
    for (main, what) in [
        (
            "<img src=\"https://count.example.org/x.png\" alt=\"\">",
            "loads something from elsewhere",
        ),
        ("<script>document.cookie = 'a'</script>", "runs a script"),
        ("<p onclick=\"x()\">x</p>", "runs a script"),
        (
            "<iframe src=\"//video.example.org\"></iframe>",
            "loads something from elsewhere",
        ),
        (
            "<form action=\"https://x.example.org\"></form>",
            "sends something away",
        ),
    ] {
        let site = with_glossary(main);
        let found = leaks(&site);
        assert_eq!(found.len(), 1, "{main}: {found:?}");
        let (file, line, message) = &found[0];
        assert_eq!(
            (file.as_str(), *line),
            ("themes/ours/templates/glossary.html", 2)
        );
        assert!(message.contains(what), "{message}");
        let run = site.run(&["build"]);
        assert_eq!(run.code, 1);
        assert!(!site.path("public").exists());
    }
}

#[test]
fn one_leak_on_every_page_is_told_once() {
    let site = with_glossary("").file(
        "themes/ours/extra.css",
        "@import \"https://fonts.example.org/a.css\";\n",
    );
    let found = leaks(&site);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, "themes/ours/extra.css");
    assert!(found[0].2.contains("assets/style.css"));
}

#[test]
fn a_link_that_is_only_followed_is_no_leak() {
    let site = with_glossary("<a href=\"https://example.org/\" rel=\"external\">x</a>");
    site.build();
}

#[test]
fn attachments_are_looked_at_too() {
    for (name, text) in [
        (
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>",
        ),
        (
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        ),
        (
            "a.svg",
            "<svg xmlns='http://www.w3.org/2000/svg'><image href='https://x.example.org/a.png'/></svg>",
        ),
        (
            "a.html",
            "<script src='https://x.example.org/a.js'></script>",
        ),
    ] {
        let site = Site::small()
            .file(
                "content/about.md",
                format!("---\ntitle: About\n---\nSee [this](files/{name}).\n"),
            )
            .file(&format!("content/files/{name}"), text);
        let found = leaks(&site);
        assert!(!found.is_empty(), "{name}: {text}");
        assert!(
            found[0].2.contains(&format!("files/{name}, line 1")),
            "{found:?}"
        );
    }
}

#[test]
fn a_note_cannot_bring_anything_in() {
    let site = Site::small().file(
        "content/about.md",
        "---\ntitle: About\n---\n<script>x()</script>\n\n<img src=x onerror=x()>\n\n[x](javascript:x)\n\n![x](https://x.example.org/a.png)\n",
    );
    let faults = site.faults();
    assert!(faults.iter().any(|fault| fault["rule"] == "broken-link"));
    assert_eq!(leaks(&site), []);
}
