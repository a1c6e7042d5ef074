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

/// The page of a theme with this in place of a part of the default `base.html`, and
/// with this at the end of its style sheet.
fn with_theme(part: &str, instead: &str, css: &str) -> Site {
    let base = include_str!("../../themes/default/templates/base.html");
    assert!(base.contains(part), "{part}");
    with_glossary("")
        .file(
            "themes/ours/templates/base.html",
            base.replacen(part, instead, 1),
        )
        .file(
            "themes/ours/extra.css",
            format!("p {{ margin: 0 }}\n{css}\n"),
        )
}

const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">\n";
const CHARSET: &str = "<meta charset=\"utf-8\">\n";

#[test]
fn a_page_gives_the_browser_no_orders() {
    for (order, what) in [
        (
            "<meta http-equiv=\"refresh\" content=\"0;https://x.example.org\">",
            "sends something away",
        ),
        (
            "<meta http-equiv=\"refresh\" content=\"0;url='https://x.example.org'\">",
            "sends something away",
        ),
        (
            "<meta content='0,//x.example.org' http-equiv='Refresh'>",
            "sends something away",
        ),
        (
            "<meta http-equiv=\"refresh\" content=\"600\">",
            "sends something away",
        ),
        (
            "<noscript><meta http-equiv=\"refresh\" content=\"0\"></noscript>",
            "sends something away",
        ),
        (
            "<meta http-equiv=\"delegate-ch\" content=\"x\">",
            "gives the browser an order of its own",
        ),
    ] {
        let title = "<title>";
        let site = with_theme(title, &format!("{order}\n{title}"), "");
        let found = leaks(&site);
        assert_eq!(found.len(), 1, "{order}: {found:?}");
        let (file, line, message) = &found[0];
        let place = (file.as_str(), *line);
        assert_eq!(place, ("themes/ours/templates/base.html", 9), "{order}");
        assert!(message.contains(what), "{message}");
    }
}

#[test]
fn every_page_carries_the_policy_before_everything_else() {
    let link = "<link rel=\"icon\" href=\"icon.png\">\n";
    for instead in [
        CHARSET.to_owned(),
        format!("{CHARSET}{}", POLICY.replace("{{ csp }}", "img-src *")),
        format!("{CHARSET}<!-- {POLICY} -->"),
        format!("{CHARSET}{link}{POLICY}"),
        format!("{CHARSET}x{POLICY}"),
        format!("{CHARSET}<template>{POLICY}</template>"),
    ] {
        let site = with_theme(&format!("{CHARSET}{POLICY}"), &instead, "");
        let faults = site.faults();
        let told: Vec<_> = faults.iter().map(|f| &f["rule"]).collect();
        assert_eq!(told, ["privacy"], "{instead}: {faults:#?}");
        assert_eq!(faults[0]["file"], "themes/ours/templates/base.html");
        assert_eq!(faults[0]["line"], 3);
        let message = faults[0]["message"].as_str().unwrap();
        assert!(
            message.contains("lacks the policy before everything else: `<head>`"),
            "{message}"
        );
        assert!(
            faults[0]["help"]
                .as_str()
                .unwrap()
                .contains("content=\"{{ csp }}\"")
        );
    }
    let stricter = format!(
        "{POLICY}{CHARSET}{}",
        POLICY.replace("{{ csp }}", "img-src 'none'")
    );
    with_theme(&format!("{CHARSET}{POLICY}"), &stricter, "").build();
}

#[test]
fn what_a_browser_takes_for_a_tag_is_one() {
    for main in [
        "<![CDATA[><img src=x onerror=x()>]]>",
        "<!--> <img src=x onerror=x()> -->",
        "<svg><style><img src=x onerror=x()></style></svg>",
        "<noscript><p title=\"</noscript><img src=x onerror=x()>\"></noscript>",
        "<select><img src=x onerror=x()></select>",
    ] {
        let found = leaks(&with_glossary(main));
        assert_eq!(found.len(), 1, "{main}: {found:?}");
        assert_eq!(
            (found[0].0.as_str(), found[0].1),
            ("themes/ours/templates/glossary.html", 2)
        );
        assert!(
            found[0].2.contains("runs a script: `onerror=\"x()\"`"),
            "{found:?}"
        );
    }
}

