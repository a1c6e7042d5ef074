//! The content format, feature by feature.

use crate::site::{ORGANIZATIONS, Site, files};

const TWO: &str = "title: {zh-Hant: 測試, en: Test}\nlanguages: [zh-Hant, en]\n";

#[test]
fn any_list_may_stand_in_a_file_of_its_own() {
    let site = Site::plan("title: Plan\n")
        .file(
            "content/org/2025/themes/a.yaml",
            "code: A\nname: First\nobjectives:\n  - {code: AC1, name: O}\n",
        )
        .file("content/org/2025/themes/b.yaml", "code: B\nname: Second\n")
        .file(
            "content/org/2025/objectives.yaml",
            "- {code: BP1, name: P}\n",
        )
        .file(
            "content/org/2025/kpis.yaml",
            "- {code: AC1.1, name: K}\n- {code: BP1.1, name: L}\n",
        )
        .file(
            "content/org/2025/actions/x.yaml",
            "code: BP1.1.1\nname: Do it\n",
        );
    site.build();
    let map = site.page("org/2025/index.html");
    assert_eq!(map.all(".head .counts b"), ["2", "2", "2", "1"]);
    assert!(
        site.page("org/2025/BP1.1.1.html")
            .first(".crumbs")
            .contains("BP1.1 L")
    );
}

#[test]
fn codes_can_be_the_publishers_own() {
    let plan = "\
title: Plan
codes: free
perspectives: [{code: people, name: People}, {code: money, name: Money}]
themes:
  - code: growth
    name: Growth
    objectives:
      - code: goal-7
        name: O
        perspective: money
        kpis: [{code: k.2022-x, name: K}]
";
    let site = Site::plan(plan);
    site.build();
    assert!(site.path("public/org/2025/k.2022-x.html").exists());
    assert_eq!(
        site.page("org/2025/index.html")
            .all("#row-money .objective .code"),
        ["goal-7"]
    );
}

#[test]
fn objectives_sort_as_people_count() {
    let mut plan = String::from("title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n");
    for n in [10, 2, 1, 9, 3, 4, 8, 7, 6, 5] {
        plan.push_str(&format!("      - {{code: AC{n}, name: O}}\n"));
    }
    let site = Site::plan(&plan);
    site.build();
    let codes = site
        .page("org/2025/index.html")
        .all("#row-C .objective .code");
    assert_eq!(codes.last().map(String::as_str), Some("AC10"));
    assert_eq!(codes[1], "AC2");
}

#[test]
fn a_missing_translation_is_marked_and_counted() {
    let site = Site::small().file("content/site.yaml", TWO).file(
        "content/organizations.yaml",
        "- {id: org, name: {zh-Hant: 機關, en: Office}}\n",
    );
    let faults = site.faults();
    assert_eq!(faults.len(), 1, "{faults:?}");
    assert_eq!(
        (&faults[0]["rule"], &faults[0]["level"]),
        (&"missing-translation".into(), &"note".into())
    );
    site.build();
    let page = site.page("en/org/2025/AC1.html");
    assert_eq!(page.first("h1 [lang='zh-Hant']"), "Content people");
    assert_eq!(page.attributes("lang")[0], "en");
}

#[test]
fn years_can_be_written_and_shown_in_the_roc_calendar() {
    let site = Site::empty()
        .file("content/site.yaml", format!("{TWO}calendar: roc\n"))
        .file("content/organizations.yaml", ORGANIZATIONS)
        .file("content/org/111/scorecard.yaml", "title: 計畫\nperiod: 111\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC1, name: O, kpis: [{code: AC1.1, name: K, frequency: quarter}]}\n")
        .file("content/org/111/measurements.csv", "指標,期別,數值,公布日期\nAC1.1,111-Q2,5,111-07-20\n");
    site.build();
    let page = site.page("org/2022/AC1.1.html");
    assert_eq!(page.all("#periods + .scroll tbody th"), ["111 年第 2 季"]);
    assert_eq!(page.first(".when time"), "111-07-20");
    let page = site.page("en/org/2022/AC1.1.html");
    assert_eq!(page.all("#periods + .scroll tbody th"), ["2022 Q2"]);
}

