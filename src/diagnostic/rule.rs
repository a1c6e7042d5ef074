//! The registry of rules: every fault Scorepress can find has an id, a level
//! and a page that explains it (`docs/rules/<id>.md`, printed by `explain`).

use std::collections::BTreeMap;
use std::fmt;

use crate::message::Message;
use crate::say;

/// How much a fault matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The site is not built.
    Error,
    /// The site is built; somebody should look.
    Warning,
    /// Worth knowing, nothing more.
    Note,
}

impl Level {
    /// Its name for people.
    #[must_use]
    pub fn said(self) -> Message {
        match self {
            Self::Error => say!("error"),
            Self::Warning => say!("warning"),
            Self::Note => say!("note"),
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal, $level:ident;)+) => {
        /// A rule that content, ledgers, themes and configuration keep.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[doc = $doc])+ $name,)+
        }

        impl Rule {
            /// Every rule, in the order of the registry.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The rule's name in settings, output and documentation.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id),+ }
            }

            /// The level unless the site says otherwise.
            #[must_use]
            pub const fn default_level(self) -> Level {
                match self { $(Self::$name => Level::$level),+ }
            }

            /// What the rule asks, in one sentence.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_start()),+ }
            }
        }
    };
}

rules! {
    /// Every file is UTF-8, of a sane size, and can be read.
    UnreadableFile = "unreadable-file", Error;
    /// No path and no link leads out of the site folder.
    PathEscape = "path-escape", Error;
    /// Every file under `content/` is one that something reads.
    UnknownFile = "unknown-file", Warning;
    /// YAML files are well-formed YAML 1.2.
    YamlSyntax = "yaml-syntax", Error;
    /// No text is cut off by what looks like a part of it and is a comment.
    CutOffText = "cut-off-text", Warning;
    /// Every key is one that the format knows.
    UnknownKey = "unknown-key", Error;
    /// No key stands twice in one mapping.
    DuplicateKey = "duplicate-key", Error;
    /// Keys that something cannot do without are there.
    MissingKey = "missing-key", Error;
    /// A value has the shape its key asks for: text, list or mapping.
    WrongType = "wrong-type", Error;
    /// A word from a fixed set is in that set, and a value keeps its form.
    BadValue = "bad-value", Error;
    /// Texts are written in the languages that `site.yaml` lists.
    UnknownLanguage = "unknown-language", Error;
    /// Every text has a translation in every language of the site.
    MissingTranslation = "missing-translation", Note;
    /// Codes follow the scheme: theme, perspective, number; `.n` for KPIs, `.n.n` for actions.
    BadCode = "bad-code", Error;
    /// A code agrees with the theme, perspective and parent it stands under.
    MisplacedCode = "misplaced-code", Error;
    /// Numbers run from 1 without a gap inside their parent.
    NumberingGap = "numbering-gap", Error;
    /// A code names one thing inside its scorecard.
    DuplicateCode = "duplicate-code", Error;
    /// An id names one thing: one organisation of the site, one KPI of a scorecard.
    DuplicateId = "duplicate-id", Error;
    /// Periods are written as the format knows them, and a folder agrees with its scorecard.
    BadPeriod = "bad-period", Error;
    /// Dates are real dates, written as year-month-day.
    BadDate = "bad-date", Error;
    /// A reference names something that exists.
    UnknownReference = "unknown-reference", Error;
    /// A cascade names a KPI that the parent scorecard publishes, not only its objective.
    CascadeToObjective = "cascade-to-objective", Warning;
    /// What a plan says of its own counts is what is there.
    CountMismatch = "count-mismatch", Error;
    /// An erratum quotes the wording that is there.
    ErratumMismatch = "erratum-mismatch", Error;
    /// Numbers are exact decimals that can be read in one way only.
    BadNumber = "bad-number", Error;
    /// A ledger's header names its columns, each once.
    LedgerHeader = "ledger-header", Error;
    /// A ledger's row is complete and does not contradict itself.
    LedgerRow = "ledger-row", Error;
    /// A ledger's rows are about KPIs of their scorecard.
    UnknownKpi = "unknown-kpi", Error;
    /// A ledger's rows are about periods their KPI is measured in.
    UnknownPeriod = "unknown-period", Error;
    /// A KPI has one row for a period and a date.
    DuplicateRow = "duplicate-row", Error;
    /// A result is published when its period has ended.
    EarlyResult = "early-result", Warning;
    /// A figure agrees with the others of its KPI, and with what its own year published.
    DoubtfulFigure = "doubtful-figure", Warning;
    /// No row of a ledger is dated after the day the site speaks of.
    UnseenRow = "unseen-row", Note;
    /// A target made easier states why.
    UnexplainedEasing = "unexplained-easing", Error;
    /// What was published stays as it was; corrections are added.
    RewrittenHistory = "rewritten-history", Error;
    /// A value lies inside what its unit allows.
    OutOfRange = "out-of-range", Error;
    /// Target, direction and scale together make a scale that can score.
    ImpossibleScale = "impossible-scale", Error;
    /// Causes and effects form no circle.
    CausalCycle = "causal-cycle", Error;
    /// Causes lie in the same perspective as their effects, or below it.
    CausalDirection = "causal-direction", Warning;
    /// Links in Markdown lead somewhere.
    BrokenLink = "broken-link", Error;
    /// Every picture in Markdown has words for those who do not see it.
    UndescribedPicture = "undescribed-picture", Warning;
    /// A note belongs to something its scorecard has.
    OrphanNote = "orphan-note", Error;
    /// No two pages share an address, on file systems that ignore case as well.
    UrlCollision = "url-collision", Error;
    /// A theme exists and is written for a contract this version keeps.
    BadTheme = "bad-theme", Error;
    /// A theme's templates can be parsed and use only what the contract offers.
    TemplateError = "template-error", Error;
    /// Text and marks keep their contrast with every ground they stand on, in light and in dark.
    LowContrast = "low-contrast", Error;
    /// What is published loads nothing from elsewhere, runs nothing and keeps nothing in a browser.
    Privacy = "privacy", Error;
    /// Every colour that the contrast is computed of is written so that it can be.
    UncheckedColour = "unchecked-colour", Warning;
}

impl Rule {
    /// The rule with that id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.id() == id)
    }

    /// Whether the rule keeps harm from readers and from the machine: no site may
    /// lower it.
    #[must_use]
    pub const fn protects_readers(self) -> bool {
        matches!(self, Self::Privacy | Self::PathEscape)
    }
}

/// The levels a site sets for itself (`check:` in `site.yaml`).
#[derive(Clone, Debug, Default)]
pub struct RuleLevels {
    set: BTreeMap<Rule, Option<Level>>,
}

impl RuleLevels {
    /// Sets one rule: `None` allows what the rule forbids.
    pub fn set(&mut self, rule: Rule, level: Option<Level>) {
        self.set.insert(rule, level);
    }

    /// The level that holds for a rule, or `None` where the site allows it.
    #[must_use]
    pub fn level(&self, rule: Rule) -> Option<Level> {
        self.set
            .get(&rule)
            .copied()
            .unwrap_or(Some(rule.default_level()))
    }
}
