//! What is at hand while neighbouring files of one build are made, one after another.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paper_is_used_again_and_comes_back_empty() {
        let mut desk = Desk::default();
        let mut page = Vec::with_capacity(9000);
        page.extend_from_slice(b"a page");
        desk.clear(page);
        // A short file does not take the place of a long page's room.
        desk.clear(b"a picture".to_vec());
        let (_, paper) = desk.for_page();
        assert!(paper.is_empty() && paper.capacity() >= 9000);
        assert_eq!(desk.for_page().1.capacity(), 0, "it is handed out once");
    }

    #[test]
    fn the_room_of_a_very_long_page_is_let_go() {
        let mut desk = Desk::default();
        desk.clear(Vec::with_capacity(MOST_PAPER + 1));
        assert_eq!(desk.for_page().1.capacity(), 0);
    }
}
