//! Forms: a template is printed once for each shape of what it is given, with
//! marks in place of the words, and filled in for every page and row of that
//! shape. Ten thousand KPI pages have a few dozen shapes, and filling in costs
//! little more than copying; what comes out is what the template would print,
//! because everything it asks more about than whether it is there
//! ([`Kept`]) is part of the shape.

mod kept;
mod outline;
#[cfg(test)]
mod tests;

use std::cell::RefCell;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use ahash::AHashMap;
use schemars::JsonSchema;
use serde::Serialize;
use tera::{Context, Tera, Value};

pub use kept::Kept;
use outline::Outline;

use super::privacy::Leaks;

/// Rows that a component of the theme has printed, as HTML.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Printed(pub String);

/// How many shapes a language keeps forms for. A theme whose pages are all of
/// their own shape is printed page by page instead of filling the memory.
const MOST_SHAPES: usize = 4096;

/// The most room that is set aside for rows after the first, which may be an odd one.
const MOST_ROOM: usize = 1 << 20;

/// How long the texts of a page may be for its room to be kept for the next one.
const LONGEST_KEPT: usize = 1 << 16;

/// What opens and closes a mark: characters for private use, which no content
/// of a template needs. Between them stand the number of the text and a `<`,
/// which tells afterwards whether the template escapes there.
const MARK: (char, char) = ('\u{f8d0}', '\u{f8d1}');

/// The forms of one language.
pub struct Forms<'t> {
    templates: &'t Tera,
    kept: &'t Kept,
    /// What all pages share: `site`, `w` and the rest.
    shared: Context,
    known: RwLock<AHashMap<Box<[u8]>, Known>>,
    faults: Mutex<Vec<tera::Error>>,
    /// What notes would bring into the pages.
    pub leaks: Leaks,
}

/// What is known of a shape.
#[derive(Clone)]
enum Known {
    /// It was met once, which alone is not worth a form.
    Met,
    /// Its form.
    Form(Arc<Form>),
    /// It cannot be filled in.
    Unfit,
}

/// A printed template with blanks.
struct Form {
    literals: String,
    pieces: Vec<Piece>,
}

/// Some of the literal text, and the blank after it.
struct Piece {
    until: usize,
    blank: Option<Blank>,
}

/// A place for a text.
#[derive(Clone, Copy)]
struct Blank {
    text: usize,
    escaped: bool,
}

/// What a component prints a row from.
#[derive(Serialize)]
struct Row<'a, T> {
    root: &'a str,
    row: &'a T,
}

thread_local! {
    static OUTLINE: RefCell<Outline> = RefCell::default();
}

impl<'t> Forms<'t> {
    /// No forms yet.
    #[must_use]
    pub fn new(templates: &'t Tera, kept: &'t Kept, shared: Context) -> Self {
        Self {
            templates,
            kept,
            shared,
            known: RwLock::default(),
            faults: Mutex::default(),
            leaks: Leaks::default(),
        }
    }

    /// What all pages share.
    #[must_use]
    pub fn shared(&self) -> &Context {
        &self.shared
    }

    /// Errors of components that printed rows, one for each component.
    #[must_use]
    pub fn take_faults(&self) -> Vec<tera::Error> {
        mem::take(&mut self.faults.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Prints a page from a structure whose fields are the template's variables.
    ///
    /// # Errors
    /// What the template does wrong.
    pub fn page(
        &self,
        name: &str,
        given: &impl Serialize,
        out: &mut Vec<u8>,
    ) -> Result<(), tera::Error> {
        self.print(name, given, out, |value, out| {
            let mut context = self.shared.clone();
            for (key, value) in value.into_map().into_iter().flatten() {
                context.insert_value(key.to_string(), value);
            }
            self.templates.render_to(name, &context, out)
        })
    }

    /// Prints rows, each by the theme's component of that name, which is given
    /// the row as `r`, and `page.root` and `w` from around it.
    pub fn rows<T: Serialize>(
        &self,
        component: &str,
        root: &str,
        rows: impl IntoIterator<Item = T>,
    ) -> Printed {
        let mut out = Vec::new();
        let mut rows = rows.into_iter();
        while let Some(row) = rows.next() {
            let is_first = out.is_empty();
            let given = Row { root, row: &row };
            let printed = self.print(component, &given, &mut out, |value, out| {
                self.component(component, value, out)
            });
            if let Err(error) = printed {
                let mut faults = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
                faults.push(error);
                break;
            }
            if is_first {
                // The others are about as long; a text that grows lies there twice.
                let more = out.len().saturating_mul(rows.size_hint().0);
                out.reserve(more.min(MOST_ROOM));
            }
        }
        Printed(String::from_utf8(out).unwrap_or_default())
    }

    fn component(
        &self,
        component: &str,
        given: Value,
        out: &mut Vec<u8>,
    ) -> Result<(), tera::Error> {
        let (mut arguments, mut around) = (Context::new(), self.shared.clone());
        for (key, value) in given.into_map().into_iter().flatten() {
            match key.as_str() {
                Some("row") => arguments.insert_value("r", value),
                Some("root") => {
                    let page = tera::Map::from_iter([("root".into(), value)]);
                    around.insert_value("page", Value::from(page));
                }
                _ => {}
            }
        }
        self.templates
            .render_component_with_implicits_to(component, &arguments, &around, None, true, out)
    }

    /// Fills in the form for what is given, or prints without one.
    fn print(
        &self,
        name: &str,
        given: &impl Serialize,
        out: &mut Vec<u8>,
        plain: impl Fn(Value, &mut Vec<u8>) -> Result<(), tera::Error>,
    ) -> Result<(), tera::Error> {
        // Taken, not borrowed: a component may be printed inside another.
        let mut outline = OUTLINE.take();
        outline.of(name, given, self.kept);
        let form = match self.known(&outline) {
            Some(Known::Form(form)) => Some(form),
            Some(Known::Met) => {
                let form = self.form(given, &outline, &plain)?;
                let known = form.clone().map_or(Known::Unfit, Known::Form);
                self.learn(&outline, known);
                form
            }
            Some(Known::Unfit) => None,
            None => {
                self.learn(&outline, Known::Met);
                None
            }
        };
        let printed = match form {
            Some(form) => form.fill(&outline, out),
            None => plain(Value::try_from_serializable(given)?, out),
        };
        if outline.length() <= LONGEST_KEPT {
            OUTLINE.set(outline);
        }
        printed
    }

    fn known(&self, outline: &Outline) -> Option<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        known.get(outline.shape()).cloned()
    }

    fn learn(&self, outline: &Outline, what: Known) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST_SHAPES || known.contains_key(outline.shape()) {
            known.insert(outline.shape().into(), what);
        }
    }

