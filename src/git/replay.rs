//! Replaying a history: patches without context, oldest first, make each file line by
//! line as it was at each commit.
//!
//! The text comes from a program and from whoever wrote the commits. What cannot be
//! made sense of makes a file whose lines are unknown, never a wrong line.

use std::collections::BTreeSet;
use std::io::{self, BufRead};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use super::history::{Commit, CommitIx, History, Mark, Traced, Version, Witness, hash};
use super::lines::matched;
use super::patch::{Header, hunk, sides};

/// Replays what `git log` prints.
///
/// # Errors
/// When it cannot be read to its end.
pub(super) fn replay(
    from: &mut dyn BufRead,
    cuts: &BTreeSet<String>,
    witness: &mut dyn Witness,
) -> io::Result<History> {
    let mut replay = Replay {
        history: History::default(),
        cuts,
        witness,
        change: None,
    };
    let mut line = Vec::new();
    let mut ahead = read_line(from, &mut line)?;
    while ahead {
        if let Some(hunk) = line.starts_with(b"@@ ").then(|| hunk(&line)).flatten() {
            ahead = replay.hunk(hunk, from, &mut line)?;
            continue;
        }
        replay.line(&line);
        ahead = read_line(from, &mut line)?;
    }
    replay.end_commit();
    Ok(replay.history)
}

/// The next line without its end; whether there is one.
fn read_line(from: &mut dyn BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = from.read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
    }
    Ok(read > 0)
}

struct Replay<'a> {
    history: History,
    cuts: &'a BTreeSet<String>,
    witness: &'a mut dyn Witness,
    change: Option<Change>,
}

/// A file that changes.
#[derive(Default)]
struct Change {
    header: Header,
    /// As it was; taken from the history with the first hunk.
    old: Option<Traced>,
    /// How many lines of it are dealt with.
    taken: usize,
    new: Traced,
    hunks: Vec<(Range<usize>, Range<usize>)>,
    is_broken: bool,
}

impl Replay<'_> {
    fn line(&mut self, line: &[u8]) {
        if let Some(rest) = line.strip_prefix(b"\0") {
            self.end_commit();
            self.begin_commit(rest);
        } else if let Some(rest) = line.strip_prefix(b"diff --git ") {
            self.end_file();
            let (old, new) = sides(rest).unzip();
            self.change = Some(Change {
                header: Header {
                    old,
                    new,
                    ..Header::default()
                },
                ..Change::default()
            });
        } else if let Some(change) = &mut self.change {
            change.header.line(line);
        }
    }

    fn begin_commit(&mut self, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let (hash, date) = text.split_once(' ').unwrap_or((&text, ""));
        self.history.commits.push(Commit {
            is_cut: self.cuts.contains(hash),
            hash: hash.to_owned(),
            date: date.trim().parse().ok(),
        });
    }

    fn end_commit(&mut self) {
        self.end_file();
        if let Some(commit) = self.commit() {
            self.witness.commit(commit);
        }
    }

    /// The commit that is replayed.
    fn commit(&self) -> Option<CommitIx> {
        let last = self.history.commits.len().checked_sub(1)?;
        u32::try_from(last).ok().map(CommitIx)
    }

    /// Takes in a hunk and reads on to the line after it; whether there is one.
    fn hunk(
        &mut self,
        (before, after): (Range<usize>, Range<usize>),
        from: &mut dyn BufRead,
        line: &mut Vec<u8>,
    ) -> io::Result<bool> {
        let (mut gone, mut come) = (before.len(), after.len());
        let commit = self.commit();
        self.open();
        let mut change = self.change.as_mut().zip(commit);
        if let Some((change, _)) = &mut change {
            change.keep_until(before.start);
            change.is_broken |= change.new.lines.len() != after.start;
            change.taken = before.end;
            change.hunks.push((before, after));
        }
        loop {
            if !read_line(from, line)? {
                if let Some((change, _)) = &mut change {
                    change.is_broken |= gone + come > 0;
                }
                return Ok(false);
            }
            match line.first() {
                Some(b'-') if gone > 0 => gone -= 1,
                Some(b'+') if come > 0 => {
                    come -= 1;
                    if let Some((change, commit)) = &mut change {
                        change.add(line.get(1..).unwrap_or_default(), *commit);
                    }
                }
                // “No newline at end of file”
                Some(b'\\') => {}
                _ => {
                    if let Some((change, _)) = &mut change {
                        change.is_broken |= gone + come > 0;
                    }
                    return Ok(true);
                }
            }
        }
    }

    /// Takes the file as it was out of the history, if that has not been done.
    fn open(&mut self) {
        let Some(change) = self.change.as_mut().filter(|change| change.old.is_none()) else {
            return;
        };
        let header = &change.header;
        let old = (header.old.as_ref())
            .filter(|_| !header.is_new)
            .and_then(|path| self.history.files.remove(path));
        let wanted = |path: &Option<String>| {
            let path = path.as_ref();
            path.is_some_and(|path| self.witness.wants(path))
        };
        if wanted(&header.old) || wanted(&header.new) {
            change.new.texts = Some(Vec::new());
        }
        change.old = Some(old.unwrap_or_default());
    }

    fn end_file(&mut self) {
        self.open();
        let commit = self.commit();
        let Some((mut change, commit)) = self.change.take().zip(commit) else {
            return;
        };
        change.keep_until(usize::MAX);
        change.keep_what_says_the_same();
        let Change {
            header,
            old,
            mut new,
            hunks,
            is_broken,
            ..
        } = change;
        let old = old.unwrap_or_default();
        let is_only_moved = hunks.is_empty() && !header.is_binary && !header.is_new;
        let is_note = (header.new.as_deref().map(Path::new))
            .and_then(Path::extension)
            .is_some_and(|extension| extension == "md");
        self.history.hides_text |= header.is_binary && (new.texts.is_some() || is_note);
        new.is_whole = is_broken || header.is_binary || (old.is_whole && is_only_moved);
        if new.is_whole {
            new.lines.clear();
            new.texts = None;
        }
        new.last = Some(commit);
        let from = header.old.as_deref().filter(|_| !header.is_new);
        let to = header.new.as_deref().filter(|_| !header.is_gone);
        if new.texts.is_some() || (old.texts.is_some() && to.is_none()) {
            self.witness.file(&Version {
                commit,
                from,
                to,
                before: old.texts.as_deref().unwrap_or_default(),
                after: new.texts.as_deref().unwrap_or_default(),
                hunks: &hunks,
            });
        }
        if let Some(path) = to {
            if is_only_moved {
                new.last = old.last.or(Some(commit));
            }
            self.history.files.insert(path.to_owned(), new);
        }
    }
}

