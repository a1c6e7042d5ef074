//! The pages that explain each rule: the same ones as in the documentation.

use include_dir::{Dir, include_dir};

use super::Rule;

static PAGES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/docs/rules");

/// The page about a rule.
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

    #[test]
    fn every_rule_has_a_page_with_an_example_and_its_cure() {
        for rule in Rule::ALL {
            let page = page(*rule);
            assert!(
                page.starts_with(&format!("# {}\n", rule.id())),
                "{}",
                rule.id()
            );
            for part in ["\n## Example\n", "\n## Cure\n", "```"] {
                assert!(page.contains(part), "{} lacks {part:?}", rule.id());
            }
        }
    }

    #[test]
    fn every_page_has_a_rule_and_stands_in_the_index() {
        let index = PAGES
            .get_file("README.md")
            .and_then(|f| f.contents_utf8())
            .unwrap();
        for file in PAGES.files() {
            let name = file.path().file_stem().unwrap().to_string_lossy();
            assert!(name == "README" || Rule::from_id(&name).is_some(), "{name}");
        }
        for rule in Rule::ALL {
            assert!(
                index.contains(rule.id()),
                "docs/rules/README.md lacks {}",
                rule.id()
            );
            assert!(
                index.contains(rule.summary()),
                "docs/rules/README.md: {}",
                rule.summary()
            );
        }
    }
}
