//! Faults as data: what is wrong, where, what was expected and what to do.
//! Only the reporters put them into words on a screen.

mod excerpt;
pub mod explain;
mod github;
mod human;
mod json;
pub mod report;
pub mod rule;
mod sarif;
pub(crate) mod visible;

use std::collections::BTreeMap;

use crate::message::Message;
use crate::model::number::half_width;
use crate::say;
use crate::source::{Sources, Span};
pub use rule::{Level, Rule, RuleLevels};

/// Another place that belongs to a fault, such as where a code was first used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The place.
    pub span: Span,
    /// What it has to do with the fault.
    pub message: Message,
}

/// One fault, complete enough to be mended from its text alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that was broken.
    pub rule: Rule,
    /// How much it matters, after the site's own settings were applied.
    pub level: Level,
    /// Where.
    pub span: Span,
    /// What is wrong, naming the offending text.
    pub message: Message,
    /// What was expected there.
    pub expected: Option<Message>,
    /// What to do about it.
    pub help: Option<Message>,
    /// Other places that belong to it.
    pub related: Vec<Related>,
    /// Whether what depends on its place looks wrong as well, and is not told for its
    /// sake. Such a fault is an error wherever it is not allowed.
    pub hides: bool,
    /// Whether a part of its file is not read for it. A site could only be published
    /// without that part: such a fault is an error whatever a site says of its rule.
    drops: bool,
}

impl Diagnostic {
    /// A fault at `span`, at its rule's own level.
    #[must_use]
    pub fn new(rule: Rule, span: Span, message: Message) -> Self {
        Self {
            rule,
            level: rule.default_level(),
            span,
            message,
            expected: None,
            help: None,
            related: Vec::new(),
            hides: rule == Rule::YamlSyntax,
            drops: false,
        }
    }

    /// Says that a part of the site stays unread behind it.
    #[must_use]
    pub const fn hiding(mut self, hides: bool) -> Self {
        self.hides = hides;
        self
    }

    /// Says what was expected at that place.
    #[must_use]
    pub fn expected(mut self, expected: Message) -> Self {
        self.expected = Some(expected);
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: Message) -> Self {
        self.help = Some(help);
        self
    }

    /// Says what an escape stands for, where the fault quotes a character that nobody sees.
    fn with_unseen_named(mut self) -> Self {
        if let Some(unseen) = visible::pasted(self.message.english()) {
            let escape = unseen.escape_unicode().to_string();
            let unseen = say!(
                "`{escape}` stands for a character that nobody sees and that was pasted along: delete it",
                escape
            );
            self.help = Some(match self.help {
                // A fault is taken in more than once on its way.
                Some(help) if help.english().ends_with(unseen.english()) => help,
                Some(help) => Message::list([help, unseen]),
                None => unseen,
            });
        }
        self
    }

    /// Cuts texts that quote too much: every reporter would print them whole.
    fn shortened(mut self) -> Self {
        self.message = self.message.shortened(LONGEST_TEXT);
        self.expected = self.expected.map(|text| text.shortened(LONGEST_TEXT));
        self.help = self.help.map(|text| text.shortened(LONGEST_TEXT));
        for related in &mut self.related {
            let message = std::mem::replace(&mut related.message, Message::plain(""));
            related.message = message.shortened(LONGEST_TEXT);
        }
        self
    }

    /// Points at another place that belongs to the fault.
    #[must_use]
    pub fn related(mut self, span: Span, message: Message) -> Self {
        self.related.push(Related { span, message });
        self
    }
}

/// How many faults of one rule are kept. Who made ten thousand times the same slip
/// mends it once; a file that holds nothing but faults must not fill the memory.
pub const MOST_OF_A_RULE: usize = 1000;
/// For how many of them it is looked what was meant.
const MOST_GUESSED: usize = 100;
/// Whether to look for what was meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guess {
    /// It may help.
    Worth,
    /// Others of the kind say it already.
    Vain,
}
/// The longest text of a fault, in bytes. A message quotes what it is about, and
/// that may be a cell of many pages.
const LONGEST_TEXT: usize = 600;

