//! What cells read as, and where they lie.

use super::*;

#[test]
fn xlsx_cells_read_as_their_author_sees_them() {
    for (cell, expected) in [
        (r#"<c r="A1"><v>5</v></c>"#, "5"),
        (r#"<c r="A1" t="n"><v>96.299999999999997</v></c>"#, "96.3"),
        (r#"<c r="A1"><v>1E-3</v></c>"#, "0.001"),
        (r#"<c r="A1" s="1"><v>44621</v></c>"#, "2022-03-01"),
        (r#"<c r="A1" s="3"><v>44621.5</v></c>"#, "2022-03-01"),
        (r#"<c r="A1" s="2"><v>0.963</v></c>"#, "96.3%"),
        (r#"<c r="A1" s="4"><v>1.5</v></c>"#, "36:00:00"),
        (r#"<c r="A1" t="s"><v>1</v></c>"#, "市容"),
        (r#"<c r="A1" t="s"><v>2</v></c>"#, "two lines tab"),
        (r#"<c r="A1" t="b"><v>1</v></c>"#, "TRUE"),
        (r#"<c r="A1" t="b"><v>0</v></c>"#, "FALSE"),
        (r#"<c r="A1" t="e"><f>1/0</f><v>#DIV/0!</v></c>"#, "#DIV/0!"),
        (
            r#"<c r="A1" t="d"><v>2022-03-01T00:00:00</v></c>"#,
            "2022-03-01",
        ),
        (
            r#"<c r="A1" t="str"><f>A2&amp;"x"</f><v>a &lt; b&#65;</v></c>"#,
            "a < bA",
        ),
        (r#"<c r="A1"><f>B2*2</f></c>"#, "=B2*2"),
        // What no program has calculated yet, as libraries write it.
        (r#"<c r="A1"><f>B2*2</f><v></v></c>"#, "=B2*2"),
        (r#"<c r="A1"><f>B2*2</f><v/></c>"#, "=B2*2"),
        (
            r#"<c r="A1" t="inlineStr"><is><t>in</t><rPh><t>no</t></rPh></is></c>"#,
            "in",
        ),
    ] {
        assert_eq!(
            text(
                &xlsx(&format!("<row r=\"1\">{cell}</row>")),
                WorkbookKind::Xlsx
            ),
            format!("{expected}\n"),
            "{cell}"
        );
    }
}

#[test]
fn an_xlsx_formula_that_gave_an_empty_text_is_an_empty_cell() {
    let rows =
        r#"<row r="1"><c r="A1" t="str"><f>B2&amp;""</f><v></v></c><c r="B1"><v>1</v></c></row>"#;
    assert_eq!(text(&xlsx(rows), WorkbookKind::Xlsx), "\t1\n");
}

#[test]
fn xlsx_cells_keep_their_addresses() {
    let rows = r#"<row r="2"><c r="B2" t="s"><v>0</v></c><c r="D2"><v>1</v></c></row>
        <row r="3"><c r="B3" s="1"/></row>
        <row r="5"><c r="B5"><v>2</v></c><c><v>3</v></c></row><row><c><v>4</v></c></row>"#;
    assert_eq!(
        text(&xlsx(rows), WorkbookKind::Xlsx),
        "\n\tkpi\t\t1\n\n\n\t2\t3\n4\n"
    );
}

#[test]
fn only_worksheets_that_can_be_seen_are_read() {
    let sheets = open_workbook(&xlsx(""), WorkbookKind::Xlsx).unwrap();
    assert_eq!(
        sheets,
        [Sheet {
            name: "目標 & 成果".into(),
            text: String::new()
        }]
    );

    let body =
        r#"<table:table table:name="a" table:style-name="ta9"/><table:table table:name="b"/>"#;
    let sheets = open_workbook(&ods(body), WorkbookKind::Ods).unwrap();
    assert_eq!(
        sheets,
        [Sheet {
            name: "b".into(),
            text: String::new()
        }]
    );
}

#[test]
fn ods_cells_read_as_their_author_sees_them() {
    for (attributes, content, expected) in [
        (
            r#"office:value-type="float" office:value="5""#,
            "<text:p>5.00</text:p>",
            "5",
        ),
        (r#"office:value-type="float" office:value="0.1""#, "", "0.1"),
        (
            r#"office:value-type="percentage" office:value="0.963""#,
            "<text:p>96%</text:p>",
            "96.3%",
        ),
        (
            r#"office:value-type="currency" office:value="1234.5""#,
            "<text:p>NT$1,234.50</text:p>",
            "1234.5",
        ),
        (
            r#"office:value-type="date" office:date-value="2022-03-01T12:00:00""#,
            "",
            "2022-03-01",
        ),
        (
            r#"office:value-type="time" office:time-value="PT36H00M00S""#,
            "<text:p>36:00:00</text:p>",
            "36:00:00",
        ),
        (
            r#"office:value-type="boolean" office:boolean-value="true""#,
            "",
            "TRUE",
        ),
        (
            r#"office:value-type="string" calcext:value-type="error" office:string-value="""#,
            "<text:p>#DIV/0!</text:p>",
            "#DIV/0!",
        ),
        (
            r#"office:value-type="string""#,
            "<text:p>市<text:span>容</text:span><text:s text:c=\"2\"/>&amp;</text:p><text:p>2</text:p>",
            "市容  & 2",
        ),
        (
            r#"office:value-type="string""#,
            "<office:annotation><text:p>remark</text:p></office:annotation><text:p>cell</text:p><draw:frame><text:p>no</text:p></draw:frame>",
            "cell",
        ),
        (r#"table:formula="of:=[.B2]*2""#, "", "=[.B2]*2"),
        (
            r#"office:value-type="string" office:string-value="stored""#,
            "<text:p>shown</text:p>",
            "stored",
        ),
    ] {
        let row = format!(
            "<table:table-row><table:table-cell {attributes}>{content}</table:table-cell></table:table-row>"
        );
        assert_eq!(
            text(&ods_rows(&row), WorkbookKind::Ods),
            format!("{expected}\n"),
            "{attributes}"
        );
    }
}

#[test]
fn ods_repeats_are_laid_out_and_empty_ones_only_counted() {
    let rows = r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>
        <table:table-header-rows><table:table-row>
            <table:table-cell/>
            <table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>
            <table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>
            <table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>
        </table:table-row></table:table-header-rows>
        <table:table-row-group><table:table-row table:number-rows-repeated="2"><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table-row-group>
        <table:table-row table:number-rows-repeated="1048571"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    assert_eq!(
        text(&ods_rows(rows), WorkbookKind::Ods),
        "\n\n\t7\t7\t\tx\n1\n1\n"
    );
}

#[test]
fn deleted_cells_of_tracked_changes_are_not_read() {
    let body = r#"<table:tracked-changes><table:deletion><table:table table:name="old"/></table:deletion></table:tracked-changes><table:table table:name="now"/>"#;
    assert_eq!(text(&ods(body), WorkbookKind::Ods), "");
}
