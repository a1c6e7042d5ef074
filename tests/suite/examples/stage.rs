//! Where the code of each rule's page belongs: a small site around it that is sound
//! but for the example.

use std::fs;

use super::{Block, Staged};
use crate::checkout::Checkout;
use crate::site::Site;

const SITE: &str = "title: Parks\n";
const ORGANIZATIONS: &str = "- {id: parks, name: Parks}\n";
const PLAN: &str = "content/parks/2025/scorecard.yaml";
const TRUST: &str = "name: Trust\n";

/// Puts the code of a rule's page where it belongs.
pub fn stage(rule: &str, block: &Block) -> Staged {
    let text = block.text.as_str();
    let site = match (rule, block.kind.as_str()) {
        ("rewritten-history", _) => return rewritten(text),
        ("bad-theme", _) | ("low-contrast", "yaml") => {
            site().file("content/site.yaml", format!("{SITE}{text}"))
        }
        ("count-mismatch", _) => counted(text),
        ("cascade-to-objective", _) => with_parent(text),
        ("unknown-language" | "missing-translation", _) => translated(text),
        ("bad-value" | "impossible-scale" | "unknown-reference", _) => {
            kpi(&format!("{TRUST}{text}"))
        }
        ("duplicate-id", _) => objectives(&format!(
            "- code: AC1\n  name: Content people\n  kpis:\n{}",
            indented(4, text)
        )),
        ("bad-code", _) => objectives(&format!("- name: Content people\n{}", indented(2, text))),
        ("causal-cycle" | "causal-direction", _) => causes(text),
        ("path-escape", _) => kpi(TRUST)
            .file("content/report.pdf", "%PDF")
            .file("content/about.md", format!("# About\n\n{text}")),
        ("unreadable-file", _) => saved(text),
        (_, "yaml") => plan(text),
        (_, "csv") => ledger(rule, text),
        ("undescribed-picture", _) => kpi(TRUST)
            .file(
                "content/parks/2025/notes/lake.svg",
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
            )
            .file("content/parks/2025/notes/AC1.md", text),
        (_, "markdown") => kpi(TRUST).file("content/parks/2025/notes/AC1.md", text),
        (_, "text") => named(text),
        (_, "css") => theme().file("themes/own/extra.css", text),
        (_, "html") => template(text),
        (_, kind) => panic!("where does `{kind}` of {rule} belong?"),
    };
    Staged { site, options: &[] }
}

/// An organisation without a scorecard.
fn site() -> Site {
    Site::empty()
        .file("content/site.yaml", SITE)
        .file("content/organizations.yaml", ORGANIZATIONS)
}

fn indented(by: usize, text: &str) -> String {
    let line = |line| format!("{:by$}{line}\n", "");
    text.lines().map(line).collect()
}

/// A scorecard with these keys, and with a title and a theme where they give none.
fn plan(keys: &str) -> Site {
    if keys.starts_with("objectives:") {
        let theme = format!(
            "themes:\n  - code: A\n    name: Safety\n{}",
            indented(4, keys)
        );
        return plan(&theme);
    }
    let or = |key: &str, default| if keys.contains(key) { "" } else { default };
    let title = or("title:", "title: Plan\n");
    let themes = or("themes:", "themes:\n  - {code: A, name: Safety}\n");
    site().file(PLAN, format!("{title}{keys}{themes}"))
}

/// A scorecard with these objectives.
fn objectives(list: &str) -> Site {
    plan(&format!("objectives:\n{}", indented(2, list)))
}

/// A scorecard with a KPI that has these keys.
fn kpi(keys: &str) -> Site {
    let kpis = format!("  kpis:\n    - code: AC1.1\n{}", indented(6, keys));
    objectives(&format!("- code: AC1\n  name: Content people\n{kpis}"))
}

/// As many objectives as the comment says.
fn counted(text: &str) -> Site {
    let count = ["five", "six"].iter().position(|word| text.contains(word));
    let count = count.unwrap() + 5;
    let objective = |n| format!("      - {{code: AC{n}, name: Objective {n}}}\n");
    let list: String = (1..=count).map(objective).collect();
    plan(&format!(
        "{text}themes:\n  - code: A\n    name: Safety\n    objectives:\n{list}"
    ))
}

/// A scorecard above that has six objectives and no KPI.
fn with_parent(keys: &str) -> Site {
    let objective = |n| format!("      - {{code: GP{n}, name: Objective {n}}}\n");
    let list: String = (1..=6).map(objective).collect();
    kpi(&format!("{TRUST}{keys}"))
        .file(
            "content/organizations.yaml",
            format!("{ORGANIZATIONS}- {{id: taipei, name: Taipei}}\n"),
        )
        .file(
            "content/taipei/2022/scorecard.yaml",
            format!("title: Plan\nthemes:\n  - code: G\n    name: City\n    objectives:\n{list}"),
        )
}