/// Everything found in one run.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    /// How many of each rule are kept.
    kept: BTreeMap<Rule, usize>,
    /// How many of each rule are only counted, and at which level.
    counted: BTreeMap<Rule, (usize, Level)>,
    hiding: bool,
}

impl Diagnostics {
    /// Takes in one fault.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let kept = self.kept.entry(diagnostic.rule).or_default();
        if *kept < MOST_OF_A_RULE {
            *kept += 1;
            self.found.push(diagnostic.with_unseen_named().shortened());
        } else {
            self.count_only(diagnostic.rule, 1);
        }
    }

    /// Whether so many faults of a rule were found that further ones are only
    /// counted; what they would say need not be worked out.
    #[must_use]
    pub fn is_full(&self, rule: Rule) -> bool {
        self.kept
            .get(&rule)
            .is_some_and(|kept| *kept >= MOST_OF_A_RULE)
    }

    /// Whether a fault of a rule was found.
    #[must_use]
    pub fn has(&self, rule: Rule) -> bool {
        self.kept.contains_key(&rule)
    }

    /// Counts faults that are not told one by one.
    fn count_only(&mut self, rule: Rule, more: usize) {
        let counted = self
            .counted
            .entry(rule)
            .or_insert((0, rule.default_level()));
        counted.0 = counted.0.saturating_add(more);
    }

    /// Takes in a fault, if there is one.
    pub fn extend(&mut self, diagnostic: Option<Diagnostic>) {
        if let Some(diagnostic) = diagnostic {
            self.push(diagnostic);
        }
    }

    /// Takes in a fault that is worked out only where it is told. It is asked with a guess
    /// at what was meant, which may have to be looked for among thousands, as long as
    /// there are few of its rule: who made the same slip a hundred times needs no more.
    pub fn work_out(&mut self, rule: Rule, fault: impl FnOnce(Guess) -> Option<Diagnostic>) {
        let kept = self.kept.get(&rule).copied().unwrap_or_default();
        match kept {
            0..MOST_GUESSED => self.extend(fault(Guess::Worth)),
            MOST_GUESSED..MOST_OF_A_RULE => self.extend(fault(Guess::Vain)),
            _ => self.count_only(rule, 1),
        }
    }

    /// Takes in what another collection holds.
    pub fn append(&mut self, other: Self) {
        for diagnostic in other.found {
            self.push(diagnostic);
        }
        for (rule, (more, _)) in other.counted {
            self.count_only(rule, more);
        }
        self.hiding |= other.hiding;
    }

    /// Takes in a fault behind which a part of its file stays unread.
    pub fn push_hiding(&mut self, mut diagnostic: Diagnostic) {
        self.hiding = true;
        diagnostic.drops = true;
        self.push(diagnostic);
    }

    /// Whether a part of a file stays unread.
    #[must_use]
    pub const fn hides(&self) -> bool {
        self.hiding
    }

    /// Applies the site's rule levels, drops what it allows, and sorts by file,
    /// line and column, so that the same faults always come in the same order.
    #[must_use]
    pub fn settle(mut self, levels: &RuleLevels, sources: &Sources) -> Self {
        self.found.retain_mut(|d| match levels.level(d.rule) {
            _ if d.drops => {
                d.level = Level::Error;
                true
            }
            Some(_) if d.hides => {
                d.level = Level::Error;
                true
            }
            Some(level) => {
                d.level = level;
                true
            }
            None => false,
        });
        self.counted
            .retain(|rule, counted| match levels.level(*rule) {
                Some(level) => {
                    counted.1 = level;
                    true
                }
                None => false,
            });
        self.found.sort_by(|a, b| {
            let key = |d: &Diagnostic| (d.span.range().start, d.rule);
            let (left, right) = (&sources.of(a.span).path, &sources.of(b.span).path);
            (left, key(a), a.message.english()).cmp(&(right, key(b), b.message.english()))
        });
        self.found.dedup();
        self
    }

    /// How many are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.count(Level::Error)
    }

    /// How many are warnings.
    #[must_use]
    pub fn warnings(&self) -> usize {
        self.count(Level::Warning)
    }

    /// How many there are, of whatever level.
    #[must_use]
    pub fn total(&self) -> usize {
        let counted = self.counted.values().map(|(more, _)| *more);
        counted.fold(self.found.len(), usize::saturating_add)
    }

    fn count(&self, level: Level) -> usize {
        let told = self.found.iter().filter(|d| d.level == level).count();
        let counted = self.counted.values().filter(|(_, own)| *own == level);
        counted.fold(told, |sum, (more, _)| sum.saturating_add(*more))
    }

    /// The faults, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// How many faults of a rule were found beyond those that are told.
    pub fn untold(&self) -> impl Iterator<Item = (Rule, usize)> {
        self.counted.iter().map(|(rule, (more, _))| (*rule, *more))
    }

    /// Whether nothing was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The longest word that is compared with others, in bytes.
