//! Words and formats of one language: the theme's word lists, and how numbers,
//! dates and periods are written in it.

use ahash::AHashMap;
use jiff::civil::Date;
use serde_json::{Map, Value as Json};

use crate::diagnostic::Diagnostics;
use crate::model::period::{Kind, PartialDate, Period};
use crate::model::quantity::{Digits, Quantity};
use crate::model::settings::Calendar;
use crate::say;
use crate::source::yaml::Node;
use crate::span::At;

/// The first year of the ROC calendar, less one.
const ROC_EPOCH: i16 = 1911;

/// The words of one language.
#[derive(Clone, Debug, Default)]
pub struct Words {
    words: AHashMap<String, String>,
}

impl Words {
    /// Takes in a word list: a mapping of mappings of texts. Later lists
    /// replace the words of earlier ones.
    pub fn extend(&mut self, node: &At<Node>, faults: &mut Diagnostics) {
        self.take("", node, faults);
    }

    /// Takes in the words of another list.
    pub fn merge(&mut self, other: &Self) {
        let words = other.words.iter();
        self.words
            .extend(words.map(|(key, word)| (key.clone(), word.clone())));
    }

    fn take(&mut self, prefix: &str, node: &At<Node>, faults: &mut Diagnostics) {
        match &node.value {
            Node::Map(entries) => {
                for (key, value) in entries {
                    let dot = if prefix.is_empty() { "" } else { "." };
                    self.take(&format!("{prefix}{dot}{}", key.value), value, faults);
                }
            }
            Node::Scalar(word) => {
                self.words.insert(prefix.to_owned(), word.text.clone());
            }
            Node::Null => {
                self.words.insert(prefix.to_owned(), String::new());
            }
            Node::List(_) => {
                crate::source::decode::wrong_type::<()>(node, say!("a text"), faults);
            }
        }
    }

