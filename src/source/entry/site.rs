//! `content/site.yaml` and the front matter of free pages.

use super::shared::{BandsEntry, LinkEntry, LocalText, SampleEntry, TextOr};
use crate::entry;
use crate::model::colour::Colour;
use crate::model::quantity::Quantity;
use crate::model::settings::{Calendar, Missing, RuleLevelWord};
use crate::source::decode::Pairs;
use crate::source::span::At;

entry! {
    /// The publication as a whole.
    pub struct SiteEntry ("site.yaml") {
        /// The name of the site.
        required title: LocalText,
        /// One sentence under the title.
        optional tagline: LocalText,
        /// The organisation that publishes the site (an id of organizations.yaml).
        optional publisher: At<String>,
        /// The address the site is published at, such as `https://plan.example.org/`. Absolute links, canonical addresses and the sitemap need it.
        optional base_url: At<String>,
        /// Language tags (BCP 47); the first is the language of the content.
        list languages: At<String>,
        /// Languages whose texts are translations without official standing; their pages say so.
        list unofficial: At<String>,
        /// The calendar that years are shown and may be written in.
        optional calendar: At<Calendar>,
        /// The month (1 to 12) in which a fiscal year begins; it is named after the calendar year it ends in.
        optional fiscal_year_start: At<u32>,
        /// The licence of the content: an SPDX id, or a name and an address.
        optional licence: TextOr<LicenceEntry>,
        /// A mail address or the address of an issue tracker; every page offers a report link.
        optional contact: At<String>,
        /// The address of a source line, with `{path}` and `{line}`, and `{commit}` where wanted.
        optional repository: At<String>,
        /// The address of a commit, with `{commit}`. Default: found from `repository` for GitHub, GitLab, Gitea, Forgejo and Bitbucket.
        optional commit_url: At<String>,
        /// `false` leaves the history of the checkout unread: no page tells which commit set a line.
        optional history: At<bool>,
        /// The ground of the header, `"#rgb"` or `"#rrggbb"` in quotes, on pages that belong to no organisation and for organisations without an accent.
        optional accent: At<Colour>,
        /// The picture in the header, an svg, png, jpg or webp file under content/, on pages that belong to no organisation and for organisations without a logo.
        optional logo: At<String>,
        /// The theme's folder under `themes/` (default: `default`).
        optional theme: At<String>,
        /// The date the site speaks of; later rows of the ledgers do not exist. Default: the latest date in the ledgers.
        optional as_of: At<String>,
        /// Where statuses begin.
        optional bands: BandsEntry,
        /// The share of weight (0 to 1) that must have a score before a composite is shown (default 2/3).
        optional minimum_coverage: At<Quantity>,
        /// What a child without a score does to its parent.
        optional missing: At<Missing>,
        /// Days after the end of a period in which its result may still be published without being late.
        optional reporting_days: At<u32>,
        /// The scorecard (`organisation/period`) that the home page shows first.
        optional home: At<String>,
        /// Free pages and other links in the footer's navigation.
        list navigation: LinkEntry,
        /// The accessibility statement and badge.
        optional accessibility: AccessibilityEntry,
        /// Labels every page as sample data: `true`, or the words of the label.
        optional sample: SampleEntry,
        /// Levels of rules: `allow`, `warn` or `deny` by rule id.
        optional check: Pairs<At<RuleLevelWord>>,
    }
}

entry! {
    /// A licence.
    pub struct LicenceEntry ("a licence") {
        /// Its SPDX id, or the id it is known by.
        optional id: At<String>,
        /// Its name.
        required name: LocalText,
        /// Where its text is.
        optional url: At<String>,
    }
}

entry! {
    /// Accessibility of the site.
    pub struct AccessibilityEntry ("accessibility") {
        /// The address of a conformance certificate or of an own statement.
        optional statement: At<String>,
        /// A badge for the footer.
        optional badge: BadgeEntry,
    }
}

entry! {
    /// An accessibility badge, 88 × 31 pixels.
    pub struct BadgeEntry ("a badge") {
        /// The picture, a file under content/.
        required image: At<String>,
        /// What the picture says.
        required alt: LocalText,
        /// Where it leads.
        optional url: At<String>,
    }
}

entry! {
    /// The front matter of a free page or a note.
    pub struct PageFrontMatter ("front matter") {
        /// The page's title; without it the first heading serves.
        optional title: At<String>,
        /// One sentence for search engines and lists.
        optional description: At<String>,
        /// Its place among its neighbours; smaller comes first.
        optional order: At<u32>,
        /// `true` keeps the page out of the site unless `--drafts` is given.
        optional draft: At<bool>,
    }
}
