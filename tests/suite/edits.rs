//! A site that is edited at random: written, broken, mended, renamed and taken away.

use std::fs;

use crate::site::Site;

/// The files of a site, each with what it may hold: first what makes a good site, then
/// other good texts, then some that break something. Nothing in them stands alone:
/// codes, names, dates, organisations and headings are told of elsewhere.
const FILES: [(&str, &[&str]); 21] = [
    (
        "content/site.yaml",
        &[
            "title: Test\nlanguages: [en]\n",
            "title: Test\nlanguages: [en]\ntagline: Another line\n",
            "# A line that moves the others.\ntitle: Test\nlanguages: [en]\nas_of: 2025-08-01\n",
            "title: Test\nlanguages: [en, zh-Hant]\n",
            "title: Test\nlanguages: [en]\nfiscal_year_start: 7\n",
            "title: Test\nlanguages: [en]\nmissing: zero\nbands: {near: 50}\n",
            "title: Test\nlanguages: [en]\nhome: sub/2025\ncheck: {cascade-to-objective: deny}\n",
            "title: [\n",
        ],
    ),
    (
        "content/organizations.yaml",
        &[
            "- {id: org, name: The Office, units: [{id: desk, name: Front desk}]}\n- {id: sub, name: A Branch, parent: org}\n",
            "- {id: org, name: The Bureau, units: [{id: desk, name: Front desk}]}\n- {id: sub, name: A Branch, parent: org}\n",
            "- {id: sub, name: A Branch}\n- {id: org, name: The Office, units: [{id: desk, name: Back desk}]}\n",
            "- {id: new, name: Newcomer}\n- {id: org, name: The Office, units: [{id: desk, name: Front desk}]}\n- {id: sub, name: A Branch, parent: new}\n",
            "- {id: org, name: The Office}\n",
        ],
    ),
    (
        "content/org/2024/scorecard.yaml",
        &[
            "title: First plan\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - code: AC1\n        name: Content people\n        kpis:\n          - {code: AC1.1, id: content, name: Satisfaction, unit: \"%\", direction: higher, target: 80}\n",
            "title: First plan\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - code: AC1\n        name: Content people\n        kpis:\n          - {code: AC1.1, id: content, name: Contentment, unit: \"%\", direction: higher, target: 85}\n",
            "title: First plan\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - code: AC1\n        name: Content people\n        kpis:\n          - {code: AC1.1, id: other, name: Satisfaction, unit: \"%\", direction: higher, target: 80}\n",
            "title: First plan\nmission: \"\n",
        ],
    ),
    (
        "content/org/2024/measurements.csv",
        &[
            "kpi,period,value,published_on\nAC1.1,2024,70,2025-01-15\n",
            "kpi,period,value,published_on\nAC1.1,2024,90,2025-01-15\n",
            "kpi,period,value,published_on,note\nAC1.1,2024,70,2025-01-15,\nAC1.1,2024,75,2025-09-01,counted again\n",
            "",
        ],
    ),
    (
        "content/org/2025/scorecard.yaml",
        &[
            PLAN,
            "title: Plan\nsource: {title: The plan, published: 2025-02, publisher: sub}\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - {code: AC1, name: Happy people}\nkpis:\n  - {code: AC1.1, id: content, name: Satisfaction, unit: \"%\", direction: higher, target: 95, weight: 2}\n  - {code: AC1.2, name: Waiting, unit: min, direction: lower, target: 5, baseline: 20}\n",
            "title: Plan\nthemes:\n  - code: A\n    name: Service\n    objectives:\n      - {code: AC1, name: Content people}\n",
            "title: Plan\nthemes:\n  - code: B\n    name: Service\n    objectives:\n      - {code: BC1, name: Content people}\n",
            "title: Plan\nthemes: [\n",
            "",
        ],
    ),
    (
        "content/org/2025/targets.csv",
        &[
            "kpi,period,target,set_on,reason\nAC1.1,2025,90,2024-12-01,\n",
            "kpi,period,target,set_on,reason\nAC1.1,2025,90,2024-12-01,\nAC1.1,2025,85,2025-06-01,too hard\n",
            "",
            "kpi,period,target,set_on,reason\nAC1.9,2025,90,2024-12-01,\n",
        ],
    ),
    (
        "content/org/2025/measurements.csv",
        &[
            "kpi,period,value,published_on\nAC1.1,2025,91,2026-01-15\n",
            "kpi,period,value,published_on\nAC1.1,2025,92,2026-01-15\n",
            "kpi,period,value,published_on\nAC1.1,2025,19,2026-01-15\n",
            "kpi,period,value,published_on\nAC1.1,2025,91,2026-01-15\nAC1.1,2025,88,2027-03-01\n",
            "",
            "kpi,period,value\nAC1.1,2025,no\n",
        ],
    ),
    (
        "content/org/2025/errata.yaml",
        &[
            "",
            "- {code: AC1, published: Content people, corrected: Contented people}\n",
            "- {code: A, field: lead, published: A Branch}\n",
            "- {code: AC1, published: Contnt people, corrected: Contented people}\n",
        ],
    ),
    (
        "content/org/2025/notes/AC1.1.md",
        &[
            "A **note** on [people](code:AC1) and on [the branch](code:sub/2025/AC1.1).\n",
            "A **word** on [people](code:AC1) and on [the branch](code:sub/2025/AC1.1).\n",
            "[Page](../../../about.md#goal) ![A picture](../a.svg)\n",
            "",
            "[Nothing](code:AC7)\n",
        ],
    ),
    (
        "content/org/2025/notes/overview.md",
        &["", "All of it.\n", "## All\n\nSee [here](#all).\n"],
    ),
    (
        "content/org/2025/a.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M1 1\"/></svg>",
            "",
        ],
    ),
    (
        "content/sub/2025/scorecard.yaml",
        &[
            BRANCH,
            "title: Branch\nparent: org/2024\nthemes:\n  - code: A\n    name: Doing\n    objectives:\n      - code: AC1\n        name: Quick hands\n        contributes_to: [org/2025/AC1]\n        kpis:\n          - {code: AC1.1, name: Speed, direction: higher, target: 3, contributes_to: [org/2024/AC1.1]}\n",
            "title: Branch\nthemes:\n  - code: A\n    name: Doing\n    objectives:\n      - code: AC1\n        name: Quick hands\n        kpis:\n          - {code: AC1.1, name: Speed, direction: higher, target: 3}\n          - {code: AC1.1, name: Speed, direction: higher, target: 3}\n",
            "",
        ],
    ),
    (
        "content/sub/2025/kpis/one.yaml",
        &[
            "",
            "{code: AC1.2, name: Errors, direction: lower, target: 2, baseline: 9}\n",
            "{code: AC2.2, name: Lost}\n",
        ],
    ),
    (
        "content/sub/2025-01-01_2025-12-31/scorecard.yaml",
        &["", "title: The same year by another name\n"],
    ),
    (
        "content/aaa/2025/scorecard.yaml",
        &["", "title: Nobody's plan\n"],
    ),
    (
        "content/about.md",
        &[
            "---\ntitle: About\n---\n# Goal\n\nText.\n",
            "---\ntitle: Above\n---\n# Goal\n\nText with [a plan](code:org/2025/AC1.1).\n",
            "---\ntitle: About\ndraft: true\n---\n# Other {#goal}\n",
            "---\ntitle: [\n---\n",
        ],
    ),
    ("content/a.md", &["", "# First of all files\n"]),
    ("content/unknown.yaml", &["", "what: is this\n"]),
    (
        "themes/default/extra.css",
        &["", ".note { margin: 0 }\n", ".note { margin: 1px }\n"],
    ),
    (
        "themes/default/locale/en.yaml",
        &["", "nav: {search: Seek}\n", "nav: [\n"],
    ),
    (
        "themes/default/templates/404.html",
        &[
            "",
            "<!doctype html><title>Gone</title>{{ site.title }}\n",
            "{% if %}\n",
        ],
    ),
];

