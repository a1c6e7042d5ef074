//! Ways from a page to others: navigation, breadcrumb, other languages, and the pages
//! before and after it.

use crate::model::arena::ScorecardIx;
use crate::model::scorecard::Item;
use crate::site::address::encoded;
use crate::site::context::page::LanguageLink;
use crate::site::context::shared::{ItemLink, Label, Link};
use crate::site::plan::{Subject, localized};
use crate::site::press::Press;

impl Press<'_> {
    /// The words of the header's row, at most seven.
    pub(super) fn navigation(&self, subject: Subject) -> Vec<Link> {
        let entry = |key: &str, to: Subject, current: bool| Link {
            current,
            ..self.link(self.own(self.words.get(&format!("nav.{key}"))), to)
        };
        let Some(at) = subject.scorecard() else {
            let pages = [
                ("home", Subject::Home),
                ("search", Subject::Search),
                ("method", Subject::Method),
                ("glossary", Subject::Glossary),
            ];
            return pages
                .into_iter()
                .map(|(key, to)| entry(key, to, subject == to))
                .collect();
        };
        let mut links = vec![
            entry("map", Subject::Map(at), matches!(subject, Subject::Map(_))),
            entry(
                "objectives",
                Subject::Table(at),
                matches!(subject, Subject::Table(_) | Subject::Objective(..)),
            ),
        ];
        if !self.scorecard(at).kpis.is_empty() {
            let here = matches!(subject, Subject::KpiList(_) | Subject::Kpi(..));
            links.push(entry("kpis", Subject::KpiList(at), here));
        }
        if !self.scorecard(at).actions.is_empty() {
            let here = matches!(subject, Subject::ActionList(_) | Subject::Action(..));
            links.push(entry("actions", Subject::ActionList(at), here));
        }
        for (key, to) in [
            ("status", Subject::Status(at)),
            ("changes", Subject::Changes(at)),
            ("data", Subject::Data(at)),
        ] {
            links.push(entry(key, to, subject == to));
        }
        links
    }

    pub(super) fn breadcrumb(&self, subject: Subject) -> Vec<Link> {
        let home = || self.link(self.own(self.words.get("nav.home")), Subject::Home);
        if subject == Subject::Home {
            return Vec::new();
        }
        let mut crumbs = vec![home()];
        let Some(at) = subject.scorecard() else {
            return crumbs;
        };
        let organization = self.scorecard(at).organization;
        crumbs.push(self.organization(organization));
        if !matches!(subject, Subject::Map(_)) {
            let period = self.period(self.scorecard(at).period);
            let label = self.words.fill("nav.map_of", &[("period", &period)]);
            crumbs.push(self.link(self.own(label), Subject::Map(at)));
        }
        let above_kpi = |kpi| {
            let objective = self.scorecard(at).kpis[kpi].objective;
            vec![
                self.theme_of(at, objective),
                self.item(at, Item::Objective(objective)),
            ]
        };
        let above = match subject {
            Subject::Objective(_, ix) => vec![self.theme_of(at, ix)],
            Subject::Kpi(_, ix) => above_kpi(ix),
            Subject::Action(_, ix) => {
                let kpi = self.scorecard(at).actions[ix].kpi;
                let mut above = above_kpi(kpi);
                above.push(self.item(at, Item::Kpi(kpi)));
                above
            }
            _ => Vec::new(),
        };
        crumbs.extend(above.into_iter().map(by_code_and_name));
        crumbs
    }

    pub(super) fn languages(&self, subject: Subject) -> Vec<LanguageLink> {
        let path = subject.path(self.publication);
        self.publication
            .settings
            .languages
            .iter()
            .map(|(lang, tag)| {
                let url = localized(&path, lang, self.publication);
                let canonical = self
                    .base_url
                    .map(|base| base.to_owned() + &encoded(url.clone()));
                LanguageLink {
                    tag: tag.to_owned(),
                    name: language_name(tag).to_owned(),
                    canonical,
                    url: self.href(url),
                    current: lang == self.lang,
                }
            })
            .collect()
    }

    /// The pages before and after this one, by code.
    pub(super) fn neighbours(&self, subject: Subject) -> (Option<Link>, Option<Link>) {
        use crate::model::Position;
        let Some(at) = subject.scorecard() else {
            return (None, None);
        };
        let scorecard = self.scorecard(at);
        let (index, items): (usize, Vec<Item>) = match subject {
            Subject::Theme(_, ix) => (
                ix.get(),
                scorecard.themes.positions().map(Item::Theme).collect(),
            ),
            Subject::Objective(_, ix) => {
                return self.around(at, ix.get(), scorecard.objectives.len(), |i| {
                    Item::Objective(Position::new(i))
                });
            }
            Subject::Kpi(_, ix) => {
                return self.around(at, ix.get(), scorecard.kpis.len(), |i| {
                    Item::Kpi(Position::new(i))
                });
            }
            Subject::Action(_, ix) => {
                return self.around(at, ix.get(), scorecard.actions.len(), |i| {
                    Item::Action(Position::new(i))
                });
            }
            _ => return (None, None),
        };
        self.around(at, index, items.len(), |i| Item::Theme(Position::new(i)))
    }

    fn around(
        &self,
        at: ScorecardIx,
        index: usize,
        count: usize,
        item: impl Fn(usize) -> Item,
    ) -> (Option<Link>, Option<Link>) {
        let link = |i: usize| by_code_and_name(self.item(at, item(i)));
        (
            index.checked_sub(1).map(link),
            (index + 1 < count).then(|| link(index + 1)),
        )
    }
}

/// A link that is worded by the code and the name of what it leads to.
fn by_code_and_name(item: ItemLink) -> Link {
    Link {
        label: Label {
            text: format!("{} {}", item.code, item.name.text),
            lang: item.name.lang,
        },
        url: item.url,
        outside: false,
        current: false,
    }
}

/// A language's name in itself, for those that sites are likely to use.
fn language_name(tag: &str) -> &str {
    match tag {
        "zh-Hant" | "zh-TW" | "zh-Hant-TW" => "中文",
        "zh-Hans" | "zh-CN" => "简体中文",
        "en" | "en-GB" | "en-US" => "English",
        "ja" => "日本語",
        "ko" => "한국어",
        "fr" => "Français",
        "de" => "Deutsch",
        "es" => "Español",
        "pt" | "pt-BR" => "Português",
        "it" => "Italiano",
        "nl" => "Nederlands",
        "vi" => "Tiếng Việt",
        "th" => "ไทย",
        "id" => "Bahasa Indonesia",
        other => other,
    }
}