#[test]
fn a_style_sheet_loads_from_the_site_however_it_is_written() {
    for css in [
        "@import/**/\"https://x.example.org/a.css\";",
        "@\\69mport \"https://x.example.org/a.css\";",
        "@import \"a.css\";",
        "@import url(data:text/css,a);",
        "p { background: \\75rl(https://x.example.org/a.png) }",
        "p { background: url(\"\\68ttps://x.example.org/a.png\") }",
        "p { background: url(\"ht\\\ntps://x.example.org/a.png\") }",
        "p { background: image-set(\"a.png\" 5x, \"https:x.example.org/a.png\" 1x) }",
        "p { --a: 'https://x.example.org'; background: image-set(var(--a) 1x) }",
    ] {
        let found = leaks(&with_theme(CHARSET, CHARSET, css));
        assert_eq!(found.len(), 1, "{css}: {found:?}");
        assert_eq!(
            (found[0].0.as_str(), found[0].1),
            ("themes/ours/extra.css", 2),
            "{css}"
        );
    }
    let css = "p { background: url(../images/a.png), url(\"data:image/svg+xml,%3Csvg/%3E\"); content: 'https://x' }";
    with_theme(CHARSET, CHARSET, css).build();
}

/// A page that leads to an attachment.
fn attached(name: &str, bytes: &[u8]) -> Site {
    Site::small()
        .file(
            "content/about.md",
            format!("---\ntitle: About\n---\nSee [this](files/{name}).\n"),
        )
        .file(&format!("content/files/{name}"), bytes)
}

/// Asserts that each of these attachments is refused at the link that leads to it,
/// and for which reason.
#[track_caller]
fn refused(attachments: &[(&str, &[u8], String)]) {
    let mut page = String::from("---\ntitle: About\n---\n");
    let mut site = Site::small();
    let mut expected = Vec::new();
    for (at, (name, bytes, why)) in attachments.iter().enumerate() {
        page += &format!("See [this](files/{at}/{name}).\n");
        site = site.file(&format!("content/files/{at}/{name}"), bytes);
        let said = format!("the attachment content/files/{at}/{name} is not published: {why}");
        expected.push((at + 4, said));
    }
    let site = site.file("content/about.md", page);
    let faults = site.faults();
    let told = |fault: &Value| {
        let place = (&fault["rule"], &fault["file"], &fault["column"]);
        assert_eq!(
            place,
            (&"privacy".into(), &"content/about.md".into(), &5.into())
        );
        assert!(!fault["help"].as_str().unwrap().is_empty());
        let (message, _) = fault["message"]
            .as_str()
            .unwrap()
            .split_once("; expected ")
            .unwrap();
        let line = usize::try_from(fault["line"].as_u64().unwrap()).unwrap();
        (line, message.to_owned())
    };
    let mut found: Vec<_> = faults.iter().map(told).collect();
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(site.run(&["build"]).code, 1);
    assert!(!site.path("public").exists());
}

#[test]
fn kinds_that_browsers_run_load_or_guess_are_no_attachments() {
    let feed = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">alert(1)</x:script></feed>";
    let page = b"<p><img src=x onerror=alert(1)>".as_slice();
    let kinds = [
        "atom", "rss", "xsd", "rng", "wsdl", "kml", "xml", "rdf", "xhtml", "html", "htm", "mht",
        "css", "js", "mjs", "php", "svgz", "zzq", "2025", "de", "bak", "gz", "md5", "swf", "wasm",
    ];
    let names: Vec<_> = kinds
        .iter()
        .map(|kind| (format!("a.{kind}"), format!("a.html.{kind}"), kind))
        .collect();
    let mut cases = Vec::new();
    for (one, other, kind) in &names {
        let why = format!("files of the kind `.{kind}` are not published");
        cases.push((one.as_str(), feed.as_bytes(), why.clone()));
        cases.push((other.as_str(), page, why));
    }
    for name in ["x", "CNAME", "_headers"] {
        cases.push((
            name,
            page,
            "its name does not say of which kind it is".to_owned(),
        ));
    }
    let why = "hosts take a file of this name for their own settings";
    cases.push(("vercel.json", b"{}", why.to_owned()));
    for (name, part) in [
        ("a.php.png", "php"),
        ("a.html.png", "html"),
        ("a.PHP5.x.png", "php5"),
    ] {
        let why = format!("hosts run files with `.{part}` in their names, or show them as pages");
        cases.push((name, b"\x89PNG\r\n\x1a\n", why));
    }
    refused(&cases);
    let faults = attached("a.html", page).faults();
    assert_eq!(
        faults[0]["help"],
        "put it into a .zip, or publish it elsewhere and link to it there"
    );
    let message = faults[0]["message"].as_str().unwrap();
    let kinds = "avif, csv, doc, docx, geojson, gif, heic, ics, jpeg, jpg, json, mp3, mp4, odp, ods, odt, pdf, png, ppt, pptx, svg, tsv, txt, webm, webp, xls, xlsx, zip";
    let expected = format!("expected a file of one of these kinds: {kinds}");
    assert!(message.ends_with(&expected), "{message}");
}

