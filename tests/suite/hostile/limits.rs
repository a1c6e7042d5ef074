//! Files that ask for more than a machine should give: each is refused at its
//! place, soon, and without taking the memory it asks for.

use std::io::{Cursor, Write as _};
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::site::{SCORECARD, SITE_YAML, Site, command};

const LEDGER: &str = "content/org/2025/measurements.csv";
const PLAN: &str = "content/org/2025/scorecard.yaml";
const NOTE: &str = "content/org/2025/notes/AC1.1.md";

/// The longest a run may take.
const SECONDS: u64 = 60;
/// The most memory it may take, in KiB.
const MEMORY: u64 = 512 << 10;

/// The faults of a site, within the time and the memory that a run may take.
fn faults(site: &Site) -> Vec<Value> {
    let out = std::fs::File::create(site.path("out.json")).unwrap();
    let mut child = command(&["check", "--format", "json"])
        .current_dir(site.path(""))
        .stdout(out)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    let mut most = 0;
    let code = loop {
        most = most.max(memory(child.id()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status.code();
        }
        if start.elapsed() > Duration::from_secs(SECONDS) {
            child.kill().unwrap();
            panic!("still running after {SECONDS} seconds");
        }
        sleep(Duration::from_millis(5));
    };
    assert!(code == Some(0) || code == Some(1), "{code:?}");
    assert!(most < MEMORY, "{} MiB", most >> 10);
    serde_json::from_slice(&std::fs::read(site.path("out.json")).unwrap()).unwrap()
}

/// The most memory a process has had so far, in KiB, where the system tells.
fn memory(id: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// Asserts that a file is refused, with what is said of it and where.
#[track_caller]
fn refused(file: &str, bytes: impl AsRef<[u8]>, line: u64, said: &str) {
    let faults = faults(&Site::small().file(file, bytes));
    let found = faults.iter().any(|fault| {
        let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        let told = format!("{} {} {}", text("message"), text("expected"), text("help"));
        fault["level"] == "error"
            && text("file") == file
            && fault["line"].as_u64().unwrap_or(1) == line
            && told.contains(said)
    });
    let first: Vec<_> = faults.iter().take(3).collect();
    assert!(found, "{said}: {first:#?}");
}

/// Asserts that a file is harmless, whether or not it is refused.
#[track_caller]
fn endured(file: &str, bytes: impl AsRef<[u8]>) {
    let _ = faults(&Site::small().file(file, bytes));
}

#[test]
fn yaml_that_is_deep_long_or_repeats_itself_is_refused() {
    refused(PLAN, "[".repeat(100_000), 1, "at most 32 levels");
    refused(PLAN, "- ".repeat(100_000), 1, "at most 32 levels");
    refused(PLAN, "{a: ".repeat(100_000), 1, "at most 32 levels");
    let mut bomb = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
    for i in 1..10 {
        let uses = vec![format!("*a{}", i - 1); 10].join(",");
        bomb.push_str(&format!("a{i}: &a{i} [{uses}]\n"));
    }
    refused(PLAN, bomb, 5, "aliases");
    let long = format!(
        "title: Plan\nmission: &a \"{}\"\nvalues:\n",
        "x".repeat(60_000)
    );
    refused(PLAN, long + &"- *a\n".repeat(5000), 282, "16 MiB");
    refused(
        PLAN,
        format!("title: {}\n", "x".repeat(70_000)),
        1,
        "at most 65536 bytes",
    );
    refused(
        PLAN,
        format!("title: x\nvalues:\n{}", "- a\n".repeat(10_001)),
        3,
        "at most 10000 entries",
    );
    let keys: String = (0..1001).map(|n| format!("k{n}: 1\n")).collect();
    refused(PLAN, keys, 1, "at most 1000 keys");
    let anchors: String = (0..60_000).map(|n| format!("- &a{n} x\n")).collect();
    refused(
        PLAN,
        format!("title: x\nvalues:\n{anchors}"),
        50_003,
        "anchors",
    );
    refused(PLAN, "x: 1\n".repeat(2 << 20), 1, "at most 8388608");
    refused(
        PLAN,
        "title: a\nvalues: &b [*b]\n",
        2,
        "repeats what it stands in",
    );
    refused(PLAN, "title: \"\\ud800\"\n", 1, "a backslash");
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    for (file, size) in [(PLAN, 9_u64 << 20), (NOTE, 2 << 20), (LEDGER, 1 << 40)] {
        let site = Site::small().file(file, "");
        let sparse = std::fs::OpenOptions::new()
            .write(true)
            .open(site.path(file))
            .unwrap();
        sparse.set_len(size).unwrap();
        let faults = faults(&site);
        assert!(
            faults
                .iter()
                .any(|f| f["file"] == file && f["rule"] == "unreadable-file"),
            "{file}"
        );
    }
    let site = Site::small()
        .file("content/about.md", "[x](a.bin)\n")
        .file("content/a.bin", "");
    let sparse = std::fs::OpenOptions::new()
        .write(true)
        .open(site.path("content/a.bin"))
        .unwrap();
    sparse.set_len(1 << 40).unwrap();
    let faults = faults(&site);
    assert!(
        faults[0]["message"]
            .as_str()
            .unwrap()
            .contains("more than 64 MiB"),
        "{faults:#?}"
    );
}

#[test]
fn ledgers_have_limits_of_rows_columns_and_cells() {
    let head = "kpi,period,value,note\n";
    refused(
        LEDGER,
        format!("{head}{}", "AC1.1,2025,1,\n".repeat(200_001)),
        200_001,
        "200000 rows",
    );
    refused(
        LEDGER,
        format!("{head}{}x\n", ",".repeat(1000)),
        2,
        "at most 256 columns",
    );
    refused(
        LEDGER,
        format!("{}x\n", "kpi,".repeat(1000)),
        1,
        "at most 256 columns",
    );
    refused(
        LEDGER,
        format!("{head}AC1.1,2025,1,\"{}\"\n", "x".repeat(70_000)),
        2,
        "at most 65536 bytes",
    );
    refused(
        LEDGER,
        format!("{head}AC1.1,2025,1,\"{}", "never closed,\n".repeat(9000)),
        2,
        "quotes",
    );
    let wide = format!("a{}\n", ",a".repeat(255)).repeat(4000);
    refused(LEDGER, wide, 3907, "1000000 cells");
    endured(LEDGER, format!("{head}{}", "\n".repeat(4 << 20)));
    endured(LEDGER, format!("{head}{}", ",".repeat(4 << 20)));
    endured(LEDGER, format!("{head}{}", "\"".repeat(4 << 20)));
    let days = (0..20_000).map(|n| {
        format!(
            "AC1.1,2025,1,,{}-{:02}-{:02}\n",
            1700 + n / 336,
            n / 28 % 12 + 1,
            n % 28 + 1
        )
    });
    let text: String = days.collect();
    refused(
        LEDGER,
        format!("kpi,period,value,note,published_on\n{text}"),
        10_002,
        "at most 10000 rows for one KPI",
    );
}

#[test]
fn a_thousand_times_the_same_fault_is_told_once_and_counted_after() {
    let site = Site::small().file(
        LEDGER,
        format!("kpi,period,value\n{}", "XX9.1,2025,1\n".repeat(150_000)),
    );
    let run = site.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("149000 more of unknown-kpi"),
        "{}",
        &run.err[run.err.len() - 300..]
    );
    assert!(
        run.out.contains("150000 errors") || run.err.contains("150000 errors"),
        "{}",
        run.out
    );
    assert!(run.err.len() < 1 << 20);
    let long = Site::small().file(
        LEDGER,
        format!("kpi,period,value\n{},2025,1\n", "X".repeat(60_000)),
    );
    assert!(long.run(&["check"]).err.len() < 4000);
}

/// Whatever was meant by thousands of words is not looked for as often among as many
/// others.
#[test]
fn wrong_references_without_end_are_told_soon() {
    let ids: String = (0..3_000)
        .map(|n| format!("- {{id: office-of-a-long-name-{n:020}, name: x}}\n"))
        .collect();
    let organizations = format!("- {{id: org, name: x}}\n{ids}");
    let plan = |line: &dyn Fn(usize) -> String| {
        let objectives: String = (1..=3_000).map(line).collect();
        format!("title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n{objectives}")
    };
    let owners = plan(&|n| {
        format!("      - {{code: AC{n}, name: O, owner: office-of-a-long-eman-{n:020}}}\n")
    });
    let cascades =
        plan(&|n| format!("      - {{code: AC{n}, name: O, contributes_to: [org/2025/AP{n}]}}\n"));
    let members: Vec<String> = (0..3_000)
        .map(|n| format!("office-of-a-long-eman-{n:020}"))
        .collect();
    let members = format!(
        "title: P\nthemes:\n  - code: A\n    name: T\n    members: [{}]\n",
        members.join(", ")
    );
    for plan in [owners, cascades, members] {
        let site = Site::plan(&plan).file("content/organizations.yaml", &organizations);
        let faults = faults(&site);
        let references = faults.iter().filter(|f| f["rule"] == "unknown-reference");
        assert!(references.count() >= 1000);
    }
}

#[test]
fn hierarchies_and_maps_have_limits() {
    let chain: String = (0..5000)
        .map(|n| format!("- {{id: o{}, name: x, parent: o{n}}}\n", n + 1))
        .collect();
    refused(
        "content/organizations.yaml",
        format!("- {{id: o0, name: x}}\n- {{id: org, name: x}}\n{chain}"),
        14,
        "at most 12 levels",
    );
    let mut units = String::from("{name: u}");
    for _ in 0..12 {
        units = format!("{{name: u, units: [{units}]}}");
    }
    refused(
        "content/organizations.yaml",
        format!("- {{id: org, name: x, units: [{units}]}}\n"),
        1,
        "at most 12 levels",
    );
    let objectives: String = (1..=102)
        .map(|n| {
            let effects: Vec<_> = (n + 1..=102).map(|m| format!("AC{m}")).collect();
            format!(
                "      - {{code: AC{n}, name: O, drives: [{}]}}\n",
                effects.join(", ")
            )
        })
        .collect();
    refused(
        PLAN,
        format!("title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n{objectives}"),
        90,
        "at most 5000",
    );
}

#[test]
fn markdown_of_nothing_but_marks_comes_to_an_end() {
    for piece in [
        ">",
        "> ",
        "- ",
        "1. ",
        "[",
        "[a](",
        "![",
        "*a **b ",
        "_a ",
        "~~",
        "[^a]",
        "|",
        "`",
        "<div>",
        "<b>",
        "<!--",
        "<?",
        "<![CDATA[",
        "&amp;",
        "<a b=\"",
        "[\\",
        "(",
        "# a\n",
        "a\n: b\n\n",
        "> [!NOTE]\n",
        "```\n",
        "- [ ] x\n",
        "|a|\n|-|\n",
        "<table><tr><td>",
        "字**字",
        "[^1]: x\n",
        "[](code:AC1.1)",
        "[](code:ZZ1)",
        "![a](javascript:x)",
        "<a href=x>",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        endured(NOTE, text);
    }
    refused(NOTE, "x ".repeat(200_000), 1, "at most 262144 bytes");
    refused(
        NOTE,
        format!("{}x", "> ".repeat(1000)),
        1,
        "at most 64 levels",
    );
    refused(
        NOTE,
        format!("---\n{}\n---\nx", "[".repeat(5000)),
        2,
        "at most 32 levels",
    );
}

fn zip(parts: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, bytes) in parts {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:spreadsheet><table:table table:name=\"m\">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"
    );
    zip(&[("content.xml", content.into_bytes())])
}

