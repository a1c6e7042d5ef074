mod cells;

use super::*;
use proptest::prelude::*;
use std::io::Write;
use zip::write::SimpleFileOptions;

/// A zip with these parts.
fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (path, text) in parts {
        zip.start_file(*path, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROOT: &str = r#"<Relationships xmlns="r"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const LINKS: &str = r#"<Relationships xmlns="r">
    <Relationship Id="rId1" Type="http://x/relationships/worksheet" Target="worksheets/sheet1.xml"/>
    <Relationship Id="rId2" Type="http://x/relationships/worksheet" Target="/xl/worksheets/sheet2.xml"/>
    <Relationship Id="rId3" Type="http://x/relationships/styles" Target="styles.xml"/>
    <Relationship Id="rId4" Type="http://x/relationships/sharedStrings" Target="sharedStrings.xml"/>
    <Relationship Id="rId5" Type="http://x/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>
</Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<workbook xmlns="m" xmlns:r="r"><workbookPr date1904="false"/><sheets>
    <sheet name="目標 &amp; 成果" sheetId="1" r:id="rId1"/>
    <sheet name="lists" sheetId="2" state="hidden" r:id="rId2"/>
    <sheet name="chart" sheetId="3" r:id="rId5"/>
</sheets></workbook>"#;
const STYLES: &str = r#"<styleSheet>
    <numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy/m/d"/><numFmt numFmtId="165" formatCode="0.0%"/></numFmts>
    <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="14"/><xf numFmtId="46"/></cellXfs>
</styleSheet>"#;
const STRINGS: &str = r#"<sst uniqueCount="99999999999999999">
    <si><t>kpi</t></si>
    <si><r><t>市</t></r><r><rPr><b/></rPr><t xml:space="preserve">容 </t></r><rPh><t>ㄕˋ</t></rPh></si>
    <si><t>two_x000D_
lines	tab</t></si>
</sst>"#;

/// An `.xlsx` whose first sheet has these rows.
fn xlsx(rows: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet><dimension ref=\"A1\"/><sheetData>{rows}</sheetData><pageMargins left=\"1\"/></worksheet>"
    );
    xlsx_parts(&sheet, STYLES, STRINGS)
}

fn xlsx_parts(sheet: &str, styles: &str, strings: &str) -> Vec<u8> {
    zipped(&[
        ("_rels/.rels", ROOT),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/workbook.xml", WORKBOOK),
        ("xl/styles.xml", styles),
        ("xl/SharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

/// An `.ods` with this content.
fn ods(body: &str) -> Vec<u8> {
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content>
        <office:automatic-styles><style:style style:name="ta9" style:family="table"><style:table-properties table:display="false"/></style:style></office:automatic-styles>
        <office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"#
    );
    zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn ods_rows(rows: &str) -> Vec<u8> {
    ods(&format!(
        "<table:table table:name=\"targets\">{rows}</table:table>"
    ))
}

/// The text of the only sheet, or the fault.
fn text(bytes: &[u8], kind: WorkbookKind) -> String {
    match open_workbook(bytes, kind).as_deref() {
        Ok([sheet]) => sheet.text.clone(),
        Ok(sheets) => format!("{} sheets", sheets.len()),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn sheets_past_the_limits_are_refused() {
    let far = xlsx(r#"<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#);
    assert_eq!(
        text(&far, WorkbookKind::Xlsx),
        "sheet “目標 & 成果” reaches to cell XFD1048576, past the 1000000 cells of a workbook"
    );
    let wide = r#"<table:table-row table:number-rows-repeated="99999999999"><table:table-cell table:number-columns-repeated="99999999999" office:value-type="float" office:value="1"/></table:table-row>"#;
    assert_eq!(
        text(&ods_rows(wide), WorkbookKind::Ods),
        "sheet “targets” reaches to cell BDWGO1, past the 1000000 cells of a workbook"
    );
    let blanks = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="99999999999"/>b</text:p></table:table-cell></table:table-row>"#;
    assert_eq!(
        text(&ods_rows(blanks), WorkbookKind::Ods),
        format!("a{}b\n", " ".repeat(16))
    );
    assert_eq!(
        text(&vec![0; (16 << 20) + 1], WorkbookKind::Ods),
        "this workbook is larger than 16 MiB"
    );
}

#[test]
fn a_bomb_is_refused_before_it_is_unpacked() {
    let limits = Limits {
        unpacked: 10_000,
        ..LIMITS
    };
    let bomb = ods_rows(&" ".repeat(100_000));
    assert!(bomb.len() < 2_000);
    assert_eq!(
        open(&bomb, WorkbookKind::Ods, &limits),
        Err(WorkbookFault::UnpackedSize { limit: 10_000 })
    );
    let limits = Limits {
        text: 200,
        ..LIMITS
    };
    let cell = r#"<c t="inlineStr"><is><t>kpi</t></is></c>"#;
    assert_eq!(
        open(
            &xlsx(&format!("<row>{}</row>", cell.repeat(80))),
            WorkbookKind::Xlsx,
            &limits
        ),
        Err(WorkbookFault::TextSize { limit: 200 })
    );
    let limits = Limits {
        sheets: 1,
        ..LIMITS
    };
    let two = r#"<table:table table:name="a"/><table:table table:name="b"/>"#;
    assert_eq!(
        open(&ods(two), WorkbookKind::Ods, &limits),
        Err(WorkbookFault::Sheets { limit: 1 })
    );
}

#[test]
fn damaged_workbooks_say_what_is_wrong() {
    assert_eq!(
        open_workbook(b"PK nothing", WorkbookKind::Xlsx)
            .unwrap_err()
            .help()
            .english(),
        "open it in a spreadsheet program and save it again"
    );
    assert_eq!(
        open_workbook(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1], WorkbookKind::Xlsx),
        Err(WorkbookFault::Protected)
    );
    assert_eq!(
        text(&xlsx(""), WorkbookKind::Ods),
        "this is not a workbook, or is damaged: it has no content.xml"
    );
    assert_eq!(
        text(
            &xlsx(r#"<row><c r="5"><v>1</v></c></row>"#),
            WorkbookKind::Xlsx
        ),
        "this workbook is damaged: xl/worksheets/sheet1.xml: “5” is not a cell"
    );
    assert_eq!(
        text(
            &xlsx(r#"<row><c t="s"><v>9</v></c></row>"#),
            WorkbookKind::Xlsx
        ),
        "this workbook is damaged: xl/worksheets/sheet1.xml: there is no text 9"
    );
    let cut = zipped(&[(
        "content.xml",
        "<office:spreadsheet><table:table table:name=\"a\">",
    )]);
    assert_eq!(
        text(&cut, WorkbookKind::Ods),
        "this workbook is damaged: content.xml: it is cut off"
    );
}

/// Pieces of markup that are wrong in most orders.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<row>",
        "<row r=\"99999999999999999999\">",
        "</row>",
        "<c r=\"B2\" t=\"s\" s=\"9\">",
        "<c>",
        "</c>",
        "<v>",
        "</v>",
        "1",
        "-1e308",
        "&amp;",
        "&#0;",
        "&x;",
        "<is><t>",
        "</t></is>",
        "<table:table table:name=\"a\">",
        "</table:table>",
        "<table:table-row>",
        "</table:table-row>",
        "<table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-repeated=\"9\">",
        "<table:table-cell>",
        "</table:table-cell>",
        "<office:annotation>",
        "<text:p>",
        "</text:p>",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<",
        "\"",
        "市",
        "<?x",
        "<!DOCTYPE",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn broken_markup_ends_in_an_answer(markup in markup()) {
        let _ = open_workbook(&xlsx(&markup), WorkbookKind::Xlsx);
        let _ = open_workbook(&xlsx_parts("<x/>", &markup, &markup), WorkbookKind::Xlsx);
        let _ = open_workbook(&ods(&markup), WorkbookKind::Ods);
    }

    #[test]
    fn broken_bytes_end_in_an_answer(at in 0_usize..4000, byte: u8, cut in 0_usize..4000) {
        let rows = r#"<row r="1"><c r="A1"><v>5</v></c><c r="B1" s="1"><v>44621</v></c></row>"#;
        for (mut bytes, kind) in [(xlsx(rows), WorkbookKind::Xlsx), (ods_rows(""), WorkbookKind::Ods)] {
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = open_workbook(&bytes, kind);
            bytes.truncate(cut);
            let _ = open_workbook(&bytes, kind);
        }
    }
}
