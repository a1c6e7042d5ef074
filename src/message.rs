//! What is said to people, in a form that can be said in another language.
//!
//! As with gettext, the English text in the code is the key: [`say!`] keeps it
//! with the values that stand in it, and a list of words gives its translation.
//! A text that has none is said in English. A test finds every [`say!`] in the
//! code and holds each list to it, so nothing is left untranslated unseen.

mod catalogue;
mod line;

use std::borrow::Cow;
use std::fmt;

use crate::say;

pub use catalogue::Language;
use line::Line;

/// A text with its values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The English text with `{name}` where a value stands.
    template: &'static str,
    /// The values, by name.
    values: Vec<(&'static str, Value)>,
    /// The English text.
    english: Cow<'static, str>,
}

/// What stands in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// What is the same in every language: a code, a file, a figure.
    Text(String),
    /// What is translated as well.
    Said(Message),
    /// What the content, or a list of spellings, has in some languages itself.
    Worded(Wording),
}

/// A value that has words of its own in some languages: a name of the content with its
/// translations, words of a ledger with their other spellings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// What is said where there are no others.
    plain: String,
    others: Vec<(Language, String)>,
}

impl Wording {
    /// The words for every language that gets no others.
    #[must_use]
    pub fn new(plain: impl Into<String>) -> Self {
        Self {
            plain: plain.into(),
            others: Vec::new(),
        }
    }

    /// Names in a row.
    #[must_use]
    pub fn list<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> Self {
        let names: Vec<T> = names.into_iter().collect();
        let row = |mark| {
            let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
            names.join(mark)
        };
        Self::new(row(", ")).or_in(Language::TraditionalChinese, row("、"))
    }

    /// These words in a language, in place of any.
    #[must_use]
    pub fn instead(mut self, language: Language, words: impl Into<String>) -> Self {
        self.others.retain(|(own, _)| *own != language);
        self.or_in(language, words)
    }

    /// Other words in a language; those that are told first count.
    #[must_use]
    pub fn or_in(mut self, language: Language, words: impl Into<String>) -> Self {
        if self.others.iter().all(|(own, _)| *own != language) {
            self.others.push((language, words.into()));
        }
        self
    }

    fn text(&self, language: Language) -> &str {
        let own = self.others.iter().find(|(own, _)| *own == language);
        own.map_or(&self.plain, |(_, words)| words)
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text(Language::English))
    }
}

impl Message {
    /// A text without values; written as [`say!`].
    #[must_use]
    pub const fn plain(template: &'static str) -> Self {
        Self {
            template,
            values: Vec::new(),
            english: Cow::Borrowed(template),
        }
    }

    /// A text with values; written as [`say!`].
    #[must_use]
    pub const fn filled(
        template: &'static str,
        values: Vec<(&'static str, Value)>,
        english: String,
    ) -> Self {
        Self {
            template,
            values,
            english: Cow::Owned(english),
        }
    }

    /// What others have said, such as the operating system: it is passed on as it is.
    #[must_use]
    pub fn foreign(text: impl fmt::Display) -> Self {
        let text = text.to_string();
        Self::filled("{text}", vec![("text", Value::Text(text.clone()))], text)
    }

    /// Several in a row.
    #[must_use]
    pub fn list(texts: impl IntoIterator<Item = Self>) -> Self {
        let mut texts = texts.into_iter();
        let first = texts.next().unwrap_or_else(|| Self::plain(""));
        texts.fold(first, |before, next| say!("{before}; {next}", before, next))
    }

    /// The text in English.
    #[must_use]
    pub fn english(&self) -> &str {
        &self.english
    }

    /// The text in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> Cow<'_, str> {
        let Some(template) = language.translation(self.template) else {
            if self.values.iter().all(|(_, value)| value.is_as_written()) {
                return Cow::Borrowed(&self.english);
            }
            return Cow::Owned(self.fill(self.template, language));
        };
        if self.values.is_empty() {
            return Cow::Borrowed(template);
        }
        Cow::Owned(self.fill(template, language))
    }

