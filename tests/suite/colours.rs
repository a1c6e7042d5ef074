//! Accents, logos and contrast: what an organisation sets reaches its pages,
//! and nothing is published that cannot be read.

use serde_json::Value;

use crate::site::{ORGANIZATIONS, SITE_YAML, Site, assert_sound};

const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><circle cx=\"4\" cy=\"4\" r=\"4\" fill=\"#fff\"/></svg>\n";

/// A city, a department with an accent of its own and one without, and an
/// organisation apart.
fn family(site: &str) -> Site {
    Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}{site}"))
        .file(
            "content/organizations.yaml",
            "- {id: city, name: City, accent: \"#6b1f4a\", logo: images/city.svg}\n\
             - {id: org, name: Office, parent: city, accent: \"#153\"}\n\
             - {id: parks, name: Parks, parent: city}\n\
             - {id: lake, name: Lake, parent: parks}\n\
             - {id: apart, name: Apart}\n",
        )
        .file("content/images/city.svg", LOGO)
        .file("content/images/site.png", b"\x89PNG\r\n\x1a\n")
}

fn body(site: &Site, page: &str) -> String {
    let classes = site.page(page).attributes("class");
    classes
        .into_iter()
        .find(|class| class.starts_with("page-"))
        .unwrap()
}

fn logo(site: &Site, page: &str) -> Option<String> {
    site.page(page).attributes("src").into_iter().next()
}

/// Faults as rule, file, line, column.
fn places(faults: &[Value]) -> Vec<(&str, &str, u64, u64)> {
    let text = |fault: &'_ Value, key: &str| fault[key].as_str().unwrap_or_default().to_owned();
    faults
        .iter()
        .map(|fault| {
            assert!(!text(fault, "message").is_empty());
            (
                fault["rule"].as_str().unwrap(),
                fault["file"].as_str().unwrap(),
                fault["line"].as_u64().unwrap(),
                fault["column"].as_u64().unwrap(),
            )
        })
        .collect()
}

fn says(faults: &[Value], words: &str) -> bool {
    faults
        .iter()
        .any(|f| format!("{} {} {}", f["message"], f["expected"], f["help"]).contains(words))
}

#[test]
fn an_accent_reaches_the_pages_of_its_organisation_and_of_those_below() {
    let site = family("");
    site.build();
    assert_eq!(body(&site, "city/index.html"), "page-organization brand-1");
    assert_eq!(body(&site, "org/index.html"), "page-organization brand-2");
    assert_eq!(body(&site, "org/2025/AC1.1.html"), "page-kpi brand-2");
    assert_eq!(body(&site, "parks/index.html"), "page-organization brand-1");
    assert_eq!(body(&site, "lake/index.html"), "page-organization brand-1");
    assert_eq!(body(&site, "apart/index.html"), "page-organization");
    assert_eq!(body(&site, "search.html"), "page-search");
    let style = site.text("assets/style.css");
    for rule in [
        ".brand-1 { --head: #6b1f4a; --head-2: #5b1a3f; --accent: #f2c94c; }",
        ".brand-2 { --head: #115533; --head-2: #0e482b; --accent: #f2c94c; }",
        ".brand-2 { --head: #0d4026; --head-2: #0a331f; --accent: #f2c94c; }",
    ] {
        assert!(style.contains(rule), "{rule}");
    }
    assert_sound(&site.path("public"));
}

#[test]
fn the_sites_accent_and_logo_serve_where_no_organisation_sets_one() {
    let site = family("accent: \"#222\"\nlogo: images/site.png\npublisher: city\n");
    site.build();
    for page in ["index.html", "search.html", "404.html"] {
        assert!(body(&site, page).ends_with(" brand-1"), "{page}");
        assert!(
            logo(&site, page).unwrap().ends_with("images/site.png"),
            "{page}"
        );
    }
    assert_eq!(body(&site, "apart/index.html"), "page-organization brand-1");
    assert_eq!(
        logo(&site, "apart/index.html").unwrap(),
        "../images/site.png"
    );
    assert_eq!(body(&site, "city/index.html"), "page-organization brand-2");
    assert_eq!(
        logo(&site, "lake/index.html").unwrap(),
        "../images/city.svg"
    );
    // Where the site sets none, its pages show the publisher, whose name stands there.
    let site = family("publisher: city\n");
    site.build();
    assert_eq!(body(&site, "index.html"), "page-home brand-1");
    assert_eq!(logo(&site, "index.html").unwrap(), "images/city.svg");
}

