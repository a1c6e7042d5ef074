//! The pages that explain each rule: the same ones as in the documentation.

use include_dir::{Dir, include_dir};

use super::Rule;
use crate::message::Language;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// The page about a rule, in Markdown.
#[must_use]
pub fn page(rule: Rule, language: Language) -> &'static str {
    text(&format!("{}.md", rule.id()), language).unwrap_or_else(|| rule.summary())
}

/// The same for a terminal, where a link from one page of the documentation to another
/// leads nowhere: its words stay.
#[must_use]
pub fn page_in_terminal(rule: Rule, language: Language) -> String {
    let mut is_code = false;
    let line = |line: &str| {
        is_code ^= line.starts_with("```");
        let shown = if is_code {
            line.to_owned()
        } else {
            unlinked(line)
        };
        shown + "\n"
    };
    page(rule, language).lines().map(line).collect()
}

/// A line with the words of its links to other pages in place of the links.
fn unlinked(line: &str) -> String {
    let mut shown = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, link)) = rest.split_once('[') {
        shown.push_str(before);
        let parts = link
            .split_once("](")
            .and_then(|(words, after)| Some((words, after.split_once(')')?)));
        match parts {
            Some((words, (target, after)))
                if !words.contains(['`', ']']) && target.contains(".md") =>
            {
                shown.push_str(words);
                rest = after;
            }
            _ => {
                shown.push('[');
                rest = link;
            }
        }
    }
    shown.push_str(rest);
    shown
}

/// What the rule asks, in one sentence: its line in the index of the pages.
#[must_use]
pub fn summary(rule: Rule, language: Language) -> &'static str {
    let row = format!("| [{}]", rule.id());
    text("README.md", language)
        .and_then(|index| index.lines().find(|line| line.starts_with(&row)))
        .and_then(|line| line.strip_suffix(" |")?.rsplit_once(" | "))
        .map_or_else(|| rule.summary(), |(_, summary)| summary)
}

/// English pages lie in the folder itself, the others in one named after their language.
fn text(name: &str, language: Language) -> Option<&'static str> {
    let path = match language {
        Language::English => name.to_owned(),
        Language::TraditionalChinese => format!("{}/{name}", language.tag()),
    };
    PAGES.get_file(path)?.contents_utf8()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The headings over example and cure.
    fn headings(language: Language) -> [&'static str; 2] {
        match language {
            Language::English => ["\n## Example", "\n## Cure"],
            Language::TraditionalChinese => ["\n## 範例", "\n## 改法"],
        }
    }

    /// What follows `heading` in a page, up to the next heading.
    fn part<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
        let (_, rest) = page.split_once(&format!("{heading}\n"))?;
        Some(rest.split("\n## ").next().unwrap_or(rest))
    }

    fn has_code(part: &str) -> bool {
        part.lines().filter(|line| line.starts_with("```")).count() >= 2
    }

    /// The code of a page without what is written for people: comments, and what
    /// stands after the path in an example that is no code.
    fn code(page: &str) -> Vec<String> {
        let mut fence = None;
        let mut code = Vec::new();
        for line in page.lines() {
            match (fence, line.strip_prefix("```")) {
                (None, None) => {}
                (_, Some(kind)) => {
                    code.push(line.to_owned());
                    fence = fence.is_none().then_some(kind);
                }
                (Some("text"), None) => code.extend(line.split(' ').next().map(str::to_owned)),
                // What is written for people: notes and reasons of ledgers, words of links.
                (Some("csv"), None) => {
                    let people = |cell: &str| cell.contains(' ') || !cell.is_ascii();
                    let cells = line
                        .split(',')
                        .map(|cell| if people(cell) { "…" } else { cell });
                    code.push(cells.collect::<Vec<_>>().join(","));
                }
                (Some("markdown"), None) => {
                    let link = line
                        .split_once("](")
                        .and_then(|(_, link)| link.split_once(')'));
                    code.extend(link.map(|(target, _)| target.to_owned()));
                }
                (Some("yaml" | "css"), None) => {
                    let comment = line.find("# ").or_else(|| line.find("/*"));
                    code.push(line[..comment.unwrap_or(line.len())].to_owned());
                }
                (Some(_), None) => code.push(line.to_owned()),
            }
        }
        code
    }

    #[test]
    fn every_rule_has_a_page_with_reason_example_and_cure() {
        for (rule, language) in each_in_each_language() {
            let (id, page) = (rule.id(), page(rule, language));
            assert!(page.starts_with(&format!("# {id}\n")), "{id}");
            assert!(page.lines().count() < 40, "{id} is too long");
            let reason = part(page, &format!("# {id}")).unwrap().trim();
            assert!(reason.ends_with(['.', '。']), "{id} does not say why");
            let [example, cure] =
                headings(language).map(|heading| part(page, heading).unwrap_or_default());
            assert!(has_code(example) && has_code(cure), "{id}");
            assert_ne!(example.trim(), cure.trim(), "{id}");
        }
    }

    #[test]
    fn no_page_in_a_terminal_links_to_another() {
        for (rule, language) in each_in_each_language() {
            let shown = page_in_terminal(rule, language);
            assert!(
                !shown.contains(".md)") && !shown.contains(".md#"),
                "{shown}"
            );
            assert_eq!(code(&shown), code(page(rule, language)));
        }
        let limits = page_in_terminal(Rule::UnreadableFile, Language::English);
        assert!(limits.contains("larger than the limits, a file"));
    }

    #[test]
    fn every_language_has_the_same_examples() {
        for (rule, language) in each_in_each_language() {
            let english = code(page(rule, Language::English));
            assert_eq!(code(page(rule, language)), english, "{}", rule.id());
        }
    }

    fn each_in_each_language() -> impl Iterator<Item = (Rule, Language)> {
        let rules = Rule::ALL.iter().copied();
        rules.flat_map(|rule| Language::ALL.map(|language| (rule, language)))
    }

    #[test]
    fn every_page_has_a_rule() {
        for folder in [Some(&PAGES), PAGES.get_dir("zh-Hant")] {
            let files: Vec<_> = folder.unwrap().files().collect();
            for file in &files {
                let name = file.path().file_name().unwrap().to_string_lossy();
                let rule = name.strip_suffix(".md").and_then(Rule::from_id);
                assert!(name == "README.md" || rule.is_some(), "{name}");
            }
            assert_eq!(files.len(), Rule::ALL.len() + 1);
        }
    }

    #[test]
    fn the_index_is_the_registry() {
        for language in Language::ALL {
            let rows: Vec<String> = Rule::ALL
                .iter()
                .map(|rule| {
                    let (id, level) = (rule.id(), rule.default_level().said());
                    let summary = match language {
                        Language::English => rule.summary(),
                        Language::TraditionalChinese => summary(*rule, language),
                    };
                    format!("| [{id}]({id}.md) | {} | {summary} |", level.text(language))
                })
                .collect();
            let table = rows.join("\n") + "\n";
            let index = text("README.md", language).unwrap();
            assert!(
                part(index, "|---|---|---|") == Some(table.as_str()),
                "the table of the index should be:\n{table}"
            );
        }
        let chinese = |rule| summary(rule, Language::TraditionalChinese);
        assert!(
            Rule::ALL
                .iter()
                .all(|rule| chinese(*rule) != rule.summary())
        );
    }
}
