//! CSV after RFC 4180: one header row, UTF-8, lines ended by CR LF.

/// A table on its way to being written.
pub struct Table {
    text: String,
    columns: usize,
}

impl Table {
    /// Begins a table with its header.
    #[must_use]
    pub fn new(header: &[&str]) -> Self {
        let mut table = Self {
            text: String::new(),
            columns: header.len(),
        };
        table.row(header);
        table
    }

    /// Adds a row; missing cells are empty, surplus ones are left out.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        for index in 0..self.columns {
            if index > 0 {
                self.text.push(',');
            }
            if let Some(cell) = cells.get(index) {
                self.cell(cell.as_ref());
            }
        }
        self.text.push_str("\r\n");
    }

    /// A cell; text that a spreadsheet would run as a formula gets an
    /// apostrophe before it, numbers keep their minus.
    fn cell(&mut self, text: &str) {
        let formula = text.starts_with(['=', '+', '@', '\t', '\r'])
            || (text.starts_with('-') && !is_number(text));
        let quoted = formula || text.contains(['"', ',', '\r', '\n']);
        if !quoted {
            self.text.push_str(text);
            return;
        }
        self.text.push('"');
        if formula {
            self.text.push('\'');
        }
        for c in text.chars() {
            if c == '"' {
                self.text.push('"');
            }
            self.text.push(c);
        }
        self.text.push('"');
    }

    /// The finished file.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.text.into_bytes()
    }
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || c == '.')
}

#[cfg(test)]
mod tests {
    use super::Table;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_run() {
        let mut table = Table::new(&["a", "b"]);
        table.row(&["x,\"y\"", "=1+1"]);
        table.row(&["-5.2", "-cmd"]);
        table.row(&["one"]);
        let text = String::from_utf8(table.finish()).unwrap();
        let expected = "a,b\r\n\"x,\"\"y\"\"\",\"'=1+1\"\r\n-5.2,\"'-cmd\"\r\none,\r\n";
        assert_eq!(text, expected);
    }
}
