//! What a style loads. It is taken apart as browsers do it: comments are gone and
//! escapes undone before anything is judged.

use cssparser::{ParseError, Parser, Token};

use super::{Leak, What};

/// Functions whose texts are addresses.
const ADDRESSES: [&str; 7] = [
    "url",
    "src",
    "image",
    "image-set",
    "-webkit-image-set",
    "cross-fade",
    "-webkit-cross-fade",
];

/// What a style does that it should not, which may load only from `permitted`
/// addresses.
pub fn scan(css: &str, permitted: impl Fn(&str) -> bool) -> Vec<Leak> {
    let mut look = Look {
        permitted,
        is_deep: false,
        leaks: Vec::new(),
    };
    look.block(&mut Parser::new(css), false);
    look.leaks
}

struct Look<F> {
    permitted: F,
    /// Whether it came to blocks too deep in one another, and gave up.
    is_deep: bool,
    leaks: Vec<Leak>,
}

impl<F: Fn(&str) -> bool> Look<F> {
    /// Looks at everything up to the end of a block, in which texts may be
    /// addresses.
    fn block(&mut self, parser: &mut Parser<'_>, addresses: bool) {
        while !self.is_deep {
            let start = parser.position();
            let line = parser.current_source_location().line as usize + 1;
            let Ok(token) = parser.next_including_whitespace_and_comments().cloned() else {
                return;
            };
            let what = match &token {
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("import") => {
                    let is_over = |token: &Token| matches!(token, Token::Semicolon);
                    while parser.next().is_ok_and(|token| !is_over(token)) {}
                    Some(What::Loads)
                }
                // Read in another encoding, other things are texts.
                Token::AtKeyword(name) if name.eq_ignore_ascii_case("charset") => {
                    let charset = parser.expect_string();
                    let is_known = charset.is_ok_and(|name| name.eq_ignore_ascii_case("utf-8"));
                    (!is_known).then_some(What::Hides)
                }
                Token::UnquotedUrl(address) => self.judge(address),
                Token::QuotedString(address) if addresses => self.judge(address),
                Token::BadUrl(_) => Some(What::Hides),
                Token::Function(name) => {
                    let kind = kind(name);
                    let found = self.inside(parser, kind.unwrap_or_default());
                    // What stands for an address may be said elsewhere.
                    found.or((addresses && kind.is_none()).then_some(What::Hides))
                }
                Token::ParenthesisBlock | Token::SquareBracketBlock | Token::CurlyBracketBlock => {
                    self.inside(parser, addresses)
                }
                _ => None,
            };
            if let Some(what) = what {
                let text = parser.slice_from(start);
                self.leaks.push(Leak::new(what, text, line));
            }
        }
    }

    /// Looks at the block that has just begun.
    fn inside(&mut self, parser: &mut Parser<'_>, addresses: bool) -> Option<What> {
        let done: Result<(), ParseError<()>> = parser.parse_nested_block(|inner| {
            self.block(inner, addresses);
            Ok(())
        });
        let gave_up = done.is_err() && !self.is_deep;
        self.is_deep |= gave_up;
        gave_up.then_some(What::Hides)
    }

    fn judge(&self, address: &str) -> Option<What> {
        (!(self.permitted)(address)).then_some(What::Loads)
    }
}

/// Whether the texts in a function are addresses; nothing for one that may stand
/// for anything.
fn kind(name: &str) -> Option<bool> {
    let name = name.to_ascii_lowercase();
    if ADDRESSES.contains(&name.as_str()) {
        return Some(true);
    }
    (name == "type" || name.ends_with("gradient")).then_some(false)
}

#[cfg(test)]
mod tests {
    use super::super::address::is_elsewhere;
    use super::*;

    fn loads(css: &str) -> Vec<Leak> {
        scan(css, |address| !is_elsewhere(address))
    }

    #[test]
    fn what_lies_in_the_site_is_loaded() {
        for css in [
            "a{background:url(x.png)} b{src:url('data:,x')}",
            "@media print { a { content: 'https://x' } }",
            "a{background:image-set('a.png' 1x type('image/png'), linear-gradient(rgb(0 0 0), var(--x)) 2x)}",
            "/* @import 'https://x' */ a::after{content:'@import url(https://x)'}",
            "@charset \"UTF-8\"; :root{--a:calc((1px + 2px) * var(--b))}",
        ] {
            assert_eq!(loads(css), [], "{css}");
        }
    }

    #[test]
    fn every_spelling_of_an_address_is_read() {
        for css in [
            "@import 'a.css';",
            "@import/**/\"https://x\";",
            "@import/*\"*/\"https://x\";",
            "@\\69mport \"https://x\"",
            "@IMPORT url(https://x)",
            "a{background:URL( \"//x\" )}",
            "a{background:url(https://x)}",
            "a{background:\\75rl(https://x)}",
            "a{background:\\75 rl('https://x')}",
            "a{background:u\\rl(https://x)}",
            "a{background:url(\"\\68ttps://x\")}",
            "a{background:url(\"ht\\\ntps://x\")}",
            "a{background:url(https:\\2f\\2f x)}",
            "a{background:image-set(\"a.png\" 5x,\"https:x/y\" 1x)}",
            "a{background:-webkit-image-set(url(a.png) 1x, 'https:\\/\\/x' 1x)}",
            "a{--x:'https://x';background:image-set(var(--x) 1x)}",
            "a{background:image-set((\"https://x\") 1x)}",
            "a{background:cross-fade(url(a), image('https://x'))}",
            "@media screen{@supports (a:b){a{b:url(https://x)}}}",
            "a{b:c(d[e{f:url(https://x)}])}",
            "@charset 'big5';",
            "a{b:url(a b)}",
        ] {
            assert_eq!(loads(css).len(), 1, "{css}");
        }
        assert_eq!(loads("a{}\n\nb{c:url(//x)}")[0].line, 3);
        assert_eq!(loads("a{}\n\nb{c:url(//x)}")[0].text, "url(//x)");
        assert_eq!(
            loads("@import url(//x) print; a{}")[0].text,
            "@import url(//x) print;"
        );
        assert_eq!(loads(&"(".repeat(200_000)).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_style_stops_the_look(css in "[a-z@(){}\\[\\]\"'\\\\/*;:,. \\n]{0,200}") {
            let _ = loads(&css);
        }
    }
}
