//! Pictures in notes, pages and headers: of a kind that is shown, with words for those
//! who do not see them, and each fault at the place that uses the picture.

use std::fs::File;
use std::io::Write as _;

use serde_json::Value;

use crate::site::{SITE_YAML, Site};

const NOTE: &str = "content/org/2025/notes/AC1.md";
const SVG: &[u8] = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A note with this text, beside a picture of some kind.
fn note(text: &str, name: &str, bytes: &[u8]) -> Site {
    Site::small()
        .file(NOTE, text)
        .file(&format!("content/org/2025/notes/{name}"), bytes)
}

/// Rule, level, place, message and help of the one fault of a site.
fn told(site: &Site) -> (String, String, String, String) {
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:#?}");
    let text = |key: &str| faults[0][key].as_str().unwrap_or_default().to_owned();
    let number = |key: &str| faults[0][key].as_u64().unwrap_or_default();
    (
        format!("{} {}", text("rule"), text("level")),
        format!("{}:{}:{}", text("file"), number("line"), number("column")),
        text("message"),
        text("help"),
    )
}

#[test]
fn a_picture_without_words_is_asked_for_them() {
    let silent = note("Words.\n\n![](lake.svg)\n", "lake.svg", SVG);
    let (rule, place, message, help) = told(&silent);
    assert_eq!(rule, "undescribed-picture warning");
    assert_eq!(place, format!("{NOTE}:3:1"));
    assert!(message.starts_with("the picture `lake.svg` has no description"));
    assert_eq!(
        help,
        "write `![what it shows](lake.svg)`; for a picture that only decorates, write `<img src=\"lake.svg\" alt=\"\">`"
    );
    let raw = note("<img src=\"lake.svg\">\n", "lake.svg", SVG);
    assert_eq!(told(&raw).0, "undescribed-picture warning");
    for text in [
        "![The lake](lake.svg)\n",
        "<img src=\"lake.svg\" alt=\"\">\n",
        "Beside words <img src=\"lake.svg\" alt=\"\"> too.\n",
    ] {
        note(text, "lake.svg", SVG).build();
    }
}

#[test]
fn a_file_that_browsers_do_not_show_is_no_picture() {
    let (rule, place, message, help) = told(&note(
        "![x](lake.heic)\n",
        "lake.heic",
        b"\0\0\0\x18ftypheic",
    ));
    assert_eq!(rule, "broken-link error");
    assert_eq!(place, format!("{NOTE}:1:1"));
    assert_eq!(
        message,
        "the picture `lake.heic` is not of a kind that browsers show; expected an svg, png, jpg, gif, webp or avif file"
    );
    assert_eq!(
        help,
        "export it as PNG or JPEG from a picture program, and name that file here"
    );
    for (name, bytes) in [
        ("lake.png", &b"hello"[..]),
        ("lake.jpg", b"\0\0\0\x18ftypheic"),
        ("lake.svg", b"hello"),
        ("lake.webp", b""),
    ] {
        let (rule, _, message, help) = told(&note(&format!("![x]({name})\n"), name, bytes));
        assert_eq!(rule, "broken-link error");
        assert!(message.starts_with(&format!("the picture `{name}` holds no picture")));
        assert!(help.starts_with("open it in a picture program"), "{help}");
    }
    for (name, bytes) in [
        ("lake.png", PNG),
        ("lake.PNG", b"\xff\xd8\xff\xe0"),
        ("lake.gif", b"GIF89a"),
    ] {
        note(&format!("![x]({name})\n"), name, bytes).build();
    }
    // What is only linked to is saved.
    note("[x](lake.heic)\n", "lake.heic", b"\0\0\0\x18ftypheic").build();
    let logo = Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}logo: logo.png\n"))
        .file("content/logo.png", "hello");
    let (rule, place, message, _) = told(&logo);
    assert_eq!(rule, "bad-value error");
    assert_eq!(place, "content/site.yaml:3:7");
    assert!(message.starts_with("the logo `logo.png` holds no picture"));
}