#[test]
fn a_logo_is_published_and_stands_in_for_the_drawn_mark() {
    let site = family("");
    site.build();
    let page = site.page("org/2025/index.html");
    assert_eq!(
        logo(&site, "org/2025/index.html").unwrap(),
        "../../images/city.svg"
    );
    assert_eq!(page.attributes("alt"), [""]);
    assert!(page.all(".owner svg").is_empty());
    assert_eq!(site.text("images/city.svg"), LOGO);
    assert!(!site.path("public/images/site.png").exists());
    assert_eq!(
        site.page("apart/index.html").all(".owner svg.logo").len(),
        1
    );
}

#[test]
fn an_accent_that_white_cannot_be_read_on_is_refused_by_name() {
    let site = Site::small().file(
        "content/organizations.yaml",
        "- {id: org, name: X, accent: \"#f2c94c\"}\n",
    );
    let faults = site.faults();
    let place = ("low-contrast", "content/organizations.yaml", 1, 30);
    assert_eq!(places(&faults), [place], "one accent is one fault");
    assert!(
        says(
            &faults,
            "the header's text on its first row, #ffffff on #f2c94c, has a contrast of 1.59 in the light scheme, not 4.5"
        ),
        "{faults:#?}"
    );
    assert!(says(&faults, "and 7 more"), "{faults:#?}");
    // The shade that the fault offers is enough.
    let help = faults[0]["help"].as_str().unwrap();
    let enough = help.split('`').nth(1).unwrap();
    site.write(
        "content/organizations.yaml",
        format!("- {{id: org, name: X, accent: \"{enough}\"}}\n"),
    );
    site.build();
}

#[test]
fn a_theme_with_a_weak_ink_fails_at_its_line() {
    let themed = |css: &str| {
        Site::small()
            .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
            .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
            .file("themes/ours/extra.css", css)
    };
    let site = themed(
        "/* ours */\n@media (prefers-color-scheme: light) {\n  :root { --ink-2: #8a8a8a; }\n}\n",
    );
    let faults = site.faults();
    let place = ("low-contrast", "themes/ours/extra.css", 3, 11);
    assert!(
        places(&faults).iter().all(|found| *found == place),
        "{faults:#?}"
    );
    assert!(
        says(
            &faults,
            "secondary text on a sunken ground: `--ink-2` #8a8a8a on `--sunken` #f0f0ee has a contrast of 3.03 in the light scheme"
        ),
        "{faults:#?}"
    );
    assert_eq!(site.run(&["build"]).code, 1);
    assert!(!site.path("public/index.html").exists());
    // A ground of the theme's own is at fault where the ink is the default one.
    let site = themed(":root { --surface: #8090a0; }\n");
    assert!(places(&site.faults()).contains(&("low-contrast", "themes/ours/extra.css", 1, 9)));
    // A property set for both schemes is found in the one that was forgotten.
    let site = themed(":root { --link: #0a4f8f; }\n");
    let faults = site.faults();
    assert!(says(&faults, "in the dark scheme") && !says(&faults, "in the light scheme"));
    themed(":root { --accent: #ffd75e; --ours: var(--accent); }\n").build();
}

#[test]
fn what_cannot_be_computed_is_a_warning() {
    let site = Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
        .file("themes/ours/extra.css", ":root { --ink: rgb(10 10 10); }\n");
    let faults = site.faults();
    let place = ("unchecked-colour", "themes/ours/extra.css", 1, 9);
    assert_eq!(places(&faults), [place], "{faults:#?}");
    assert!(says(&faults, "`rgb(10 10 10)`"));
    assert_eq!(site.run(&["build"]).code, 0);
    let site = Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
        .file(
            "themes/ours/style.css",
            ":root { --ink: #000; --bg: #fff }\n",
        );
    let faults = site.faults();
    let place = ("unchecked-colour", "themes/ours/style.css", 1, 1);
    assert_eq!(places(&faults), [place], "{faults:#?}");
    assert!(says(&faults, "`--surface`") && !says(&faults, "`--bg`"));
    let site = Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
        .file(
            "themes/ours/extra.css",
            "@media print { :root { --ink: #888 } }\n\
             @media (min-width: 40em) { :root { --ink: #888; --ours: 1 } }\n",
        );
    let faults = site.faults();
    let place = ("unchecked-colour", "themes/ours/extra.css", 2, 36);
    assert_eq!(places(&faults), [place], "{faults:#?}");
}

