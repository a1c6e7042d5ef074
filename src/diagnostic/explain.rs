//! The pages that explain each rule: the same ones as in the documentation.

use include_dir::{Dir, include_dir};

use super::Rule;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// The page about a rule, in Markdown.
#[must_use]
pub fn page(rule: Rule) -> &'static str {
    PAGES
        .get_file(format!("{}.md", rule.id()))
        .and_then(|file| file.contents_utf8())
        .unwrap_or_else(|| rule.summary())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What follows `heading` in a page, up to the next heading.
    fn part<'a>(page: &'a str, heading: &str) -> Option<&'a str> {
        let (_, rest) = page.split_once(&format!("{heading}\n"))?;
        Some(rest.split("\n## ").next().unwrap_or(rest))
    }

    fn has_code(part: &str) -> bool {
        part.lines().filter(|line| line.starts_with("```")).count() >= 2
    }

    #[test]
    fn every_rule_has_a_page_with_reason_example_and_cure() {
        for rule in Rule::ALL {
            let (id, page) = (rule.id(), page(*rule));
            assert!(page.starts_with(&format!("# {id}\n")), "{id}");
            assert!(page.lines().count() < 40, "{id} is too long");
            let reason = part(page, &format!("# {id}")).unwrap().trim();
            assert!(reason.ends_with('.'), "{id} does not say why");
            let example = part(page, "\n## Example").unwrap_or_default();
            let cure = part(page, "\n## Cure").unwrap_or_default();
            assert!(has_code(example) && has_code(cure), "{id}");
            assert_ne!(example.trim(), cure.trim(), "{id}");
        }
    }

    #[test]
    fn every_page_has_a_rule() {
        for file in PAGES.files() {
            let name = file.path().file_name().unwrap().to_string_lossy();
            let rule = name.strip_suffix(".md").and_then(Rule::from_id);
            assert!(name == "README.md" || rule.is_some(), "{name}");
        }
        assert_eq!(PAGES.files().count(), Rule::ALL.len() + 1);
    }

    #[test]
    fn the_index_is_the_registry() {
        let index = PAGES.get_file("README.md").unwrap();
        let rows: Vec<String> = Rule::ALL
            .iter()
            .map(|rule| {
                let (id, level) = (rule.id(), rule.default_level());
                format!("| [{id}]({id}.md) | {level} | {} |", rule.summary())
            })
            .collect();
        let table = rows.join("\n") + "\n";
        let found = part(index.contents_utf8().unwrap(), "|---|---|---|");
        assert!(
            found == Some(table.as_str()),
            "the table of docs/rules/README.md should be:\n{table}"
        );
    }
}
