use super::*;

fn whats(html: &str) -> Vec<What> {
    let leaks = scan(html, None);
    leaks.iter().map(|leak| leak.what).collect()
}

#[test]
fn what_a_good_page_has_is_no_leak() {
    let page = r##"<!doctype html><!-- <script>x</script> --><html><head>
        <link rel="stylesheet" href="../assets/style.css"><link rel="canonical" href="https://example.org/x">
        <link rel="icon" href="data:,"><link rel="alternate" href="https://example.org/feed.xml">
        <meta property="og:url" content="https://example.org"><meta http-equiv="Content-Type" content="text/html; charset=UTF-8">
        <script type="application/ld+json">{"a": "<img src=http://x>"}</script></head>
        <body><a href="https://example.org">x</a><a href="mailto:a@b">y</a> on="x" onclick=
        <img src="a.png" srcset="a.png 1x, b.png 2x" alt="https://x"><svg><use href="#x"/><title>a</title><style>a{fill:url(#b)}</style><a href="http://x"></a></svg>
        <form action="search.html"></form><p style="color:red">javascript:alert(1) 1 < 2 <b title="a > b">z</b></p></body></html>"##;
    assert_eq!(scan(page, None), []);
}

#[test]
fn every_way_of_loading_is_found() {
    for page in [
        "<img src=https://x/a.png>",
        "<IMG SRC='//x/a.png'>",
        "<img src=\" \thttps://x\">",
        "<img src='ht\ntps://x'>",
        "<img src='\\\\x/a'>",
        "<img srcset='a.png, https://x/b.png 2x'>",
        "<img srcset='a.png 1x&comma; https://x/b.png 2x'>",
        "<img srcset='a.png 1x (,), https://x/b.png 2x'>",
        "<link rel=stylesheet href=https://x/a.css>",
        "<link rel='preconnect alternate' href=https://x>",
        "<link rel='alternate&Tab;stylesheet' href=https://x>",
        "<iframe src=https://x></iframe>",
        "<object data=https://x></object>",
        "<video poster=https://x></video>",
        "<svg><image xlink:href='https://x'/></svg>",
        "<svg:image href='https://x'/>",
        "<svg><image><set attributeName=href to='https://x'/></image></svg>",
        "<svg><path fill='url&lpar;https://x#a)'/></svg>",
        "<style>@import 'https://x';</style>",
        "<svg><style>&commat;import 'https://x';</style></svg>",
        "<template shadowrootmode=open><style>@import/**/'https://x';</style></template>",
        "<p style=\"background:url('//x')\">",
        "<p style='background:url&lpar;https://x)'>",
        "<img alt='>' src=https://x>",
        "<base href=https://x>",
        "<base href='&sol;&sol;x'>",
        "<img src=&#104;ttps://x>",
        "<img src='&#x2f;/x'>",
        "<img/src=https://x>",
        "<img\nsrc\n=\nhttps://x>",
        "<select><img src=https://x></select>",
    ] {
        assert_eq!(whats(page), [What::Loads], "{page}");
    }
}

#[test]
fn every_way_of_running_is_found() {
    for page in [
        "<script>x()</script>",
        "<script src=a.js></script>",
        "<script type=importmap>{}</script>",
        "<ScRiPt >x</sCrIpT>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg ONLOAD='x'>",
        "<svg><style><img src=x onerror=x()></style></svg>",
        "<a href='javascript:alert(1)'>",
        "<a href='  JaVa\tscript:x'>",
        "<a href='&#106;avascript&colon;x'>",
        "<a href='java&NewLine;script:x'>",
        "<a href='data:text/html,x'>",
        "<a href='data:image/svg+xml,x'>",
        "<form action='data:text/html,x'>",
        "<button formaction='javascript:x'>",
        "<iframe srcdoc='x'>",
        "<iframe src='data:image/svg+xml,x'>",
        "<svg><use href='data:image/svg+xml,x#a'/></svg>",
        "<svg><animate attributeName=href to='javascript:x'/></svg>",
        "<svg><animate attributeName=href values='#&semi;javascript:x'/></svg>",
        "<!--> <script>x</script>",
        "<![CDATA[><img src=x onerror=x()>]]>",
        "<textarea></textarea><script>x</script>",
        "<noscript><p title=\"</noscript><img src=x onerror=x()>\"></noscript>",
        "<noscript><script>x</script></noscript>",
        "<math><annotation-xml encoding='text/html'><style><a title='</style><img src=x onerror=x()>'>",
    ] {
        assert!(whats(page).contains(&What::Runs), "{page}");
    }
}

#[test]
fn what_sends_orders_or_hides_is_found() {
    for (page, what) in [
        ("<a ping=https://x>", What::Sends),
        ("<form action=https://x>", What::Sends),
        (
            "<meta http-equiv=refresh content='0; url=https://x'>",
            What::Sends,
        ),
        ("<meta http-equiv=Refresh content='0,//x'>", What::Sends),
        ("<meta content='5' http-equiv='&#114;efresh'>", What::Sends),
        ("<meta http-equiv=set-cookie content=x>", What::Orders),
        ("<meta charset=iso-2022-jp>", What::Hides),
        (
            "<meta http-equiv=content-type content='text/html; charset=utf-7'>",
            What::Hides,
        ),
        ("<link rel=stylesheet href='data:text/css,a'>", What::Hides),
        ("<svg><style><g/>@import 'x'</style></svg>", What::Hides),
    ] {
        assert_eq!(whats(page), [what], "{page}");
    }
}

#[test]
fn the_policy_comes_before_everything_else() {
    let policy = "default-src 'none'";
    let meta = "<meta http-equiv=Content-Security-Policy content=\"default-src 'none'\">";
    for page in [
        format!(
            "<!doctype html><!-- a --><html><head>\n<meta charset=utf-8><title>a</title>{meta}<p>x"
        ),
        meta.replace("default-src '", "default-src &apos;"),
    ] {
        assert_eq!(scan(&page, Some(policy)), [], "{page}");
    }
    for page in [
        String::new(),
        "<html><head></head><body></body></html>".to_owned(),
        meta.replace("'none'", "*"),
        meta.replace(
            "Content-Security-Policy",
            "Content-Security-Policy-Report-Only",
        ),
        format!("<!--{meta}-->"),
        format!("x{meta}"),
        format!("<body>{meta}"),
        format!("</p>{meta}"),
        format!("<title>{meta}</title>"),
        format!("<link rel=icon href=a>{meta}"),
        format!("<template>{meta}</template>"),
        format!("<noscript>{meta}</noscript>"),
    ] {
        let leaks = scan(&page, Some(policy));
        assert!(
            leaks.iter().any(|leak| leak.what == What::Unguarded),
            "{page}"
        );
    }
}

#[test]
fn a_leak_is_told_with_its_text_and_its_line() {
    let leaks = scan(
        "<p>\n<p>\n<img alt='' src='//x'>\n<style>\n\na{b:url(//y)}</style>",
        None,
    );
    let told: Vec<_> = leaks
        .iter()
        .map(|leak| (leak.text.as_str(), leak.line))
        .collect();
    assert_eq!(told, [("src=\"//x\"", 3), ("url(//y)", 6)]);
}

proptest::proptest! {
    #[test]
    fn no_input_stops_the_look(text in "[<>/=!\"'a-z\\- &;:#x\\n\\[\\]]{0,200}") {
        let _ = scan(&text, Some("x"));
    }

    #[test]
    fn a_script_is_found_wherever_it_stands(before in "[a-z \\n>]{0,40}", after in ".{0,40}") {
        let page = format!("<p>{before}</p><script>{after}");
        proptest::prop_assert_eq!(whats(&page), [What::Runs]);
    }
}
