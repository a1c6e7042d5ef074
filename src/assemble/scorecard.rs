//! A scorecard's folder becomes a scorecard.

use std::sync::Arc;

use super::codes::{self, Rank};
use super::dates;
use super::directory::Named;
use super::errata;
use super::ledger;
use super::misread::Misread;
use super::plan::{self, Contribution, Setting};
use super::references;
use super::site::{Site, sample, within};
use super::when::{bad_date, bad_folder, bad_period, partial_forms};
use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::message::Message;
use crate::model::arena::{Arena, PerspectiveIx};
use crate::model::code::Code;
use crate::model::doubt::Doubt;
use crate::model::lang::{LangId, Languages};
use crate::model::period::{PartialDate, Period};
use crate::model::quantity::Quantity;
use crate::model::scorecard::{Erratum, Note, Perspective, Scorecard, SourceDocument};
use crate::model::settings::{CodeScheme, ScoringDefaults};
use crate::model::text::Text;
use crate::say;
use crate::source::documents::MarkdownDocument;
use crate::source::entry::{ErratumEntry, PerspectiveEntry, ScorecardEntry, SourceDocumentEntry};
use crate::source::folder::ScorecardDocument;
use crate::source::table::Table;
use crate::span::{At, Span};

/// A scorecard and what it says of others.
pub struct Assembled {
    /// The scorecard.
    pub scorecard: Arc<Scorecard>,
    /// `parent:` as written.
    pub parent: Option<At<String>>,
    /// What its objectives and KPIs contribute to, as written.
    pub contributions: Vec<Contribution>,
}

/// Assembles one folder.
pub fn scorecard(
    document: ScorecardDocument,
    site: &Site,
    misread: &Misread,
    faults: &mut Diagnostics,
) -> Option<Assembled> {
    let ScorecardDocument {
        organization,
        period: folder,
        file,
        mut entry,
        notes,
        targets,
        measurements,
    } = document;
    let start = Span::start_of(file);
    let mut doubt = misread.doubt();
    let organization = site.organization(&At::new(organization, start), Named::One, faults);
    let period = plan_period(&folder, entry.period.as_ref(), start, site, faults);
    let (organization, period) = (organization?, period?);
    let scheme = entry.codes.map_or(CodeScheme::Strict, |codes| codes.value);
    let perspectives = perspectives(
        std::mem::take(&mut entry.perspectives),
        scheme,
        site,
        &mut doubt,
        faults,
    );
    let scoring = scoring(&entry, site, faults);
    let setting = Setting {
        site,
        misread,
        period,
        scheme,
        perspectives: &perspectives,
        bands: &scoring.bands,
    };
    let body = plan::plan(&setting, &mut entry, doubt, faults);
    let folder = format!("{}/{folder}", site.directory.id(organization));
    let mut scorecard = Scorecard {
        folder,
        path: format!(
            "{id}/{folder}",
            id = site.directory.id(organization),
            folder = period.folder()
        ),
        organization,
        period,
        title: site.name(entry.title.as_ref(), faults),
        codes: scheme,
        mission: site.optional(entry.mission.as_ref(), faults),
        vision: site.optional(entry.vision.as_ref(), faults),
        values: entry
            .values
            .iter()
            .map(|value| site.text(value, faults))
            .collect(),
        slogan: site.optional(entry.slogan.as_ref(), faults),
        source: entry
            .source
            .as_ref()
            .map(|source| source_document(source, site, faults)),
        expects: plan::expects(entry.expects.as_ref()),
        themes: body.themes,
        objectives: body.objectives,
        kpis: body.kpis,
        actions: body.actions,
        errata: entry
            .errata
            .into_iter()
            .filter_map(|e| erratum(e, site, faults))
            .collect(),
        notes: notes
            .into_iter()
            .map(|note| self::note(note, &site.languages))
            .collect(),
        sample: sample(&site.languages, entry.sample.as_ref(), faults),
        latest: None,
        span: start,
        doubt: body.doubt,
        title_span: entry
            .title
            .as_ref()
            .map_or(start, crate::source::entry::LocalText::span),
        by_code: std::collections::HashMap::new(),
        perspectives,
        scoring,
    };
    scorecard.index();
    codes::doubt_duplicates(&mut scorecard);
    ledgers(&mut scorecard, &targets, &measurements, site, faults);
    references::effects(&mut scorecard, body.effects, faults);
    references::check_ids(&scorecard, faults);
    errata::apply(&mut scorecard, faults);
    Some(Assembled {
        scorecard: Arc::new(scorecard),
        parent: entry.parent,
        contributions: body.contributions,
    })
}

/// Reads the rows of both ledgers into the plan.
fn ledgers(
    scorecard: &mut Scorecard,
    targets: &[Table],
    measurements: &[Table],
    site: &Site,
    faults: &mut Diagnostics,
) {
    let mut dates = Vec::new();
    for table in targets {
        ledger::targets(table, scorecard, site, &mut dates, faults);
    }
    for table in measurements {
        ledger::results(table, scorecard, site, &mut dates, faults);
    }
    dates::check(dates, scorecard.period, faults);
    ledger::sort(&mut scorecard.kpis);
    scorecard.latest = scorecard.latest_row();
}

