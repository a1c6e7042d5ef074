use super::active_content;

fn told(text: &str) -> Option<String> {
    active_content(text.as_bytes()).map(|(found, _)| found.english().to_owned())
}

fn svg(inside: &str) -> Option<String> {
    told(&format!(
        "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">{inside}</svg>"
    ))
}

#[test]
fn shapes_text_and_pictures_inside_the_file_are_shown() {
    for inside in [
        "<path d=\"M0 0h9\"/><text>a &amp; b &#60; c</text><!-- <rect/> -->",
        "<defs><g id=\"a\"/></defs><use href=\"#a\"/><use xlink:href=\"#a\"/>",
        "<image href=\"data:image/png;base64,AAAA\"/>",
        "<style>path { fill: #fff }</style><style type=\"text/css\"/>",
        "<style><![CDATA[path > a { fill: url(#a) }]]></style><g fill=\"url(&quot;#a&quot;)\"/>",
        "<style>g { fill: url(\"data:image/png;base64,AAAA\"); font-family: 'Noto Sans'; content: \"\\2022\" }</style>",
        "<style>@media print { g { fill: url( '#b' ) } }</style>",
        "<a href=\"https://example.org/?a=1&amp;b=2\"/>",
        "<a href=\"https://example.org/\"><path d=\"M0 0\"/></a>",
        "<g transform=\"translate(1 2) rotate(3)\" style=\"fill:url(#a);mask:url('#b')\" aria-label=\"a\" data-name=\"(b)\"/>",
        "<filter id=\"f\"><feGaussianBlur stdDeviation=\"2\"/></filter><g filter=\"url(#f)\" xml:space=\"preserve\"/>",
        "<metadata><r:RDF xmlns:r=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><r:a r:about=\"\">x</r:a></r:RDF></metadata>",
        "<g xmlns:i=\"http://www.inkscape.org/namespaces/inkscape\" i:label=\"a\"/>",
    ] {
        assert_eq!(svg(inside), None, "{inside}");
    }
    let plain = "<!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\"><svg xmlns=\"http://www.w3.org/2000/svg\"/>\n";
    assert_eq!(told(plain), None);
    assert_eq!(told(&format!("\u{feff}{plain}")), None);
    assert_eq!(
        told("<s:svg xmlns:s='http://www.w3.org/2000/svg'><s:g/></s:svg>"),
        None
    );
}

#[test]
fn what_is_not_known_to_draw_is_refused() {
    for (inside, found) in [
        ("<script>1</script>", "a `<script>`"),
        ("<svg:script xmlns:svg=\"x\"/>", "a `<script>`"),
        ("<SCRIPT/>", "a `<SCRIPT>`"),
        ("<foreignObject/>", "a `<foreignObject>`"),
        ("<feImage/>", "a `<feImage>`"),
        ("<iframe/>", "a `<iframe>`"),
        ("<set attributeName=\"href\" to=\"x\"/>", "a `<set>`"),
        ("<animate attributeName=\"x\"/>", "a `<animate>`"),
        (
            "<h:img xmlns:h=\"http://www.w3.org/1999/xhtml\" src=\"a.png\"/>",
            "a `<img>`",
        ),
        (
            "<meta xmlns=\"http://www.w3.org/1999/&#120;html\"/>",
            "a `<meta>`",
        ),
        (
            "<m:math xmlns:m=\"http://www.w3.org/1998/Math/MathML\"/>",
            "a `<math>`",
        ),
        ("<style><script>x()</script></style>", "a `<script>`"),
        ("<style><g/></style>", "a `<g>`"),
        ("<path OnLoad=\"x\"/>", "`OnLoad` on `<path>`"),
        ("<path onclick=\"x\"/>", "`onclick` on `<path>`"),
        ("<image src=\"a.png\"/>", "`src` on `<image>`"),
        (
            "<g xml:base=\"https://example.org/\"/>",
            "`xml:base` on `<g>`",
        ),
        ("<g xlink:actuate=\"onLoad\"/>", "`xlink:actuate` on `<g>`"),
        ("<g q:href=\"#a\"/>", "`q:href` on `<g>`"),
        (
            "<a xlink:href=\" java\nscript:x\"/>",
            "a link to ` java script:x`",
        ),
        (
            "<a href=\"&#106;avascript:x\"/>",
            "a link to `javascript:x`",
        ),
        (
            "<a href=\"data:image/png,x\"/>",
            "a link to `data:image/png,x`",
        ),
        (
            "<use href=\"https://example.org/a.svg#b\"/>",
            "a link to `https://example.org/a.svg#b`",
        ),
        (
            "<use href=\"data:image/png,x\"/>",
            "a link to `data:image/png,x`",
        ),
        ("<image href=\"a.png\"/>", "a link to `a.png`"),
        (
            "<image href=\"data:image/svg+xml,x\"/>",
            "a link to `data:image/svg+xml,x`",
        ),
        (
            "<g xmlns:y=\"http://www.w3.org/1999/xlink\"><a y:href=\"java\tscript:x\"/></g>",
            "a link to",
        ),
        ("<path fill=\"&x;\"/>", "cannot be read"),
        ("<path d=\"a\" d=\"b\"/>", "cannot be read"),
        ("<text>&x;</text>", "cannot be read (&x;)"),
        ("<style>&x;</style>", "cannot be read (&x;)"),
        ("<path></g>", "cannot be read"),
        ("<!-- -- -->", "cannot be read"),
    ] {
        let told = svg(inside).unwrap_or_default();
        assert!(told.contains(found), "{inside}: {told}");
    }
}

