//! What each fuzz target does with its bytes, and what has to hold whatever they
//! are. The targets of cargo-fuzz and the test that replays the corpus call the
//! same functions.

use std::fs;
use std::path::Path;
use std::sync::Mutex;

use scorepress::diagnostic::Diagnostics;
use scorepress::model::code::{Code, natural};
use scorepress::model::period::{Period, Years, parse_date};
use scorepress::model::quantity::Quantity;
use scorepress::model::settings::Calendar;
use scorepress::site::edition::style_address;
use scorepress::site::privacy;
use scorepress::source::markdown::{self, Rendering, Target, Word};
use scorepress::source::table::{self, Layout, WorkbookKind};
use scorepress::source::yaml::{self, Node};
use scorepress::span::{At, Sources};
use scorepress::{Options, prepare, render};

/// A target by its name.
pub type Run = fn(&[u8]);

/// Every target.
pub const TARGETS: [(&str, Run); 13] = [
    ("yaml", yaml),
    ("markdown", markdown),
    ("table", table),
    ("xlsx", xlsx),
    ("ods", ods),
    ("number", number),
    ("period", period),
    ("code", code),
    ("ledger", ledger),
    ("template", template),
    ("attachment", attachment),
    ("scorecard", scorecard),
    ("site", site),
];