const PLAN: &str = "title: Plan\nthemes:\n  - code: A\n    name: Service\n    lead: sub\n    objectives:\n      - code: AC1\n        name: Content people\n        owner: org/desk\n        drives: [{to: AL1, because: They stay}]\n        kpis:\n          - code: AC1.1\n            id: content\n            name: Satisfaction\n            unit: \"%\"\n            direction: higher\n            actions:\n              - {code: AC1.1.1, name: Listen, owner: sub, start: 2025-01-01, end: 2025-09-30}\n      - {code: AL1, name: Able people}\n";

const BRANCH: &str = "title: Branch\nparent: org/2025\nthemes:\n  - code: A\n    name: Doing\n    objectives:\n      - code: AC1\n        name: Quick hands\n        contributes_to: [org/2025/AC1]\n        kpis:\n          - {code: AC1.1, name: Speed, direction: higher, target: 3, contributes_to: [org/2025/AC1.1]}\n";

/// Writes a file, or takes it away where the text is empty.
fn put(site: &Site, path: &str, text: &str) {
    if text.is_empty() {
        let _ = fs::remove_file(site.path(path));
    } else {
        site.write(path, text);
    }
}

/// Makes the site the good one that it was at first.
fn mend(site: &Site) {
    let _ = fs::remove_dir_all(site.path("content/org/2026"));
    for (path, texts) in FILES {
        put(site, path, texts[0]);
    }
}

