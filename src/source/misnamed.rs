//! Files that a publisher thinks published and that nothing reads, for a slip in their
//! names: a hidden last ending, the mark of a copy, the ending of another program.

use super::role::{Names, Part, Role};
use crate::message::Message;
use crate::say;

/// What files that are read end in.
const ENDINGS: [&str; 5] = ["yaml", "md", "csv", "xlsx", "ods"];
/// Last endings of a copy that is kept on purpose.
const BACKUPS: [&str; 6] = ["bak", "old", "orig", "save", "tmp", "backup"];
/// What programs put behind the name of a copy.
const COPIES: [&str; 9] = [
    " - 複製",
    " - 副本",
    " 的副本",
    " 的複本",
    " 拷貝",
    " - copy",
    " copy",
    "_copy",
    "-copy",
];

/// What a file was most likely meant to be.
pub struct Meant {
    /// What to do about its name.
    pub help: Message,
    /// Whether others refer to what stands in it, and it stands nowhere else.
    pub hides: bool,
    /// Whether it may as well be an attachment, which somebody links to.
    pub may_be_linked: bool,
}

/// What a file was meant to be that is not read.
pub fn meant(path: &str, names: &Names) -> Option<Meant> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let within = names.within(path).unwrap_or(name);
    let inside = |name: &str| match folder {
        "" => name.to_owned(),
        _ => format!("{folder}/{name}"),
    };
    // A document may be one that somebody publishes beside the plan.
    let ending = name.rsplit('.').next()?.to_ascii_lowercase();
    let may_be_document = matches!(ending.as_str(), "docx" | "doc" | "odt" | "rtf");
    let slips = [ledger, hidden_ending, copy, capitals, other_ending];
    slips.iter().find_map(|slip| {
        let Slip { name: right, help } = slip(name, within)?;
        let right_path = inside(&right);
        let role = names.read_as(&right_path)?;
        let is_there = names.has(&right_path);
        let is_kept = is_backup(&ending);
        if is_there && is_kept {
            return None;
        }
        let is_ledger = matches!(role, Role::Scorecard(_, Part::Targets | Part::Measurements));
        Some(Meant {
            hides: role.is_plan() && !is_there && !may_be_document,
            may_be_linked: is_there || may_be_document || !(role.is_plan() || is_ledger),
            help: if is_there { beside(&right) } else { help },
        })
    })
}

/// What a file is a copy of, where copy and original would both be read.
pub fn copied(path: &str, names: &Names) -> Option<Meant> {
    let Some(Role::Scorecard(_, Part::List(_))) = names.read_as(path) else {
        return None;
    };
    let (folder, name) = path.rsplit_once('/')?;
    let original = without_copy_mark(name)?;
    names.has(&format!("{folder}/{original}")).then(|| Meant {
        help: beside(&original),
        hides: false,
        may_be_linked: false,
    })
}

/// Whether a file was meant to be the `scorecard.yaml` of its folder.
pub fn is_head(name: &str) -> bool {
    let slips = [hidden_ending, copy, capitals, other_ending];
    let mut slips = slips.iter().filter_map(|slip| slip(name, name));
    slips.any(|slip| slip.name == "scorecard.yaml")
}

/// The right name, and how to get to it.
struct Slip {
    name: String,
    help: Message,
}

fn beside(name: &str) -> Message {
    say!(
        "`{name}` beside it is read: take over there what is newer, and remove this file",
        name
    )
}

fn renamed(name: String) -> Slip {
    Slip {
        help: say!("rename it to `{name}`", name),
        name,
    }
}

/// `measurements.csv.txt`: an editor put its own ending behind the one that was typed.
fn hidden_ending(name: &str, _: &str) -> Option<Slip> {
    let (name, last) = name.rsplit_once('.')?;
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = known_ending(ending)?;
    let name = format!("{stem}.{ending}");
    if is_backup(last) {
        return Some(renamed(name));
    }
    Some(Slip {
        help: say!(
            "rename it to `{name}` (Windows hides the last ending of a name)",
            name
        ),
        name,
    })
}

fn is_backup(ending: &str) -> bool {
    BACKUPS.contains(&ending.to_ascii_lowercase().as_str())
}

fn known_ending(ending: &str) -> Option<&'static str> {
    let lower = ending.to_ascii_lowercase();
    ENDINGS.into_iter().find(|known| *known == lower)
}

