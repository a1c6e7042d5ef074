//! Which commit set each line: the history of a folder, asked of one `git log` and
//! replayed from the first commit to the last.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hasher as _};
use std::io::BufReader;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;

use jiff::civil::Date;

use super::command::{answer, look};
use super::lines::matched;
use super::replay;

/// A commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its hash, in hexadecimal.
    pub hash: String,
    /// The day its author wrote it, where the author lived.
    pub date: Option<Date>,
    /// Whether the history that is here begins with it, although it is not the first:
    /// what it holds may be older.
    pub is_cut: bool,
}

impl Commit {
    /// As much of the hash as pages show; the same in every checkout.
    #[must_use]
    pub fn short(&self) -> &str {
        self.hash.get(..SHORT).unwrap_or(&self.hash)
    }
}

/// How many digits of a hash are shown.
const SHORT: usize = 10;

/// The place of a commit in its history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitIx(pub(super) u32);

/// The history of the files below a folder.
#[derive(Clone, Debug, Default)]
pub struct History {
    pub(super) commits: Vec<Commit>,
    pub(super) files: BTreeMap<String, Traced>,
    /// Whether a file whose text matters was told to be no text.
    pub(super) hides_text: bool,
}

/// What is told line by line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diff {
    /// What the repository takes for text.
    OfText,
    /// Everything, whatever the repository says of it.
    OfAll,
}

/// A file at the last commit: what set each of its lines.
#[derive(Clone, Debug, Default)]
pub(super) struct Traced {
    /// Its lines; none of a file without text.
    pub lines: Vec<Mark>,
    /// The same as text, where somebody wants it.
    pub texts: Option<Vec<Arc<str>>>,
    /// The last commit that changed it.
    pub last: Option<CommitIx>,
    /// Whether nothing is known of its lines: a workbook, or a text that is told to be
    /// none. It goes back to its last commit as a whole.
    pub is_whole: bool,
}

/// What is remembered of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The commit that set it.
    pub commit: CommitIx,
    /// A hash of what it says.
    pub hash: u64,
}

/// What a line of today goes back to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// A commit.
    Set(CommitIx),
    /// No commit has it yet.
    Pending,
}

/// One version of a file, told while history is replayed.
pub struct Version<'a> {
    /// The commit.
    pub commit: CommitIx,
    /// The path before; nothing for a new file.
    pub from: Option<&'a str>,
    /// The path after; nothing for a file that was taken away.
    pub to: Option<&'a str>,
    /// The lines before, ends aside.
    pub before: &'a [Arc<str>],
    /// The lines after.
    pub after: &'a [Arc<str>],
    /// The places that differ: so many lines before became so many after.
    pub hunks: &'a [(std::ops::Range<usize>, std::ops::Range<usize>)],
}

/// Who wants to be told of versions while history is replayed, oldest first.
pub trait Witness {
    /// Whether the text of the file at this path matters.
    fn wants(&self, path: &str) -> bool;
    /// A file whose text matters changed.
    fn file(&mut self, version: &Version);
    /// All files of a commit were told.
    fn commit(&mut self, commit: CommitIx);
}

/// Nobody wants to be told.
impl Witness for () {
    fn wants(&self, _: &str) -> bool {
        false
    }
    fn file(&mut self, _: &Version) {}
    fn commit(&mut self, _: CommitIx) {}
}

/// Reads the history of `content/` below `root` up to a commit: one process, however
/// many files there are. Merges count as what they brought to the line of commits they
/// were merged into. Nothing where `git` cannot tell all of it.
pub fn read(root: &Path, commit: &str, diff: Diff, witness: &mut dyn Witness) -> Option<History> {
    // A hash and nothing that could be an option.
    if commit.is_empty() || !commit.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let cuts = cuts(root);
    let mut log = look(root);
    log.args([
        "log",
        "--first-parent",
        "-m",
        "--reverse",
        "--format=%x00%H %ad",
        "--date=short",
        "--patch",
        "--unified=0",
        "--inter-hunk-context=0",
        "--find-renames",
        "--diff-algorithm=histogram",
        "--indent-heuristic",
        "--relative",
        "--src-prefix=a/",
        "--dst-prefix=b/",
        "--submodule=short",
        "--no-ext-diff",
        "--no-textconv",
        "--no-color",
        "--no-color-moved",
        "--no-show-signature",
        "-O/dev/null",
    ]);
    if diff == Diff::OfAll {
        log.arg("--text");
    }
    log.args([commit, "--", "content"]);
    let mut process = log.stdout(Stdio::piped()).spawn().ok()?;
    let replayed = process
        .stdout
        .take()
        .map(|out| replay::replay(&mut BufReader::with_capacity(1 << 16, out), &cuts, witness));
    if !matches!(replayed, Some(Ok(_))) {
        // It may be writing still.
        let _ = process.kill();
    }
    let ended = process.wait().ok()?;
    let history = replayed?.ok()?;
    ended.success().then_some(history)
}

/// The commits where the history of a shallow clone is cut off.
fn cuts(root: &Path) -> BTreeSet<String> {
    let mut ask = look(root);
    ask.args(["rev-parse", "--git-path", "shallow"]);
    let path = answer(ask).unwrap_or_default();
    let path = root.join(path.trim_end_matches(['\r', '\n']));
    let listed = std::fs::read_to_string(path).unwrap_or_default();
    listed.lines().map(|line| line.trim().to_owned()).collect()
}

impl History {
    /// A commit of this history.
    #[must_use]
    pub fn commit(&self, at: CommitIx) -> Option<&Commit> {
        self.commits.get(at.0 as usize)
    }

    /// Whether a file whose text matters was told to be no text, so that its lines are
    /// not known: attributes of a repository can say so of a ledger.
    #[must_use]
    pub const fn hides_text(&self) -> bool {
        self.hides_text
    }

    /// The commits, oldest first.
    pub fn commits(&self) -> impl Iterator<Item = &Commit> {
        self.commits.iter()
    }

    /// Where the history is cut off, if it is.
    #[must_use]
    pub fn cut(&self) -> Option<&Commit> {
        self.commits.iter().find(|commit| commit.is_cut)
    }

    /// What each line of a file goes back to, whose text is `text` today; its first
    /// line is the first.
    #[must_use]
    pub fn trace(&self, path: &str, text: &str) -> Vec<Trace> {
        let lines = text.split('\n').map(|line| hash(line.as_bytes()));
        let mut lines: Vec<u64> = lines.collect();
        if text.ends_with('\n') {
            lines.pop();
        }
        let Some(file) = self.files.get(path).filter(|file| !file.is_whole) else {
            return vec![self.trace_whole(path); lines.len()];
        };
        let before: Vec<u64> = file.lines.iter().map(|mark| mark.hash).collect();
        let trace = |found: Option<usize>| {
            let mark = found.and_then(|at| file.lines.get(at));
            mark.map_or(Trace::Pending, |mark| Trace::Set(mark.commit))
        };
        matched(&before, &lines).into_iter().map(trace).collect()
    }

    /// What a file as a whole goes back to: the last commit that changed it.
    #[must_use]
    pub fn trace_whole(&self, path: &str) -> Trace {
        let last = self.files.get(path).and_then(|file| file.last);
        last.map_or(Trace::Pending, Trace::Set)
    }
}

/// A hash of what a line says: its end, blanks before that and the mark that a program
/// puts before a whole text say nothing.
pub(super) fn hash(line: &[u8]) -> u64 {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
    let mut hasher = DefaultHasher::new();
    hasher.write(line.trim_ascii_end());
    hasher.finish()
}