#[test]
fn notes_and_pages_are_markdown_with_links_to_codes() {
    let site = Site::small()
        .file("content/org/2025/notes/AC1.1.md", "達成率**90%**以上, see [](code:AC1) and [the plan](code:org/2025).\n\n| a | b |\n|--:|---|\n| 1 | 2 |\n")
        .file("content/guide/first.md", "---\ntitle: First steps\n---\n## Begin\n\n[back](../about.md#why)\n")
        .file("content/about.md", "# About\n\n## Why\n\n<script>alert(1)</script><b onclick=\"x()\">bold</b>\n");
    site.build();
    let note = site.page("org/2025/AC1.1.html");
    assert_eq!(note.first(".prose strong"), "90%");
    assert_eq!(note.all(".prose a"), ["Content people", "the plan"]);
    assert_eq!(note.all(".prose td.align-right"), ["1"]);
    let page = site.page("guide/first.html");
    assert_eq!(
        (page.first("h1"), page.first("h2")),
        ("First steps".into(), "Begin".into())
    );
    let about = site.page("about.html");
    assert!(about.all(".prose script").is_empty() && about.attributes("onclick").is_empty());
    assert_eq!(about.first(".prose b"), "bold");
    crate::site::assert_sound(&site.path("public"));
}

#[test]
fn drafts_are_published_on_demand_only() {
    let site = Site::small().file("content/plan.md", "---\ndraft: true\n---\n# Soon\n");
    site.build();
    assert!(!site.path("public/plan.html").exists());
    assert_eq!(site.run(&["build", "--drafts"]).code, 0);
    assert!(site.path("public/plan.html").exists());
}

#[test]
fn the_address_of_the_site_brings_what_needs_it() {
    let site = Site::small();
    site.build();
    assert!(!site.path("public/sitemap.xml").exists());
    assert_eq!(
        site.run(&["build", "--base-url", "https://plan.example.org/x"])
            .code,
        0
    );
    let map = site.text("sitemap.xml");
    assert!(map.contains("<loc>https://plan.example.org/x/org/2025/AC1.1.html</loc>"));
    assert!(!map.contains("404.html"));
    assert!(
        site.text("robots.txt")
            .contains("Sitemap: https://plan.example.org/x/sitemap.xml")
    );
    let canonical = site.page("org/2025/AC1.1.html").attributes("href");
    assert!(canonical.contains(&"https://plan.example.org/x/org/2025/AC1.1.html".to_owned()));
    assert!(
        site.text("404.html")
            .contains("href=\"/x/assets/style.css\"")
    );
}

#[test]
fn text_is_escaped_wherever_it_stands() {
    let evil = r#"<script>alert(1)</script>\"><img src=x onerror=y>"#;
    let plan = format!(
        "title: \"{evil}\"\nmission: \"{evil}\"\nthemes:\n  - code: A\n    name: \"{evil}\"\n    objectives:\n      - code: AC1\n        name: \"{evil}\"\n        kpis:\n          - {{code: AC1.1, name: \"{evil}\", unit: \"{evil}\", direction: higher, target: 5}}\n"
    );
    let site = Site::plan(&plan).file(
        "content/org/2025/measurements.csv",
        "kpi,period,value,published_on,note,source,official_status\nAC1.1,2025,4,2026-01-01,</script><b>,<i>,<u>\n",
    );
    site.build();
    crate::site::assert_sound(&site.path("public"));
    for path in files(&site.path("public"))
        .iter()
        .filter(|p| p.ends_with(".html"))
    {
        let page = site.page(path);
        assert!(
            page.all("main img, main script, main u").is_empty(),
            "{path}"
        );
    }
    for file in ["feed.xml", "map.svg", "edition.html"] {
        let text = site.text(&format!("org/2025/{file}"));
        assert!(!text.contains("<script>"), "{file}");
    }
}

#[test]
fn declared_causes_are_listed_where_they_matter() {
    let plan = "\
title: Plan
themes:
  - code: A
    name: T
    objectives:
      - {code: AC1, name: Effect}
      - {code: AP1, name: Cause, drives: [{to: AC1, because: It follows}]}
";
    let site = Site::plan(plan);
    site.build();
    let row = site
        .page("org/2025/A.html")
        .first("#relations ~ .scroll tbody tr");
    assert_eq!(row, "AP1 Cause→ AC1 EffectIt follows");
    let theme = site.page("org/2025/A.html");
    assert_eq!(theme.all("#relations ~ .effects .tree li"), ["AP1 Cause"]);
    for page in [theme, site.page("org/2025/index.html")] {
        assert_eq!(page.all("svg.board .way title"), ["AP1 → AC1"]);
        let links = page.all("svg.board a");
        assert_eq!(links, ["AC1Effect", "AP1Cause"]);
    }
    let picture = site.text("org/2025/map.svg");
    assert!(picture.contains("<title>AP1 → AC1</title>"));
    let supported = site.page("org/2025/AC1.html").all("#relations ~ .items li");
    assert_eq!(supported, ["AP1 Cause It follows"]);
}