const LONGEST_WORD: usize = 200;

/// How many candidates are compared with a word letter by letter: nobody means one of so
/// many that hold the same letters.
const MOST_COMPARED: usize = 200;

/// The candidate nearest to `word`, if one is near enough to be what was meant: at most
/// a third of its letters differ (Damerau–Levenshtein), case and width aside, and it is
/// written in the same script. A word of one letter is another word without it.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > LONGEST_WORD {
        return None;
    }
    let folded = |text: &str| -> String {
        let half_width = text.chars().map(half_width);
        half_width.collect::<String>().to_lowercase()
    };
    let wanted = folded(word);
    let length = wanted.chars().count();
    let limit = match length {
        0 | 1 => 0,
        length => (length / 3).clamp(1, 4),
    };
    let letters = letters(&wanted);
    candidates
        .into_iter()
        .filter(|c| *c != word && c.chars().count().abs_diff(length) <= limit)
        .filter(|c| script(c) == script(&wanted))
        .map(|c| (c, folded(c)))
        // Counting the letters that only one of them has is far cheaper than comparing
        // their order, and tells of almost all candidates that they are too far.
        .filter(|(_, low)| differences(&letters, &self::letters(low)) <= 2 * limit)
        .take(MOST_COMPARED)
        .map(|(c, low)| (strsim::damerau_levenshtein(&wanted, &low), c))
        .filter(|(d, _)| *d <= limit)
        .min_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, c)| c)
}

/// How often each letter stands in a word, letters that share a place counted as one.
fn letters(word: &str) -> [u8; 64] {
    let mut counts = [0_u8; 64];
    for letter in word.chars() {
        // The remainder is below 64.
        if let Some(count) = counts.get_mut(letter as usize % 64) {
            *count = count.saturating_add(1);
        }
    }
    counts
}

/// How many letters one has and the other has not. One slip changes at most two.
fn differences(one: &[u8; 64], other: &[u8; 64]) -> usize {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| usize::from(a.abs_diff(*b))).sum()
}

/// Whether a word has letters that are not Latin, as Chinese has.
fn script(word: &str) -> bool {
    word.chars()
        .any(|c| !c.is_ascii() && half_width(c) == c && c.is_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn suggests_only_what_is_near() {
        let keys = ["perspectives", "themes", "mission"];
        assert_eq!(nearest("persepctives", keys), Some("perspectives"));
        assert_eq!(nearest("theme", keys), Some("themes"));
        assert_eq!(nearest("budget", keys), None);
        assert_eq!(nearest("ｔｈｅｍｅｓ", keys), Some("themes"));
        assert_eq!(nearest("A", ["a", "B"]), Some("a"));
        assert_eq!(nearest("B", ["A", "AA"]), None);
        assert_eq!(nearest("甲", ["A", "AA"]), None);
        assert_eq!(nearest("暫訂", ["初步", "暫定"]), Some("暫定"));
    }
}