#[test]
fn an_attachment_is_what_its_name_says() {
    let other = |name: &str| {
        let (_, kind) = name.rsplit_once('.').unwrap();
        format!("its content is not that of a `.{kind}`")
    };
    let pages = [
        "<p>",
        "<div>",
        "<h1>x</h1>",
        "<b>",
        "<br>",
        "<a href=x>",
        "<table>",
        "<title>x</title>",
        "<style>a{}</style>",
        "<font>",
        "<!--x-->",
        "<?xml version='1.0'?>",
        "\u{feff} \n<p>",
    ]
    .map(|start| format!("{start}<img src=x onerror=alert(1)>"));
    let mut cases = Vec::new();
    for page in &pages {
        for name in [
            "a.txt",
            "a.csv",
            "a.tsv",
            "a.ics",
            "a.json",
            "a.geojson",
            "a.xls",
        ] {
            cases.push((name, page.as_bytes(), other(name)));
        }
    }
    for name in [
        "a.png", "a.jpg", "a.jpeg", "a.gif", "a.webp", "a.avif", "a.pdf", "a.zip", "a.docx",
        "a.xlsx", "a.pptx", "a.odt", "a.ods", "a.odp", "a.doc", "a.ppt", "a.mp3", "a.mp4",
        "a.webm",
    ] {
        cases.push((name, pages[0].as_bytes(), other(name)));
    }
    let late = format!("<p>{}</p><script>alert(1)</script>", " ".repeat(1600));
    cases.push(("a.txt", late.as_bytes(), other("a.txt")));
    cases.push(("a.json", b"{", other("a.json")));
    cases.push(("a.ics", b"x", other("a.ics")));
    cases.push(("a.avif", b"\0\0\0\x18ftypheic", other("a.avif")));
    let encoding = "it is not text in UTF-8".to_owned();
    cases.push(("a.csv", b"\xff\xfea\0,\0b\0", encoding.clone()));
    cases.push(("a.txt", b"\xa4\xa4\xa4\xe5\n", encoding));
    refused(&cases);
}

#[test]
fn a_picture_of_shapes_holds_only_what_draws() {
    let pictures = [
        ("<script>x()</script>", "a `<script>`"),
        ("<g onload='x()'/>", "`onload` on `<g>`"),
        ("<foreignObject/>", "a `<foreignObject>`"),
        (
            "<image href='https://x/a.png'/>",
            "a link to `https://x/a.png`",
        ),
        (
            "<image><set attributeName='href' to='https://x/a.png'/></image>",
            "a `<set>`",
        ),
        (
            "<animate attributeName='href' values='x'/>",
            "a `<animate>`",
        ),
        ("<filter><feImage/></filter>", "a `<feImage>`"),
        ("<use href='b.svg#a'/>", "a link to `b.svg#a`"),
        (
            "<style>@import \"data:text/css,a\";</style>",
            "`@import \"data:text/css,a\";` in a style",
        ),
        (
            "<style>@\\69mport 'https://x';</style>",
            "`@\\69mport 'https://x';` in a style",
        ),
        (
            "<g style='fill:url(&quot;\\68ttps://x&quot;)'/>",
            "`\"\\68ttps://x\"` in a style",
        ),
        (
            "<g fill='url(https://x#a)'/>",
            "`url(https://x#a)` in a style",
        ),
        (
            "<a href='data:image/svg+xml,x'/>",
            "a link to `data:image/svg+xml,x`",
        ),
        ("<h:p xmlns:h='http://www.w3.org/1999/xhtml'/>", "a `<p>`"),
        ("&lpar;", "XML that cannot be read (&lpar;)"),
        (
            "<?xml-stylesheet href='a.css'?>",
            "an instruction to a program",
        ),
    ]
    .map(|(inside, what)| {
        let svg = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">\n{inside}</svg>\n");
        (svg, format!("line 2 holds {what}"))
    });
    let mut cases: Vec<_> = pictures
        .iter()
        .map(|(svg, why)| ("a.svg", svg.as_bytes(), why.clone()))
        .collect();
    let entity = b"<!DOCTYPE svg [<!ENTITY x '&#60;script/>'>]>\n<svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>";
    let why = "line 1 holds a document type of its own".to_owned();
    cases.push(("a.svg", entity, why));
    refused(&cases);
}

