//! The zip that a workbook is: its parts, unpacked one by one within limits.

use std::io::{Cursor, Read};
use zip::ZipArchive;

use super::{Limits, WorkbookFault};

/// What a compound file starts with: `.xls`, and any encrypted workbook of Excel.
const COMPOUND_FILE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];

/// An opened workbook file.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    limits: &'a Limits,
    unpacked: u64,
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8], limits: &'a Limits) -> Result<Self, WorkbookFault> {
        if bytes.len() > limits.file {
            return Err(WorkbookFault::FileSize { limit: limits.file });
        }
        if bytes.starts_with(COMPOUND_FILE) {
            return Err(WorkbookFault::Protected);
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|error| WorkbookFault::Archive(error.to_string()))?;
        Ok(Self {
            zip,
            limits,
            unpacked: 0,
        })
    }

    /// The text of a part, if the workbook has it. The sizes that a zip states
    /// can lie, so what counts is what comes out.
    pub(super) fn part(&mut self, path: &str) -> Result<Option<String>, WorkbookFault> {
        let Some(index) = self.index(path) else {
            return Ok(None);
        };
        let archive = |error: &dyn std::fmt::Display| WorkbookFault::Archive(error.to_string());
        let file = self.zip.by_index(index).map_err(|error| archive(&error))?;
        let left = self.limits.unpacked.saturating_sub(self.unpacked);
        let mut bytes = Vec::new();
        let read = file
            .take(left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| archive(&error))?;
        self.unpacked = self.unpacked.saturating_add(read as u64);
        if self.unpacked > self.limits.unpacked {
            return Err(WorkbookFault::UnpackedSize {
                limit: self.limits.unpacked,
            });
        }
        String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| WorkbookFault::Damaged {
                part: path.to_owned(),
                reason: "it is not UTF-8".to_owned(),
            })
    }

    /// The text of a part that has to be there.
    pub(super) fn required(&mut self, path: &str) -> Result<String, WorkbookFault> {
        self.part(path)?
            .ok_or_else(|| WorkbookFault::Missing(path.to_owned()))
    }

    /// Where a part is; the names of parts ignore case (ECMA-376 part 2, 6.2.2).
    fn index(&self, path: &str) -> Option<usize> {
        self.zip.index_for_name(path).or_else(|| {
            self.zip
                .file_names_raw()
                .position(|n| n.eq_ignore_ascii_case(path.as_bytes()))
        })
    }
}
