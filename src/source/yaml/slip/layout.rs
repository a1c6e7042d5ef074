//! How a YAML text is laid out up to a place, read without minding its faults: which
//! quotes and brackets are open there, and in which columns its lists and keys stand.

use std::ops::Range;

/// What was seen up to a place.
#[derive(Debug, Default)]
pub struct Layout {
    /// Texts in quotes, the last one perhaps not closed.
    pub quotes: Vec<Quote>,
    /// Brackets, in the order in which they open.
    pub brackets: Vec<Bracket>,
    /// Comments inside of brackets, up to the end of their line.
    pub comments: Vec<Range<usize>>,
    /// Texts without quotes inside of brackets.
    pub plains: Vec<Range<usize>>,
    /// The lists and mappings that are open, outermost first.
    pub levels: Vec<Level>,
    /// The first bracket that is closed by one of the other kind, and where.
    pub mismatch: Option<(u8, usize)>,
    /// Those of `brackets` that are open, outermost first.
    open: Vec<usize>,
}

/// A text in quotes.
#[derive(Debug)]
pub struct Quote {
    /// `"` or `'`.
    pub mark: u8,
    /// Where it opens.
    pub start: usize,
    /// What follows the quote that closes it, or the end of the text.
    pub end: usize,
    /// Whether one closes it.
    pub closed: bool,
}

/// A bracket.
#[derive(Debug)]
pub struct Bracket {
    /// `{` or `[`.
    pub mark: u8,
    /// Where it opens.
    pub start: usize,
    /// What follows the one that closes it.
    pub end: Option<usize>,
}

/// A list or a mapping in lines of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level {
    /// The column of its dashes or keys, from 0.
    pub column: usize,
    /// Whether it is a list.
    pub is_list: bool,
    /// Where its first dash or key stands.
    pub first: usize,
    /// Where its last one stands.
    pub last: usize,
}

impl Layout {
    /// Reads a text up to byte `stop`; what begins before it is read to its end.
    pub fn upto(text: &str, stop: usize) -> Self {
        let mut reader = Reader {
            text,
            bytes: text.as_bytes(),
            at: 0,
            stop,
            seen: Self::default(),
        };
        while reader.at < stop.min(text.len()) {
            reader.line();
        }
        reader.seen
    }

    /// The brackets that are open at the end, innermost first.
    pub fn open(&self) -> impl Iterator<Item = &Bracket> {
        let open = self.open.iter().rev();
        open.filter_map(|at| self.brackets.get(*at))
    }
}

struct Reader<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    stop: usize,
    seen: Layout,
}

