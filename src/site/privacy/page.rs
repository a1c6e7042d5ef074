//! Pages and notes, read by the parser of a browser engine: every tag is judged as
//! a browser takes it, with all references resolved.

mod judge;
mod tree;

use std::cell::{Cell, RefCell};

use html5ever::TokenizerResult;
use html5ever::buffer_queue::BufferQueue;
use html5ever::tokenizer::{
    Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};

use super::address::is_elsewhere;
use super::{Leak, What, style};
use judge::{judge, judge_name, value};
use tree::{Handle, Names};

/// What a page or a note does that it should not. A page has to carry its `policy`
/// before everything that could load.
#[must_use]
pub fn scan(html: &str, policy: Option<&str>) -> Vec<Leak> {
    let look = parsed(html, policy, true);
    let mut leaks = look.leaks.into_inner();
    // Where scripts are switched off, what is for that case is read in another way.
    if look.is_twofold.get() {
        leaks.append(&mut parsed(html, policy, false).leaks.take());
        leaks.sort();
        leaks.dedup();
    }
    leaks
}

fn parsed<'a>(html: &str, policy: Option<&'a str>, scripting_enabled: bool) -> Look<'a> {
    let options = TreeBuilderOpts {
        scripting_enabled,
        ..TreeBuilderOpts::default()
    };
    let look = Look {
        tree: TreeBuilder::new(Names, options),
        policy: Cell::new(policy),
        is_title: Cell::default(),
        is_twofold: Cell::default(),
        style: RefCell::default(),
        leaks: RefCell::default(),
    };
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(look, TokenizerOpts::default());
    // It rests where a browser would run a script.
    while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
    tokenizer.end();
    tokenizer.sink
}

/// The look at each tag, before it becomes part of the tree. The tree only says
/// what is text: which names it holds is all that is kept of it.
struct Look<'a> {
    tree: TreeBuilder<Handle, Names>,
    /// The policy that has not come yet.
    policy: Cell<Option<&'a str>>,
    /// Whether the title is open, before the policy.
    is_title: Cell<bool>,
    /// Whether some of it is read otherwise where scripts are switched off.
    is_twofold: Cell<bool>,
    /// The style that is open, and its line.
    style: RefCell<Option<(String, usize)>>,
    leaks: RefCell<Vec<Leak>>,
}

impl TokenSink for Look<'_> {
    type Handle = Handle;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<Handle> {
        let at = usize::try_from(line).unwrap_or(usize::MAX);
        self.guard(&token, at);
        match &token {
            Token::TagToken(tag) => self.tag(tag, at),
            Token::CharacterTokens(text) => {
                if let Some((style, _)) = &mut *self.style.borrow_mut() {
                    style.push_str(text);
                }
            }
            Token::EOFToken => self.end_style(),
            _ => {}
        }
        self.tree.process_token(token, line)
    }

    fn end(&self) {
        self.tree.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.tree
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Look<'_> {
    fn found(&self, what: What, text: &str, line: usize) {
        self.leaks.borrow_mut().push(Leak::new(what, text, line));
    }

    /// Looks whether the policy comes before everything but a title and what is
    /// said about the page.
    fn guard(&self, token: &Token, line: usize) {
        let Some(policy) = self.policy.get() else {
            return;
        };
        let is_before = match token {
            Token::TagToken(tag) => {
                let is_start = tag.kind == TagKind::StartTag;
                if is_start && is_policy(tag, policy) {
                    self.policy.set(None);
                    return;
                }
                let is_title = &*tag.name == "title";
                if is_title {
                    self.is_title.set(is_start);
                }
                is_title || is_start && matches!(&*tag.name, "html" | "head" | "meta")
            }
            Token::CharacterTokens(text) => {
                self.is_title.get() || text.chars().all(|c| c.is_ascii_whitespace())
            }
            Token::EOFToken => false,
            _ => true,
        };
        if !is_before {
            self.policy.set(None);
            self.found(What::Unguarded, "<head>", line);
        }
    }

    fn tag(&self, tag: &Tag, line: usize) {
        let is_in_style = self.style.borrow().is_some();
        self.end_style();
        if tag.kind == TagKind::EndTag {
            return;
        }
        if &*tag.name == "noscript" {
            self.is_twofold.set(true);
        }
        if &*tag.name == "style" {
            self.style.replace(Some((String::new(), line)));
        }
        let before = self.leaks.borrow().len();
        if let Some(what) = judge_name(tag) {
            self.found(what, &format!("<{}>", tag.name), line);
        }
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            if let Some(what) = judge(tag, name, &attribute.value) {
                self.found(what, &format!("{name}=\"{}\"", attribute.value), line);
            }
        }
        // In a picture, elements may part a style, which is read without them.
        if is_in_style && before == self.leaks.borrow().len() {
            self.found(What::Hides, &format!("<{}>", tag.name), line);
        }
    }

    fn end_style(&self) {
        if let Some((css, line)) = self.style.take() {
            let mut leaks = style::scan(&css, is_inside);
            for leak in &mut leaks {
                leak.line += line - 1;
            }
            self.leaks.borrow_mut().extend(leaks);
        }
    }
}

/// Whether a style may load from an address.
pub(super) fn is_inside(address: &str) -> bool {
    !is_elsewhere(address)
}

fn is_policy(tag: &Tag, policy: &str) -> bool {
    let is_named = |kind: &str| kind.eq_ignore_ascii_case("Content-Security-Policy");
    &*tag.name == "meta"
        && value(tag, "http-equiv").is_some_and(is_named)
        && value(tag, "content") == Some(policy)
}

#[cfg(test)]
mod tests;
