//! Boards: the objectives of a scorecard or of a theme laid out as a picture,
//! with the causes and effects that the plan declares.

use super::standing::shape;
use crate::chart::{Document, Palette, Phrase};
use crate::map::{Board, Heading, Node};
use crate::model::Position;
use crate::model::arena::{KpiIx, ObjectiveIx, ScorecardIx};
use crate::model::scorecard::Item;
use crate::site::context::shared::ItemLink;
use crate::site::press::Press;

/// How many objectives of a theme's own diagram stand side by side, at most.
const ABREAST: usize = 4;
/// The width of a map: the column of a page on a large screen.
const MAP: f64 = 1140.0;
/// The width of a theme's diagram, which is to be read on a sheet of paper, too.
const DIAGRAM: f64 = 880.0;
/// What a sheet of A4 has for a map, which is printed lying, and for a theme's
/// diagram, which is printed standing, in CSS pixels: the width between the
/// margins, and the height that the style sheet allows (178 mm).
const LYING: (f64, f64) = (1047.0, 672.0);
const STANDING: (f64, f64) = (710.0, 672.0);

impl Press<'_> {
    /// The map of a scorecard with its declared causes and effects, for its
    /// page; nothing where none is declared.
    pub(super) fn map_picture(&self, at: ScorecardIx) -> Option<String> {
        let title = self.words.get("map.picture");
        let board = self.map_board(at, title.into(), true);
        (!board.links.is_empty()).then(|| board.svg())
    }

    /// The whole map as a document of its own.
    pub(in crate::site) fn map_document(&self, at: ScorecardIx, palette: &Palette) -> String {
        let title = self.label(&self.scorecard(at).title);
        let note = self.picture_note(at, None);
        let document = Document {
            lang: self.html_lang(),
            note: &note,
            palette,
        };
        self.map_board(at, title.phrase(), false)
            .standalone(&document)
    }

    /// What a picture says once it has left its page: whose it is, of when, and
    /// whether its figures are samples.
    pub(super) fn picture_note(&self, at: ScorecardIx, kpi: Option<KpiIx>) -> String {
        let scorecard = self.scorecard(at);
        let publisher = self.organization_in_full(scorecard.organization).label.text;
        let mut parts = vec![publisher, self.period(scorecard.period)];
        parts.extend(kpi.map(|ix| scorecard.kpis[ix].code.to_string()));
        if let Some(as_of) = self.evaluation.as_of {
            let date = self.date(as_of);
            parts.push(self.words.fill("chart.as_of", &[("date", &date)]));
        }
        parts.extend(self.sample(Some(at)).map(|sample| sample.text));
        parts.join(self.words.get("format.list"))
    }

    fn map_board<'t>(&self, at: ScorecardIx, title: Phrase<'t>, on_page: bool) -> Board<'t> {
        let scorecard = self.scorecard(at);
        let objectives: Vec<ObjectiveIx> = scorecard.objectives.positions().collect();
        let themes = scorecard.themes.positions();
        let themes: Vec<Heading> = themes
            .map(|ix| heading(self.item(at, Item::Theme(ix))))
            .collect();
        let rows = scorecard.perspectives.positions();
        let mut bands: Vec<Heading> = rows.map(|row| heading(self.perspective(at, row))).collect();
        // Objectives that serve every theme stand above all perspectives.
        let above = usize::from(scorecard.cross_cutting().next().is_some());
        if above > 0 {
            let mut heading = heading(self.cross_cutting(at));
            heading.code = String::new();
            bands.insert(0, heading);
        }
        let place = |ix: ObjectiveIx| {
            let objective = &scorecard.objectives[ix];
            match objective.theme {
                Some(theme) => (objective.perspective.get() + above, Some(theme.get())),
                None => (0, None),
            }
        };
        let abreast = match themes.len() {
            0 | 1 => ABREAST,
            2 => 2,
            _ => 1,
        };
        Board {
            title,
            themes,
            bands,
            nodes: self.nodes(at, &objectives, on_page, place),
            links: self.drives_among(at, &objectives),
            abreast,
            width: MAP,
            sheet: LYING,
        }
    }

    /// The diagram of a theme's objectives; nothing where no link is declared.
    pub(super) fn relation(
        &self,
        at: ScorecardIx,
        objectives: &[ObjectiveIx],
        code: &str,
    ) -> Option<String> {
        let links = self.drives_among(at, objectives);
        if links.is_empty() {
            return None;
        }
        let scorecard = self.scorecard(at);
        let used = |row| {
            let mut of_theme = objectives.iter();
            of_theme.any(|ix| scorecard.objectives[*ix].perspective == row)
        };
        let rows: Vec<_> = scorecard
            .perspectives
            .positions()
            .filter(|row| used(*row))
            .collect();
        let place = |ix: ObjectiveIx| {
            let row = scorecard.objectives[ix].perspective;
            (
                rows.iter().position(|other| *other == row).unwrap_or(0),
                None,
            )
        };
        let in_rows: Vec<usize> = rows
            .iter()
            .map(|row| {
                let of_row = |ix: &&ObjectiveIx| scorecard.objectives[**ix].perspective == *row;
                objectives.iter().filter(of_row).count()
            })
            .collect();
        let title = self.words.fill("theme.diagram", &[("code", code)]);
        let board = Board {
            title: Phrase::from(&*title),
            themes: Vec::new(),
            bands: rows
                .iter()
                .map(|row| heading(self.perspective(at, *row)))
                .collect(),
            nodes: self.nodes(at, objectives, true, place),
            links,
            abreast: in_rows.into_iter().max().unwrap_or(1).min(ABREAST),
            width: DIAGRAM,
            sheet: STANDING,
        };
        Some(board.svg())
    }

    fn nodes(
        &self,
        at: ScorecardIx,
        objectives: &[ObjectiveIx],
        on_page: bool,
        place: impl Fn(ObjectiveIx) -> (usize, Option<usize>),
    ) -> Vec<Node> {
        let plan_only = self.scorecard(at).is_plan_only();
        objectives
            .iter()
            .map(|ix| {
                let (band, theme) = place(*ix);
                let ItemLink {
                    code,
                    name,
                    url,
                    hue,
                } = self.item(at, Item::Objective(*ix));
                let has_status = !plan_only && !self.scorecard(at).objectives[*ix].kpis.is_empty();
                let status = has_status.then(|| {
                    let status = Self::gravest(&self.status_counts(at, &[*ix]));
                    let tag = self.status(status);
                    (shape(status), tag.key.to_owned(), tag.word)
                });
                // Pages of a scorecard lie in one folder.
                let file = url.rsplit('/').next().unwrap_or(&url).to_owned();
                Node {
                    band,
                    theme,
                    code,
                    name: name.text,
                    lang: name.lang,
                    hue,
                    url: on_page.then_some(file),
                    status,
                }
            })
            .collect()
    }

    /// The declared links among some objectives, as places among them.
    fn drives_among(&self, at: ScorecardIx, objectives: &[ObjectiveIx]) -> Vec<(usize, usize)> {
        let scorecard = self.scorecard(at);
        let places: std::collections::BTreeMap<ObjectiveIx, usize> =
            objectives.iter().copied().zip(0..).collect();
        let from_each = objectives.iter().enumerate();
        let links = from_each.flat_map(|(from, ix)| {
            let drives = scorecard.objectives[*ix].drives.iter();
            drives
                .filter_map(|drive| places.get(&drive.to))
                .map(move |to| (from, *to))
        });
        links.collect()
    }
}

fn heading(item: ItemLink) -> Heading {
    Heading {
        code: item.code,
        name: item.name.text,
        lang: item.name.lang,
        hue: item.hue,
    }
}
