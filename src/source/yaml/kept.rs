//! A document that is read again and again, as those are that lie beside one that is
//! edited.

use std::sync::{Arc, Mutex, PoisonError};

use super::Node;
use crate::span::{At, FileId};

/// What was read of a text, kept from the second time on: a build reads each text once,
/// and trees are large.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Times>);

#[derive(Debug, Default)]
enum Times {
    #[default]
    Never,
    Once,
    Again(FileId, Arc<At<Node>>),
}

impl Kept {
    /// What was read of the text as that file.
    pub(super) fn get(&self, file: FileId) -> Option<Arc<At<Node>>> {
        match &*self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Times::Again(of, tree) if *of == file => Some(Arc::clone(tree)),
            _ => None,
        }
    }

    /// Takes note of what was read of it.
    pub(super) fn read(&self, file: FileId, tree: &Arc<At<Node>>) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *times = match &*times {
            Times::Never => Times::Once,
            Times::Once | Times::Again(..) => Times::Again(file, Arc::clone(tree)),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use crate::span::Sources;
    use std::sync::Arc;

    #[test]
    fn what_is_read_a_third_time_is_what_was_read_the_second() {
        let mut sources = Sources::default();
        let [one, other] = ["a: 1\n", "a: 2\n"].map(|text| sources.add("x.yaml", text.into()));
        let read = |file, id| parse(sources.get(file), id).unwrap();
        let first = read(one, one);
        let second = read(one, one);
        assert!(!Arc::ptr_eq(&first, &second) && first == second);
        assert!(Arc::ptr_eq(&second, &read(one, one)));
        // Under another number, every place is another.
        let elsewhere = read(one, other);
        assert_eq!(elsewhere.span.file, other);
        assert_ne!(elsewhere, second);
    }
}