impl Reader<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn skip_blanks(&mut self) {
        while matches!(self.byte(self.at), Some(b' ' | b'\t' | b'\r')) {
            self.at += 1;
        }
    }

    fn end_of_line(&self, from: usize) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        memchr::memchr(b'\n', rest).map_or(self.bytes.len(), |at| from + at)
    }

    /// Reads a line, and the lines over which its value goes on.
    fn line(&mut self) {
        let start = self.at;
        while self.byte(self.at) == Some(b' ') {
            self.at += 1;
        }
        let is_empty = matches!(self.byte(self.at), None | Some(b'\n' | b'\r' | b'#'));
        if !is_empty {
            let column = self.item_and_key(start);
            self.value(column);
        }
        self.at = self.end_of_line(self.at) + 1;
    }

    /// Reads dashes and the key of a line; the column of what its value belongs to.
    fn item_and_key(&mut self, start: usize) -> usize {
        let mut column = self.at - start;
        while self.byte(self.at) == Some(b'-')
            && matches!(self.byte(self.at + 1), None | Some(b' ' | b'\n' | b'\r'))
        {
            column = self.at - start;
            self.level(column, true);
            self.at += 1;
            self.skip_blanks();
        }
        if let Some(end) = self.key() {
            column = self.at - start;
            self.level(column, false);
            self.at = end;
            self.skip_blanks();
        }
        column
    }

    /// What follows the key that begins here, and its colon.
    fn key(&self) -> Option<usize> {
        let line = self.bytes.get(self.at..self.end_of_line(self.at))?;
        let colon = match line.first()? {
            b'{' | b'[' => return None,
            mark @ (b'"' | b'\'') => {
                let end = 2 + line.get(1..)?.iter().position(|byte| byte == mark)?;
                (line.get(end) == Some(&b':')).then_some(end)?
            }
            _ => (0..line.len()).find(|at| {
                let after = line.get(at + 1);
                line.get(*at) == Some(&b':') && matches!(after, None | Some(b' ' | b'\t' | b'\r'))
            })?,
        };
        let key = line.get(..colon)?;
        let is_comment = key.windows(2).any(|pair| pair == b" #");
        (!is_comment).then_some(self.at + colon + 1)
    }

    fn level(&mut self, column: usize, is_list: bool) {
        let levels = &mut self.seen.levels;
        while levels.last().is_some_and(|level| level.column > column) {
            levels.pop();
        }
        // The items of a list may stand in the column of its key; the next key ends it.
        if !is_list
            && levels
                .last()
                .is_some_and(|last| last.column == column && last.is_list)
        {
            levels.pop();
        }
        match levels.last_mut() {
            Some(last) if last.column == column && last.is_list == is_list => last.last = self.at,
            _ => levels.push(Level {
                column,
                is_list,
                first: self.at,
                last: self.at,
            }),
        }
    }

    /// Reads a value; that of a key in this column.
    fn value(&mut self, column: usize) {
        match self.byte(self.at) {
            Some(b'|' | b'>') => self.block(column),
            Some(b'"' | b'\'') => self.quote(),
            Some(b'{' | b'[') => self.brackets(),
            _ => {}
        }
    }

    /// Passes over the lines of a text that is indented further than its key.
    fn block(&mut self, column: usize) {
        let header = self.text.get(self.at..self.end_of_line(self.at));
        if !header.is_some_and(is_header) {
            return;
        }
        loop {
            let next = self.end_of_line(self.at) + 1;
            let Some(rest) = self.bytes.get(next..).filter(|rest| !rest.is_empty()) else {
                return;
            };
            let blanks = rest.iter().take_while(|byte| **byte == b' ').count();
            let is_empty = matches!(rest.get(blanks), None | Some(b'\n' | b'\r'));
            if !is_empty && blanks <= column {
                return;
            }
            self.at = next;
        }
    }

    fn quote(&mut self) {
        let (start, mark) = (self.at, self.byte(self.at).unwrap_or(b'"'));
        let mut closed = false;
        self.at += 1;
        while let Some(byte) = self.byte(self.at) {
            self.at += 1;
            let next = self.byte(self.at);
            match byte {
                b'\\' if mark == b'"' && next.is_some() => self.at += 1,
                b'\'' if mark == b'\'' && next == Some(b'\'') => self.at += 1,
                _ if byte == mark => {
                    closed = true;
                    break;
                }
                _ => {}
            }
        }
        let end = self.at;
        self.seen.quotes.push(Quote {
            mark,
            start,
            end,
            closed,
        });
    }

    /// Reads what stands in brackets, up to the one that closes the outermost.
    fn brackets(&mut self) {
        let mut fresh = true;
        while self.at < self.stop {
            let Some(byte) = self.byte(self.at) else {
                return;
            };
            match byte {
                b'{' | b'[' => {
                    self.seen.open.push(self.seen.brackets.len());
                    self.seen.brackets.push(Bracket {
                        mark: byte,
                        start: self.at,
                        end: None,
                    });
                    fresh = true;
                    self.at += 1;
                }
                b'}' | b']' => {
                    self.at += 1;
                    let closed = self.seen.open.pop();
                    if let Some(bracket) = closed.and_then(|at| self.seen.brackets.get_mut(at)) {
                        bracket.end = Some(self.at);
                        if (bracket.mark == b'{') != (byte == b'}') {
                            let found = (bracket.mark, self.at - 1);
                            self.seen.mismatch.get_or_insert(found);
                        }
                    }
                    if self.seen.open.is_empty() {
                        return;
                    }
                    fresh = false;
                }
                b'"' | b'\'' if fresh => {
                    self.quote();
                    fresh = false;
                }
                b'#' if self.is_comment() => {
                    let end = self.end_of_line(self.at);
                    self.seen.comments.push(self.at..end);
                    self.at = end;
                }
                b',' | b':' => {
                    fresh = true;
                    self.at += 1;
                }
                b' ' | b'\t' | b'\r' | b'\n' => self.at += 1,
                _ => {
                    self.plain();
                    fresh = false;
                }
            }
        }
    }

    fn is_comment(&self) -> bool {
        let before = self.at.checked_sub(1).and_then(|at| self.byte(at));
        matches!(before, None | Some(b' ' | b'\t' | b'\n'))
    }

    /// Reads a text without quotes inside of brackets.
    fn plain(&mut self) {
        let start = self.at;
        loop {
            self.at += 1;
            match self.byte(self.at) {
                None | Some(b',' | b'{' | b'}' | b'[' | b']' | b'\n') => break,
                Some(b'#') if self.is_comment() => break,
                Some(b':') => {
                    let next = self.byte(self.at + 1);
                    if matches!(
                        next,
                        None | Some(b' ' | b'\n' | b'\r' | b',' | b'}' | b']' | b'{' | b'[')
                    ) {
                        break;
                    }
                }
                Some(_) => {}
            }
        }
        let text = self.text.get(start..self.at).unwrap_or_default();
        let end = start + text.trim_end().len();
        self.seen.plains.push(start..end);
    }
}