/// The folder names the period; `period:` may repeat it.
fn plan_period(
    folder: &str,
    stated: Option<&At<String>>,
    start: Span,
    site: &Site,
    faults: &mut Diagnostics,
) -> Option<Period> {
    let period = Period::parse(folder, site.years);
    let Some(period) = period else {
        faults.push(bad_folder(folder, start, site.years));
        return None;
    };
    if let Some(stated) = stated {
        match Period::parse(&stated.value, site.years) {
            None => faults.push(bad_period(stated, None, site.years)),
            Some(other) if other != period => faults.push(
                Diagnostic::new(
                    Rule::BadPeriod,
                    stated.span,
                    say!(
                        "the period is {other}, but the folder is `{folder}`",
                        other = other.named(site.years.calendar),
                        folder
                    ),
                )
                .expected(Message::foreign(period.written(site.years.calendar)))
                .help(say!(
                    "the folder is the scorecard's identity; correct one of the two"
                )),
            ),
            Some(_) => {}
        }
    }
    Some(period)
}

fn perspectives(
    entries: Vec<PerspectiveEntry>,
    scheme: CodeScheme,
    site: &Site,
    doubt: &mut Doubt,
    faults: &mut Diagnostics,
) -> Arena<PerspectiveIx, Perspective> {
    let mut rows: Arena<PerspectiveIx, Perspective> = Arena::default();
    for entry in entries {
        let Some(written) = &entry.code else { continue };
        let Some(code) = codes::read(written, Rank::Perspective, scheme, "", doubt, faults) else {
            continue;
        };
        if let Some(first) = rows.iter().find(|row| row.code == code) {
            let fault = Diagnostic::new(
                Rule::DuplicateCode,
                written.span,
                say!("the perspective `{code}` stands twice", code),
            )
            .expected(say!("each perspective once"));
            faults.push(match first.span {
                Some(span) => fault.related(span, say!("first written here")),
                None => fault,
            });
            continue;
        }
        rows.push(Perspective {
            code,
            name: site.name(entry.name.as_ref(), faults),
            question: site.optional(entry.question.as_ref(), faults),
            span: Some(written.span),
        });
    }
    if rows.is_empty() {
        default_perspectives(&site.languages)
    } else {
        rows
    }
}

/// The four perspectives of the balanced scorecard (Kaplan and Norton 1992).
fn default_perspectives(languages: &Languages) -> Arena<PerspectiveIx, Perspective> {
    const CLASSIC: [(&str, &str, &str); 4] = [
        ("C", "Customer", "顧客"),
        ("P", "Internal process", "內部流程"),
        ("L", "Learning and growth", "學習成長"),
        ("F", "Finance", "財務"),
    ];
    CLASSIC
        .iter()
        .filter_map(|(code, en, zh)| {
            let words = |tag: &str| if tag.starts_with("zh") { *zh } else { *en };
            let mut readings = languages.iter().map(|(lang, tag)| (lang, words(tag)));
            let default = readings.next().map_or(*en, |(_, words)| words);
            let others = readings.map(|(lang, words)| (lang, words.into())).collect();
            Some(Perspective {
                code: Code::new(code)?,
                name: Text::new(default, others),
                question: None,
                span: None,
            })
        })
        .collect()
}

fn scoring(entry: &ScorecardEntry, site: &Site, faults: &mut Diagnostics) -> ScoringDefaults {
    let defaults = &site.scoring;
    let coverage = entry.minimum_coverage.and_then(|share| {
        within(
            share,
            Quantity::ZERO,
            Quantity::ONE,
            &say!("a share"),
            faults,
        )
    });
    ScoringDefaults {
        bands: site.bands(entry.bands.as_ref(), &defaults.bands, faults),
        minimum_coverage: coverage.unwrap_or(defaults.minimum_coverage),
        missing: entry
            .missing
            .map_or(defaults.missing, |missing| missing.value),
        reporting_days: entry
            .reporting_days
            .map_or(defaults.reporting_days, |days| days.value),
    }
}

fn source_document(
    entry: &SourceDocumentEntry,
    site: &Site,
    faults: &mut Diagnostics,
) -> SourceDocument {
    let published = entry.published.as_ref().and_then(|written| {
        let date = PartialDate::parse(&written.value, site.years.calendar);
        if date.is_none() {
            faults.push(
                bad_date(written, site.years.calendar).expected(partial_forms(site.years.calendar)),
            );
        }
        date
    });
    SourceDocument {
        title: site.name(entry.title.as_ref(), faults),
        published,
        publisher: entry
            .publisher
            .as_ref()
            .and_then(|id| site.organization(id, Named::One, faults)),
        url: entry.url.clone(),
        note: site.optional(entry.note.as_ref(), faults),
    }
}

fn erratum(entry: ErratumEntry, site: &Site, faults: &mut Diagnostics) -> Option<Erratum> {
    let code = entry.code?;
    Some(Erratum {
        span: code.span,
        code: code.value,
        field: entry
            .field
            .map_or_else(|| "name".to_owned(), |field| field.value),
        published: entry.published?.value,
        corrected: entry.corrected.map(|corrected| corrected.value),
        suspected: site.optional(entry.suspected.as_ref(), faults),
        confidence: entry.confidence.map(|confidence| confidence.value),
        reason: site.optional(entry.reason.as_ref(), faults),
    })
}

/// The file name says what a note is about, and in which language.
fn note(document: MarkdownDocument, languages: &Languages) -> Note {
    let (subject, lang) = language_of(&document.stem, languages);
    Note {
        subject: subject.to_owned(),
        lang,
        file: document.file,
        body: document.body,
        outline: document.outline,
    }
}

/// Splits the language off a Markdown file's name: `AC1.1.en` is `AC1.1` in English.
pub fn language_of<'a>(stem: &'a str, languages: &Languages) -> (&'a str, LangId) {
    stem.rsplit_once('.')
        .and_then(|(rest, tag)| languages.find(tag).map(|lang| (rest, lang)))
        .unwrap_or((stem, LangId::DEFAULT))
}
