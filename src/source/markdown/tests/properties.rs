//! What holds of any document.

use std::collections::BTreeSet;

use proptest::prelude::*;
use pulldown_cmark::Event;
use scraper::{Html, Selector};

use super::super::rendering::written;
use super::super::{Spanned, address, allowed, events, parsed, sanitise};
use super::super::{excess, heading_ids, links, split_front_matter};
use super::{html, rendering};

/// Documents made of the pieces where markup, scripts and attacks meet.
fn document() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "甲",
        "a",
        "%",
        "「",
        "」",
        "，",
        " ",
        "  \n",
        "\n",
        "\n\n",
        "*",
        "**",
        "~~",
        "~",
        "_",
        "`",
        "```\n",
        "\\",
        "# ",
        "## 甲 {#a}\n",
        "\n=\n",
        "- ",
        "1. ",
        "- [x] ",
        "> ",
        "> [!NOTE]\n",
        "    ",
        "\n: ",
        "---\n",
        "| a | b |\n|:-|-:|\n",
        "| c ",
        "|",
        "[^1]",
        "[^1]: ",
        "[^2]: x\n",
        "[a](b)",
        "[](code:AC1.1)",
        "[",
        "](",
        ")",
        "![",
        "![c](d.png)",
        "![e](https://f.tw/g.png)",
        "<https://a.tw>",
        "<x@a.tw>",
        "[r]",
        "\n[r]: s\n",
        "(javascript:alert(1))",
        "[j](JavaScript:x)",
        "[d](data:text/html,x)",
        "[v](&#106;avascript:x)",
        "\u{a0}",
        "&nbsp;",
        "&amp;",
        "&",
        "\r\n",
        "\0",
        "\"",
        "'",
        "<",
        ">",
    ]);
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

/// The same, with HTML the author wrote.
fn document_with_html() -> impl Strategy<Value = String> {
    let html = prop::sample::select(vec![
        "<b>",
        "</b>",
        "<div>\n",
        "</div>\n",
        "<p>",
        "<a href=x>",
        "<a href='javascript:x'>",
        "</a>",
        "<script>",
        "</script>",
        "<img src=x onerror=y>",
        "<img src=//a.tw/b>",
        "<svg onload=x>",
        "<style>",
        "<!-- ",
        "-->",
        "<table><tr><td>",
        "</table>",
        "<iframe src=x>",
        "<span style=x id=a class=\"b",
        "\">",
        "<h1 id=a>",
        "</h1>",
        "<textarea>",
        "<math><mi xlink:href=\"javascript:x\">",
        "<li>",
        "<br/>",
        "<details>",
        "<ul>",
        "<a title='</p>'>",
        "<plaintext>",
        "<template>",
        "<select>",
        "<noscript>",
        "<a href=\"data:,x\">",
    ]);
    prop::collection::vec(prop_oneof![document(), html.prop_map(str::to_owned)], 0..12)
        .prop_map(|pieces| pieces.concat())
}

fn attribute_values(page: &Html) -> Vec<(String, String)> {
    let all = Selector::parse("*").unwrap();
    page.select(&all)
        .flat_map(|e| e.value().attrs())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn assert_safe(page: &str) -> Result<(), TestCaseError> {
    let parsed = Html::parse_fragment(page);
    let mut ids = BTreeSet::new();
    for element in parsed.select(&Selector::parse("*").unwrap()) {
        let name = element.value().name();
        prop_assert!(
            name == "html" || allowed::element(name).is_some(),
            "<{name}> in {page}"
        );
    }
    for (name, value) in attribute_values(&parsed) {
        prop_assert!(
            !name.starts_with("on") && name != "style",
            "{name} in {page}"
        );
        if name == "id" {
            prop_assert!(value.starts_with("n-"), "{value} in {page}");
            prop_assert!(ids.insert(value.clone()), "{value} twice in {page}");
        }
        if name == "href" {
            prop_assert!(address::link(&value).is_some(), "{value} in {page}");
        }
        if name == "src" {
            prop_assert!(address::image(&value).is_some(), "{value} in {page}");
        }
    }
    prop_assert!(
        parsed
            .select(&Selector::parse("a a, img:not([src])").unwrap())
            .next()
            .is_none(),
        "{page}"
    );
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn any_document_is_safe_and_its_ids_are_unique(body in document_with_html()) {
        assert_safe(&html(&body))?;
    }

    #[test]
    fn what_we_write_ourselves_is_what_the_sanitiser_would_leave(body in document()) {
        let (page, raw) = written(&body, &rendering("n-"));
        assert_safe(&page)?;
        if !raw {
            prop_assert_eq!(&sanitise::clean(&page), &page);
        }
    }

    #[test]
    fn heading_ids_are_the_ids_on_the_page(body in document()) {
        prop_assume!(excess(&body).is_none());
        let page = Html::parse_fragment(&html(&body));
        let on_page: BTreeSet<String> = page
            .select(&Selector::parse("h1, h2, h3, h4, h5, h6").unwrap())
            .filter_map(|heading| heading.value().id().map(str::to_owned))
            .collect();
        let told: BTreeSet<String> = heading_ids(&body).iter().map(|id| format!("n-{id}")).collect();
        prop_assert_eq!(on_page, told);
    }

    #[test]
    fn every_link_lies_in_the_body(body in document_with_html()) {
        for link in links(&body) {
            prop_assert!(body.get(link.range.clone()).is_some(), "{link:?}");
        }
    }

    #[test]
    fn mending_emphasis_keeps_every_other_letter(body in document()) {
        let letters = |events: Vec<Spanned>| -> String {
            events
                .into_iter()
                .filter_map(|(event, _)| match event {
                    Event::Text(text) | Event::Code(text) => Some(text.into_string()),
                    _ => None,
                })
                .collect::<String>()
                .replace(['*', '~'], "")
        };
        prop_assert_eq!(letters(events(&body)), letters(parsed(&body)));
    }

    #[test]
    fn any_text_at_all_is_rendered(body in any::<String>()) {
        assert_safe(&html(&body))?;
        let (_, range) = split_front_matter(&body);
        prop_assert!(links(&body[range]).len() <= body.len());
    }
}