#[test]
fn what_browsers_only_show_or_save_is_published() {
    let svg = b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><title>a</title><style><![CDATA[g > a { fill: url(#a) }]]></style><linearGradient id=\"a\"/><g fill=\"url(#a)\"/><image href=\"data:image/png;base64,AA\"/></svg>\n";
    let harmless = [
        ("a.png", b"\x89PNG\r\n\x1a\nx".as_slice()),
        ("B.PNG", b"\x89PNG\r\n\x1a\nx"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.jpeg", b"\xff\xd8\xff\xe1"),
        ("a.gif", b"GIF89a"),
        ("c.png", b"\xff\xd8\xff\xe0"),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP8 "),
        ("a.avif", b"\0\0\0\x20ftypavif"),
        ("a.svg", svg),
        ("a.pdf", b"%PDF-1.7 <script>"),
        ("a.docx", b"PK\x03\x04"),
        ("a.xlsx", b"PK\x03\x04"),
        ("a.pptx", b"PK\x03\x04"),
        ("a.odt", b"PK\x03\x04"),
        ("a.ods", b"PK\x03\x04"),
        ("a.odp", b"PK\x03\x04"),
        ("a.zip", b"PK\x05\x06"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.ppt", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.csv", "\u{feff}年,值 <b>\n<5,1\n".as_bytes()),
        ("a.tsv", b"a\tb\n"),
        ("a.txt", b"< 5 and a <b> of HTML\n"),
        ("empty.txt", b""),
        ("a.json", b"{\"a\": \"<script>\"}"),
        ("a.geojson", b"[]"),
        ("a.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"),
        ("a.heic", b"\0\0\0\x18ftypheic"),
        ("a.mp3", b"ID3"),
        ("a.mp4", b"\0\0\0\x18ftypisom"),
        ("a.webm", b"\x1aE\xdf\xa3"),
        ("annual.report.v1.2.2025.pdf", b"%PDF"),
    ];
    let links = harmless.map(|(name, _)| format!("[x](files/{name})\n"));
    let mut site = Site::small().file("content/about.md", links.concat());
    for (name, bytes) in harmless {
        site = site.file(&format!("content/files/{name}"), bytes);
    }
    site.build();
    for (name, bytes) in harmless {
        let published = std::fs::read(site.path("public/files").join(name)).unwrap();
        assert_eq!(published, bytes, "{name}");
    }
}

#[test]
fn each_attachment_is_told_at_the_first_link_to_it() {
    let site = Site::small()
        .file(
            "content/about.md",
            "# About\n\n[a](a.html), [b](b.html), [a](a.html)\n",
        )
        .file("content/org/2025/notes/AC1.1.md", "[c](../c.png)\n")
        .file(
            "content/site.yaml",
            format!("{SITE_YAML}navigation:\n  - {{name: x, url: d.html}}\n"),
        )
        .file("content/org/2025/c.png", "x");
    for name in ["a.html", "b.html", "d.html"] {
        site.write(&format!("content/{name}"), "<script>x()</script>");
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let faults = site.faults();
    let mut told: Vec<_> = faults
        .iter()
        .map(|f| {
            (
                text(&f["file"]),
                f["line"].as_u64().unwrap(),
                f["column"].as_u64().unwrap(),
            )
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            ("content/about.md".to_owned(), 3, 1),
            ("content/about.md".to_owned(), 3, 14),
            ("content/org/2025/notes/AC1.1.md".to_owned(), 1, 1),
            ("content/site.yaml".to_owned(), 4, 20),
        ],
        "{faults:#?}"
    );
    let messages: Vec<_> = faults.iter().map(|f| text(&f["message"])).collect();
    for name in ["a.html", "b.html", "org/2025/c.png", "d.html"] {
        let named = format!("the attachment content/{name} is not published");
        assert!(
            messages.iter().any(|m| m.starts_with(&named)),
            "{messages:?}"
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