#[test]
fn bad_accents_and_logos_are_faults_with_their_place() {
    let file = "content/organizations.yaml";
    let organization = |keys: &str| {
        Site::small()
            .file(file, format!("- id: org\n  name: X\n  {keys}\n"))
            .file("content/images/logo.gif", "picture")
            .file(
                "content/images/run.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>1</script></svg>",
            )
            .file(
                "content/images/click.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"x\"/>",
            )
            .file("content/about.md", "# About\n")
    };
    for (keys, rule, column, words) in [
        ("accent: navy", "bad-value", 11, "\\\"#12345b\\\""),
        (
            "accent: \"#12345\"",
            "bad-value",
            11,
            "`#12345` is not a colour",
        ),
        (
            "accent: #12345b",
            "bad-value",
            3,
            "without them `#` begins a comment",
        ),
        (
            "accent: [\"#12345b\"]",
            "wrong-type",
            11,
            "a colour such as",
        ),
        (
            "logo: images/none.svg",
            "broken-link",
            9,
            "there is no file `images/none.svg`",
        ),
        (
            "logo: ../../x.svg",
            "path-escape",
            9,
            "leads out of the site folder",
        ),
        (
            "logo: https://example.org/x.svg",
            "broken-link",
            9,
            "lies on another site",
        ),
        (
            "logo: images/logo.gif",
            "bad-value",
            9,
            "svg, png, jpg or webp",
        ),
        ("logo: about.md", "bad-value", 9, "svg, png, jpg or webp"),
        (
            "logo: images/run.svg",
            "bad-value",
            9,
            "contains a `<script>`",
        ),
        (
            "logo: images/click.svg",
            "bad-value",
            9,
            "contains `onload` on `<svg>`",
        ),
    ] {
        let faults = organization(keys).faults();
        assert_eq!(
            places(&faults),
            [(rule, file, 3, column)],
            "{keys}: {faults:#?}"
        );
        assert!(says(&faults, words), "{keys}: {faults:#?}");
    }
    let site = Site::small()
        .file("content/organizations.yaml", ORGANIZATIONS)
        .file(
            "content/site.yaml",
            format!("{SITE_YAML}accent: \"#1234567\"\naccessibility:\n  badge: {{image: run.svg, alt: Badge}}\n"),
        )
        .file("content/run.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>");
    let found = site.faults();
    assert_eq!(
        places(&found),
        [
            ("bad-value", "content/site.yaml", 3, 9),
            ("bad-value", "content/site.yaml", 5, 18)
        ],
        "{found:#?}"
    );
}

#[test]
fn a_file_may_have_any_name() {
    let site = Site::small()
        .file(
            "content/organizations.yaml",
            "- {id: org, name: Office, logo: \"images/標誌 & 1.svg\"}\n",
        )
        .file("content/images/標誌 & 1.svg", LOGO)
        .file(
            "content/org/2025/notes/AC1.md",
            "![Mark](../../../images/標誌%20&%201.svg)\n",
        )
        .file("content/關於 我們.md", "# 關於\n");
    site.build();
    let address = "../../images/%E6%A8%99%E8%AA%8C%20%26%201.svg";
    assert_eq!(logo(&site, "org/2025/index.html").unwrap(), address);
    let objective = site.page("org/2025/AC1.html").attributes("src");
    assert_eq!(objective, [address, address]);
    let edition = site.page("org/2025/edition.html").attributes("src");
    assert!(edition.len() > 1, "{edition:?}");
    assert!(
        edition.iter().all(|src| src.starts_with("data:")),
        "{edition:?}"
    );
    let home = site.page("index.html").attributes("href");
    assert!(
        home.contains(&"%E9%97%9C%E6%96%BC%20%E6%88%91%E5%80%91.html".to_owned()),
        "{home:?}"
    );
}
