//! Addresses that authors write beside names: links of organisations,
//! documents of action plans, sources of figures, pictures.

use super::Publication;
use super::scorecard::Scorecard;
use crate::span::At;

impl Publication {
    /// Every address outside Markdown, with its place.
    pub fn addresses(&self) -> impl Iterator<Item = &At<String>> {
        let settings = &self.settings;
        let navigation = settings.navigation.iter().map(|link| &link.url);
        let organizations = self
            .organizations
            .iter()
            .flat_map(|o| o.links.iter().map(|link| &link.url));
        navigation
            .chain(&settings.accessibility_statement)
            .chain(settings.badge.iter().map(|badge| &badge.image))
            .chain(settings.badge.iter().filter_map(|badge| badge.url.as_ref()))
            .chain(self.looks().filter_map(|look| look.logo.as_ref()))
            .chain(organizations)
            .chain(
                self.scorecards
                    .iter()
                    .flat_map(|scorecard| scorecard.addresses()),
            )
    }
}

impl Scorecard {
    fn addresses(&self) -> impl Iterator<Item = &At<String>> {
        let document = self.source.iter().filter_map(|source| source.url.as_ref());
        let kpis = self.kpis.iter().filter_map(|kpi| kpi.data_url.as_ref());
        let actions = self.actions.iter().flat_map(|action| {
            action
                .url
                .iter()
                .chain(action.documents.iter().map(|document| &document.url))
        });
        document.chain(kpis).chain(actions)
    }
}
