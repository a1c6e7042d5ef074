//! Documents and the HTML they become.

use super::super::{Rendering, to_html};
use super::{html, rendering};

#[test]
fn paragraphs_lists_and_quotes_read_as_written_by_hand() {
    assert_eq!(
        html("甲 *乙*\n\n- a\n  1. b\n- c\n\n> d\n\n---\n\n3. e\n\n   f"),
        "<p>甲 <em>乙</em></p>\n<ul>\n<li>a\n<ol>\n<li>b</li>\n</ol>\n</li>\n<li>c</li>\n</ul>\n\
         <blockquote>\n<p>d</p>\n</blockquote>\n<hr>\n<ol start=\"3\">\n<li>\n<p>e</p>\n<p>f</p>\n</li>\n</ol>\n"
    );
    assert_eq!(
        html("名\n: 義\n"),
        "<dl>\n<dt>名</dt>\n<dd>義</dd>\n</dl>\n"
    );
    assert_eq!(
        html("a~~b~~  \nc \"d\" -- e"),
        "<p>a<del>b</del><br>\nc \"d\" -- e</p>\n"
    );
    assert_eq!(
        html("```rust x\na < b\n```\n\n    c"),
        "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>\n<pre><code>c</code></pre>\n"
    );
}

#[test]
fn a_line_break_between_chinese_letters_is_no_space() {
    assert_eq!(html("目標\n達成"), "<p>目標達成</p>\n");
    assert_eq!(
        html("目標，\n**達成**"),
        "<p>目標，<strong>達成</strong></p>\n"
    );
    assert_eq!(html("目標\nKPI\n達成"), "<p>目標\nKPI\n達成</p>\n");
    assert_eq!(html("목표\n달성"), "<p>목표\n달성</p>\n");
}

#[test]
fn headings_take_their_place_on_the_page() {
    assert_eq!(
        html("# 目標\n## Goal {#g .c lang=en onclick=x}\n###### Deep"),
        "<h2 id=\"n-目標\">目標</h2>\n<h3 id=\"n-g\" class=\"c\" lang=\"en\">Goal</h3>\n<h6 id=\"n-deep\">Deep</h6>\n"
    );
}

#[test]
fn fragments_lead_to_the_documents_own_headings_under_their_prefix() {
    assert_eq!(
        html("# 目標\n[a](#目標) [b](#%E7%9B%AE%E6%A8%99) [c](#trend)"),
        "<h2 id=\"n-目標\">目標</h2>\n<p><a href=\"#n-目標\">a</a> <a href=\"#n-目標\">b</a> <a href=\"#trend\">c</a></p>\n"
    );
}

#[test]
fn links_are_resolved_and_named_when_they_have_no_text() {
    assert_eq!(
        html("[](code:AC1.1) [見](code:AC1.1 \"T\") [](code:EN) <https://a.tw> <a@a.tw>"),
        "<p><a href=\"../AC1.1.html\">達成率</a> <a href=\"../AC1.1.html\" title=\"T\">見</a> \
         <a href=\"EN.html\"><span lang=\"en\">Rate</span></a> <a href=\"https://a.tw\">https://a.tw</a> \
         <a href=\"mailto:a@a.tw\">a@a.tw</a></p>\n"
    );
}

#[test]
fn a_link_that_leads_nowhere_leaves_its_text() {
    assert_eq!(
        html("[a](code:XX) [b](javascript:x) [c](<data:,x>)"),
        "<p>a b c</p>\n"
    );
    // HTML knows no link inside a link.
    assert_eq!(html("[a <https://b.tw> c](d)").matches("<a ").count(), 1);
}

#[test]
fn images_come_from_the_site_and_others_become_links() {
    assert_eq!(
        html("![圖 **1**](圖.png \"T\")"),
        "<p><img src=\"圖.png\" alt=\"圖 1\" title=\"T\"></p>\n"
    );
    assert_eq!(html("![](a.png)"), "<p><img src=\"a.png\" alt=\"\"></p>\n");
    assert_eq!(
        html("![b](https://a.tw/b.png)"),
        "<p><a href=\"https://a.tw/b.png\">b</a></p>\n"
    );
    assert_eq!(
        html("[![b](//a.tw/b.png)](c)"),
        "<p><a href=\"c\">b</a></p>\n"
    );
    assert_eq!(html("![b](data:image/png;base64,AA)"), "<p>b</p>\n");
}

