//! Office Open XML workbooks (ECMA-376 part 1, chapter 18), as far as the values
//! of their cells go. Prefixes of names are free there, so local names decide.

mod styles;
mod text;
mod worksheet;

use std::collections::BTreeMap;

use super::package::Package;
use super::xml::{Node, Xml};
use super::{Sheets, WorkbookFault};
use styles::Styles;
use worksheet::Shared;

/// Reads the visible worksheets into `sheets`.
pub(super) fn read(
    package: &mut Package<'_>,
    sheets: &mut Sheets<'_>,
) -> Result<(), WorkbookFault> {
    let roots = relationships(package, "", "_rels/.rels")?;
    let workbook_path = roots
        .values()
        .find(|target| target.is("officeDocument"))
        .map_or_else(
            || "xl/workbook.xml".to_owned(),
            |target| target.path.clone(),
        );
    let (folder, file) = workbook_path
        .rsplit_once('/')
        .unwrap_or(("", &workbook_path));
    let targets = relationships(
        package,
        folder,
        &join(folder, &format!("_rels/{file}.rels")),
    )?;
    let workbook = workbook(
        &workbook_path,
        &package.required(&workbook_path)?,
        sheets.limits.sheets,
    )?;

    let mut part = |kind| {
        let target = targets.values().find(|target| target.is(kind));
        target.map_or(Ok((String::new(), String::new())), |target| {
            Ok((
                target.path.clone(),
                package.part(&target.path)?.unwrap_or_default(),
            ))
        })
    };
    let (path, text) = part("styles")?;
    let styles = Styles::read(&path, &text)?;
    let (path, text) = part("sharedStrings")?;
    let strings = text::shared(&path, &text, sheets.limits.text)?;
    let shared = Shared {
        styles: &styles,
        strings: &strings,
        days_1904: workbook.days_1904,
    };
    for tab in workbook.tabs.into_iter().filter(|tab| !tab.hidden) {
        let target = targets.get(&tab.relationship).ok_or_else(|| {
            WorkbookFault::Missing(format!("worksheet for the tab “{}”", tab.name))
        })?;
        if !target.is("worksheet") {
            continue;
        }
        let mut grid = sheets.begin(tab.name)?;
        let part = package.required(&target.path)?;
        worksheet::read(&target.path, &part, &shared, &mut grid)?;
        sheets.finish(grid);
    }
    Ok(())
}

/// What a relationship leads to.
struct Target {
    kind: String,
    path: String,
}

impl Target {
    /// Transitional and strict files differ in all of a type but its last word.
    fn is(&self, kind: &str) -> bool {
        self.kind.rsplit('/').next() == Some(kind)
    }
}

/// The relationships of a part in `folder`, by id.
fn relationships(
    package: &mut Package<'_>,
    folder: &str,
    path: &str,
) -> Result<BTreeMap<String, Target>, WorkbookFault> {
    let text = package.required(path)?;
    let mut xml = Xml::new(path, &text);
    let mut found = BTreeMap::new();
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        if element.local_name() != "Relationship" {
            continue;
        }
        let id = element.attribute("Id")?.unwrap_or_default();
        let kind = element.attribute("Type")?.unwrap_or_default();
        let target = element.attribute("Target")?.unwrap_or_default();
        found.insert(
            id,
            Target {
                kind,
                path: join(folder, &target),
            },
        );
    }
    Ok(found)
}

/// The path of `target` as seen from `folder`; a leading slash is the root.
fn join(folder: &str, target: &str) -> String {
    let mut parts = Vec::new();
    let from = if target.starts_with('/') { "" } else { folder };
    for part in from.split('/').chain(target.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// The workbook part: its tabs, and which day its dates count from.
#[derive(Default)]
struct Workbook {
    tabs: Vec<Tab>,
    days_1904: bool,
}

struct Tab {
    name: String,
    relationship: String,
    hidden: bool,
}

fn workbook(path: &str, text: &str, limit: usize) -> Result<Workbook, WorkbookFault> {
    let mut xml = Xml::new(path, text);
    let mut workbook = Workbook::default();
    while let Some(node) = xml.next()? {
        let Node::Open(element) = node else { continue };
        match element.local_name() {
            "workbookPr" => {
                let date1904 = element.attribute("date1904")?;
                workbook.days_1904 = matches!(date1904.as_deref(), Some("1" | "true"));
            }
            "sheet" if workbook.tabs.len() >= limit => return Err(WorkbookFault::Sheets { limit }),
            "sheet" => {
                let state = element.attribute("state")?.unwrap_or_default();
                workbook.tabs.push(Tab {
                    name: element.attribute("name")?.unwrap_or_default(),
                    relationship: element.attribute_of_any_prefix("id")?.unwrap_or_default(),
                    hidden: state == "hidden" || state == "veryHidden",
                });
            }
            _ => {}
        }
    }
    Ok(workbook)
}

#[cfg(test)]
mod tests {
    use super::join;

    #[test]
    fn targets_are_found_from_the_folder_of_their_part() {
        assert_eq!(
            join("xl", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml"
        );
        assert_eq!(join("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(join("xl/a", "../b.xml"), "xl/b.xml");
        assert_eq!(join("", "../../b.xml"), "b.xml");
    }
}
