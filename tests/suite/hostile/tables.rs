//! Payloads in every column of a ledger, in Markdown and in the name of a sheet.

use crate::site::Site;

use super::outputs::assert_harmless;

const PAYLOADS: [&str; 5] = [
    "\"'><img src=x onerror=alert(1)></script></title><script>alert(1)</script>]]><svg/onload=alert(1)>{{7*7}}\u{202e}\u{2028}\u{0}\u{8}",
    "=HYPERLINK(\"https://x.example/\",\"x\")",
    "＝1+1",
    "javascript:alert(1)//https://",
    "-2+3+cmd|' /C calc'!A0",
];

/// The columns of a ledger, as its own fault tells them.
fn columns(ledger: &str) -> Vec<String> {
    let site = Site::small().file(
        &format!("content/org/2025/{ledger}.csv"),
        "kpi,period,odd,value,target\nAC1.1,2025,1,1,1\n",
    );
    let faults = site.faults();
    let odd = faults
        .iter()
        .find(|f| f["message"].as_str().unwrap().contains("`odd`"))
        .unwrap();
    let text = format!(
        "{} {}",
        odd["message"].as_str().unwrap(),
        odd["expected"].as_str().unwrap_or_default()
    );
    let (_, list) = text.rsplit_once("one of ").unwrap();
    list.split(", ")
        .map(|name| name.trim().to_owned())
        .collect()
}

#[test]
fn every_column_of_a_ledger_is_text_or_refused_at_its_row() {
    for (ledger, figure) in [("measurements", "value"), ("targets", "target")] {
        let columns = columns(ledger);
        assert!(columns.len() >= 5, "{columns:?}");
        for column in &columns {
            for payload in PAYLOADS {
                let quoted = format!("\"{}\"", payload.replace('"', "\"\""));
                let mut header = vec!["kpi", "period", figure];
                let mut row = vec!["AC1.1", "2025", "91"];
                if let Some(at) = header.iter().position(|name| name == column) {
                    row[at] = &quoted;
                } else {
                    header.push(column);
                    row.push(&quoted);
                }
                let text = format!("{}\n{}\n", header.join(","), row.join(","));
                let path = format!("content/org/2025/{ledger}.csv");
                let site = Site::small().file(&path, text);
                let run = site.run(&["build"]);
                if run.code == 0 {
                    assert_harmless(&site.path("public"));
                } else {
                    let places = site.faults();
                    let named =
                        |f: &serde_json::Value| f["file"] == path.as_str() && f["line"] == 2;
                    assert!(places.iter().any(named), "{column}: {}", run.err);
                    let raw = |c: char| matches!(c, '\u{0}' | '\u{8}' | '\u{202e}' | '\u{2028}');
                    assert!(!run.err.contains(raw), "{column}: {:?}", run.err);
                }
            }
        }
    }
}

#[test]
fn markdown_keeps_nothing_alive() {
    let links: String = [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)",
        "java&Tab;script:alert(1)", "\u{1}javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
        "//x.example/", "https:javascript:x", "http://a\"onmouseover=\"x", "y\" onerror=\"alert(1)",
    ]
    .iter()
    .map(|link| format!("[a](<{link}>) ![b](<{link}>) <{link}> [c][{link}]\n\n[{link}]: <{link}>\n\n<a href=\"{link}\" onclick=x()>d</a> <img src=\"{link}\" onerror=x()>\n\n"))
    .collect();
    let markup = PAYLOADS.join("\n\n");
    let odd = "<svg><style><img src=x onerror=alert(1)></style></svg><math><mtext><table><mglyph><style><img src=x onerror=alert(1)></math><form action=javascript:x><button formaction=javascript:x><iframe srcdoc='<script>x</script>'></iframe><object data=x></object><base href=//x><meta http-equiv=refresh content=0><link rel=stylesheet href=//x><template><script>x</script></template><details ontoggle=x open><noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">\n\n```\"><script>x</script>\n<script>x</script>\n```\n\n# h {#\"><script>x</script> .a onclick=x}\n\n[^\"><script>]\n\n[^\"><script>]: <script>x</script>\n\n| <script>x</script> |\n|---|\n| <img src=x onerror=x> |\n";
    let text = format!(
        "---\ntitle: '{}'\n---\n{markup}\n\n{odd}\n\n{links}",
        PAYLOADS[0].replace('\'', "''").replace(['\0', '\u{8}'], "")
    );
    // A picture that is not there is harmless, as long as nothing comes with it.
    let text = text.replace("src=x", "src=y");
    let site = Site::small()
        .file(
            "content/site.yaml",
            "title: Test\nlanguages: [en]\ncheck: {broken-link: warn}\n",
        )
        .file("content/about.md", &text)
        .file("content/org/2025/notes/AC1.1.md", &text)
        .file("content/org/2025/notes/overview.md", &text);
    let faults = site.faults();
    assert!(
        faults
            .iter()
            .any(|fault| fault["line"].as_u64().unwrap() > 10)
    );
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_harmless(&site.path("public"));
}