/// Whether a value such as `|`, `>-` or `|2 # note` begins a text over several lines.
pub fn is_header(value: &str) -> bool {
    let Some(rest) = value.strip_prefix(['|', '>']) else {
        return false;
    };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-'));
    let after = rest.trim();
    after.is_empty() || (rest.starts_with([' ', '\t']) && after.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::Layout;

    fn levels(text: &str) -> Vec<(usize, bool)> {
        let levels = Layout::upto(text, text.len()).levels;
        let pair = |level: &super::Level| (level.column, level.is_list);
        levels.iter().map(pair).collect()
    }

    #[test]
    fn lists_and_keys_have_their_columns() {
        assert_eq!(
            levels("a: 1\nb:\n  - c: 1\n    d:\n"),
            [(0, false), (2, true), (4, false)]
        );
        assert_eq!(
            levels("b:\n- c: 1\n  d: |\n    - no: x\n    'n\n"),
            [(0, false), (0, true), (2, false)]
        );
        assert_eq!(
            levels("b:\n- c: 1\ne: {x: [1,\n- no: 2\n]}\nf: 1\n"),
            [(0, false)]
        );
        assert_eq!(
            levels("a: 'b\n  c: d'\n- - x: 1\n"),
            [(0, false), (0, true), (2, true), (4, false)]
        );
    }

    #[test]
    fn brackets_quotes_and_comments_are_found() {
        let text = "a: {b: 'it''s', c: [d e, \"f\\\"\"], g #1}\n";
        let seen = Layout::upto(text, text.len());
        let quotes: Vec<_> = seen.quotes.iter().map(|q| &text[q.start..q.end]).collect();
        assert_eq!(quotes, ["'it''s'", "\"f\\\"\""]);
        let plains: Vec<_> = seen.plains.iter().map(|p| &text[p.clone()]).collect();
        assert_eq!(plains, ["b", "c", "d e", "g"]);
        assert_eq!(seen.open().map(|b| b.start).collect::<Vec<_>>(), [3]);
        assert_eq!(&text[seen.comments[0].clone()], "#1}");
    }
}
