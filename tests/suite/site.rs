//! A small site made for one test, and what the command makes of it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use scraper::{Html, Selector};
use serde_json::Value;
use tempfile::TempDir;

/// A site in a folder of its own.
pub struct Site {
    folder: TempDir,
}

/// The smallest site that has one of everything.
pub const SITE_YAML: &str = "title: Test\nlanguages: [en]\n";
pub const ORGANIZATIONS: &str = "- {id: org, name: The Office}\n";
pub const SCORECARD: &str = "\
title: Plan
themes:
  - code: A
    name: Service
    objectives:
      - code: AC1
        name: Content people
        kpis:
          - code: AC1.1
            name: Satisfaction
            unit: \"%\"
            direction: higher
            target: 90
            actions:
              - {code: AC1.1.1, name: Listen}
";

impl Site {
    /// A folder with nothing in it.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// One organisation with one scorecard: a theme, an objective, a KPI, an action.
    pub fn small() -> Self {
        Self::empty()
            .file("content/site.yaml", SITE_YAML)
            .file("content/organizations.yaml", ORGANIZATIONS)
            .file("content/org/2025/scorecard.yaml", SCORECARD)
    }

    /// The small site with another scorecard.
    pub fn plan(scorecard: &str) -> Self {
        Self::small().file("content/org/2025/scorecard.yaml", scorecard)
    }

    /// The small site whose KPI has these further keys and these results.
    pub fn kpi(keys: &str, measurements: &str) -> Self {
        let head = "title: Plan\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - code: AC1\n        name: O\n        kpis:\n          - code: AC1.1\n            name: K\n";
        let keys: String = keys
            .lines()
            .map(|line| format!("            {line}\n"))
            .collect();
        Self::plan(&format!("{head}{keys}")).file("content/org/2025/measurements.csv", measurements)
    }

    /// Writes a file.
    pub fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    /// Writes a file of a site that exists.
    pub fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// A path inside the site.
    pub fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Runs the command in the site's folder.
    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = command(arguments)
            .current_dir(self.folder.path())
            .output()
            .unwrap();
        Run::of(&output)
    }

    /// Builds the site, which must go well without a warning.
    pub fn build(&self) -> &Self {
        let run = self.run(&["build", "--format", "json"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let summary: Value = serde_json::from_str(&run.out).unwrap();
        assert_eq!(summary["warnings"], 0, "{}", run.err);
        self
    }

    /// The faults that `check` finds.
    pub fn faults(&self) -> Vec<Value> {
        let run = self.run(&["check", "--format", "json"]);
        serde_json::from_str(&run.out)
            .unwrap_or_else(|error| panic!("{error}: {}{}", run.out, run.err))
    }

    /// A page of the built site.
    pub fn page(&self, path: &str) -> Page {
        Page::read(&self.path("public").join(path))
    }

    /// A built file as text.
    pub fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path("public").join(path)).unwrap()
    }

    /// The KPI's entry in the scorecard's JSON.
    pub fn headline(&self) -> Value {
        let json: Value = serde_json::from_str(&self.text("org/2025/data/scorecard.json")).unwrap();
        json["themes"][0]["objectives"][0]["kpis"][0]["headline"].clone()
    }
}

/// The program: the one that `tests/run` compiled to be tried, else the one that was
/// compiled with this test.
pub fn program() -> PathBuf {
    let tried = std::env::var_os("SCOREPRESS_TRIED");
    let tried = tried.and_then(|path| std::path::absolute(path).ok());
    tried.unwrap_or_else(|| env!("CARGO_BIN_EXE_scorepress").into())
}

/// The command, with a clean environment.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).env("NO_COLOR", "1");
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

/// How a run ended and what it printed.
pub struct Run {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// A parsed page.
pub struct Page {
    pub html: Html,
    pub path: PathBuf,
}

impl Page {
    pub fn read(path: &Path) -> Self {
        let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        Self {
            html: Html::parse_document(&text),
            path: path.to_owned(),
        }
    }

    /// The texts of all elements that a selector finds, white space folded.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = Selector::parse(selector).unwrap();
        let fold = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.html
            .select(&selector)
            .map(|e| fold(e.text().collect()))
            .collect()
    }

    /// The text of the first.
    pub fn first(&self, selector: &str) -> String {
        self.all(selector)
            .into_iter()
            .next()
            .unwrap_or_else(|| panic!("{}: no {selector}", self.path.display()))
    }

