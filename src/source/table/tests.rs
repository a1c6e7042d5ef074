use super::*;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use proptest::prelude::*;

/// A table, the sources it was read from, and its faults as `line:column message`.
fn read(text: &str, layout: Layout) -> (Table, Sources, Vec<String>) {
    let mut sources = Sources::default();
    let file = match layout {
        Layout::Csv => sources.add("targets.csv", text.to_owned()),
        Layout::Sheet => sources.add_sheet("targets.xlsx", "目標".into(), text.to_owned()),
    };
    let mut faults = Diagnostics::default();
    let table = parse(text, file, layout, &mut faults);
    let place = |d: &Diagnostic| {
        let at = sources.start(d.span);
        let cell = sources
            .cell(d.span)
            .unwrap_or(format!("{}:{}", at.line, at.column));
        format!("{cell} {} {}", d.rule.id(), d.message)
    };
    let found = faults.iter().map(place).collect();
    (table, sources, found)
}

fn values(cells: &[At<String>]) -> Vec<&str> {
    cells.iter().map(|cell| cell.value.as_str()).collect()
}

#[test]
fn a_cell_knows_its_line_and_column_in_characters() {
    let text = "\u{feff}指標,期別,目標\r\nAC1.1, 2022 ,95%\r\n";
    let (table, sources, faults) = read(text, Layout::Csv);
    assert_eq!(faults, [""; 0]);
    assert_eq!(values(&table.header), ["指標", "期別", "目標"]);
    assert_eq!(values(&table.rows[0].cells), ["AC1.1", "2022", "95%"]);
    let target = sources.start(table.header[2].span);
    assert_eq!((target.line, target.column), (1, 7));
    let period = table.rows[0].cells[1].span;
    assert_eq!(
        (sources.start(period).line, sources.start(period).column),
        (2, 8)
    );
    assert_eq!(sources.text(period), "2022");
    assert_eq!(sources.text(table.rows[0].span), "AC1.1, 2022 ,95%");
}

#[test]
fn quotes_keep_commas_line_breaks_and_quotes() {
    let text = "kpi,note\nA,\"one, two\nand \"\"three\"\"\"\nB,\"\"\n";
    let (table, sources, faults) = read(text, Layout::Csv);
    assert_eq!(faults, [""; 0]);
    let note = &table.rows[0].cells[1];
    assert_eq!(note.value, "one, two\nand \"three\"");
    assert_eq!(sources.text(note.span), "\"one, two\nand \"\"three\"\"\"");
    assert_eq!(sources.start(table.rows[1].span).line, 4);
    assert_eq!(sources.text(table.rows[1].cells[1].span), "\"\"");
}

#[test]
fn empty_rows_are_skipped_and_lines_still_count() {
    let text = "\n\nkpi,value\n\n, \u{3000},\n\r\nA,1\n";
    let (table, sources, faults) = read(text, Layout::Csv);
    assert_eq!(faults, [""; 0]);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(sources.start(table.header[0].span).line, 3);
    assert_eq!(sources.start(table.rows[0].span).line, 7);
}

#[test]
fn cells_are_trimmed_of_ideographic_spaces() {
    let (table, _, _) = read(
        "kpi,name\n\u{3000}A\u{3000}, \"\u{3000}市容 \"\n",
        Layout::Csv,
    );
    assert_eq!(table.rows.len(), 0, "an indented quote is a fault");
    let (table, _, _) = read(
        "kpi,name\n\u{3000}A\u{3000},\"\u{3000}市容 \"\n",
        Layout::Csv,
    );
    assert_eq!(values(&table.rows[0].cells), ["A", "市容"]);
}

#[test]
fn missing_cells_are_empty_and_lie_at_the_end_of_the_row() {
    let (table, sources, faults) = read("kpi,period,value\nA,2022\n", Layout::Csv);
    assert_eq!(faults, [""; 0]);
    let missing = &table.rows[0].cells[2];
    assert_eq!(missing.value, "");
    assert_eq!(sources.start(missing.span), sources.end(table.rows[0].span));
}

#[test]
fn surplus_cells_are_a_fault_where_they_start_unless_they_are_empty() {
    let (table, _, faults) = read("kpi,value\nA,1,234,5\nB,2,,\n", Layout::Csv);
    assert_eq!(
        faults,
        ["2:5 ledger-row “234” stands in column 3, past the header's last"],
        "trailing commas of a spreadsheet's export are no cells"
    );
    assert_eq!(values(&table.rows[0].cells), ["B", "2"]);
}

#[test]
fn broken_quotes_are_faults_at_their_place() {
    for (text, expected) in [
        (
            "kpi,note\nA,\"open\nB,2\n",
            "2:3 ledger-row the quote that opens this cell is never closed",
        ),
        (
            "kpi,note\nA,\"",
            "2:3 ledger-row the quote that opens this cell is never closed",
        ),
        (
            "kpi,note\nA, \"1,5\"\n",
            "2:4 ledger-row there are blanks before the quote that opens this cell",
        ),
        (
            "kpi,note\nA,\"one\" two\n",
            "2:8 ledger-row text follows the quote that closes this cell",
        ),
    ] {
        let (table, _, faults) = read(text, Layout::Csv);
        assert_eq!(faults, [expected], "{text:?}");
        assert_eq!(table.rows, []);
    }
}

