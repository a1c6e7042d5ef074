//! Which fields a theme's templates ask more about than whether they are there.
//!
//! A template that only writes a field, or asks whether there is one, prints
//! the same form whatever the field says. One that compares it, counts it,
//! changes it with a filter or does anything that is not known here may print
//! another: the field is kept as it is, as part of the shape. The templates are
//! read for this once, tag by tag; what is in doubt is kept.

use ahash::AHashSet;

/// The names of the fields that are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kept {
    /// Nothing can be said of the templates: every field is kept.
    all: bool,
    /// The names are those of a theme, which is trusted, and need no hash that resists.
    names: AHashSet<String>,
    /// The first letters that names of each length begin with, a bit each: every field
    /// of every page asks, and most of them are told by this.
    firsts: Firsts,
}

/// For each length modulo the size, the first bytes of names, a bit each modulo 64.
type Firsts = [u64; 16];

/// Where a name stands among them.
fn first(name: &str) -> (usize, u64) {
    let byte = name.bytes().next().unwrap_or_default();
    (name.len() % 16, 1 << (byte % 64))
}

/// One piece of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token<'t> {
    /// A path such as `page.title.text`.
    Path(&'t str),
    /// A text in quotes or a number.
    Constant,
    /// Anything else.
    Sign(char),
}

/// Words of the template language that are no fields.
const WORDS: [&str; 9] = [
    "if", "elif", "not", "and", "or", "true", "false", "none", "loop",
];

impl Kept {
    /// Reads the templates of a theme.
    #[must_use]
    pub fn of<'t>(templates: impl IntoIterator<Item = &'t str>) -> Self {
        let mut found = Found::default();
        for template in templates {
            for tag in tags(template) {
                found.read(tag);
            }
        }
        found.settle()
    }

    /// Whether a field of this name is kept.
    #[must_use]
    pub fn keeps(&self, name: &str) -> bool {
        let (length, letter) = first(name);
        let may = self.firsts.get(length).is_some_and(|all| all & letter != 0);
        self.all || (may && self.names.contains(name))
    }
}

/// What was found so far.
#[derive(Default)]
struct Found<'t> {
    all: bool,
    names: AHashSet<&'t str>,
    /// Other names for a field: parameters of components, variables of loops.
    aliases: Vec<(&'t str, &'t str)>,
}

impl<'t> Found<'t> {
    fn read(&mut self, tag: &'t str) {
        let tokens = tokens(tag);
        // A subscript reaches fields whose names are not written.
        if tokens
            .windows(2)
            .any(|pair| matches!(pair[0], Token::Path(_)) && pair[1] == Token::Sign('['))
        {
            self.all = true;
        }
        // A literal of mapping is not told apart from the end of a tag.
        let is_component = matches!(tokens.as_slice(), [Token::Sign('<'), ..]);
        if !is_component && tokens.contains(&Token::Sign('{')) {
            self.all = true;
        }
        match tokens.as_slice() {
            // Keywords without a value, and values that are written as they are.
            []
            | [
                Token::Path(
                    "block" | "endblock" | "extends" | "include" | "component" | "endcomponent"
                    | "else" | "endif" | "endfor",
                ),
                ..,
            ]
            | [Token::Path(_) | Token::Constant]
            | [Token::Path(_), Token::Sign('|'), Token::Path("safe")] => {}
            [Token::Path("if" | "elif"), rest @ ..] => {
                let plain =
                    |token: &Token| matches!(token, Token::Path(_) | Token::Sign('(' | ')'));
                if !rest.iter().all(plain) {
                    self.keep(rest);
                }
            }
            [
                Token::Path("for"),
                Token::Path(item),
                Token::Path("in"),
                Token::Path(list),
            ] => {
                self.aliases.push((item, last(list)));
            }
            [
                Token::Path("set"),
                Token::Path(name),
                Token::Sign('='),
                rest @ ..,
            ] => {
                self.name(name, rest);
            }
            [Token::Sign('<'), Token::Path(_), arguments @ ..] => self.arguments(arguments),
            [
                Token::Path(_),
                Token::Sign('|'),
                Token::Path("fill"),
                arguments @ ..,
            ] => {
                // What fills a sentence is written, like any text, if it is a path.
                let plain = |token: &Token| {
                    matches!(token, Token::Path(_) | Token::Sign('(' | ')' | '=' | ','))
                };
                if !arguments.iter().all(plain) {
                    self.keep(arguments);
                }
            }
            // `filter` and the like work on everything inside them.
            [
                Token::Path("filter" | "raw" | "set_global" | "call" | "macro" | "import" | "for"),
                ..,
            ] => {
                self.all = true;
            }
            other => self.keep(other),
        }
    }

    /// The arguments of a component: each gives a parameter's name to a field.
    fn arguments(&mut self, tokens: &[Token<'t>]) {
        let mut rest = tokens;
        loop {
            match rest {
                [
                    Token::Path(name),
                    Token::Sign('='),
                    Token::Sign('{'),
                    after @ ..,
                ] => {
                    let end = after.iter().position(|token| *token == Token::Sign('}'));
                    let (value, tail) = after.split_at(end.unwrap_or(after.len()));
                    self.name(name, value);
                    rest = tail.get(1..).unwrap_or_default();
                }
                [
                    Token::Path(_),
                    Token::Sign('='),
                    Token::Constant,
                    after @ ..,
                ]
                | [Token::Sign('/' | '>'), after @ ..] => rest = after,
                [] => return,
                other => return self.keep(other),
            }
        }
    }

    /// Another name for what an expression speaks of.
    fn name(&mut self, name: &'t str, value: &[Token<'t>]) {
        let plain = |token: &Token| {
            matches!(
                token,
                Token::Path(_) | Token::Constant | Token::Sign('[' | ']' | '~')
            )
        };
        if !value.iter().all(plain) {
            self.keep(value);
        }
        self.aliases
            .extend(paths(value).map(|path| (name, last(path))));
    }