    fn fill(&self, template: &str, language: Language) -> String {
        let mut line = Line::new(language, template.len() + 32);
        for piece in pieces(template) {
            match piece {
                Piece::Text(plain) => line.template(plain),
                Piece::Name(name) => match self.values.iter().find(|(own, _)| *own == name) {
                    Some((_, Value::Text(value))) => line.value(value),
                    Some((_, Value::Said(said))) => line.value(&said.text(language)),
                    Some((_, Value::Worded(words))) => line.value(words.text(language)),
                    None => line.value(name),
                },
            }
        }
        line.text
    }

    /// Cuts what is too long to be printed: a message quotes what it is about, and
    /// that may be a cell of many pages.
    #[must_use]
    pub fn shortened(mut self, most: usize) -> Self {
        if self.english.len() > most {
            let mut english = self.english.into_owned();
            shorten(&mut english, most);
            self.english = Cow::Owned(english);
            for (_, value) in &mut self.values {
                value.shorten(most);
            }
        }
        self
    }
}

impl Value {
    const fn is_as_written(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    fn shorten(&mut self, most: usize) {
        match self {
            Self::Text(text) => shorten(text, most),
            Self::Said(said) => {
                let own = std::mem::replace(said, Message::plain(""));
                *said = own.shortened(most);
            }
            Self::Worded(words) => {
                let others = words.others.iter_mut().map(|(_, words)| words);
                others
                    .chain([&mut words.plain])
                    .for_each(|words| shorten(words, most));
            }
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

/// Leaves out the middle of a text that is too long: what is wrong with a thing
/// stands behind its name.
fn shorten(text: &mut String, most: usize) {
    if text.len() <= most {
        return;
    }
    let half = most / 2;
    let is_boundary = |at: &usize| text.is_char_boundary(*at);
    let start = (0..=half).rev().find(is_boundary).unwrap_or(0);
    let end = (text.len() - half..text.len())
        .find(is_boundary)
        .unwrap_or(text.len());
    text.replace_range(start..end, " … ");
}

/// A part of a template.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Name(&'a str),
}

/// The parts of a template: `{{` and `}}` stand for braces, as in `format!`.
pub(crate) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, after) = rest.split_at(at);
        pieces.push(Piece::Text(before));
        if let Some(more) = after.strip_prefix("{{") {
            pieces.push(Piece::Text("{"));
            rest = more;
        } else if let Some(more) = after.strip_prefix("}}") {
            pieces.push(Piece::Text("}"));
            rest = more;
        } else if let Some((name, more)) = after
            .strip_prefix('{')
            .and_then(|after| after.split_once('}'))
        {
            pieces.push(Piece::Name(name));
            rest = more;
        } else {
            pieces.push(Piece::Text(after));
            rest = "";
        }
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// What can stand in a message.
pub trait Say {
    /// The value.
    fn value(&self) -> Value;
}

impl<T: Say + ?Sized> Say for &T {
    fn value(&self) -> Value {
        (**self).value()
    }
}

impl Say for Message {
    fn value(&self) -> Value {
        Value::Said(self.clone())
    }
}

impl Say for Wording {
    fn value(&self) -> Value {
        Value::Worded(self.clone())
    }
}

/// Types that read the same in every language.
macro_rules! as_written {
    ($($type:ty),+ $(,)?) => {
        $(impl Say for $type {
            fn value(&self) -> Value {
                Value::Text(self.to_string())
            }
        })+
    };
}

as_written! {
    str, String, Cow<'_, str>, char, usize, u8, u16, u32, u64, u128, i8, i64,
    std::io::Error,
    jiff::civil::Date,
    crate::model::code::Code,
    crate::model::period::Period,
    crate::model::quantity::Quantity,
    crate::model::colour::Colour,
}

/// Says a text: `say!("{count} rows of `{code}`", count = rows.len(), code)`. Each
/// name in the text is given, either as a variable or with a value.
#[macro_export]
macro_rules! say {
    ($text:literal $(,)?) => {
        $crate::message::Message::plain($text)
    };
    ($text:literal, $($name:ident $(= $value:expr)?),+ $(,)?) => {
        match ($(&$crate::say!(@ $name $($value)?),)+) {
            ($($name,)+) => $crate::message::Message::filled(
                $text,
                vec![$((stringify!($name), $crate::message::Say::value($name))),+],
                format!($text, $($name = $name),+),
            ),
        }
    };
    (@ $name:ident) => { $name };
    (@ $name:ident $value:expr) => { $value };
}

#[cfg(test)]
mod tests;