#[test]
fn a_table_without_a_header_is_a_fault() {
    for text in ["", "\u{feff}", "\r\n\r\n", " , ,\n"] {
        let (table, _, faults) = read(text, Layout::Csv);
        assert_eq!(
            faults,
            ["1:1 ledger-header this table is empty"],
            "{text:?}"
        );
        assert_eq!(table, Table::default());
    }
    assert_eq!(
        read("", Layout::Sheet).2,
        ["A1 ledger-header this table is empty"]
    );
}

#[test]
fn a_sheet_has_the_cells_of_the_spreadsheet() {
    let text = "\n\tkpi\tvalue\n\n\tA\t\"5\"\n\tB\t1\t2\n";
    let (table, sources, faults) = read(text, Layout::Sheet);
    assert_eq!(values(&table.header), ["", "kpi", "value"]);
    assert_eq!(
        values(&table.rows[0].cells),
        ["", "A", "\"5\""],
        "a sheet quotes nothing"
    );
    assert_eq!(
        sources.cell(table.rows[0].cells[2].span).as_deref(),
        Some("C4")
    );
    assert_eq!(
        faults,
        ["D5 ledger-row “2” stands in column 4, past the header's last"]
    );
}

/// Texts made of what tables are made of.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        ",", "\n", "\r\n", "\r", "\"", "\"\"", "\t", " ", "\u{3000}", "\u{feff}", "a", "5", "市",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Cells up to the last that says something.
fn used(mut cells: Vec<String>) -> Vec<String> {
    let used = cells
        .iter()
        .rposition(|cell| !cell.is_empty())
        .map_or(0, |last| last + 1);
    cells.truncate(used);
    cells
}

/// What the `csv` crate reads: trimmed cells, without empty records.
fn reference(text: &str) -> Vec<Vec<String>> {
    ::csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .records()
        .map(|record| {
            used(
                record
                    .unwrap()
                    .iter()
                    .map(|cell| cell.trim().to_owned())
                    .collect(),
            )
        })
        .filter(|record| !record.is_empty())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn every_cell_is_what_its_span_covers(text in texts(), sheet: bool) {
        let layout = if sheet { Layout::Sheet } else { Layout::Csv };
        let (table, sources, _) = read(&text, layout);
        for cell in table.header.iter().chain(table.rows.iter().flat_map(|row| &row.cells)) {
            let written = sources.text(cell.span);
            if layout == Layout::Csv && written.starts_with('"') {
                let inner = written.strip_prefix('"').and_then(|w| w.strip_suffix('"'));
                let inner = inner.expect("a quoted cell ends with its quote");
                let unescaped = inner.replace("\"\"", "\"");
                prop_assert_eq!(unescaped.trim(), &cell.value);
            } else {
                prop_assert_eq!(written, &cell.value);
            }
        }
        for row in &table.rows {
            prop_assert_eq!(row.cells.len(), table.header.len());
        }
    }

    #[test]
    fn a_sound_file_reads_as_the_csv_crate_reads_it(text in texts()) {
        let (table, _, faults) = read(&text, Layout::Csv);
        // The crate never refuses a text, and it skips one order mark, not many.
        if faults.is_empty() && !text.contains('\u{feff}') {
            let rows = table.rows.into_iter().map(|row| row.cells);
            let rows: Vec<_> = std::iter::once(table.header)
                .chain(rows)
                .map(|cells| used(cells.into_iter().map(|cell| cell.value).collect()))
                .collect();
            prop_assert_eq!(rows, reference(&text));
        }
    }

    #[test]
    fn what_the_csv_crate_writes_is_read_back(
        rows in prop::collection::vec(prop::collection::vec("[a市,\"\\r\\n ]{0,4}", 3), 1..6)
    ) {
        let mut writer = ::csv::WriterBuilder::new().from_writer(Vec::new());
        writer.write_record(["kpi", "期別", "目標"]).unwrap();
        for row in &rows {
            // A blank before a quote is ours to refuse, and writers never write one.
            writer.write_record(row.iter().map(|cell| cell.trim())).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let (table, _, faults) = read(&text, Layout::Csv);
        prop_assert_eq!(faults, [""; 0]);
        let written: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| row.iter().map(|cell| cell.trim()).collect::<Vec<_>>())
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let read: Vec<_> = table.rows.iter().map(|row| values(&row.cells)).collect();
        prop_assert_eq!(read, written);
    }

    #[test]
    fn any_text_at_all_can_be_read(text in any::<String>(), sheet: bool) {
        read(&text, if sheet { Layout::Sheet } else { Layout::Csv });
    }
}
