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
        let formula = is_formula(text);
        let quoted = formula || text.contains(['"', ',', ';', '\t', '\r', '\n']);
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

/// Whether a spreadsheet may take a cell for a formula: by what begins it, in any
/// width, after blanks that it leaves out.
fn is_formula(text: &str) -> bool {
    let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}' | '\0');
    if text.starts_with(['\t', '\r', '\n', '\0']) {
        return true;
    }
    let rest = text.trim_start_matches(is_blank);
    rest.starts_with(['=', '+', '@', '＝', '＋', '－', '＠'])
        || (rest.starts_with('-') && !is_number(rest))
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

    #[test]
    fn a_formula_is_none_in_any_width_and_after_blanks() {
        for formula in [
            "=1",
            "+1",
            "@A1",
            "-cmd",
            "＝1",
            "＠A1",
            " =1",
            "\u{feff}=1",
            "\t=1",
            "\r=1",
            "\n=1",
            "\u{a0}+1",
            "\0=1",
            "－1",
        ] {
            let mut table = Table::new(&["a"]);
            table.row(&[formula]);
            let text = String::from_utf8(table.finish()).unwrap();
            assert_eq!(text, format!("a\r\n\"'{formula}\"\r\n"));
        }
        for plain in ["-1.5", "a=1", "1+1", "", "x-y"] {
            let mut table = Table::new(&["a"]);
            table.row(&[plain]);
            assert_eq!(table.finish(), format!("a\r\n{plain}\r\n").into_bytes());
        }
    }
}
