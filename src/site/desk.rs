//! What one thread has at hand while it makes files of one build.

use std::mem;

use super::drawn::Drawn;

/// The most paper that is kept: few pages are longer, and nobody needs theirs again.
const MOST_PAPER: usize = 1 << 20;

/// The chart that was drawn last, and paper: the room that the page before took is written
/// over by the next one.
#[derive(Debug, Default)]
pub struct Desk {
    drawn: Drawn,
    paper: Vec<u8>,
}

impl Desk {
    /// What is at hand for a page.
    pub fn for_page(&mut self) -> (&Drawn, Vec<u8>) {
        (&self.drawn, mem::take(&mut self.paper))
    }

    /// What is at hand for any other file.
    #[must_use]
    pub const fn for_file(&self) -> &Drawn {
        &self.drawn
    }

    /// Takes back what a file was written on, once nobody needs it any more.
    pub fn clear(&mut self, mut paper: Vec<u8>) {
        let room = self.paper.capacity()..=MOST_PAPER;
        if room.contains(&paper.capacity()) {
            paper.clear();
            self.paper = paper;
        }
    }
}