#[test]
fn tables_are_aligned_by_class_named_and_scoped() {
    assert_eq!(
        html("| 年 | `值` | |\n|---|--:|:-:|\n| 114 | 90 | x |"),
        "<div class=\"scroll\" role=\"group\" aria-label=\"Table: 年, 值\" tabindex=\"0\">\n<table>\n<thead>\n\
         <tr><th scope=\"col\">年</th><th scope=\"col\" class=\"align-right\"><code>值</code></th><td class=\"align-center\"></td></tr>\n\
         </thead>\n<tbody>\n\
         <tr><td>114</td><td class=\"align-right\">90</td><td class=\"align-center\">x</td></tr>\n\
         </tbody>\n</table>\n</div>\n"
    );
    let nameless = Rendering {
        words: &|_| String::new(),
        ..rendering("")
    };
    assert_eq!(
        to_html("| a |\n|---|", &nameless).text,
        "<table>\n<thead>\n<tr><th scope=\"col\">a</th></tr>\n</thead>\n</table>\n"
    );
}

#[test]
fn alerts_say_what_kind_they_are() {
    assert_eq!(
        html("> [!WARNING]\n> 注意"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">Alert: warning</p>\n<p>注意</p>\n</div>\n"
    );
}

#[test]
fn tasks_are_marks_with_a_name_not_form_controls() {
    assert_eq!(
        html("- [x] a\n- [ ] b"),
        "<ul>\n<li class=\"task-item\"><span class=\"task\" role=\"img\" aria-label=\"Done\">☑</span> a</li>\n\
         <li class=\"task-item\"><span class=\"task\" role=\"img\" aria-label=\"To do\">☐</span> b</li>\n</ul>\n"
    );
}

#[test]
fn footnotes_follow_the_text_and_lead_back() {
    assert_eq!(
        html("甲[^b]乙[^B]。\n\n[^a]: 未引用\n[^b]: 註\n"),
        "<p>甲<sup class=\"footnote-mark\" id=\"n-fnref:1\"><a href=\"#n-fn:1\" aria-label=\"Footnote 1\">1</a></sup>\
         乙<sup class=\"footnote-mark\" id=\"n-fnref:1:2\"><a href=\"#n-fn:1\" aria-label=\"Footnote 1\">1</a></sup>。</p>\n\
         <div class=\"footnotes\" role=\"group\" aria-label=\"Footnotes\">\n<ol>\n\
         <li id=\"n-fn:1\">\n<p>註 <a href=\"#n-fnref:1\" aria-label=\"Back to 1.1\">↩</a> \
         <a href=\"#n-fnref:1:2\" aria-label=\"Back to 1.2\">↩</a></p>\n</li>\n\
         <li id=\"n-fn:2\">\n<p>未引用</p>\n</li>\n</ol>\n</div>\n"
    );
    assert_eq!(html("a[^none]"), "<p>a[^none]</p>\n");
}

#[test]
fn a_footnote_may_refer_to_another() {
    let page = html("a[^1]\n\n[^2]: two\n[^1]: one[^2]\n");
    assert!(page.find("one").unwrap() < page.find("two").unwrap());
    assert!(page.contains("href=\"#n-fnref:2\""));
}

#[test]
fn raw_html_is_kept_as_far_as_it_is_allowed() {
    assert_eq!(
        html("<details open>\n<summary>More</summary>\n\n**甲**\n\n</details>\n"),
        "<details open=\"\">\n<summary>More</summary>\n<p><strong>甲</strong></p>\n</details>\n"
    );
    assert_eq!(
        html(
            "H<sub>2</sub>O <span style=color:red onclick=x id=y class=z>a</span><script>b</script>"
        ),
        "<p>H<sub>2</sub>O <span class=\"z\">a</span>b</p>\n"
    );
    assert_eq!(
        html("a<!-- b -->c<br/>d &amp; e"),
        "<p>ac<br>d &amp; e</p>\n"
    );
}

#[test]
fn raw_links_images_and_headings_follow_the_rules_of_markdown() {
    assert_eq!(
        html("<a href=code:AC1.1>a</a>"),
        "<p><a href=\"../AC1.1.html\">a</a></p>\n"
    );
    assert_eq!(html("<a href=javascript:x>a</a>"), "<p>a</p>\n");
    assert_eq!(
        html("a <img src=https://b.tw/c.png alt=d>"),
        "<p>a <a href=\"https://b.tw/c.png\">d</a></p>\n"
    );
    assert_eq!(html("<h1>a</h1>\n"), "<h2>a</h2>\n");
}

#[test]
fn what_raw_html_leaves_open_ends_with_the_markdown_around_it() {
    assert_eq!(
        html("- <b>a\n- c"),
        "<ul>\n<li><b>a</b></li>\n<li>c</li>\n</ul>\n"
    );
    assert_eq!(
        html("> a</blockquote></div>\n\nb"),
        "<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n"
    );
    let cells = "<td>x".repeat(200);
    assert_eq!(
        html(&format!("<table><tr>{cells}\n"))
            .matches("</td>")
            .count(),
        200
    );
}