/// The bytes as text, as far as they are.
fn text(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// YAML: every node lies inside its file.
pub fn yaml(bytes: &[u8]) {
    fn walk(node: &At<Node>, length: usize) {
        assert!(node.span.range().end <= length);
        match &node.value {
            Node::List(items) => items.iter().for_each(|item| walk(item, length)),
            Node::Map(entries) => entries.iter().for_each(|(_, value)| walk(value, length)),
            Node::Null | Node::Scalar(_) => {}
        }
    }
    let mut sources = Sources::default();
    let text = text(bytes);
    let file = sources.add("a.yaml", text.to_string());
    match yaml::parse(sources.get(file), file) {
        Ok(node) => walk(&node, text.len()),
        Err(fault) => {
            assert!(fault.span.range().end <= text.len());
            assert!(!fault.message.english().is_empty());
        }
    }
}

/// Markdown: the page of any document loads and runs nothing.
pub fn markdown(bytes: &[u8]) {
    let text = text(bytes);
    let (_, body) = markdown::split_front_matter(&text);
    let body = text.get(body).unwrap_or_default();
    if markdown::excess(body).is_some() {
        return;
    }
    for link in markdown::links(body) {
        assert!(body.get(link.range).is_some());
    }
    let rendering = Rendering {
        id_prefix: "n-",
        heading_base: 2,
        resolve: &|link: &str| Target {
            href: link.to_owned(),
            ..Target::default()
        },
        words: &|_: Word| "word".to_owned(),
    };
    let html = markdown::to_html(body, &rendering).text;
    assert_eq!(privacy::scan(&html, None), [], "{html}");
}

fn lay_out(text: &str, layout: Layout) {
    let mut sources = Sources::default();
    let file = sources.add("a.csv", text.to_owned());
    let mut faults = Diagnostics::default();
    let table = table::parse(text, file, layout, &mut faults);
    for row in &table.rows {
        assert_eq!(row.cells.len(), table.header.len());
        for cell in &row.cells {
            assert!(text.get(cell.span.range()).is_some());
        }
    }
    for fault in &faults {
        assert!(fault.span.range().end <= text.len());
    }
}

/// Tables: as CSV and as a sheet, every cell lies inside its file.
pub fn table(bytes: &[u8]) {
    let text = text(bytes);
    lay_out(&text, Layout::Csv);
    lay_out(&text, Layout::Sheet);
}

fn workbook(bytes: &[u8], kind: WorkbookKind) {
    match table::open_workbook(bytes, kind) {
        Ok(sheets) => sheets.iter().for_each(|s| lay_out(&s.text, Layout::Sheet)),
        Err(fault) => assert!(!fault.to_string().is_empty() && !fault.help().english().is_empty()),
    }
}

/// Workbooks of Excel.
pub fn xlsx(bytes: &[u8]) {
    workbook(bytes, WorkbookKind::Xlsx);
}

/// Workbooks of `OpenDocument`.
pub fn ods(bytes: &[u8]) {
    workbook(bytes, WorkbookKind::Ods);
}

/// Numbers: what is read is written so that it is read again.
pub fn number(bytes: &[u8]) {
    if let Ok(value) = Quantity::parse(&text(bytes)) {
        assert_eq!(Quantity::parse(&value.to_string()), Ok(value));
    }
}

/// Periods and dates.
pub fn period(bytes: &[u8]) {
    let text = text(bytes);
    for calendar in [Calendar::Gregorian, Calendar::Roc] {
        let _ = parse_date(&text, calendar);
        for start in [1, 7] {
            let years = Years { calendar, start };
            if let Some(period) = Period::parse(&text, years) {
                assert!(period.start() <= period.end());
                assert!(!period.folder().contains('/'));
            }
        }
    }
}

/// Codes: each is the name of a file, and their order is one.
pub fn code(bytes: &[u8]) {
    let text = text(bytes);
    let (one, other) = text.split_once('\n').unwrap_or((&text, ""));
    assert_eq!(natural(one, other), natural(other, one).reverse());
    if let Some(code) = Code::new(one) {
        assert!(!code.as_str().contains(['/', '\\', '\0', ' ']));
        assert!(!code.as_str().starts_with('.'));
        let _ = code.parts();
    }
}

/// Attachments: a picture that is published runs and loads nothing, also where it is
/// taken for a web page; what is refused is refused with words.
pub fn attachment(bytes: &[u8]) {
    for name in ["a.svg", "a.txt", "a.json", "a.png", "a.zip", "a.html", "a"] {
        if let Some(refusal) = privacy::refusal(name, bytes) {
            assert!(!refusal.why.english().is_empty());
        } else if name == "a.svg" {
            assert_eq!(privacy::scan(&text(bytes), None), []);
        }
    }
}

const SITE: &str = "title: Test\nlanguages: [en]\npublisher: org\n";
const ORGANIZATIONS: &str = "- {id: org, name: The Office}\n";
const SCORECARD: &str = "title: Plan\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - code: AC1\n        name: Content people\n        kpis:\n          - {code: AC1.1, name: Satisfaction, direction: higher, target: 90, frequency: month, aggregate: mean, actions: [{code: AC1.1.1, name: Listen}]}\n";

/// Builds a small site with further files, as far as nothing is written. Any page
/// that comes of it loads and runs nothing.
fn press(files: &[(&str, &[u8])]) {
    // A folder is slow to make, and one thread at a time is enough.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let path: &Path = &folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("content/site.yaml", SITE.as_bytes());
    put("content/organizations.yaml", ORGANIZATIONS.as_bytes());
    put("content/org/2025/scorecard.yaml", SCORECARD.as_bytes());
    for (path, bytes) in files {
        put(path, bytes);
    }
    let options = Options {
        root: folder.path().to_owned(),
        ..Options::default()
    };
    let Ok(mut prepared) = prepare(&options) else {
        return;
    };
    for fault in &prepared.faults {
        let source = prepared.sources.of(fault.span);
        assert!(fault.span.range().start <= source.text.len() || source.text.is_empty());
    }
    if !prepared.settle() {
        return;
    }
    let pages = Mutex::new(Vec::new());
    let rendered = render(
        &options,
        &mut prepared,
        |_| true,
        |file| {
            if file.path.as_str().ends_with(".html") {
                pages.lock().unwrap().push(file.clone());
            }
            Ok::<(), std::convert::Infallible>(())
        },
    );
    if matches!(rendered, Ok(Some(_))) {
        let style = prepared.theme.map(|theme| style_address(&theme.style));
        for page in pages.into_inner().unwrap() {
            // An edition carries the style sheet with it.
            let html = text(&page.bytes).replace(style.as_deref().unwrap_or("\0"), "");
            let leaks = privacy::scan(&html, None);
            assert_eq!(leaks, [], "{}", page.path);
        }
    }
}

/// A ledger of results in a site.
pub fn ledger(bytes: &[u8]) {
    press(&[("content/org/2025/measurements.csv", bytes)]);
}

/// A scorecard in a site.
pub fn scorecard(bytes: &[u8]) {
    press(&[("content/org/2025/scorecard.yaml", bytes)]);
}

/// A template of a theme.
pub fn template(bytes: &[u8]) {
    press(&[
        (
            "content/site.yaml",
            b"title: Test\nlanguages: [en]\ntheme: ours\n",
        ),
        ("themes/ours/theme.yaml", b"name: Ours\ncontract: 1\n"),
        ("themes/ours/templates/glossary.html", bytes),
    ]);
}

/// The files that one input of [`site`] is divided into, by lines that begin with
/// `=== ` and the number of the file.
const FILES: [&str; 8] = [
    "content/site.yaml",
    "content/organizations.yaml",
    "content/org/2025/scorecard.yaml",
    "content/org/2025/targets.csv",
    "content/org/2025/measurements.csv",
    "content/org/2025/notes/AC1.1.md",
    "content/about.md",
    "content/org/2025/kpis.yaml",
];

/// A whole site.
pub fn site(bytes: &[u8]) {
    let text = text(bytes);
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        let named = line
            .strip_prefix("=== ")
            .and_then(|n| n.trim().parse::<usize>().ok());
        match named.and_then(|at| FILES.get(at)) {
            Some(path) => files.push((path, String::new())),
            None => files
                .iter_mut()
                .last()
                .into_iter()
                .for_each(|(_, own)| own.push_str(line)),
        }
    }
    let files: Vec<_> = files
        .iter()
        .map(|(path, own)| (*path, own.as_bytes()))
        .collect();
    press(&files);
}
