//! The preview: what it serves is what would be published, whatever happens to
//! the sources.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

#[cfg(unix)]
use crate::checkout::{Checkout, Overheard};
use crate::site::{ORGANIZATIONS, SCORECARD, SITE_YAML, Site, bytes, command, files};

/// How long a change may take to be seen on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

struct Preview {
    child: Child,
    address: String,
    /// The line that tells it.
    told: String,
}

struct Response {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Preview {
    fn of(site: &Site, arguments: &[&str]) -> Self {
        Self::start(site, command(&["serve", "--quiet"]).args(arguments))
    }

    fn start(site: &Site, command: &mut Command) -> Self {
        let mut child = command
            .current_dir(site.path(""))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let address = line.strip_prefix("http://").unwrap();
        let address = address.split('/').next().unwrap().to_owned();
        Self {
            child,
            address,
            told: line,
        }
    }

    fn ask(&self, request: &str) -> Response {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|at| at == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(answer[..end].to_vec()).unwrap();
        Response {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            body: answer[end + 4..].to_vec(),
            head,
        }
    }

    fn get(&self, path: &str) -> Response {
        let host = &self.address;
        self.ask(&format!(
            "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ))
    }

    /// A file as it would be published: without the script of the preview.
    fn file(&self, path: &str) -> Option<Vec<u8>> {
        let response = self.get(path);
        if response.status != 200 {
            return None;
        }
        let Ok(text) = String::from_utf8(response.body.clone()) else {
            return Some(response.body);
        };
        let Some((before, after)) = text.split_once("<script src=\"/.scorepress/preview.js\"")
        else {
            return Some(text.into_bytes());
        };
        let after = after.split_once("</script>").unwrap().1;
        let page = format!("{before}{after}");
        let script = "content=\"script-src &#39;self&#39;; ";
        let page = page.replacen(script, "content=\"", 1);
        // A page that may not connect, such as an edition, gets that permission too.
        let connect = "content=\"connect-src &#39;self&#39;; ";
        Some(page.replacen(connect, "content=\"", 1).into_bytes())
    }

    /// What the browser is told at this moment.
    fn state(&self) -> Value {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(PATIENCE)).unwrap();
        let host = &self.address;
        let request = format!("GET /.scorepress/events HTTP/1.1\r\nHost: {host}\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut lines = BufReader::new(stream).lines();
        let data = lines.find_map(|line| line.unwrap().strip_prefix("data: ").map(str::to_owned));
        serde_json::from_str(&data.unwrap()).unwrap()
    }

    fn faults(&self) -> Vec<Value> {
        serde_json::from_str(self.state()["faults"].as_str().unwrap()).unwrap()
    }

    /// Waits until every file is served as it was built, and no other page is.
    fn becomes(&self, built: &Path, gone: &[String], why: &str) {
        let begun = Instant::now();
        loop {
            let wrong = bytes(built)
                .into_iter()
                .find(|(path, bytes)| self.file(path).as_ref() != Some(bytes))
                .map(|(path, _)| path)
                .or_else(|| {
                    gone.iter()
                        .find(|path| self.get(path).status != 404)
                        .cloned()
                });
            let Some(wrong) = wrong else { return };
            assert!(
                begun.elapsed() < PATIENCE,
                "{wrong} is not current after: {why}"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn waits_for(&self, what: &str, is: impl Fn(&Self) -> bool) {
        let begun = Instant::now();
        while !is(self) {
            assert!(begun.elapsed() < PATIENCE, "{what} did not happen");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Two years of one office, with results, a note and a page, and a branch that
/// contributes to it.
fn site() -> Site {
    Site::small()
        .file("content/org/2025/measurements.csv", LEDGER)
        .file("content/org/2025/notes/AC1.1.md", "A **note**.\n")
        .file("content/org/2024/scorecard.yaml", SCORECARD)
        .file("content/sub/2025/scorecard.yaml", BRANCH)
        .file("content/organizations.yaml", OFFICE_AND_BRANCH)
        .file("content/about.md", "---\ntitle: About\n---\nText.\n")
}

const OFFICE_AND_BRANCH: &str =
    "- {id: org, name: The Office}\n- {id: sub, name: A Branch, parent: org}\n";
const BRANCH: &str = "\
title: Branch
parent: org/2025
themes:
  - code: A
    name: Doing
    objectives:
      - {code: AC1, name: Quick hands, contributes_to: [org/2025/A]}
";

const LEDGER: &str = "kpi,period,value,published_on\nAC1.1,2025,91,2026-01-15\n";

/// Somebody who never says the whole of what is wanted keeps no place.
#[test]
fn a_request_that_never_ends_is_broken_off() {
    let site = Site::small();
    let preview = Preview::of(&site, &[]);
    let mut stream = TcpStream::connect(&preview.address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.write_all(b"GET / HTTP/1.1\r\nHost: ").unwrap();
    // The end, or an answer that says why: not a wait without end.
    stream.read_to_end(&mut Vec::new()).unwrap();
    assert_eq!(preview.get("index.html").status, 200);
}

#[test]
fn after_any_edits_the_preview_is_what_a_fresh_build_publishes() {
    let site = site();
    let out = tempfile::tempdir().unwrap();
    let build = |step: usize| {
        let folder = out.path().join(step.to_string());
        let run = site.run(&["build", "--output", folder.to_str().unwrap()]);
        (run.code == 0).then_some(folder)
    };
    let mut good = build(0).unwrap();
    let preview = Preview::of(&site, &[]);
    preview.becomes(&good, &[], "the start");

    // The same steps in every run, in an order nobody thought of.
    let mut seed = 0x5eed_u64;
    let mut next = move |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    let mut broken = 0;
    for step in 1..=40 {
        let number = next(100);
        let why = match next(17) {
            0 => {
                let ledger = LEDGER.replace("91", &number.to_string());
                site.write("content/org/2025/measurements.csv", ledger);
                "a result"
            }
            1 => {
                let plan = SCORECARD.replace("Satisfaction", &format!("Satisfaction {number}"));
                site.write("content/org/2025/scorecard.yaml", plan);
                "a name"
            }
            2 => {
                let plan = SCORECARD.replace("AC1", "AC2");
                site.write("content/org/2024/scorecard.yaml", plan);
                "codes"
            }
            3 => {
                site.write("content/org/2024/scorecard.yaml", SCORECARD);
                "codes again"
            }
            4 => {
                let _ = fs::remove_file(site.path("content/org/2025/notes/AC1.1.md"));
                "a note is gone"
            }
            5 => {
                // As editors save: beside the file, then in its place.
                site.write("content/org/2025/.note.swp", "x");
                site.write(
                    "content/org/2025/notes/AC1.1.md~",
                    format!("Saved {number}.\n"),
                );
                fs::rename(
                    site.path("content/org/2025/notes/AC1.1.md~"),
                    site.path("content/org/2025/notes/AC1.1.md"),
                )
                .unwrap();
                "an atomic save"
            }
            6 => {
                site.write(
                    "content/site.yaml",
                    format!("{SITE_YAML}tagline: Number {number}\n"),
                );
                "the settings"
            }
            7 => {
                let css = format!(".note-{number} {{ margin: 0 }}\n");
                site.write("themes/default/extra.css", css);
                "the theme"
            }
            8 => {
                site.write("content/org/2025/scorecard.yaml", "themes: [");
                "broken YAML"
            }
            9 => {
                site.write(
                    "content/org/2025/measurements.csv",
                    "kpi,period,value\nAC1.1,2025,no\n",
                );
                "a broken ledger"
            }
            11 => {
                let names = OFFICE_AND_BRANCH.replace("Branch", &format!("Branch {number}"));
                site.write("content/organizations.yaml", names);
                "the name of an organisation that others show"
            }
            12 => {
                // The same length, and within one tick of the clock.
                let of = |value: &str| LEDGER.replace("91", value);
                site.write("content/org/2025/measurements.csv", of("17"));
                site.write("content/org/2025/measurements.csv", of("71"));
                "two edits at once"
            }
            13 => {
                let row = "AC1.1,2025,77,2026-03-01\n";
                site.write(
                    "content/org/2025/measurements.csv",
                    format!("{LEDGER}{row}"),
                );
                "a revision, which moves the date of the site"
            }
            14 => {
                let branch = BRANCH.replace("Quick hands", &format!("Quick hands {number}"));
                site.write("content/sub/2025/scorecard.yaml", branch);
                "what contributes from another scorecard"
            }
            15 => {
                let words = format!("nav: {{search: Seek {number}}}\n");
                site.write("themes/default/locale/en.yaml", words);
                "the words"
            }
            10 => {
                let (from, to) = (site.path("content/org/2024"), site.path("content/org/2023"));
                if from.exists() && !to.exists() {
                    fs::rename(from, to).unwrap();
                } else {
                    let _ = fs::remove_dir_all(&from);
                    fs::rename(to, from).unwrap();
                }
                "a folder is renamed"
            }
            _ => {
                site.write("content/org/2025/scorecard.yaml", SCORECARD);
                site.write("content/org/2025/measurements.csv", LEDGER);
                "all is mended"
            }
        };
        let before = files(&good);
        if let Some(folder) = build(step) {
            let now = files(&folder);
            let gone: Vec<String> = before.difference(&now).cloned().collect();
            preview.becomes(&folder, &gone, why);
            preview.waits_for("no faults", |preview| preview.faults().is_empty());
            good = folder;
        } else {
            broken += 1;
            preview.waits_for("faults", |preview| !preview.faults().is_empty());
            preview.becomes(&good, &[], "a broken edit, which leaves the last good site");
        }
    }
    assert!(broken > 2, "the steps never broke the site");
    assert!(!site.path("public").exists(), "a preview writes nothing");
}

/// Terminals and scripts take for the address all that no blank parts from it.
#[test]
fn the_address_is_told_first_and_stands_by_itself_in_every_language() {
    for lang in ["en", "zh-Hant"] {
        let preview = Preview::of(&site(), &["--lang", lang]);
        let line = &preview.told;
        let (address, rest) = line.split_once(' ').unwrap();
        let port = address.strip_prefix("http://127.0.0.1:").unwrap();
        assert!(port.strip_suffix('/').unwrap().parse::<u16>().is_ok());
        assert!(rest.contains("Ctrl-C"), "{line}");
    }
}

#[test]
fn a_fault_is_told_with_its_place_and_forgotten_when_it_is_mended() {
    let site = Site::small();
    let preview = Preview::of(&site, &["--editor", "edit://{path}#{line}"]);
    site.write(
        "content/org/2025/scorecard.yaml",
        SCORECARD.replace("higher", "<b>upper</b>"),
    );
    preview.waits_for("a fault", |preview| !preview.faults().is_empty());
    let state = preview.state();
    assert_eq!(state["editor"], "edit://{path}#{line}");
    assert!(state["text"].as_str().unwrap().contains("<b>upper</b>"));
    let fault = &preview.faults()[0];
    assert_eq!(fault["file"], "content/org/2025/scorecard.yaml");
    assert_eq!(fault["line"], 12);
    site.write("content/org/2025/scorecard.yaml", SCORECARD);
    preview.waits_for("no fault", |preview| preview.faults().is_empty());
}

#[test]
fn a_site_that_is_broken_from_the_start_shows_once_it_is_mended() {
    let site = Site::small().file("content/org/2025/scorecard.yaml", "title: [");
    let preview = Preview::of(&site, &[]);
    preview.waits_for("an apology", |preview| preview.get("").status == 500);
    site.write("content/org/2025/scorecard.yaml", SCORECARD);
    preview.waits_for("the site", |preview| preview.get("").status == 200);
}

#[test]
fn a_content_folder_that_goes_away_and_comes_back_is_survived() {
    let site = site();
    let preview = Preview::of(&site, &[]);
    preview.waits_for("the site", |preview| {
        preview.get("org/2025/AC1.1.html").status == 200
    });
    fs::rename(site.path("content"), site.path("elsewhere")).unwrap();
    preview.waits_for("a complaint", |preview| preview.state()["text"] != "");
    assert_eq!(preview.get("org/2025/AC1.1.html").status, 200);
    fs::create_dir(site.path("content")).unwrap();
    site.write("content/site.yaml", SITE_YAML);
    site.write("content/organizations.yaml", ORGANIZATIONS);
    site.write("content/org/2021/scorecard.yaml", SCORECARD);
    preview.waits_for("the new site", |preview| {
        preview.get("org/2021/AC1.1.html").status == 200
            && preview.get("org/2025/AC1.1.html").status == 404
    });
    site.write(
        "content/org/2021/scorecard.yaml",
        SCORECARD.replace("Listen", "Ask"),
    );
    preview.waits_for("an edit of the new site", |preview| {
        let page = preview.file("org/2021/AC1.1.1.html").unwrap_or_default();
        String::from_utf8(page).unwrap().contains("Ask")
    });
}

#[test]
fn only_its_own_address_is_answered_and_only_reading() {
    let site = Site::small();
    let (one, two) = (Preview::of(&site, &[]), Preview::of(&site, &[]));
    assert_ne!(one.address, two.address, "each takes the next free port");
    assert!(one.address.starts_with("127.0.0.1:"));

    let ask = |method: &str, host: &str| {
        let request = format!("{method} / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        one.ask(&request).status
    };
    assert_eq!(ask("GET", &one.address), 200);
    assert_eq!(
        ask("GET", &one.address.replace("127.0.0.1", "localhost")),
        200
    );
    assert_eq!(ask("GET", "rebound.example"), 403);
    assert_eq!(ask("POST", &one.address), 405);
    for path in [
        "../content/site.yaml",
        "..%2fcontent/site.yaml",
        "content/site.yaml",
        "%ff",
    ] {
        assert!(one.get(path).status >= 400, "{path}");
    }
    let folder = one.get("/org/2025");
    assert_eq!(folder.status, 302);
    assert!(
        folder.head.contains("location: /org/2025/\r\n"),
        "{}",
        folder.head
    );

    let port = one.address.rsplit(':').next().unwrap();
    let taken = site.run(&["serve", "--port", port]);
    assert_eq!(taken.code, 3, "{}", taken.err);
    assert!(taken.err.contains("choose another --port"), "{}", taken.err);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_the_preview_and_leaves_nothing_behind() {
    let site = site();
    let before = files(&site.path(""));
    let mut preview = Preview::of(&site, &[]);
    preview.get("");
    let pid = preview.child.id().to_string();
    let killed = std::process::Command::new("kill")
        .args(["-INT", &pid])
        .status();
    assert!(killed.unwrap().success());
    assert_eq!(preview.child.wait().unwrap().code(), Some(0));
    assert_eq!(files(&site.path("")), before);
}

#[cfg(unix)]
#[test]
fn the_history_is_read_once_for_each_commit() {
    let ledger = "content/org/2025/measurements.csv";
    let rows = "kpi,period,value\nAC1.1,2025,70\n";
    let mut checkout = Checkout::of(Site::small().file(ledger, rows));
    let first = checkout.commit();
    let git = Overheard::new();
    let preview = Preview::start(
        &checkout.site,
        command(&["serve", "--quiet"]).env("PATH", git.path()),
    );
    let says = |preview: &Preview, words: &str| {
        let page = preview.file("org/2025/AC1.1.html");
        page.is_some_and(|page| String::from_utf8(page).unwrap().contains(words))
    };
    preview.waits_for("the commit", |preview| says(preview, &first[..10]));
    assert_eq!(git.histories(), 1);
    for value in ["71", "72"] {
        checkout.write(ledger, rows.replace("70", value));
        preview.waits_for("an edit", |preview| says(preview, &format!(">{value}<")));
        assert!(says(&preview, "not committed yet"));
    }
    assert_eq!(git.histories(), 0);
    let second = checkout.commit();
    checkout.write("content/about.md", "# About\n");
    preview.waits_for("the next commit", |preview| says(preview, &second[..10]));
    assert_eq!(git.histories(), 1);
}
