//! The feed of a scorecard's changes.

use crate::interchange::atom::{Entry, Feed};
use crate::model::arena::ScorecardIx;
use crate::model::scorecard::Item;
use crate::register::{Entry as RegisterEntry, Kind, Seen};
use crate::site::plan::Subject;
use crate::site::press::Press;
use crate::site::view::changes::newest;

/// How many changes a feed tells; whoever follows it has read the older ones.
const MOST_ENTRIES: usize = 500;

impl Press<'_> {
    /// The feed of a scorecard's changes.
    #[must_use]
    pub fn feed_document(&self, at: ScorecardIx) -> String {
        let scorecard = self.scorecard(at);
        let url = self.feed(at);
        let folder = url.strip_suffix("feed.xml").unwrap_or_default();
        // Addresses relative to the feed, which lies beside the scorecard's pages.
        let near = |page: &str| match self.base_url {
            Some(base) => format!("{base}{page}"),
            None => page.strip_prefix(folder).unwrap_or(page).to_owned(),
        };
        let organization = &self.publication.organizations[scorecard.organization];
        // A feed without dated changes speaks of the plan's first day.
        let never = scorecard.period.start().to_string();
        let changes = || {
            let all = self.results(at).changes.iter(scorecard);
            newest(all, MOST_ENTRIES).take(MOST_ENTRIES)
        };
        let register = || {
            let entries = self.register.beside_ledgers(at);
            // Names of earlier years are among the changes.
            let is_new = |entry: &&RegisterEntry| {
                !(entry.kind == Kind::Name && matches!(entry.seen, Seen::Years(_)))
            };
            entries.filter(is_new).take(MOST_ENTRIES)
        };
        let latest = changes()
            .filter_map(|change| change.date)
            .chain(register().filter_map(|entry| entry.date))
            .max();
        let published = changes().map(|change| {
            let row = self.own_change_row(at, &change);
            let kpi = self.item(at, Item::Kpi(change.kpi));
            let summary = match (&row.reason, row.mark_word.as_str()) {
                (Some(reason), "") => format!("{} {reason}", row.text),
                (Some(reason), mark) => format!("{} ({mark}) {reason}", row.text),
                (None, "") => row.text.clone(),
                (None, mark) => format!("{} ({mark})", row.text),
            };
            let period = change.period.map(|p| p.to_string()).unwrap_or_default();
            let updated = row.datetime.clone().unwrap_or_else(|| never.clone());
            Entry {
                identity: format!(
                    "{} {} {period} {updated} {}",
                    scorecard.path, kpi.code, row.text
                ),
                title: format!("{} {}", kpi.code, kpi.name.text),
                summary,
                page: near(&kpi.url),
                updated,
            }
        });
        let moved = register().map(|entry| {
            let row = self.register_row(at, entry);
            let updated = row.datetime.clone().unwrap_or_else(|| never.clone());
            let commit = row.commit.as_ref().map_or("", |commit| &commit.short);
            let own = entry.item.and(row.item.as_ref());
            let page = own.map(|item| near(&item.url));
            Entry {
                identity: format!(
                    "{} {} {} {updated} {commit} {}",
                    scorecard.path,
                    entry.kind.key(),
                    entry.code,
                    row.text
                ),
                title: format!("{} {}", entry.code, entry.name),
                summary: [&row.text, &row.seen, commit]
                    .map(str::trim)
                    .join(" ")
                    .trim()
                    .to_owned(),
                page: page.unwrap_or_else(|| near(&self.url(Subject::Changes(at)))),
                updated,
            }
        });
        let mut entries: Vec<Entry> = published.chain(moved).collect();
        entries.sort_by(|a, b| b.updated.cmp(&a.updated));
        entries.truncate(MOST_ENTRIES);
        Feed {
            title: format!(
                "{} {}",
                self.scorecard_link(at).label.text,
                self.words.get("title.changes")
            ),
            lang: self
                .publication
                .settings
                .languages
                .tag(self.lang)
                .to_owned(),
            author: self.label(&organization.name).text,
            page: near(&self.url(Subject::Changes(at))),
            own: self.base_url.map(|base| format!("{base}{url}")),
            updated: latest.map_or_else(|| never.clone(), |day| day.to_string()),
            entries,
        }
        .document()
    }
}
