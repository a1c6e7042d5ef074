//! What every part of the assembly needs to know of the site: its languages,
//! its years and its organisations.

use jiff::civil::Date;

use super::directory::{Directory, Named};
use super::when::bad_date;
use crate::diagnostic::{Diagnostic, Diagnostics, Rule, nearest};
use crate::message::{Message, Wording};
use crate::model::arena::OrganizationIx;
use crate::model::lang::{LangId, Languages};
use crate::model::organization::Owner;
use crate::model::period::{Years, parse_date};
use crate::model::quantity::Quantity;
use crate::model::settings::{BandLevel, Bands, Link, Sample, ScoringDefaults};
use crate::model::text::Text;
use crate::say;
use crate::source::entry::{BandsEntry, LinkEntry, LocalText, SampleEntry};
use crate::span::At;

/// All that a scorecard is assembled from besides its own files. What is not in here,
/// no scorecard depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its languages.
    pub languages: Languages,
    /// How its years run.
    pub years: Years,
    /// Its organisations, as far as scorecards name them.
    pub directory: Directory,
    /// How a scorecard is scored that says nothing else.
    pub scoring: ScoringDefaults,
}

impl Site {
    /// A text in the languages of the site.
    pub fn text(&self, entry: &LocalText, faults: &mut Diagnostics) -> Text {
        text(&self.languages, entry, faults)
    }

    /// The same for a text that may be absent.
    pub fn optional(&self, entry: Option<&LocalText>, faults: &mut Diagnostics) -> Option<Text> {
        entry.map(|entry| self.text(entry, faults))
    }

    /// The name of something that must have one; its absence was noted when it was read.
    pub fn name(&self, entry: Option<&LocalText>, faults: &mut Diagnostics) -> Text {
        self.optional(entry, faults).unwrap_or_default()
    }

    /// A day.
    pub fn date(&self, entry: Option<&At<String>>, faults: &mut Diagnostics) -> Option<Date> {
        let entry = entry.filter(|e| !e.value.is_empty())?;
        let day = parse_date(&entry.value, self.years.calendar);
        if day.is_none() {
            faults.push(bad_date(entry, self.years.calendar));
        }
        day
    }

    /// An organisation named by its id.
    pub fn organization(
        &self,
        id: &At<String>,
        named: Named,
        faults: &mut Diagnostics,
    ) -> Option<OrganizationIx> {
        let found = self.directory.find(&id.value);
        if found.is_none() {
            let unknown = |guess| self.directory.unknown(id, named, guess);
            faults.work_out(Rule::UnknownReference, unknown);
        }
        found
    }

    /// Who is responsible: `organisation` or `organisation/unit`.
    pub fn owner(&self, entry: Option<&At<String>>, faults: &mut Diagnostics) -> Option<Owner> {
        let entry = entry.filter(|e| !e.value.is_empty())?;
        let (id, unit) = match entry.value.split_once('/') {
            Some((id, unit)) => (id, Some(unit)),
            None => (entry.value.as_str(), None),
        };
        let id = At::new(id.to_owned(), entry.span);
        let organization = self.organization(&id, Named::Owner, faults)?;
        let unit = match unit {
            None => None,
            Some(unit) => {
                let found = self.directory.unit(organization, unit);
                if found.is_none() {
                    faults.work_out(Rule::UnknownReference, |_| {
                        let directory = &self.directory;
                        Some(directory.unknown_unit(organization, unit, entry.span))
                    });
                }
                found.map(|unit| unit.name.clone())
            }
        };
        Some(Owner { organization, unit })
    }

    /// Named links.
    pub fn links(&self, entries: &[LinkEntry], faults: &mut Diagnostics) -> Vec<Link> {
        links(&self.languages, entries, faults)
    }

    /// Bands that refine others.
    pub fn bands(
        &self,
        entry: Option<&BandsEntry>,
        base: &Bands,
        faults: &mut Diagnostics,
    ) -> Bands {
        entry.map_or_else(
            || base.clone(),
            |entry| bands(&self.languages, entry, base, faults),
        )
    }
}

/// A text in the languages of the site.
pub fn text(languages: &Languages, entry: &LocalText, faults: &mut Diagnostics) -> Text {
    let (span, written) = match entry {
        LocalText::Plain(text) => return Text::new(text.value.as_str(), Vec::new()),
        LocalText::ByLanguage(span, written) => (*span, written),
    };
    let mut default = None;
    let mut others = Vec::new();
    for (tag, text) in written {
        match languages.find(&tag.value) {
            Some(LangId::DEFAULT) => default = Some(text.value.as_str()),
            Some(lang) => others.push((lang, text.value.as_str().into())),
            None => faults.push(unknown_language(languages, tag)),
        }
    }
    if default.is_none() {
        let tag = languages.tag(LangId::DEFAULT);
        faults.push(
            Diagnostic::new(
                Rule::MissingKey,
                span,
                say!(
                    "the text has no words in `{tag}`, the language of the content",
                    tag
                ),
            )
            .expected(say!("a key `{tag}`", tag))
            .help(say!(
                "add `{tag}: …`; the other languages are translations of it",
                tag
            )),
        );
    }
    Text::new(default.unwrap_or_default(), others)
}

