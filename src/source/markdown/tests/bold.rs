//! Bold, emphasis and strikethrough beside CJK letters.

use scraper::{Html, Selector};

use super::html;

/// The bold, emphasised and struck pieces of a text.
fn marked(body: &str) -> Vec<String> {
    let page = Html::parse_fragment(&html(body));
    let selector = Selector::parse("strong, em, del").unwrap();
    page.select(&selector)
        .map(|e| format!("{}:{}", e.value().name(), e.text().collect::<String>()))
        .collect()
}

#[test]
fn bold_works_beside_chinese_letters() {
    assert_eq!(marked("達成率**90%**以上"), ["strong:90%"]);
    assert_eq!(
        marked("**「甲」**與**「乙」**"),
        ["strong:「甲」", "strong:「乙」"]
    );
    assert_eq!(
        marked("甲**「乙」**丙**「丁」**戊"),
        ["strong:「乙」", "strong:「丁」"]
    );
    assert_eq!(
        marked("約~~90%~~以上，*（註）*後"),
        ["del:90%", "em:（註）"]
    );
    assert_eq!(marked("成長***90%***以上"), ["em:90%", "strong:90%"]);
    assert_eq!(
        marked("見**[甲](a)。**與**`b`，**等"),
        ["strong:甲。", "strong:b，"]
    );
    assert_eq!(marked("**注意：**請*於*期限內"), ["strong:注意：", "em:於"]);
    assert_eq!(marked("| 甲 |\n|---|\n| 率**90%**以上 |"), ["strong:90%"]);
}

#[test]
fn asterisks_that_are_no_markup_stay() {
    assert_eq!(html("2 ** 3 ** 4"), "<p>2 ** 3 ** 4</p>\n");
    assert_eq!(html("二 ** 三 ** 四"), "<p>二 ** 三 ** 四</p>\n");
    assert_eq!(html("率\\*\\*90%\\*\\*以上"), "<p>率**90%**以上</p>\n");
    assert_eq!(
        html("`率**90%**以上`"),
        "<p><code>率**90%**以上</code></p>\n"
    );
    assert_eq!(
        html("    率**90%**以上"),
        "<pre><code>率**90%**以上</code></pre>\n"
    );
    assert_eq!(html("率&#42;*90%**以上"), "<p>率**90%**以上</p>\n");
    assert_eq!(html("率**90%\n\n以**上"), "<p>率**90%</p>\n<p>以**上</p>\n");
    assert_eq!(
        html("- 甲**「\n  > 乙\n- 丙**丁"),
        "<ul>\n<li>甲**「\n<blockquote>\n<p>乙</p>\n</blockquote>\n</li>\n<li>丙**丁</li>\n</ul>\n"
    );
}

#[test]
fn one_tilde_is_a_range() {
    assert_eq!(html("10~20 與 30~40"), "<p>10~20 與 30~40</p>\n");
    assert_eq!(
        html("**10~20** 與 *30~40*"),
        "<p><strong>10~20</strong> 與 <em>30~40</em></p>\n"
    );
    assert_eq!(marked("~~a~~ 5%~10%，~~b~~"), ["del:a", "del:b"]);
}