#[test]
fn what_a_style_loads_and_what_deceives_is_refused() {
    for (inside, found) in [
        (
            "<style>@import url(https://example.org/a.css);</style>",
            "`@import",
        ),
        (
            "<style>@im<!-- -->po<![CDATA[rt]]> 'a.css'</style>",
            "`@import",
        ),
        ("<style>&#64;import 'a.css'</style>", "`@import"),
        ("<style>@\\69mport 'a.css'</style>", "in a style"),
        (
            "<style>g{fill:\\75 rl(a.svg#b)}</style>",
            "`\\75 rl(a.svg#b)` in a style",
        ),
        ("<style>g{src:url(data:text/css,x)}</style>", "in a style"),
        (
            "<style>g{x:image-set(\"a.png\" 1x)}</style>",
            "`\"a.png\"` in a style",
        ),
        (
            "<path fill=\"url(https://example.org/a.svg#b)\"/>",
            "`url(https://example.org/a.svg#b)` in a style",
        ),
        (
            "<path style=\"fill:&#117;rl(//example.org/a#b)\"/>",
            "in a style",
        ),
        ("<path style=\"fill:url(a.svg)\"/>", "in a style"),
        (
            "<!--> <script>x()</script> -->",
            "a comment that browsers end",
        ),
        ("<!-- --!> <script>x()</script> -->", "cannot be read"),
        (
            "<?xml-stylesheet href='a.xsl'?>",
            "an instruction to a program",
        ),
    ] {
        let told = svg(inside).unwrap_or_default();
        assert!(told.contains(found), "{inside}: {told}");
    }
}

#[test]
fn a_file_that_is_not_one_whole_picture_is_refused() {
    let open = "<svg xmlns='http://www.w3.org/2000/svg'>";
    for (text, found) in [
        ("plain text".to_owned(), "text outside"),
        (String::new(), "no `<svg xmlns="),
        ("<svg/>".to_owned(), "no `<svg xmlns="),
        ("<rss/>".to_owned(), "no `<svg xmlns="),
        (
            "<g xmlns='http://www.w3.org/2000/svg'/>".to_owned(),
            "no `<svg xmlns=",
        ),
        (format!("{open}<path d='M0 0'/>"), "ends before"),
        (format!("{open}</svg>x"), "text outside"),
        (format!("<![CDATA[x]]>{open}</svg>"), "text outside"),
        (
            format!("<!DOCTYPE svg [<!ENTITY x '&#60;script/>'>]>{open}</svg>"),
            "a document type",
        ),
        (
            format!("<!DOCTYPE svg PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'>{open}</svg>"),
            "a document type",
        ),
        (
            format!("<?xml version='1.0' encoding='utf-7'?>{open}</svg>"),
            "not UTF-8",
        ),
    ] {
        let told = told(&text).unwrap_or_default();
        assert!(told.contains(found), "{text}: {told}");
    }
    let escape = format!("{open}\u{1b}$B</svg>");
    assert!(told(&escape).unwrap().contains("a character that controls"));
    let utf16: Vec<u8> = open.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert!(active_content(&utf16).is_some());
    assert!(
        active_content(b"<svg \xff/>")
            .unwrap()
            .0
            .english()
            .contains("UTF-8")
    );
}

#[test]
fn the_line_of_it_is_told() {
    let text = "<svg xmlns='http://www.w3.org/2000/svg'>\n<g>\n  <script/>\n</g></svg>";
    assert_eq!(active_content(text.as_bytes()).unwrap().1, 3);
    let text = "<svg xmlns='http://www.w3.org/2000/svg'>\n<style>\ng{}\n@import 'a';</style></svg>";
    assert_eq!(active_content(text.as_bytes()).unwrap().1, 4);
}

proptest::proptest! {
    #[test]
    fn no_bytes_stop_the_look(bytes: Vec<u8>, text in "[<>/=!\"'a-z\\- &;:#x\\n\\[\\]?]{0,200}") {
        let _ = active_content(&bytes);
        let _ = active_content(format!("<svg xmlns='http://www.w3.org/2000/svg'>{text}").as_bytes());
    }
}