#[test]
fn a_missing_picture_is_no_page() {
    let (_, place, message, help) = told(&Site::small().file(NOTE, "![x](lake.png)\n"));
    assert_eq!(place, format!("{NOTE}:1:1"));
    assert_eq!(
        message,
        "there is no file `org/2025/notes/lake.png`; expected a picture under content/, its path relative to this file"
    );
    assert!(help.starts_with("put the file there"), "{help}");
    let logo = Site::small().file("content/site.yaml", format!("{SITE_YAML}logo: logo.png\n"));
    assert!(told(&logo).2.contains("expected a picture under content/"));
}

#[test]
fn a_picture_that_is_too_large_is_told_where_it_is_used() {
    let site = note("Words.\n\nSee ![x](lake.png).\n", "lake.png", PNG);
    let path = site.path("content/org/2025/notes/lake.png");
    let mut file = File::create(path).unwrap();
    file.write_all(PNG).unwrap();
    file.set_len(70 << 20).unwrap();
    let (rule, place, message, _) = told(&site);
    assert_eq!(rule, "unreadable-file error");
    assert_eq!(place, format!("{NOTE}:3:5"));
    assert!(
        message.contains("content/org/2025/notes/lake.png"),
        "{message}"
    );
}

#[test]
fn an_address_without_its_beginning_is_completed() {
    for (link, meant) in [
        ("www.example.org", "write `https://www.example.org`"),
        ("example.gov.tw/a?b", "write `https://example.gov.tw/a?b`"),
        ("office@example.org", "write `mailto:office@example.org`"),
        (
            "report.pdf",
            "put the file there, or correct the path (upper and lower case differ)",
        ),
    ] {
        let site = Site::small().file(NOTE, format!("[x]({link})\n"));
        assert_eq!(told(&site).3, meant, "{link}");
    }
}

#[test]
fn a_worst_on_the_better_side_is_told_at_the_worst() {
    let kpi = |keys: &str| {
        Site::kpi(keys, "kpi,period,value\n").file(
            "content/org/2025/targets.csv",
            "kpi,period,target\nAC1.1,2025,8\nAC1.1,2024,9\n",
        )
    };
    let site = kpi("direction: lower\nworst: 5\n");
    let (rule, place, message, help) = told(&site);
    assert_eq!(rule, "impossible-scale error");
    assert_eq!(place, "content/org/2025/scorecard.yaml:12:20");
    assert_eq!(
        message,
        "AC1.1 cannot be scored: `worst` 5 is not above the target 9"
    );
    assert_eq!(
        help,
        "write a `worst` above 9: it is the value that scores 0; or correct the direction or the target"
    );
    let related: &Value = &site.faults()[0]["related"][0];
    assert_eq!(related["file"], "content/org/2025/targets.csv");
    assert_eq!(related["line"], 3);
    let (_, _, message, _) = told(&kpi("direction: higher\nworst: 12\n"));
    assert_eq!(
        message,
        "AC1.1 cannot be scored: `worst` 12 is not below the target 9"
    );
    let (_, _, message, _) = told(&kpi("direction: exactly\nworst: [1, 5]\n"));
    assert!(message.ends_with("`worst` 5 is not above the target 9"));
}

#[test]
fn a_figure_with_words_is_led_to_the_key_of_the_words() {
    let result = |value: &str| {
        let site = Site::kpi(
            "unit: \"%\"\ndirection: higher\n",
            &format!("kpi,period,value\nAC1.1,2025,{value}\n"),
        );
        told(&site).3
    };
    let direction = |figure: &str| {
        format!(
            "write `{figure}` alone; whether more or less is better is said by the KPI's `direction`"
        )
    };
    assert_eq!(result("95%以上"), direction("95%"));
    assert_eq!(result(">=95"), direction("95"));
    assert_eq!(result("%95"), "write `95%`");
    let budget = crate::site::SCORECARD.replace(
        "name: Listen}",
        "name: Listen, budget: {planned: NT$2400000}}",
    );
    assert_eq!(
        told(&Site::plan(&budget)).3,
        "write `2400000` alone; the currency belongs in the budget's `currency`, or in the KPI's `unit`"
    );
}