    fn keep(&mut self, tokens: &[Token<'t>]) {
        self.names.extend(paths(tokens).map(last));
    }

    /// A field is kept when another name of it is.
    fn settle(mut self) -> Kept {
        loop {
            let before = self.names.len();
            for (alias, field) in &self.aliases {
                if self.names.contains(alias) {
                    self.names.insert(field);
                }
            }
            if self.names.len() == before {
                break;
            }
        }
        let mut firsts = Firsts::default();
        for (length, letter) in self.names.iter().map(|name| first(name)) {
            if let Some(letters) = firsts.get_mut(length) {
                *letters |= letter;
            }
        }
        Kept {
            all: self.all,
            firsts,
            names: self.names.into_iter().map(str::to_owned).collect(),
        }
    }
}

fn paths<'a, 't>(tokens: &'a [Token<'t>]) -> impl Iterator<Item = &'t str> + use<'a, 't> {
    tokens.iter().filter_map(|token| match token {
        Token::Path(path) if !WORDS.contains(path) => Some(*path),
        _ => None,
    })
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().unwrap_or(path)
}

/// The insides of all tags, comments left out.
fn tags(template: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        rest = rest.get(start + 1..).unwrap_or_default();
        let close = match rest.chars().next() {
            Some('{') => "}}",
            Some('%') => "%}",
            Some('#') => "#}",
            _ => continue,
        };
        let is_comment = close == "#}";
        rest = rest.get(1..).unwrap_or_default();
        let Some(end) = rest.find(close) else { break };
        // A component's argument may end right before the tag does: `{x}}}`.
        let end = end
            + rest
                .get(end..)
                .map_or(0, |tail| tail.starts_with("}}}").into());
        if !is_comment {
            let tag = rest.get(..end).unwrap_or_default();
            tags.push(tag.trim_matches('-').trim());
        }
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    tags
}

fn tokens(tag: &str) -> Vec<Token<'_>> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '?');
    let mut tokens = Vec::new();
    let mut rest = tag.trim_start();
    while let Some(first) = rest.chars().next() {
        let (token, length) = if matches!(first, '"' | '\'' | '`') {
            let inside = rest.get(1..).unwrap_or_default();
            let end = inside.find(first).unwrap_or(inside.len());
            (Token::Constant, (end + 2).min(rest.len()))
        } else if is_path(first) {
            let end = rest.find(|c| !is_path(c)).unwrap_or(rest.len());
            let path = rest.get(..end).unwrap_or_default();
            let token = if first.is_ascii_digit() {
                Token::Constant
            } else {
                Token::Path(path)
            };
            (token, end)
        } else {
            (Token::Sign(first), first.len_utf8())
        };
        tokens.push(token);
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keeps(template: &str, name: &str) -> bool {
        Kept::of([template]).keeps(name)
    }

    #[test]
    fn what_is_only_written_or_asked_for_is_not_kept() {
        for template in [
            "{{ a.b }}",
            "{{- a.b -}}",
            "{{ a.b | safe }}",
            "{{ w.x | fill(n=a.b) }}",
            "{% if a.b and not a.c %}{% elif a.b %}{% endif %}",
            "{% for x in a.b %}{{ x }}{% endfor %}",
            "{{<c d={a.b} e=\"x\" />}}{% component c(d, e: string = \"y\", @page) %}{{ d }}{% endcomponent c %}",
            "{% set x = \"c-\" ~ a.b ~ \"-\" %}{{ x }}",
            "{# {{ a.b | upper }} #}",
        ] {
            assert!(!keeps(template, "b"), "{template}");
        }
    }

    #[test]
    fn what_is_compared_counted_or_changed_is_kept() {
        for template in [
            "{% if a.b == \"x\" %}{% endif %}",
            "{% if a.b | length > 1 %}{% endif %}",
            "{% if \"x\" in a.b %}{% endif %}",
            "{{ a.b | upper }}",
            "{{ w.x | fill(n=a.b ~ \"x\") }}",
            "{{ a.b ~ \"x\" }}",
            "{{ a.b if a.c else 1 }}",
            "{% set x = a.b %}{{ x | upper }}",
            "{{<c d={a.b} />}}{% component c(d) %}{{ d | truncate(length=3) }}{% endcomponent c %}",
            "{{<c d={a.b}/>}}{% component c(d) %}{{<e f={d}/>}}{% endcomponent c %}{% component e(f) %}{% if f == 1 %}{% endif %}{% endcomponent e %}",
            "{% for x in a.b %}{{ x | upper }}{% endfor %}",
            "{{ a[\"b\"] }}",
            "{{ {\"k\": {\"j\": 1}} | get(key=a.b) }}",
            "{% filter upper %}{{ a.b }}{% endfilter %}",
        ] {
            assert!(keeps(template, "b"), "{template}");
        }
    }
}
