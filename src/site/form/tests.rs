//! The default theme's forms, and rows.

use serde::Serialize;
use tera::{Context, Tera};

use super::{Forms, Kept, MOST_ROOM};
use crate::site::theme::{embedded, embedded_names};

#[test]
fn the_default_theme_keeps_nothing_that_differs_from_page_to_page() {
    let names = embedded_names();
    let templates = names.iter().filter(|name| name.starts_with("templates/"));
    let kept = Kept::of(templates.filter_map(|name| embedded(name)));
    for name in [
        "text", "url", "code", "value", "svg", "date", "path", "line", "key", "root",
    ] {
        assert!(!kept.keeps(name), "{name}");
    }
}

#[derive(Serialize)]
struct Line {
    text: String,
}

#[test]
fn a_long_first_row_sets_no_more_room_aside_than_a_page_may_need() {
    const COMPONENT: &str =
        "{% component line(r: map) -%}<p>{{ r.text }}</p>{%- endcomponent line %}";
    let mut templates = Tera::default();
    templates.add_raw_template("lines.html", COMPONENT).unwrap();
    let kept = Kept::of([COMPONENT]);
    let forms = Forms::new(&templates, &kept, Context::new());
    let line = |length| Line {
        text: "x".repeat(length),
    };
    let rows = (0..50_000).map(|at| line(if at == 0 { 50_000 } else { 1 }));
    let printed = forms.rows("line", "", rows).0;
    assert_eq!(printed.len(), 50_000 * "<p>x</p>".len() + 49_999);
    assert!(
        printed.capacity() <= 2 * MOST_ROOM,
        "{}",
        printed.capacity()
    );
    // Rows that are all alike lie where the first one made room for them.
    let printed = forms.rows("line", "", (0..1000).map(|_| line(9))).0;
    assert_eq!(printed.capacity(), printed.len());
}