    /// A word; one that is missing shows its key, which a test of the theme catches.
    #[must_use]
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Whether a word is there.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.words.contains_key(key)
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.words.keys().map(String::as_str)
    }

    /// A sentence with `{name}` filled in.
    #[must_use]
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = String::new();
        let mut rest = self.get(key);
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            if let Some((name, tail)) = after.split_once('}') {
                let value = values
                    .iter()
                    .find(|(n, _)| *n == name)
                    .map_or("", |(_, v)| v);
                text.push_str(value);
                rest = tail;
            } else {
                text.push('{');
                rest = after;
            }
        }
        text.push_str(rest);
        text
    }

    /// A sentence with all but one of its values filled in: what stands before
    /// that one, and after it.
    #[must_use]
    pub fn around(&self, key: &str, name: &str, values: &[(&str, &str)]) -> (String, String) {
        let mut values = values.to_vec();
        values.push((name, "\0"));
        let whole = self.fill(key, &values);
        match whole.split_once('\0') {
            Some((before, after)) => (before.to_owned(), after.replace('\0', "")),
            None => (whole, String::new()),
        }
    }

    /// A sentence that counts: `key.one` for 1, `key.many` else.
    #[must_use]
    pub fn count(&self, key: &str, count: usize) -> String {
        let form = if count == 1 { "one" } else { "many" };
        let number = self.integer(count);
        self.fill(&format!("{key}.{form}"), &[("n", &number)])
    }

    /// The same words as nested JSON, for templates.
    #[must_use]
    pub fn nested(&self) -> Json {
        let mut root = Map::new();
        for (key, word) in &self.words {
            let mut place = &mut root;
            let mut parts = key.split('.').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    place.insert(part.to_owned(), Json::String(word.clone()));
                } else {
                    let next = place
                        .entry(part)
                        .or_insert_with(|| Json::Object(Map::new()));
                    match next {
                        Json::Object(next) => place = next,
                        _ => break,
                    }
                }
            }
        }
        Json::Object(root)
    }

    /// A whole number with its groups.
    #[must_use]
    pub fn integer(&self, number: usize) -> String {
        self.decimal(Quantity::count(number).digits())
    }

    /// A quantity, exactly as it is.
    #[must_use]
    pub fn exact(&self, quantity: Quantity) -> String {
        self.decimal(quantity.digits())
    }

    /// A quantity with a fixed number of decimals, rounded half to even.
    #[must_use]
    pub fn fixed(&self, quantity: Quantity, places: u32) -> String {
        self.decimal(quantity.fixed_digits(places))
    }

    /// A share from 0 to 1 as a percentage without decimals, unless rounding
    /// would claim all or nothing where that is not so.
    #[must_use]
    pub fn percent(&self, share: Quantity) -> String {
        let percent = share * Quantity::HUNDRED;
        let rounded = percent.rounded(0);
        let lies =
            rounded != percent && (rounded == Quantity::HUNDRED || rounded == Quantity::ZERO);
        format!("{}%", self.fixed(percent, u32::from(lies)))
    }

    /// With a sign: a true minus, a plus where it is positive.
    #[must_use]
    pub fn signed(&self, quantity: Quantity, places: u32) -> String {
        let text = self.fixed(quantity, places);
        if quantity.rounded(places) > Quantity::ZERO {
            format!("+{text}")
        } else {
            text
        }
    }

    /// Groups of three, the language's own marks, and a true minus.
    fn decimal(&self, digits: Digits) -> String {
        let (whole, fraction) = (digits.whole(), digits.fraction());
        let mut text = String::with_capacity(whole.len() + fraction.len() + 8);
        if digits.is_negative {
            text.push('\u{2212}');
        }
        let (mut group, mut rest) = whole.split_at(whole.len() % 3);
        if group.is_empty() {
            (group, rest) = whole.split_at(whole.len().min(3));
        }
        text.push_str(group);
        while !rest.is_empty() {
            (group, rest) = rest.split_at(rest.len().min(3));
            text.push_str(self.get("format.group"));
            text.push_str(group);
        }
        if !fraction.is_empty() {
            text.push_str(self.get("format.decimal"));
            text.push_str(fraction);
        }
        text
    }

    /// A day: in the ROC calendar where the site and the language use it.
    #[must_use]
    pub fn date(&self, date: Date, calendar: Calendar) -> String {
        let (month, day) = (format!("{:02}", date.month()), format!("{:02}", date.day()));
        let year = self.year(date.year(), calendar, "format.date_year");
        self.fill(
            "format.date",
            &[("year", &year), ("month", &month), ("day", &day)],
        )
    }

    /// A date as exactly as it is known.
    #[must_use]
    pub fn partial_date(&self, date: PartialDate, calendar: Calendar) -> String {
        match date {
            PartialDate::Year(year) => self.year(year, calendar, "format.date_year"),
            PartialDate::Month(year, month) => {
                let (year, month) = (
                    self.year(year, calendar, "format.date_year"),
                    format!("{month:02}"),
                );
                self.fill("format.date_month", &[("year", &year), ("month", &month)])
            }
            PartialDate::Day(day) => self.date(day, calendar),
        }
    }

    /// A period's name in a sentence or heading.
    #[must_use]
    pub fn period(&self, period: Period, calendar: Calendar) -> String {
        self.named_period(period, calendar, "period")
    }

    /// A period's name where room is scarce, as on the axis of a chart.
    #[must_use]
    pub fn short_period(&self, period: Period, calendar: Calendar) -> String {
        self.named_period(period, calendar, "short_period")
    }

    fn named_period(&self, period: Period, calendar: Calendar, list: &str) -> String {
        let key = |name: &str| format!("{list}.{name}");
        let year = |y: i16| self.year(y, calendar, &key("in_year"));
        match period.kind() {
            Kind::Year(y) => self.year(y, calendar, &key("year")),
            Kind::Half(y, n) => {
                self.fill(&key("half"), &[("year", &year(y)), ("n", &n.to_string())])
            }
            Kind::Quarter(y, n) => self.fill(
                &key("quarter"),
                &[("year", &year(y)), ("n", &n.to_string())],
            ),
            Kind::Month(y, m) => {
                let name = self.get(&format!("months.m{m}")).to_owned();
                let values = [("year", year(y)), ("n", m.to_string()), ("month", name)];
                let values: Vec<_> = values.iter().map(|(k, v)| (*k, v.as_str())).collect();
                self.fill(&key("month"), &values)
            }
            Kind::Range => {
                let (from, to) = (
                    self.date(period.start(), calendar),
                    self.date(period.end(), calendar),
                );
                self.fill(&key("range"), &[("from", &from), ("to", &to)])
            }
        }
    }

    /// A year under `key`, or under `key_roc` where the ROC calendar is used and
    /// the language has a form for it.
    fn year(&self, year: i16, calendar: Calendar, key: &str) -> String {
        let roc = format!("{key}_roc");
        let common = year.to_string();
        if calendar == Calendar::Roc && year > ROC_EPOCH && self.has(&roc) {
            let republic = (year - ROC_EPOCH).to_string();
            return self.fill(&roc, &[("year", &common), ("roc", &republic)]);
        }
        self.fill(key, &[("year", &common)])
    }
}
