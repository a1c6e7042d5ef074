//! The header of a patch: which file it changes, and how.

use std::ops::Range;

/// What the lines before the first hunk tell.
#[derive(Debug, Default)]
pub(super) struct Header {
    /// The path before.
    pub old: Option<String>,
    /// The path after.
    pub new: Option<String>,
    /// There was no such file.
    pub is_new: bool,
    /// There is no such file any more.
    pub is_gone: bool,
    /// There is no text to compare.
    pub is_binary: bool,
}

impl Header {
    /// Takes in a line.
    pub fn line(&mut self, line: &[u8]) {
        if line.starts_with(b"new file mode ") {
            self.is_new = true;
        } else if line.starts_with(b"deleted file mode ") {
            self.is_gone = true;
        } else if line.starts_with(b"Binary files ") || line == b"GIT binary patch" {
            self.is_binary = true;
        } else if let Some(path) = line.strip_prefix(b"rename from ") {
            self.old = Some(parse_path(path));
        } else if let Some(path) = line.strip_prefix(b"rename to ") {
            self.new = Some(parse_path(path));
        }
    }
}

/// The two paths of `a/old b/new`. Without a rename they are the same, which tells
/// where the one ends; renames say their paths on lines of their own.
pub(super) fn sides(line: &[u8]) -> Option<(String, String)> {
    let half = line.len().checked_sub(1)? / 2;
    let (old, new) = (line.get(..half)?, line.get(half + 1..)?);
    let unquoted = |side: &[u8], prefix: &[u8]| {
        let path = unquote(side).unwrap_or_else(|| side.to_vec());
        let path = path.strip_prefix(prefix)?;
        Some(String::from_utf8_lossy(path).into_owned())
    };
    let (old, new) = (unquoted(old, b"a/")?, unquoted(new, b"b/")?);
    (old == new).then_some((old, new))
}

/// A path, which may be quoted as in C.
pub(super) fn parse_path(path: &[u8]) -> String {
    let unquoted = unquote(path);
    String::from_utf8_lossy(unquoted.as_deref().unwrap_or(path)).into_owned()
}

/// What stands in quotes; nothing where there are none.
fn unquote(text: &[u8]) -> Option<Vec<u8>> {
    let inside = text.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    let mut out = Vec::with_capacity(inside.len());
    let mut bytes = inside.iter().copied();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        out.push(match bytes.next()? {
            b'a' => 7,
            b'b' => 8,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 11,
            b'f' => 12,
            b'r' => b'\r',
            digit @ b'0'..=b'3' => {
                let mut value = digit - b'0';
                for _ in 0..2 {
                    let digit = bytes.next().filter(|digit| (b'0'..=b'7').contains(digit))?;
                    value = (value << 3) | (digit - b'0');
                }
                value
            }
            other => other,
        });
    }
    Some(out)
}

/// The lines before and after of `@@ -3,2 +4 @@`, counted from 0.
pub(super) fn hunk(line: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let text = std::str::from_utf8(line.strip_prefix(b"@@ ")?.split(|b| *b == b'@').next()?);
    let mut parts = text.ok()?.split(' ');
    let before = lines(parts.next()?.strip_prefix('-')?)?;
    let after = lines(parts.next()?.strip_prefix('+')?)?;
    Some((before, after))
}

/// `3,2` are the lines 2 and 3 counted from 0; `3,0` is the place after the third.
fn lines(text: &str) -> Option<Range<usize>> {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    let (start, count): (usize, usize) = (start.parse().ok()?, count.parse().ok()?);
    let start = if count == 0 {
        start
    } else {
        start.checked_sub(1)?
    };
    Some(start..start.checked_add(count)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_apart_by_being_the_same() {
        let both = |path: &str| Some((path.to_owned(), path.to_owned()));
        assert_eq!(sides(b"a/content/x b/content/x"), both("content/x"));
        assert_eq!(sides(b"a/a b/a b/a b/a"), both("a b/a"));
        assert_eq!(
            sides(br#""a/\350\241\250\t.csv" "b/\350\241\250\t.csv""#),
            both("表\t.csv")
        );
        assert_eq!(sides(b"a/x b/y"), None);
        assert_eq!(sides(b""), None);
    }

    #[test]
    fn hunks_without_lines_stand_after_a_line() {
        assert_eq!(hunk(b"@@ -0,0 +1,3 @@"), Some((0..0, 0..3)));
        assert_eq!(hunk(b"@@ -5 +4,0 @@ kpis:"), Some((4..5, 4..4)));
        assert_eq!(hunk(b"@@ -2,3 +2,2 @@ a @@ -1 +1 @@"), Some((1..4, 1..3)));
        for broken in [
            "@@ -0 +1 @@",
            "@@ x",
            "@@ -2,18446744073709551615 +1 @@",
            "@@ ",
        ] {
            assert_eq!(hunk(broken.as_bytes()), None, "{broken}");
        }
    }
}
