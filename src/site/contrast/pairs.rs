//! Every pair of colours that the design puts on one another.
//!
//! The table follows `themes/default/style.css` and `src/chart/chart.css`: a
//! rule there that sets a new colour on a new ground belongs in here.

use crate::message::Message;

/// What stands on what.
#[derive(Clone, Copy, Debug)]
pub struct Pairs {
    /// In words: what is read or seen.
    pub what: &'static str,
    /// The colours of the text or mark.
    pub inks: &'static [&'static str],
    /// What it stands on.
    pub on: On,
    /// The least contrast.
    pub needs: f64,
}

/// The grounds of some inks.
#[derive(Clone, Copy, Debug)]
pub enum On {
    /// Each of the inks on each of these.
    Each(&'static [&'static str]),
    /// Each ink on the tint that bears its name: `--a` on `--a-t`.
    OwnTint,
}

/// Long text.
const BODY: f64 = 7.0;
/// Any text.
const TEXT: f64 = 4.5;
/// Marks that mean something: edges of controls, symbols, parts of charts.
const MARK: f64 = 3.0;

const PAPER: &[&str] = &["--bg", "--surface", "--sunken"];
const HUES: &[&str] = &[
    "--a", "--b", "--c", "--d", "--e", "--f", "--g", "--h", "--t",
];
const HUE_TINTS: &[&str] = &[
    "--a-t", "--b-t", "--c-t", "--d-t", "--e-t", "--f-t", "--g-t", "--h-t", "--t-t",
];
const NOTICE_TINTS: &[&str] = &["--near-t", "--met-t", "--due-t"];
const STATUSES: &[&str] = &["--met", "--near", "--missed", "--none", "--due"];
const RANGES: &[&str] = &["--range-1", "--range-2", "--range-3"];

const fn each(
    what: &'static str,
    inks: &'static [&'static str],
    grounds: &'static [&'static str],
    needs: f64,
) -> Pairs {
    Pairs {
        what,
        inks,
        on: On::Each(grounds),
        needs,
    }
}

const fn own_tint(what: &'static str, inks: &'static [&'static str]) -> Pairs {
    Pairs {
        what,
        inks,
        on: On::OwnTint,
        needs: TEXT,
    }
}

/// The pairs below the header.
pub const PAGE: &[Pairs] = &[
    each("text on the page", &["--ink"], &["--bg"], BODY),
    each("text on cards and panels", &["--ink"], &["--surface"], BODY),
    each("text on a sunken ground", &["--ink"], &["--sunken"], BODY),
    each("text on a theme's tint", &["--ink"], HUE_TINTS, BODY),
    each("text in a notice", &["--ink"], NOTICE_TINTS, BODY),
    each("secondary text on the page", &["--ink-2"], &["--bg"], TEXT),
    each(
        "secondary text on cards and panels",
        &["--ink-2"],
        &["--surface"],
        TEXT,
    ),
    each(
        "secondary text on a sunken ground",
        &["--ink-2"],
        &["--sunken"],
        TEXT,
    ),
    each(
        "secondary text on a theme's tint",
        &["--ink-2"],
        HUE_TINTS,
        TEXT,
    ),
    each(
        "secondary text in a notice",
        &["--ink-2"],
        NOTICE_TINTS,
        TEXT,
    ),
    each("a link on the page", &["--link"], &["--bg"], TEXT),
    each(
        "a link on cards and panels",
        &["--link"],
        &["--surface"],
        TEXT,
    ),
    each(
        "a link on a sunken ground",
        &["--link"],
        &["--sunken"],
        TEXT,
    ),
    each("a link on a theme's tint", &["--link"], HUE_TINTS, TEXT),
    each("a link in a notice", &["--link"], NOTICE_TINTS, TEXT),
    own_tint(
        "a code or heading in its theme's hue on the theme's tint",
        HUES,
    ),
    each(
        "a code in its theme's hue on the page",
        HUES,
        &["--bg"],
        TEXT,
    ),
    each(
        "a code in its theme's hue on cards and panels",
        HUES,
        &["--surface"],
        TEXT,
    ),
    each(
        "a code in its theme's hue on a sunken ground",
        HUES,
        &["--sunken"],
        TEXT,
    ),
    // On the drawn map lines cross the grounds of all themes.
    each(
        "the line of a link on a theme's tint",
        HUES,
        HUE_TINTS,
        MARK,
    ),
    each("a theme's letter on its hue", &["--surface"], HUES, TEXT),
    own_tint("a status on its tint", STATUSES),
    each("a status on the page", STATUSES, &["--bg"], TEXT),
    each(
        "a status on cards and panels",
        STATUSES,
        &["--surface"],
        TEXT,
    ),
    each("an edge that means something", &["--rule"], PAPER, MARK),
    each("a mark beside text", &["--mark"], &["--bg"], MARK),
    each(
        "the value of a chart on its panel",
        &["--mark"],
        &["--surface"],
        MARK,
    ),
    each(
        "the value of a chart on its ranges",
        &["--mark"],
        RANGES,
        MARK,
    ),
    each(
        "the target of a chart on its ranges",
        &["--ink"],
        RANGES,
        MARK,
    ),
    each(
        "the last period and zero of a chart on its ranges",
        &["--ink-2"],
        RANGES,
        MARK,
    ),
];

/// The pairs of the header, once for the theme and once for each accent.
pub const HEADER: &[Pairs] = &[
    each(
        "the header's text on its first row",
        &["--on-head"],
        &["--head"],
        TEXT,
    ),
    each(
        "the header's text on its second row",
        &["--on-head"],
        &["--head-2"],
        TEXT,
    ),
    each(
        "the chosen year or language",
        &["--head"],
        &["--on-head"],
        TEXT,
    ),
    each(
        "the focus in the header's first row",
        &["--accent"],
        &["--head"],
        MARK,
    ),
    each(
        "the mark under the current word of the header",
        &["--accent"],
        &["--head-2"],
        MARK,
    ),
];

/// One pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// In words: what is read or seen.
    pub what: &'static str,
    /// The property of the text or mark.
    pub ink: &'static str,
    /// The property of the ground.
    pub ground: String,
    /// The least contrast.
    pub needs: f64,
}

impl Pair {
    /// What is read or seen.
    #[must_use]
    pub const fn said(&self) -> Message {
        Message::plain(self.what)
    }
}

/// The pairs of a table, one by one.
pub fn single(table: &'static [Pairs]) -> impl Iterator<Item = Pair> {
    table.iter().flat_map(|pairs| {
        pairs.inks.iter().flat_map(move |ink| {
            let grounds = match pairs.on {
                On::Each(grounds) => grounds.iter().map(|&ground| ground.to_owned()).collect(),
                On::OwnTint => vec![format!("{ink}-t")],
            };
            grounds.into_iter().map(move |ground| Pair {
                what: pairs.what,
                ink,
                ground,
                needs: pairs.needs,
            })
        })
    })
}
