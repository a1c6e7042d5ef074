//! The last word on HTML that an author wrote.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::address::SCHEMES;
use super::allowed::{ELEMENTS, EVERYWHERE, LABELLED, OURS};

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(sanitiser);

/// `html` reduced to what [`super::allowed`] lists, well-formed. What Scorepress
/// itself writes comes out as it went in.
pub(super) fn clean(html: &str) -> String {
    SANITISER.clean(html).to_string()
}

fn sanitiser() -> Builder<'static> {
    let mut attributes: HashMap<&str, HashSet<&str>> = ELEMENTS
        .iter()
        .map(|(name, own)| (*name, own.iter().copied().collect()))
        .collect();
    for name in LABELLED {
        attributes.entry(name).or_default().insert("aria-label");
    }
    let mut values: HashMap<&str, HashMap<&str, HashSet<&str>>> = HashMap::new();
    for (name, attribute, permitted) in OURS {
        values
            .entry(name)
            .or_default()
            .insert(attribute, permitted.iter().copied().collect());
    }
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().map(|(name, _)| *name).collect())
        .clean_content_tags(HashSet::from(["script", "style"]))
        .tag_attributes(attributes)
        .tag_attribute_values(values)
        .generic_attributes(EVERYWHERE.into_iter().chain(["id"]).collect())
        .url_schemes(SCHEMES.into_iter().collect())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    builder
}

#[cfg(test)]
mod tests {
    use super::clean;

    #[test]
    fn what_could_run_or_load_is_taken_out() {
        assert_eq!(
            clean("<p onclick=x style=color:red>a<script>b</script></p>"),
            "<p>a</p>"
        );
        assert_eq!(
            clean("<a href=javascript:x>a</a><iframe src=x>"),
            "<a>a</a>"
        );
        assert_eq!(
            clean("<svg><a xlink:href=javascript:x>y</a></svg><form><input>z"),
            "z"
        );
    }

    #[test]
    fn the_result_is_well_formed() {
        assert_eq!(clean("</div><b>a<p>c"), "<b>a<p>c</p></b>");
    }
}