    /// Prints a template with marks; nothing where they do not come out whole.
    fn form(
        &self,
        given: &impl Serialize,
        outline: &Outline,
        plain: impl Fn(Value, &mut Vec<u8>) -> Result<(), tera::Error>,
    ) -> Result<Option<Arc<Form>>, tera::Error> {
        let mut next = 0;
        let marked = marked(
            Value::try_from_serializable(given)?,
            false,
            &mut next,
            self.kept,
        );
        if next != outline.texts() {
            return Ok(None);
        }
        let mut printed = Vec::new();
        plain(marked, &mut printed)?;
        let form = String::from_utf8(printed)
            .ok()
            .and_then(|printed| Form::read(&printed, next));
        Ok(form.map(Arc::new))
    }
}

/// A value with a mark for every text that is no part of the shape, in the
/// order in which the outline counts them.
fn marked(value: Value, is_kept: bool, next: &mut usize, kept: &Kept) -> Value {
    let mut mark = || {
        let text = format!("{}{next}<{}", MARK.0, MARK.1);
        *next += 1;
        Value::normal_string(&text)
    };
    if let Some(text) = value.as_str() {
        return if is_kept || text.is_empty() {
            value
        } else {
            mark()
        };
    }
    if let Some(number) = value.as_u64().filter(|_| value.is_number()) {
        return if is_kept || number == 0 {
            value
        } else {
            mark()
        };
    }
    if let Some(list) = value.as_array() {
        let list = list.iter().cloned();
        return Value::from(
            list.map(|value| marked(value, is_kept, next, kept))
                .collect::<Vec<_>>(),
        );
    }
    if value.is_map() {
        let entries = value.into_map().into_iter().flatten().map(|(key, value)| {
            let is_kept = key.as_str().is_none_or(|name| kept.keeps(name));
            let value = marked(value, is_kept, next, kept);
            (key, value)
        });
        return Value::from(entries.collect::<tera::Map>());
    }
    value
}

impl Form {
    /// Parts a printed template at its marks, of which there are so many.
    fn read(printed: &str, texts: usize) -> Option<Self> {
        let mut form = Self {
            literals: String::with_capacity(printed.len()),
            pieces: Vec::new(),
        };
        let mut rest = printed;
        while let Some((before, after)) = rest.split_once(MARK.0) {
            let (mark, after) = after.split_once(MARK.1)?;
            let (number, escaped) = match mark.strip_suffix('<') {
                Some(number) => (number, false),
                None => (mark.strip_suffix("&lt;")?, true),
            };
            let text = number.parse().ok().filter(|text| *text < texts)?;
            form.literals.push_str(before);
            form.pieces.push(Piece {
                until: form.literals.len(),
                blank: Some(Blank { text, escaped }),
            });
            rest = after;
        }
        if rest.contains(MARK.1) {
            return None;
        }
        form.literals.push_str(rest);
        form.pieces.push(Piece {
            until: form.literals.len(),
            blank: None,
        });
        Some(form)
    }

    fn fill(&self, outline: &Outline, out: &mut Vec<u8>) -> Result<(), tera::Error> {
        let mut from = 0;
        out.reserve(self.literals.len() + outline.length());
        for piece in &self.pieces {
            let literal = self.literals.as_bytes().get(from..piece.until);
            out.extend_from_slice(literal.unwrap_or_default());
            from = piece.until;
            if let Some(blank) = piece.blank {
                let text = outline.text(blank.text);
                if blank.escaped {
                    tera::escape_html(text, out)?;
                } else {
                    out.extend_from_slice(text.as_bytes());
                }
            }
        }
        Ok(())
    }
}
