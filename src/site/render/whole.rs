//! Files of the whole site for programs: the catalogue of its data, the addresses of its
//! pages, what robots may do, and headers.

use super::{CONTENT_SECURITY_POLICY, Renderer};
use crate::site::plan::{DataFile, Kind, Planned, Subject};
use crate::site::press::Press;

impl Renderer<'_> {
    /// Every data file of the site.
    pub(super) fn catalogue(&self, press: &Press) -> Vec<u8> {
        let scorecards: Vec<_> = self
            .publication
            .scorecards
            .entries()
            .map(|(at, scorecard)| {
                let files: Vec<_> = DataFile::ALL
                    .iter()
                    .map(|file| {
                        format!(
                            "{path}/data/{name}",
                            path = scorecard.path,
                            name = file.name()
                        )
                    })
                    .collect();
                serde_json::json!({
                    "scorecard": scorecard.path,
                    "title": scorecard.title.original(),
                    "period": scorecard.period.to_string(),
                    "page": press.url(Subject::Map(at)),
                    "files": files,
                })
            })
            .collect();
        let catalogue = serde_json::json!({
            "title": self.publication.settings.title.original(),
            "as_of": self.evaluation.as_of.map(|day| day.to_string()),
            "licence": self.publication.settings.licence.as_ref().and_then(|l| l.id.clone()),
            "scorecards": scorecards,
        });
        let mut text = format!("{catalogue:#}");
        text.push('\n');
        text.into_bytes()
    }

    pub(super) fn sitemap(&self, plan: &[Planned]) -> Vec<u8> {
        let base = self.base_url.unwrap_or_default();
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for planned in plan {
            if let Kind::Page(subject, _) = planned.kind
                && subject != Subject::NotFound
            {
                let address = crate::interchange::atom::escape(&format!(
                    "{base}{clone}",
                    clone = crate::site::address::encoded(planned.path.clone())
                ));
                text.extend(["<url><loc>", &address, "</loc></url>\n"]);
            }
        }
        text.push_str("</urlset>\n");
        text.into_bytes()
    }

    pub(super) fn robots(&self) -> Vec<u8> {
        let mut text = String::from("User-agent: *\nAllow: /\n");
        if let Some(base) = self.base_url {
            text.extend(["Sitemap: ", base, "sitemap.xml\n"]);
        }
        text.into_bytes()
    }
}

/// Headers for hosts that read `_headers`.
pub(super) fn headers() -> Vec<u8> {
    format!("/*\n  Content-Security-Policy: {CONTENT_SECURITY_POLICY}; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n  Permissions-Policy: camera=(), geolocation=(), microphone=()\n")
    .into_bytes()
}
