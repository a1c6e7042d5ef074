//! What a file is whose name says otherwise: its first bytes tell.

use super::table::WorkbookKind;
use crate::message::Message;
use crate::say;

/// The first bytes of a zip.
const ZIP: &[u8] = b"PK\x03\x04";
/// The first bytes of Office files of old, and of those with a password.
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
/// How far a file is looked into for what its first bytes leave open.
const GLANCE: usize = 4096;

/// A kind of file that stands under the name of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A workbook.
    Workbook(WorkbookKind),
    /// Another file of an office program, or an archive.
    Archive,
    /// An Office file of old, or one with a password.
    Compound,
    /// A PDF document.
    Pdf,
    /// A page of the web.
    Html,
    /// Text in two bytes a letter.
    Utf16,
    /// Other text.
    Text,
}

/// What a file is that should be text and is not.
pub fn instead_of_text(bytes: &[u8]) -> Option<Medium> {
    medium(bytes).filter(|medium| !matches!(medium, Medium::Text | Medium::Html))
}

/// What a file is that should be a workbook of that kind and is not.
pub fn instead_of_workbook(bytes: &[u8], kind: WorkbookKind) -> Option<Medium> {
    // What is only known to be a zip may be one; those of old have a message of their own.
    let open = [Medium::Workbook(kind), Medium::Archive, Medium::Compound];
    medium(bytes).filter(|medium| !open.contains(medium))
}

fn medium(bytes: &[u8]) -> Option<Medium> {
    let start = bytes.get(..GLANCE).unwrap_or(bytes);
    let has = |bytes: &[u8], part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
    if start.starts_with(ZIP) {
        let ods = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
        return Some(if has(start, ods) {
            Medium::Workbook(WorkbookKind::Ods)
        } else if has(bytes, b"xl/workbook.xml") {
            Medium::Workbook(WorkbookKind::Xlsx)
        } else {
            Medium::Archive
        });
    }
    if start.starts_with(COMPOUND_FILE) {
        return Some(Medium::Compound);
    }
    if start.starts_with(b"%PDF-") {
        return Some(Medium::Pdf);
    }
    if is_utf16(start) {
        return Some(Medium::Utf16);
    }
    let is_letter = |byte: &u8| *byte >= b' ' || byte.is_ascii_whitespace();
    if !start.iter().all(is_letter) {
        return None;
    }
    let text = String::from_utf8_lossy(start).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    let is_html = ["<!doctype html", "<html", "<table"];
    if is_html.iter().any(|mark| text.starts_with(mark)) {
        Some(Medium::Html)
    } else {
        Some(Medium::Text)
    }
}

/// Whether a text has its mark of UTF-16, or every other byte of its Latin letters is zero.
fn is_utf16(start: &[u8]) -> bool {
    if start.starts_with(&[0xFF, 0xFE]) || start.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let zeros = |first: usize| {
        let letters = start.iter().skip(first).step_by(2);
        letters.filter(|byte| **byte == 0).count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    let many = start.len() / 8;
    start.len() >= 8 && ((even == 0 && odd > many) || (odd == 0 && even > many))
}

impl Medium {
    /// What is wrong with a file that should be text, and what to do.
    pub fn of_text(self, path: &str) -> (Message, Message) {
        let is_ledger = path
            .rsplit_once('.')
            .is_some_and(|(_, ending)| ending == "csv");
        let help = match self {
            Self::Workbook(kind) if is_ledger => rename(path, kind.extension()),
            Self::Utf16 => {
                say!("save it again as UTF-8 (in a spreadsheet program: “CSV UTF-8”)")
            }
            _ if is_ledger => {
                say!("save the table from a spreadsheet program as “CSV UTF-8” or .xlsx")
            }
            _ => say!("save its words as plain text in UTF-8"),
        };
        (self.said(path), help)
    }

    /// What is wrong with a file that should be a workbook, and what to do.
    pub fn of_workbook(self, path: &str) -> (Message, Message) {
        let help = match self {
            Self::Workbook(kind) => rename(path, kind.extension()),
            Self::Text => rename(path, "csv"),
            _ => say!("open it in a spreadsheet program and save it as .xlsx or .ods"),
        };
        (self.said(path), help)
    }

    fn said(self, path: &str) -> Message {
        let ending = path.rsplit('.').next().unwrap_or_default();
        let kind = match self {
            Self::Utf16 => {
                return say!("this file is written in UTF-16 (“Unicode text”), not in UTF-8");
            }
            Self::Workbook(WorkbookKind::Xlsx) => say!("an .xlsx workbook"),
            Self::Workbook(WorkbookKind::Ods) => say!("an .ods workbook"),
            Self::Archive => say!("a zip, or a file of an office program"),
            Self::Compound => say!("an Office file of old, or one with a password"),
            Self::Pdf => say!("a PDF document"),
            Self::Html => say!("a web page"),
            Self::Text => say!("plain text"),
        };
        say!(
            "this file is {kind}, though its name ends in .{ending}",
            kind,
            ending
        )
    }
}

fn rename(path: &str, ending: &str) -> Message {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    say!("rename it to `{name}`", name = format!("{stem}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bytes_tell_what_a_file_is() {
        let utf16 = |text: &str| -> Vec<u8> {
            let letters = text.encode_utf16();
            letters.flat_map(u16::to_le_bytes).collect()
        };
        for (bytes, medium) in [
            (
                b"PK\x03\x04....xl/workbook.xml".to_vec(),
                Some(Medium::Workbook(WorkbookKind::Xlsx)),
            ),
            (
                b"PK\x03\x04....word/document.xml".to_vec(),
                Some(Medium::Archive),
            ),
            (b"%PDF-1.7\0".to_vec(), Some(Medium::Pdf)),
            (b"\xD0\xCF\x11\xE0\xA1".to_vec(), Some(Medium::Compound)),
            (utf16("kpi,period,value\n"), Some(Medium::Utf16)),
            (utf16("\u{feff}指標"), Some(Medium::Utf16)),
            (b"\n<HTML><body>".to_vec(), Some(Medium::Html)),
            (b"kpi,period\n".to_vec(), Some(Medium::Text)),
            (b"\xa4\xa4,5".to_vec(), Some(Medium::Text)),
            (b"kpi\0".to_vec(), None),
        ] {
            assert_eq!(super::medium(&bytes), medium);
        }
    }
}