/// A site in the languages that the comment says, all else of it translated.
fn translated(text: &str) -> Site {
    let (_, languages) = text.split_once("languages: [").unwrap();
    let (languages, _) = languages.split_once(']').unwrap();
    let all = |word: &str| {
        let words = languages.split(", ").map(|tag| format!("{tag}: {word}"));
        format!("{{{}}}", words.collect::<Vec<_>>().join(", "))
    };
    let plan = [
        format!(
            "title: {}\nthemes:\n  - code: A\n    name: {}",
            all("Plan"),
            all("Safety")
        ),
        format!(
            "    objectives:\n      - code: AC1\n        name: {}",
            all("People")
        ),
        format!(
            "        kpis:\n          - code: AC1.1\n{}",
            indented(12, text)
        ),
    ];
    let settings = format!("title: {}\nlanguages: [{languages}]\n", all("Parks"));
    site()
        .file("content/site.yaml", settings)
        .file(
            "content/organizations.yaml",
            format!("- {{id: parks, name: {}}}\n", all("Parks")),
        )
        .file(PLAN, plan.join("\n"))
}

/// Objectives that drive one another, with those that are named and not shown.
fn causes(list: &str) -> Site {
    let shown = |code: &str| list.contains(&format!("code: {code},"));
    let is_missing = |code: &&str| list.contains(*code) && !shown(code);
    let missing = ["AC1", "AP1"].into_iter().filter(is_missing);
    let rest: String = missing
        .map(|code| format!("- {{code: {code}, name: Other}}\n"))
        .collect();
    objectives(&format!("{list}{rest}"))
}

/// A ledger of a KPI that suits it.
fn ledger(rule: &str, rows: &str) -> Site {
    let keys = match rule {
        "out-of-range" => "unit: \"%\"\n",
        "bad-period" | "early-result" | "unknown-period" => "frequency: quarter\n",
        "doubtful-figure" => "unit: \"%\"\nfrequency: month\n",
        "unexplained-easing" => "direction: higher\n",
        _ => "",
    };
    let is_of_targets = rows.lines().next().unwrap().contains("target");
    let name = if is_of_targets {
        "targets"
    } else {
        "measurements"
    };
    let day = match rule {
        "unseen-row" => "as_of: 2026-01-31\n",
        _ => "",
    };
    kpi(&format!("{TRUST}{keys}"))
        .file("content/site.yaml", format!("{SITE}{day}"))
        .file(&format!("content/parks/2025/{name}.csv"), rows)
}

/// A file of that name.
fn named(path: &str) -> Site {
    let path = path.trim();
    let text = match path.rsplit_once('.') {
        Some((_, "md")) => "---\ntitle: Words\n---\n\nWords.\n",
        Some((_, "csv")) => "kpi,period,value\n",
        _ => panic!("what is in `{path}`?"),
    };
    kpi(TRUST).file(path, text)
}

/// A ledger in the encoding that the words say.
fn saved(words: &str) -> Site {
    let (path, how) = words.split_once(" saved as ").unwrap();
    let mut rows = b"kpi,period,value,note\nAC1.1,2025,5,".to_vec();
    // The character 中.
    rows.extend(if how.contains("UTF-8") {
        "中".as_bytes()
    } else {
        b"\xa4\xa4"
    });
    kpi(TRUST).file(&format!("content/parks/2025/{path}"), rows)
}

/// A site with a theme of its own.
fn theme() -> Site {
    kpi(TRUST)
        .file("content/site.yaml", format!("{SITE}theme: own\n"))
        .file("themes/own/theme.yaml", "name: Own\ncontract: 1\n")
}

/// A theme whose every page has this in its head part.
fn template(html: &str) -> Site {
    let site = theme();
    let name = "templates/base.html";
    assert_eq!(site.run(&["theme", "eject", name]).code, 0);
    let path = format!("themes/own/{name}");
    let template = fs::read_to_string(site.path(&path)).unwrap();
    let mark = "<main";
    assert!(template.contains(mark));
    site.file(&path, template.replacen(mark, &format!("{html}{mark}"), 1))
}

/// A checkout whose last commit has the figure that the page tells of.
fn rewritten(rows: &str) -> Staged {
    let ledger = "content/parks/2025/measurements.csv";
    let published = "kpi,period,value,published_on,note\nAC1.1,2025,75,2026-01-10,\n";
    let mut checkout = Checkout::of(kpi(TRUST).file(ledger, published));
    checkout.commit();
    Staged {
        site: checkout.site.file(ledger, rows),
        options: &["--against", "HEAD"],
    }
}
