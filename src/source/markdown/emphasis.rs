//! Bold, emphasis and strikethrough beside CJK letters.
//!
//! pulldown-cmark 0.13 pairs `**` by the common rule alone and so leaves
//! `達成率**90%**以上` as asterisks, or pairs the wrong two in
//! `**「甲」**與**「乙」**`. Where the amended rule of [`cjk`] says otherwise, the
//! pairing of that piece of text is done again here.
//!
//! Delete this module, and [`super::pairing`], with pulldown-cmark 0.14: it has
//! the rule.
//! What must stay then is that one `~` is no strikethrough: `10~20 與 30~40` are
//! ranges.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::pairing::{Run, pair};
use super::{Spanned, cjk};

/// Pairs anew the `*` and `~~` of every piece of text where CJK letters make a
/// difference; all other events stay as they are.
pub(super) fn mend<'a>(body: &'a str, events: Vec<Spanned<'a>>) -> Vec<Spanned<'a>> {
    // Without a letter that is CJK, the amended rule is the common one.
    if !body.contains('~') && (body.is_ascii() || !body.contains('*')) {
        return events;
    }
    let mut gathering = Gathering::new(body);
    let pieces = gathering.gather(events);
    let mut runs = gathering.runs;
    let mut frames: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, run) in runs.iter().enumerate() {
        frames.entry(run.frame).or_default().push(index);
    }
    frames.retain(|_, members| {
        members
            .iter()
            .any(|i| runs.get(*i).is_some_and(|r| r.differs))
    });
    for members in frames.values() {
        pair(&mut runs, members);
    }
    rebuild(pieces, &runs, &frames)
}

/// An event, and the run it is a part of.
struct Piece<'a> {
    event: Spanned<'a>,
    run: Option<usize>,
}

/// An element around the events being gathered.
enum Open {
    /// Emphasis written with `*` or `~`: its ends are delimiters of the frame
    /// around it. Holds the letter and how many of them each end has.
    Delimited(char, usize),
    /// Any other element: a frame of its own.
    Frame,
}

struct Gathering<'a> {
    body: &'a str,
    runs: Vec<Run>,
    open: Vec<Open>,
    /// The frames around the current event, innermost last: their numbers, and
    /// whether an asterisk in them is no markup.
    frames: Vec<(usize, bool)>,
    next_frame: usize,
}

impl<'a> Gathering<'a> {
    fn new(body: &'a str) -> Self {
        Self {
            body,
            runs: Vec::new(),
            open: Vec::new(),
            frames: vec![(0, false)],
            next_frame: 0,
        }
    }