/// `measurements - 複製.csv`.
fn copy(name: &str, _: &str) -> Option<Slip> {
    without_copy_mark(name).map(renamed)
}

fn without_copy_mark(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = known_ending(ending)?;
    let unnumbered = match stem
        .strip_suffix(')')
        .and_then(|stem| stem.rsplit_once('('))
    {
        Some((before, number)) if number.bytes().all(|b| b.is_ascii_digit()) => before.trim_end(),
        _ => stem,
    };
    let lower = unnumbered.to_lowercase();
    let mark = COPIES.iter().find(|mark| lower.ends_with(**mark));
    let kept = unnumbered
        .len()
        .checked_sub(mark.map_or(0, |mark| mark.len()))?;
    let original = unnumbered
        .get(..kept)
        .filter(|original| *original != stem)?;
    Some(format!("{original}.{ending}"))
}

/// `Scorecard.YAML`: upper and lower case differ.
fn capitals(name: &str, within: &str) -> Option<Slip> {
    let (stem, ending) = name.rsplit_once('.')?;
    let ending = known_ending(ending)?;
    // A file at the top has a fixed name; others are named by their authors.
    let stem = if within.contains('/') || ending == "md" {
        stem.to_owned()
    } else {
        stem.to_ascii_lowercase()
    };
    let right = format!("{stem}.{ending}");
    let slip = if within.starts_with("notes/") {
        note(&stem)
    } else {
        renamed(right)
    };
    (slip.name != name).then_some(slip)
}

fn note(stem: &str) -> Slip {
    Slip {
        name: format!("{stem}.md"),
        help: say!(
            "a note is a Markdown file: save it as `{name}.md`",
            name = stem
        ),
    }
}

/// `a.yml`, `themes/c.txt`, `notes/AC1.1.docx`: what another program calls it.
fn other_ending(name: &str, within: &str) -> Option<Slip> {
    let (stem, ending) = name.rsplit_once('.')?;
    let is_text = matches!(
        ending.to_ascii_lowercase().as_str(),
        "txt" | "docx" | "doc" | "odt" | "rtf"
    );
    match ending.to_ascii_lowercase().as_str() {
        "yml" => Some(renamed(format!("{stem}.yaml"))),
        "markdown" if within.starts_with("notes/") => Some(note(stem)),
        "markdown" => Some(renamed(format!("{stem}.md"))),
        _ if !is_text => None,
        _ if within.starts_with("notes/") => is_subject(stem).then(|| note(stem)),
        _ if within.contains('/') && !is_item(stem) => None,
        _ => {
            let name = format!("{stem}.yaml");
            Some(Slip {
                help: say!("save it as plain text under the name `{name}`", name),
                name,
            })
        }
    }
}

/// `measurements.xls`, `Targets.CSV`.
fn ledger(_: &str, within: &str) -> Option<Slip> {
    let (stem, ending) = within.rsplit_once('.')?;
    let table = stem.to_ascii_lowercase();
    if !matches!(table.as_str(), "targets" | "measurements") {
        return None;
    }
    match ending.to_ascii_lowercase().as_str() {
        lower @ ("csv" | "xlsx" | "ods") => {
            let name = format!("{table}.{lower}");
            Some(Slip {
                help: say!("did you mean `{near}`?", near = name),
                name,
            })
        }
        "xls" | "xlsm" | "xlsb" | "numbers" | "et" | "tsv" | "txt" => Some(Slip {
            name: format!("{table}.xlsx"),
            help: say!("save it as `{table}.xlsx` or `{table}.csv`", table),
        }),
        _ => None,
    }
}

/// Whether a note can have this name: a code as plans write it, or a part of the plan.
fn is_subject(name: &str) -> bool {
    let is_part = matches!(name, "overview" | "mission" | "vision" | "values");
    let mut signs = name.bytes();
    let is_code = signs.next().is_some_and(|first| first.is_ascii_uppercase())
        && signs.all(|sign| sign.is_ascii_uppercase() || sign.is_ascii_digit() || sign == b'.');
    is_part || is_code
}

/// Whether an item's file is named so: after a code, whatever its case.
fn is_item(name: &str) -> bool {
    let is_coded = name.len() == 1 || name.bytes().any(|sign| sign.is_ascii_digit());
    is_coded && is_subject(&name.to_ascii_uppercase())
}