impl Change {
    /// Keeps the lines before a place that no hunk changed.
    fn keep_until(&mut self, end: usize) {
        let Some(old) = &self.old else { return };
        let end = if end == usize::MAX {
            old.lines.len()
        } else {
            end
        };
        let Some(kept) = old.lines.get(self.taken..end) else {
            self.is_broken = true;
            return;
        };
        self.new.lines.extend_from_slice(kept);
        if let Some(texts) = &mut self.new.texts {
            let kept = old.texts.as_ref();
            let kept = kept.and_then(|texts| texts.get(self.taken..end));
            match kept {
                Some(kept) => texts.extend_from_slice(kept),
                // It was not wanted under its former name.
                None if end > self.taken => self.new.texts = None,
                None => {}
            }
        }
    }

    /// Lines that were written anew and say what they said, such as with other ends, were
    /// set by whoever set them before.
    fn keep_what_says_the_same(&mut self) {
        let Some(old) = &self.old else { return };
        let hashes = |marks: &[Mark]| marks.iter().map(|mark| mark.hash).collect::<Vec<_>>();
        for (before, after) in &self.hunks {
            let (Some(was), Some(is)) = (
                old.lines.get(before.clone()),
                self.new.lines.get_mut(after.clone()),
            ) else {
                continue;
            };
            let found = matched(&hashes(was), &hashes(is));
            for (mark, place) in is.iter_mut().zip(found) {
                if let Some(before) = place.and_then(|at| was.get(at)) {
                    mark.commit = before.commit;
                }
            }
        }
    }

    fn add(&mut self, text: &[u8], commit: CommitIx) {
        self.new.lines.push(Mark {
            commit,
            hash: hash(text),
        });
        if let Some(texts) = &mut self.new.texts {
            let text = text.strip_suffix(b"\r").unwrap_or(text);
            texts.push(Arc::from(String::from_utf8_lossy(text)));
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::history::{History, Trace};
    use super::replay;

    fn replayed(log: &str) -> History {
        replay(&mut log.as_bytes(), &BTreeSet::new(), &mut ()).unwrap()
    }

    fn commits(history: &History, path: &str, text: &str) -> Vec<String> {
        let told = |trace: &Trace| match trace {
            Trace::Set(at) => history.commit(*at).unwrap().hash.clone(),
            Trace::Pending => "-".to_owned(),
        };
        history.trace(path, text).iter().map(told).collect()
    }

    const LOG: &str = "\0a1 2024-01-02\n\ndiff --git a/content/x b/content/x\nnew file mode 100644\nindex 0..1\n--- /dev/null\n+++ b/content/x\n@@ -0,0 +1,3 @@\n+one\n+two\n+--- three\n\0b2 2024-02-03\n\ndiff --git a/content/x b/content/x\n--- a/content/x\n+++ b/content/x\n@@ -2 +2,2 @@ one\n-two\n+TWO\n+diff --git a/y b/y\n\\ No newline at end of file\n";

    #[test]
    fn hunks_set_lines_and_their_text_is_never_a_header() {
        let history = replayed(LOG);
        let text = "one\nTWO\ndiff --git a/y b/y\n--- three";
        assert_eq!(
            commits(&history, "content/x", text),
            ["a1", "b2", "b2", "a1"]
        );
        let edited = text.replace("TWO", "Two").replace('\n', "\r\n");
        assert_eq!(
            commits(&history, "content/x", &edited),
            ["a1", "-", "b2", "a1"]
        );
        assert_eq!(commits(&history, "content/y", "one\n"), ["-"]);
        let first = history.commits().next().unwrap();
        assert_eq!(first.date.unwrap().to_string(), "2024-01-02");
    }

    #[test]
    fn what_makes_no_sense_leaves_the_lines_of_a_file_unknown() {
        for (from, to) in [
            ("@@ -2 +2,2 @@", "@@ -9 +2,2 @@"),
            ("@@ -2 +2,2 @@", "@@ -2 +3,2 @@"),
            ("+TWO\n", ""),
        ] {
            let history = replayed(&LOG.replace(from, to));
            assert_eq!(commits(&history, "content/x", "one\nz"), ["b2", "b2"]);
        }
    }

    #[test]
    fn no_output_panics() {
        let bytes = LOG.as_bytes();
        for at in 0..bytes.len() {
            for with in [
                b"".as_slice(),
                b"\n",
                b"\0",
                b"@@ -1,9 +1,9 @@\n",
                b"\"",
                b"9",
            ] {
                let mut log = bytes[..at].to_vec();
                log.extend_from_slice(with);
                log.extend_from_slice(&bytes[at + 1..]);
                replay(&mut log.as_slice(), &BTreeSet::new(), &mut ()).unwrap();
            }
        }
    }
}