    /// Finds every run, and takes apart the events they are in.
    fn gather(&mut self, events: Vec<Spanned<'a>>) -> Vec<Piece<'a>> {
        let mut pieces = Vec::with_capacity(events.len());
        for (event, range) in events {
            let run = match &event {
                Event::Start(tag) => self.start(tag, &range),
                Event::End(tag) => self.end(*tag, &range),
                Event::Rule => {
                    self.part();
                    None
                }
                Event::Text(text) if self.body.get(range.clone()) == Some(&**text) => {
                    self.text(range, &mut pieces);
                    continue;
                }
                _ => None,
            };
            pieces.push(Piece {
                event: (event, range),
                run,
            });
        }
        for run in &mut self.runs {
            let before = self
                .body
                .get(..run.range.start)
                .and_then(|s| s.chars().next_back());
            let after = self
                .body
                .get(run.range.end..)
                .and_then(|s| s.chars().next());
            run.flanks = cjk::amended(before, after);
            run.differs |= run.flanks != cjk::plain(before, after);
            run.left = run.range.len();
        }
        pieces
    }

    fn start(&mut self, tag: &Tag, range: &Range<usize>) -> Option<usize> {
        if let Some((letter, width)) = self.delimiters(tag, range) {
            self.open.push(Open::Delimited(letter, width));
            let run = self.delimiter(letter, range.start..range.start + width);
            if letter == '~' && width == 1 {
                self.mark(run);
            }
            return run;
        }
        let verbatim = self.frames.last().is_some_and(|(_, verbatim)| *verbatim)
            || matches!(
                tag,
                Tag::CodeBlock(_)
                    | Tag::HtmlBlock
                    | Tag::MetadataBlock(_)
                    | Tag::Link {
                        link_type: LinkType::Autolink | LinkType::Email,
                        ..
                    }
            );
        let frame = (self.new_frame(), verbatim);
        self.frames.push(frame);
        self.open.push(Open::Frame);
        None
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) -> Option<usize> {
        match self.open.pop()? {
            Open::Delimited(letter, width) => {
                self.delimiter(letter, range.end.saturating_sub(width)..range.end)
            }
            Open::Frame => {
                self.frames.pop();
                if !matches!(
                    tag,
                    TagEnd::Link | TagEnd::Image | TagEnd::Emphasis | TagEnd::Strong
                ) {
                    self.part();
                }
                None
            }
        }
    }

    /// Parts what follows a block from what stood before it: in a tight list
    /// both lie directly in the item, and no emphasis may span the block.
    fn part(&mut self) {
        let id = self.new_frame();
        if let Some(frame) = self.frames.last_mut() {
            frame.0 = id;
        }
    }

    fn new_frame(&mut self) -> usize {
        self.next_frame += 1;
        self.next_frame
    }

    /// The letter and the width of the delimiters an element was written with,
    /// when they are ours to pair.
    fn delimiters(&self, tag: &Tag, range: &Range<usize>) -> Option<(char, usize)> {
        let source = self.body.get(range.clone())?;
        let bounded =
            |d: &str| source.len() >= 2 * d.len() && source.starts_with(d) && source.ends_with(d);
        match tag {
            Tag::Emphasis if bounded("*") => Some(('*', 1)),
            Tag::Strong if bounded("**") => Some(('*', 2)),
            Tag::Strikethrough if bounded("~~") => Some(('~', 2)),
            Tag::Strikethrough if bounded("~") => Some(('~', 1)),
            _ => None,
        }
    }

    /// Cuts a text at the delimiters in it.
    fn text(&mut self, range: Range<usize>, pieces: &mut Vec<Piece<'a>>) {
        let verbatim = self.frames.last().is_some_and(|(_, verbatim)| *verbatim);
        let text = self.body.get(range.clone()).unwrap_or("");
        let mut from = range.start;
        if !verbatim {
            for (offset, found) in text.match_indices(['*', '~']) {
                let at = range.start + offset;
                if at == range.start && self.escaped(at) {
                    continue;
                }
                self.push_text(from..at, None, pieces);
                let letter = if found == "*" { '*' } else { '~' };
                let run = self.delimiter(letter, at..at + 1);
                self.push_text(at..at + 1, run, pieces);
                from = at + 1;
            }
        }
        self.push_text(from..range.end, None, pieces);
    }

    fn push_text(&self, range: Range<usize>, run: Option<usize>, pieces: &mut Vec<Piece<'a>>) {
        let text = self.body.get(range.clone()).unwrap_or("");
        if !text.is_empty() {
            pieces.push(Piece {
                event: (Event::Text(CowStr::Borrowed(text)), range),
                run,
            });
        }
    }

    /// Whether a backslash takes the meaning from the letter at `at`. Escaped
    /// letters always begin a text event, so only the first need be asked.
    fn escaped(&self, at: usize) -> bool {
        let before = self.body.as_bytes().get(..at).unwrap_or(&[]);
        before
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count()
            % 2
            == 1
    }

    /// Adds delimiters to the run they continue, or starts a run with them.
    fn delimiter(&mut self, letter: char, range: Range<usize>) -> Option<usize> {
        let (frame, _) = *self.frames.last()?;
        if let Some(last) = self.runs.last_mut()
            && last.frame == frame
            && last.letter == letter
            && last.range.end == range.start
        {
            last.range.end = range.end;
        } else {
            self.runs.push(Run::new(frame, letter, range));
        }
        Some(self.runs.len() - 1)
    }

    fn mark(&mut self, run: Option<usize>) {
        if let Some(run) = run.and_then(|index| self.runs.get_mut(index)) {
            run.differs = true;
        }
    }
}

/// The events again, with the runs of the `mended` frames in place of what
/// stood for them.
fn rebuild<'a>(
    pieces: Vec<Piece<'a>>,
    runs: &[Run],
    mended: &BTreeMap<usize, Vec<usize>>,
) -> Vec<Spanned<'a>> {
    let mut events = Vec::with_capacity(pieces.len());
    let mut done = None;
    for piece in pieces {
        let run = piece.run.and_then(|index| Some((index, runs.get(index)?)));
        match run.filter(|(_, run)| mended.contains_key(&run.frame)) {
            None => events.push(piece.event),
            Some((index, _)) if done == Some(index) => {}
            Some((index, run)) => {
                done = Some(index);
                let mut push = |event| events.push((event, run.range.clone()));
                for width in &run.ends {
                    push(Event::End(kind(run.letter, *width).to_end()));
                }
                if run.left > 0 {
                    push(Event::Text(CowStr::from(
                        String::from(run.letter).repeat(run.left),
                    )));
                }
                for width in run.starts.iter().rev() {
                    push(Event::Start(kind(run.letter, *width)));
                }
            }
        }
    }
    events
}

fn kind(letter: char, width: usize) -> Tag<'static> {
    match (letter, width) {
        ('~', _) => Tag::Strikethrough,
        (_, 1) => Tag::Emphasis,
        _ => Tag::Strong,
    }
}
