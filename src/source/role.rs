//! What a file is: its path says so.

use ahash::AHashSet;

use super::misnamed::{self, Meant};
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
    /// Nearly a part of the site, by its name.
    Stray(Meant),
    Unknown(Message),
}

impl Role {
    /// Whether others refer to what stands in such a file.
    pub const fn is_plan(&self) -> bool {
        matches!(
            self,
            Self::Site | Self::Organizations | Self::Scorecard(_, Part::Head | Part::List(_))
        )
    }
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

/// The names of all files, which say together what each of them is.
pub struct Names<'a> {
    all: AHashSet<&'a str>,
    /// Folders that hold a scorecard, as `organisation/period`.
    pub folders: Vec<String>,
}

impl<'a> Names<'a> {
    /// The names of these files.
    pub fn of(files: &'a [ContentFile]) -> Self {
        let mut folders: Vec<_> = files
            .iter()
            .filter_map(|file| {
                let (folder, name) = file.path.rsplit_once('/')?;
                // Most files lie deeper: notes are many.
                let may_be = folder.matches('/').count() == 1;
                let is_head = || name == "scorecard.yaml" || misnamed::is_head(name);
                (may_be && is_head()).then(|| folder.to_owned())
            })
            .collect();
        folders.sort_unstable();
        folders.dedup();
        let all = files.iter().map(|file| file.path.as_str()).collect();
        Self { all, folders }
    }

    /// Whether there is a file with that path.
    pub fn has(&self, path: &str) -> bool {
        self.all.contains(path)
    }

    /// The folder of the scorecard that a file lies in, and where in it.
    fn inside<'p>(&self, path: &'p str) -> Option<(&str, &'p str)> {
        let (end, _) = path.match_indices('/').nth(1)?;
        let (folder, rest) = (path.get(..end)?, path.get(end + 1..)?);
        let known = self
            .folders
            .binary_search_by(|known| known.as_str().cmp(folder));
        let folder = self.folders.get(known.ok()?)?;
        Some((folder.as_str(), rest))
    }

    /// What the path of a file says it is.
    pub fn role(&self, path: &str) -> Role {
        if let Some(copied) = misnamed::copied(path, self) {
            return Role::Stray(copied);
        }
        if let Some(role) = self.read_as(path) {
            return role;
        }
        if let Some(meant) = misnamed::meant(path, self) {
            return Role::Stray(meant);
        }
        let name = path.rsplit('/').next().unwrap_or(path);
        match (self.inside(path), name.rsplit_once('.')) {
            (Some((_, rest)), Some((_, extension))) => unknown_part(rest, extension),
            (None, Some((_, "yaml" | "yml"))) => Role::Unknown(misplaced_yaml(path, name)),
            _ => Role::Attachment,
        }
    }

    /// What a file is read as that has exactly this path; nothing where none is read.
    pub fn read_as(&self, path: &str) -> Option<Role> {
        match path {
            "site.yaml" => return Some(Role::Site),
            "organizations.yaml" => return Some(Role::Organizations),
            _ => {}
        }
        let part = self
            .inside(path)
            .and_then(|(folder, rest)| Some(Role::Scorecard(folder.to_owned(), part(rest)?)));
        let page = || Some(Role::Page(path.strip_suffix(".md")?.to_owned()));
        part.or_else(page)
    }

    /// Where a file lies in the folder of a scorecard.
    pub fn within<'p>(&self, path: &'p str) -> Option<&'p str> {
        self.inside(path).map(|(_, rest)| rest)
    }
}

/// What a file is to the scorecard in whose folder it lies at `rest`.
fn part(rest: &str) -> Option<Part> {
    if rest == "scorecard.yaml" {
        return Some(Part::Head);
    }
    let note = rest.strip_prefix("notes/");
    if let Some(name) = note.and_then(|name| name.strip_suffix(".md")) {
        return Some(Part::Note(name.to_owned()));
    }
    match rest.rsplit_once('.')? {
        ("targets", "csv" | "xlsx" | "ods") => Some(Part::Targets),
        ("measurements", "csv" | "xlsx" | "ods") => Some(Part::Measurements),
        (stem, "yaml") => list_of(stem).map(Part::List),
        _ => None,
    }
}

/// The list that a file without its ending belongs to: `themes`, `themes/a`.
fn list_of(stem: &str) -> Option<&'static str> {
    let list = stem.split('/').next().unwrap_or(stem);
    LISTS.iter().find(|known| **known == list).copied()
}

/// A file in the folder of a scorecard that is none of its parts.
fn unknown_part(rest: &str, extension: &str) -> Role {
    match extension {
        "yaml" | "yml" => {
            let known: Vec<_> = LISTS
                .iter()
                .copied()
                .chain(["scorecard"])
                .map(|list| format!("{list}.yaml"))
                .collect();
            Role::Unknown(suggestion(rest, known.iter().map(String::as_str)))
        }
        "csv" | "xlsx" | "ods" => {
            let known = ["targets", "measurements"].map(|stem| format!("{stem}.{extension}"));
            match nearest(rest, known.iter().map(String::as_str)) {
                Some(near) => Role::Unknown(say!("did you mean `{near}`?", near)),
                None => Role::Attachment,
            }
        }
        _ => Role::Attachment,
    }
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