fn unknown_language(languages: &Languages, tag: &At<String>) -> Diagnostic {
    let known: Vec<_> = languages.iter().map(|(_, tag)| tag).collect();
    let fault = Diagnostic::new(
        Rule::UnknownLanguage,
        tag.span,
        say!(
            "`{value}` is not a language of this site",
            value = tag.value
        ),
    )
    .expected(say!("one of {known}", known = Wording::list(&known)));
    match nearest(&tag.value, known) {
        Some(near) => fault.help(say!("did you mean `{near}`?", near)),
        None => fault.help(say!(
            "add it to `languages:` in site.yaml, or remove this text"
        )),
    }
}

/// Named links.
pub fn links(languages: &Languages, entries: &[LinkEntry], faults: &mut Diagnostics) -> Vec<Link> {
    entries
        .iter()
        .filter_map(|entry| {
            let name = text(languages, entry.name.as_ref()?, faults);
            Some(Link {
                name,
                url: entry.url.clone()?,
            })
        })
        .collect()
}

/// Bands that refine others.
pub fn bands(
    languages: &Languages,
    entry: &BandsEntry,
    base: &Bands,
    faults: &mut Diagnostics,
) -> Bands {
    const MOST: usize = 5;
    let near = entry
        .near
        .and_then(|near| score(near, faults))
        .unwrap_or(base.near);
    let mut levels: Vec<_> = entry
        .levels
        .iter()
        .filter_map(|level| {
            let name = text(languages, level.name.as_ref()?, faults);
            Some(BandLevel {
                name,
                from: score(level.from?, faults)?,
            })
        })
        .collect();
    if levels.len() > MOST {
        faults.push(
            Diagnostic::new(
                Rule::BadValue,
                entry.span,
                say!(
                    "{count} levels are named; at most {most} are possible",
                    count = levels.len(),
                    most = MOST
                ),
            )
            .expected(say!("up to {most} levels", most = MOST)),
        );
    }
    levels.sort_by_key(|level| std::cmp::Reverse(level.from));
    if levels.is_empty() {
        levels.clone_from(&base.levels);
    }
    Bands { near, levels }
}

/// A score: 0 to 100.
pub fn score(value: At<Quantity>, faults: &mut Diagnostics) -> Option<Quantity> {
    within(
        value,
        Quantity::ZERO,
        Quantity::HUNDRED,
        &say!("a score"),
        faults,
    )
}

/// A number inside bounds, both included.
pub fn within(
    value: At<Quantity>,
    low: Quantity,
    high: Quantity,
    what: &Message,
    faults: &mut Diagnostics,
) -> Option<Quantity> {
    if (low..=high).contains(&value.value) {
        return Some(value.value);
    }
    let fault = Diagnostic::new(
        Rule::BadValue,
        value.span,
        say!(
            "{value} is not {what} from {low} to {high}",
            value = value.value,
            what,
            low,
            high
        ),
    )
    .expected(say!("a number from {low} to {high}", low, high));
    let share = value
        .value
        .per(Quantity::HUNDRED)
        .filter(|share| high == Quantity::ONE && (low..=high).contains(share));
    faults.push(match share {
        Some(share) => fault.help(say!(
            "write the share as a number from 0 to 1: `{share}`",
            share
        )),
        None => fault.help(say!("write a number from {low} to {high}", low, high)),
    });
    None
}

/// A weight: above 0, at most a million. Absent means 1.
pub fn weight(entry: Option<At<Quantity>>, faults: &mut Diagnostics) -> Quantity {
    let Some(weight) = entry else {
        return Quantity::ONE;
    };
    if weight.value > Quantity::ZERO && weight.value <= Quantity::whole(1_000_000) {
        return weight.value;
    }
    faults.push(
        Diagnostic::new(
            Rule::BadValue,
            weight.span,
            say!("{value} is not a weight", value = weight.value),
        )
        .expected(say!("a number above 0 and up to 1000000"))
        .help(say!("leave the key out for a weight of 1")),
    );
    Quantity::ONE
}

/// The sample label.
pub fn sample(
    languages: &Languages,
    entry: Option<&SampleEntry>,
    faults: &mut Diagnostics,
) -> Option<Sample> {
    match entry? {
        SampleEntry::Switch(on) => on.value.then_some(Sample::Plain),
        SampleEntry::Words(words) => Some(Sample::Words(text(languages, words, faults))),
    }
}