#[test]
fn every_figure_leads_to_the_line_that_set_it() {
    let site = Site::kpi(
        "direction: higher\ntarget: 5",
        "kpi,period,value\nAC1.1,2025,4\n",
    )
    .file(
        "content/site.yaml",
        "title: T\nlanguages: [en]\nrepository: \"https://example.org/{path}?l={line}\"\n",
    );
    site.build();
    let page = site.page("org/2025/AC1.1.html");
    assert_eq!(
        page.first(".now .source"),
        "content/org/2025/measurements.csv:2"
    );
    let links = page.attributes("href");
    assert!(
        links.contains(&"https://example.org/content/org/2025/measurements.csv?l=2".to_owned())
    );
}

#[test]
fn a_report_quotes_code_and_figure() {
    let site = Site::kpi(
        "direction: higher\ntarget: 5",
        "kpi,period,value\nAC1.1,2025,4\n",
    )
    .file(
        "content/site.yaml",
        "title: T\nlanguages: [en]\ncontact: plan@example.org\n",
    );
    site.build();
    let links = site.page("org/2025/AC1.1.html").attributes("href");
    let report = links
        .iter()
        .find(|link| link.starts_with("mailto:plan@example.org?"))
        .unwrap();
    assert!(
        report.contains("subject=Fault%20report%3A%20AC1.1%20K"),
        "{report}"
    );
    assert!(
        report.contains("body=Figure%3A%204%0APage%3A%20org%2F2025%2FAC1.1.html"),
        "{report}"
    );
}

#[test]
fn the_edition_has_everything_and_needs_no_other_file() {
    let site = Site::kpi(
        "direction: higher\ntarget: 5",
        "kpi,period,value\nAC1.1,2025,4\n",
    )
    .file(
        "content/org/2025/notes/AC1.1.md",
        "## Why\n\n![Lake](../../../images/lake.svg) See [[AC1.1]].\n",
    )
    .file(
        "content/images/lake.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
    );
    site.build();
    let edition = site.page("org/2025/edition.html");
    let value = edition.first("#c-AC1\\.1 ~ .result-panel .big");
    assert_eq!(value, "4");
    assert_eq!(edition.first("article h5[id$=why]"), "Why");
    let pictures = edition.attributes("src");
    assert!(
        pictures
            .iter()
            .all(|p| p.starts_with("data:image/svg+xml;base64,")),
        "{pictures:?}"
    );
    let styles = edition.attributes("href");
    assert!(styles.iter().any(|link| link.starts_with("data:text/css;")));
    assert!(styles.iter().any(|link| link == "#c-AC1.1"));
    assert!(!styles.iter().any(|link| link.ends_with("assets/style.css")));
}

#[test]
fn names_without_a_translation_say_their_language_in_pictures_captions_and_links() {
    let site = Site::small()
        .file(
            "content/site.yaml",
            "title: {zh-Hant: 測試, en: Test}\nlanguages: [zh-Hant, en]\n",
        )
        .file(
            "content/organizations.yaml",
            "- {id: org, name: 市政府}\n- {id: unit, name: {zh-Hant: 科, en: Unit}, parent: org}\n",
        )
        .file(
            "content/org/2025/scorecard.yaml",
            "title: {zh-Hant: 計畫, en: Plan}\nthemes:\n  - code: A\n    name: 服務\n    lead: [unit]\n    objectives:\n      - code: AC1\n        name: 民眾滿意\n        kpis:\n          - {code: AC1.1, name: 滿意度, unit: \"%\", direction: higher, target: 90}\n",
        )
        .file(
            "content/org/2025/measurements.csv",
            "kpi,period,value\nAC1.1,2024,80\nAC1.1,2025,91\n",
        );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    let has = |path: &str, what: &str| {
        let text = site.text(path);
        assert!(text.contains(what), "{path} has no {what}: {text}");
    };
    has(
        "en/org/2025/map.svg",
        "<text class=\"name\" xml:lang=\"zh-Hant\"",
    );
    has(
        "en/org/2025/AC1.1.svg",
        " xml:lang=\"zh-Hant\">滿意度</title>",
    );
    has(
        "en/org/2025/AC1.1.html",
        "<span lang=\"zh-Hant\">滿意度</span> (%)",
    );
    has("en/org/2025/AC1.1.html", " lang=\"zh-Hant\">滿意度</title>");
    has("en/org/index.html", "<text class=\"name\" lang=\"zh-Hant\"");
    has(
        "en/unit/index.html",
        "<span lang=\"zh-Hant\">市政府, 2025</span>",
    );
    // The page's own language is stated once, at its top.
    let own = site.text("org/2025/AC1.1.html");
    assert!(!own.contains("<span lang=\"zh-Hant\">"), "{own}");
}
