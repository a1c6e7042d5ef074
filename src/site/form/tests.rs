//! The default theme's forms.

use super::Kept;
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
