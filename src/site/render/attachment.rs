//! Attachments: files that authors link to, published as they are.

use std::fs;
use std::io::{self, Read as _};

use super::Renderer;
use crate::diagnostic::{Diagnostic, Rule};
use crate::message::Message;
use crate::say;
use crate::site::attachments::Used;
use crate::site::privacy;
use crate::source::tree::LARGEST_ATTACHMENT;

impl Renderer<'_> {
    pub(super) fn attachment(&self, used: &Used) -> Result<Vec<u8>, Box<Diagnostic>> {
        let path = &used.path;
        let refused = |why: Message, help: Message| {
            let why = say!(
                "the attachment content/{path} cannot be read: {why}",
                path,
                why
            );
            Box::new(Diagnostic::new(Rule::UnreadableFile, used.link, why).help(help))
        };
        let bytes = self.read(path).map_err(|error| {
            refused(
                Message::foreign(error),
                say!("check the file's permissions"),
            )
        })?;
        if bytes.len() as u64 > LARGEST_ATTACHMENT {
            let why = say!(
                "it has more than {largest_attachment} MiB",
                largest_attachment = LARGEST_ATTACHMENT >> 20
            );
            return Err(refused(
                why,
                say!("publish it elsewhere and link to it there"),
            ));
        }
        let Some(refusal) = privacy::refusal(path, &bytes) else {
            return Ok(bytes);
        };
        let why = say!(
            "the attachment content/{path} is not published: {why}",
            path,
            why = refusal.why
        );
        Err(Box::new(
            Diagnostic::new(Rule::Privacy, used.link, why)
                .expected(refusal.expected)
                .help(refusal.help),
        ))
    }

    /// Reads a file under `content/`, as far as one that is published may be long.
    pub(super) fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        let file = fs::File::open(self.root.join("content").join(path))?;
        file.take(LARGEST_ATTACHMENT + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}
