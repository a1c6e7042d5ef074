//! Whether a file is a picture that browsers show: by its name, and by how it begins.
//! A file that was given another ending is still of its old kind.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use crate::site::privacy::holds_picture;

/// How much of a file is looked at: an SVG may begin with a comment.
const HEAD: u64 = 1 << 16;
/// The kinds that browsers show.
const KINDS: [&str; 7] = ["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

/// Whether a file has the ending of a kind that browsers show.
pub fn is_named_as_one(path: &str) -> bool {
    let kind = path.rsplit_once('.').map_or("", |(_, end)| end);
    KINDS.contains(&kind.to_ascii_lowercase().as_str())
}

/// Whether a file holds one. Of one that cannot be read nothing is said here.
pub fn holds_one(file: &Path) -> bool {
    // A pipe would never end.
    if !file.metadata().is_ok_and(|found| found.is_file()) {
        return true;
    }
    let mut head = Vec::new();
    let read = File::open(file).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_err() || begins_as_one(&head)
}

fn begins_as_one(head: &[u8]) -> bool {
    holds_picture(head)
        || head.windows(4).any(|four| four == b"<svg")
        || head.windows(5).any(|five| five == b":svg ")
}

#[cfg(test)]
mod tests {
    use super::{begins_as_one, is_named_as_one};

    #[test]
    fn pictures_are_known_by_how_they_begin() {
        for head in [
            &b"\x89PNG\r\n\x1a\n\0\0"[..],
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"\0\0\0\x1cftypavif",
            b"<?xml version=\"1.0\"?><!-- drawn -->\n<svg xmlns=\"\"/>",
            b"<s:svg xmlns:s=\"http://www.w3.org/2000/svg\"/>",
        ] {
            assert!(begins_as_one(head), "{head:?}");
        }
        for head in [
            &b""[..],
            b"hello",
            b"\0\0\0\x18ftypheic",
            b"version https://git-lfs.github.com/spec/v1\n",
            b"%PDF-1.7",
        ] {
            assert!(!begins_as_one(head), "{head:?}");
        }
        assert!(is_named_as_one("a/B.JPG"));
        assert!(!is_named_as_one("a.heic") && !is_named_as_one("png"));
    }
}
