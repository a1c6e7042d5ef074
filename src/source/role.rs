//! What a file is: its path says so.

use super::tree::ContentFile;
use crate::diagnostic::nearest;
use crate::message::Message;
use crate::say;

/// Lists of a scorecard that may stand in files of their own.
const LISTS: &[&str] = &[
    "perspectives",
    "cross_cutting",
    "themes",
    "objectives",
    "kpis",
    "actions",
    "errata",
];

/// What a path says a file is.
pub enum Role {
    Site,
    Organizations,
    /// A part of the scorecard in that folder.
    Scorecard(String, Part),
    Page(String),
    Attachment,
    Unknown(Message),
}

/// What a file is to its scorecard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// `scorecard.yaml`.
    Head,
    /// A list, or one item of it.
    List(&'static str),
    Targets,
    Measurements,
    /// A note, by its file's name.
    Note(String),
}

/// Folders that hold a `scorecard.yaml`, as `organisation/period`.
pub fn scorecard_folders(files: &[ContentFile]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| file.path.strip_suffix("/scorecard.yaml"))
        .filter(|folder| folder.matches('/').count() == 1)
        .map(str::to_owned)
        .collect()
}

/// What the path of a file says it is.
pub fn role(path: &str, folders: &[String]) -> Role {
    match path {
        "site.yaml" => return Role::Site,
        "organizations.yaml" => return Role::Organizations,
        _ => {}
    }
    let inside = folders.iter().find_map(|folder| {
        let rest = path.strip_prefix(folder.as_str())?.strip_prefix('/')?;
        Some((folder, rest))
    });
    if let Some((folder, rest)) = inside {
        return role_in_scorecard(path, folder, rest);
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((_, "md")) => Role::Page(path.trim_end_matches(".md").to_owned()),
        Some((_, "yaml" | "yml")) => Role::Unknown(misplaced_yaml(path, name)),
        _ => Role::Attachment,
    }
}

fn role_in_scorecard(path: &str, folder: &str, rest: &str) -> Role {
    let folder = folder.to_owned();
    if rest == "scorecard.yaml" {
        return Role::Scorecard(folder, Part::Head);
    }
    if let Some(name) = rest
        .strip_prefix("notes/")
        .and_then(|n| n.strip_suffix(".md"))
    {
        return Role::Scorecard(folder, Part::Note(name.to_owned()));
    }
    let (stem, extension) = rest.rsplit_once('.').unwrap_or((rest, ""));
    let list = LISTS.iter().find(|list| {
        stem == **list
            || stem
                .strip_prefix(**list)
                .is_some_and(|s| s.starts_with('/'))
    });
    match (stem, extension, list) {
        (_, "yaml", Some(list)) => Role::Scorecard(folder, Part::List(list)),
        ("targets", "csv" | "xlsx" | "ods", _) => Role::Scorecard(folder, Part::Targets),
        ("measurements", "csv" | "xlsx" | "ods", _) => Role::Scorecard(folder, Part::Measurements),
        (_, "md", _) => Role::Page(path.trim_end_matches(".md").to_owned()),
        (_, "yaml" | "yml", _) => {
            let known: Vec<_> = LISTS
                .iter()
                .copied()
                .chain(["scorecard"])
                .map(|list| format!("{list}.yaml"))
                .collect();
            Role::Unknown(suggestion(rest, known.iter().map(String::as_str)))
        }
        (_, "csv" | "xlsx" | "ods", _) => {
            let known = ["targets", "measurements"].map(|stem| format!("{stem}.{extension}"));
            match nearest(rest, known.iter().map(String::as_str)) {
                Some(near) => Role::Unknown(say!("did you mean `{near}`?", near)),
                None => Role::Attachment,
            }
        }
        _ => misnamed(rest).map_or(Role::Attachment, Role::Unknown),
    }
}

/// What is meant by the name of a file that is nearly one of a scorecard's: figures and
/// words that a publisher thinks published would be an attachment that nobody sees.
fn misnamed(path: &str) -> Option<Message> {
    let (stem, extension) = path.rsplit_once('.')?;
    let lower = extension.to_ascii_lowercase();
    if let Some(name) = stem.strip_prefix("notes/") {
        let is_text = matches!(
            lower.as_str(),
            "md" | "markdown" | "txt" | "docx" | "doc" | "odt"
        );
        return (is_text && is_subject(name))
            .then(|| say!("a note is a Markdown file: save it as `{name}.md`", name));
    }
    let table = stem.to_ascii_lowercase();
    let is_ledger = matches!(table.as_str(), "targets" | "measurements");
    match lower.as_str() {
        "csv" | "xlsx" | "ods" if is_ledger => Some(say!(
            "did you mean `{near}`?",
            near = format!("{table}.{lower}")
        )),
        "xls" | "xlsm" | "xlsb" | "numbers" | "et" | "tsv" | "txt" if is_ledger => {
            Some(say!("save it as `{table}.xlsx` or `{table}.csv`", table))
        }
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

fn misplaced_yaml(path: &str, name: &str) -> Message {
    if name == "scorecard.yaml" {
        return say!("a scorecard lives at `content/<organisation>/<period>/scorecard.yaml`");
    }
    suggestion(path, ["site.yaml", "organizations.yaml"])
}

fn suggestion<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Message {
    nearest(name, known).map_or_else(
        || say!("remove it, or move it to where the format expects it"),
        |near| say!("did you mean `{near}`?", near),
    )
}