/// A good site.
pub fn good() -> Site {
    let site = Site::empty();
    mend(&site);
    site
}

/// Edits of it at random.
pub struct Edits {
    seed: u64,
    state: u64,
    history: Vec<String>,
}

impl Edits {
    /// The same seed edits in the same way.
    pub fn of(seed: u64) -> Self {
        Self {
            seed,
            state: seed,
            history: Vec::new(),
        }
    }

    /// Any number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.state = (self.state)
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.state >> 33).unwrap() % end
    }

    /// Does something to the site. One that broke is often mended, or hardly anything
    /// would be rendered.
    pub fn edit(&mut self, site: &Site, is_broken: bool) {
        if is_broken && self.below(2) == 0 {
            mend(site);
        }
        let (path, texts) = FILES[self.below(FILES.len())];
        let text = texts[self.below(texts.len())];
        let file = site.path(path);
        let modified = fs::metadata(&file).and_then(|state| state.modified());
        match self.below(8) {
            0 => {
                // As editors save: beside the file, then in its place.
                put(site, "content/.saved", "x");
                put(site, "content/.saved", text);
                let _ = match text {
                    "" => fs::remove_file(&file),
                    _ => fs::create_dir_all(file.parent().unwrap())
                        .and_then(|()| fs::rename(site.path("content/.saved"), &file)),
                };
            }
            1 => {
                let folders = ["content/org/2025", "content/org/2026"];
                let [from, to] = folders.map(|folder| site.path(folder));
                let _ = fs::rename(&from, &to).or_else(|_| fs::rename(&to, &from));
            }
            _ => put(site, path, text),
        }
        if let (Ok(modified), Ok(file)) = (modified, fs::File::options().write(true).open(&file))
            && self.below(2) == 0
        {
            // As a checkout or a copy may leave it.
            file.set_modified(modified).unwrap();
        }
        self.history.push(format!("{path}: {text:?}"));
    }

    /// What was done last, for a test that fails.
    pub fn told(&self) -> String {
        let steps = &self.history[self.history.len().saturating_sub(6)..];
        let (seed, count) = (self.seed, self.history.len());
        format!("seed {seed}, step {count}:\n{}", steps.join("\n"))
    }
}