#[test]
fn workbooks_that_unpack_to_too_much_are_refused() {
    const ODS: &str = "content/org/2025/measurements.ods";
    const XLSX: &str = "content/org/2025/measurements.xlsx";
    refused(
        ODS,
        ods(&" ".repeat(130 << 20)),
        1,
        "unpacks to more than 64 MiB",
    );
    let cell = |text: &str| format!("<table:table-cell><text:p>{text}</text:p></table:table-cell>");
    let repeated = |rows: &str, cell: &str| {
        ods(&format!(
            "<table:table-row table:number-rows-repeated=\"{rows}\">{cell}</table:table-row>"
        ))
    };
    refused(
        ODS,
        repeated("18446744073709551615", &cell("x")),
        1,
        "1000000 cells",
    );
    refused(
        ODS,
        repeated("9999", &cell(&"x".repeat(60_000))),
        1,
        "64 MiB of text",
    );
    refused(
        ODS,
        repeated("1", &cell(&"x".repeat(70_000))),
        1,
        "cell A1 of sheet “m” holds 70000 bytes",
    );
    refused(ODS, ods(&"<a>".repeat(1_000_000)), 1, "256 deep");
    refused(ODS, ods("&e;"), 1, "unknown entity “e”");
    refused(
        ODS,
        ods(&"</table:table><table:table>".repeat(300)),
        1,
        "more than 256 sheets",
    );
    refused(ODS, vec![0; 17 << 20], 1, "at most 16777216");
    let outside = "<Relationships><Relationship Id=\"r1\" Type=\"x/officeDocument\" Target=\"../../../../etc/passwd\"/></Relationships>";
    refused(XLSX, zip(&[("_rels/.rels", outside.into())]), 1, "damaged");
    refused(XLSX, b"PK\x05\x06".repeat(100_000), 1, "damaged");
    refused(XLSX, b"\xD0\xCF\x11\xE0 old", 1, "password");
}

#[test]
fn numbers_codes_and_names_have_limits() {
    let number = format!("kpi,period,value\nAC1.1,2025,{}\n", "9".repeat(60_000));
    refused(LEDGER, number, 2, "digits");
    refused(
        LEDGER,
        "kpi,period,value\nAC1.1,2025,1e999999999\n",
        2,
        "number",
    );
    let code = SCORECARD.replace("code: AC1.1\n", &format!("code: {}\n", "A".repeat(61)));
    refused(PLAN, code, 9, "code");
    let decimals = SCORECARD.replace("unit: \"%\"", "decimals: 4294967295");
    refused(PLAN, decimals, 11, "decimal");
    endured(
        "content/site.yaml",
        format!("{SITE_YAML}tagline: {}\n", "x".repeat(65_000)),
    );
}