    /// An attribute of every element that has it.
    pub fn attributes(&self, name: &str) -> Vec<String> {
        let selector = Selector::parse(&format!("[{name}]")).unwrap();
        self.html
            .select(&selector)
            .filter_map(|e| e.value().attr(name))
            .map(str::to_owned)
            .collect()
    }
}

/// Every file below a folder, relative to it, hidden ones aside.
pub fn files(folder: &Path) -> BTreeSet<String> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|path| !path.starts_with('.'))
        .collect()
}

/// Every file below a folder with its bytes.
pub fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    files(folder)
        .into_iter()
        .map(|p| (p.clone(), fs::read(folder.join(&p)).unwrap()))
        .collect()
}

/// Checks every page of a built site: links and fragments lead somewhere, ids
/// are unique, nothing runs, nothing is loaded from elsewhere.
pub fn assert_sound(public: &Path) {
    let all = files(public);
    let pages: Vec<_> = all.iter().filter(|p| p.ends_with(".html")).collect();
    assert!(!pages.is_empty());
    let ids = |path: &str| -> Vec<String> { Page::read(&public.join(path)).attributes("id") };
    let mut known: std::collections::HashMap<String, Vec<String>> =
        std::collections::HashMap::new();
    for path in pages {
        let page = Page::read(&public.join(path));
        let own = page.attributes("id");
        let unique: BTreeSet<_> = own.iter().collect();
        assert_eq!(own.len(), unique.len(), "{path} has ids twice");
        assert!(
            page.attributes("style").is_empty(),
            "{path} has style attributes"
        );
        for name in ["onclick", "onload", "onerror", "onmouseover"] {
            assert!(page.attributes(name).is_empty(), "{path} has {name}");
        }
        for kind in page.attributes("type") {
            assert_ne!(kind, "text/javascript", "{path}");
        }
        let script = Selector::parse("script").unwrap();
        assert!(
            page.html.select(&script).next().is_none(),
            "{path} has a script"
        );
        let policy = page.attributes("content");
        assert!(
            policy.iter().any(|p| p.starts_with("default-src 'none'")),
            "{path} has no policy"
        );
        // An edition carries its pictures with it; nothing else may.
        let sources = page.attributes("src").into_iter();
        for source in sources.filter(|s| !path.ends_with("edition.html") || !s.starts_with("data:"))
        {
            assert!(
                !source.contains(':') && !source.starts_with("//"),
                "{path} loads {source}"
            );
        }
        for link in page
            .attributes("href")
            .into_iter()
            .chain(page.attributes("src"))
        {
            if link.contains(':') {
                continue;
            }
            let (target, fragment) = link
                .split_once('#')
                .map_or((link.as_str(), None), |(t, f)| (t, Some(f)));
            let target = resolve(path, target);
            assert!(
                all.contains(&target),
                "{path} links to {link}, which is not there"
            );
            if let Some(fragment) = fragment {
                let found = known.entry(target.clone()).or_insert_with(|| ids(&target));
                assert!(
                    found.iter().any(|id| id == fragment),
                    "{path} links to {link}: no such place"
                );
            }
        }
    }
}

/// The path that a link in a page leads to.
pub fn resolve(page: &str, link: &str) -> String {
    if let Some(rooted) = link.strip_prefix('/') {
        return rooted.to_owned();
    }
    if link.is_empty() {
        return page.to_owned();
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => assert!(
                parts.pop().is_some(),
                "{page} links out of the site: {link}"
            ),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn a_new_series_parts_the_small_line_of_a_list() {
    let pieces = |fifth: &str| {
        let ledger = format!(
            "kpi,period,value,break\nAC1.1,2025-Q1,1,\nAC1.1,2025-Q2,2,\nAC1.1,2025-Q3,9,{fifth}\nAC1.1,2025-Q4,8,\n"
        );
        let site = Site::kpi(
            "direction: higher\nfrequency: quarter\naggregate: last\n",
            &ledger,
        );
        let run = site.run(&["build"]);
        assert_eq!(run.code, 0, "{}", run.err);
        let list = site.text("org/2025/kpis.html");
        let (_, line) = list.split_once("chart-spark").unwrap();
        let (_, line) = line.split_once("class=\"line\" d=\"").unwrap();
        line.split('"').next().unwrap().matches('M').count()
    };
    assert_eq!(pieces(""), 1);
    assert_eq!(pieces("true"), 2);
}
