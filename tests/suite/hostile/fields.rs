//! Payloads in every field that the schemas of the content format have, one after
//! the other found by the schemas themselves: a field that is added is tested by
//! being there.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::outputs::assert_harmless;
use crate::site::Site;

/// Markup, in every place it could come alive.
const MARKUP: &str = "\"'><img src=x onerror=alert(1)></script></title></style></textarea></noscript>--><script>alert(1)</script>]]><svg/onload=alert(1)>{{7*7}}{%x%}&lt;&#60;<!--\u{202e}\u{2028}\u{0}\u{8}\u{1b}[31m\u{ffff}";
/// Code that an address or a template could run.
const ADDRESS: &str = "javascript:alert(1)//{path}{line}https://x@y.example/";
/// What a spreadsheet could run.
const FORMULA: &str = "=HYPERLINK(\"https://x.example/\",\"x\")|cmd'!A0";

/// A field by its file and its way down from the top.
type Place = (&'static str, Vec<Step>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Key(String),
    At(usize),
}

const SITE: &str = "content/site.yaml";
const ORGANIZATIONS: &str = "content/organizations.yaml";
const SCORECARD: &str = "content/org/2025/scorecard.yaml";

/// Sound values where a field that is refused leaves its entry useless.
fn documents() -> BTreeMap<&'static str, Value> {
    let link = json!([{"name": "Link", "url": "https://example.org/"}]);
    BTreeMap::from([
        (
            SITE,
            json!({
                "title": "Test", "languages": ["en"], "publisher": "org",
                "navigation": link,
                "licence": {"name": "Free"},
                // Wording that is taken for another has no other to be held against.
                "check": {"erratum-mismatch": "allow"},
                "accessibility": {"badge": {"image": "a.svg", "alt": "Badge"}},
                "bands": {"levels": [{"name": "Good", "from": 90}]},
            }),
        ),
        (
            ORGANIZATIONS,
            json!([{
                "id": "org", "name": "The Office", "links": link,
                "units": [{"id": "unit", "name": "Unit"}],
            }]),
        ),
        (
            SCORECARD,
            json!({
                "title": "Plan",
                "source": {"title": "Document"},
                "bands": {"levels": [{"name": "Good", "from": 90}]},
                "perspectives": [
                    {"code": "C", "name": "Customer"}, {"code": "P", "name": "Process"},
                ],
                "cross_cutting": [{"code": "TC1", "name": "For all"}],
                "themes": [{
                    "code": "A", "name": "Service", "lead": "org",
                    "objectives": [{
                        "code": "AC1", "name": "Content people",
                        "drives": [{"to": "AP1"}],
                        "kpis": [{
                            "code": "AC1.1", "name": "Satisfaction", "target": 90,
                            "direction": "higher",
                            "bands": {"levels": [{"name": "Good", "from": 90}]},
                            "actions": [{
                                "code": "AC1.1.1", "name": "Listen", "documents": link,
                                "milestones": [{"name": "Start", "due": "2025-03-01"}],
                                "budget": {"planned": 5},
                            }],
                        }],
                    }, {"code": "AP1", "name": "Good work"}],
                }],
                "errata": [{"code": "AP1", "published": "Good work"}],
            }),
        ),
    ])
}

/// Adds every field of a schema that a document lacks, and notes where each text,
/// number and word stands.
fn fields(
    schema: &Value,
    root: &Value,
    value: &mut Value,
    here: &mut Place,
    found: &mut Vec<(Place, Option<Value>)>,
) {
    let mut schema = schema;
    loop {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap();
            schema = &root["$defs"][name];
        } else if let Some(forms) = schema["anyOf"].as_array() {
            // The form that the document has; of the others the first.
            let is = |form: &&Value| match value {
                Value::Object(_) => form["$ref"].is_string(),
                Value::Array(_) => form["type"] == "array",
                _ => false,
            };
            schema = forms.iter().find(is).unwrap_or(&forms[0]);
        } else {
            break;
        }
    }
    if let Some(properties) = schema["properties"].as_object() {
        if value.is_null() {
            *value = json!({});
        }
        for (key, property) in properties {
            // A unit has units; those of the documents are enough.
            let absent = value.get(key).is_none();
            if absent && is_list_of_entries(property) {
                continue;
            }
            let entry = value.as_object_mut().unwrap();
            here.1.push(Step::Key(key.clone()));
            fields(
                property,
                root,
                entry.entry(key).or_insert(Value::Null),
                here,
                found,
            );
            here.1.pop();
        }
        return;
    }
    if let (Some(items), Some(list)) = (schema.get("items"), value.as_array_mut()) {
        for (at, item) in list.iter_mut().enumerate() {
            here.1.push(Step::At(at));
            fields(items, root, item, here, found);
            here.1.pop();
        }
        return;
    }
    let before = (!value.is_null()).then(|| value.clone());
    found.push((here.clone(), before));
}

fn is_list_of_entries(schema: &Value) -> bool {
    schema["items"]["$ref"].is_string() || schema["$ref"].is_string()
}

/// Puts a value into its place, or takes away what stands there.
fn put(document: &mut Value, way: &[Step], value: Option<Value>) {
    let (last, before) = way.split_last().unwrap();
    let parent = before.iter().fold(document, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::At(at) => &mut value[at],
    });
    match (last, value) {
        (Step::Key(key), Some(value)) => parent[key] = value,
        (Step::Key(key), None) => drop(parent.as_object_mut().unwrap().remove(key)),
        (Step::At(at), value) => parent[at] = value.unwrap_or(Value::Null),
    }
}

/// The schemas, as the command writes them.
fn schema(site: &Site, name: &str) -> Value {
    let text = std::fs::read(site.path(&format!("schema/{name}.schema.json"))).unwrap();
    serde_json::from_slice(&text).unwrap()
}

/// The number that a line of a document marks its field with.
fn mark(line: &str) -> Option<usize> {
    let (_, after) = line.split_once("zq")?;
    after.split_once('z')?.0.parse().ok()
}

/// Builds a site with the payload in every field; where a field refuses it, the
/// fault has to stand at its line, and the field gets its sound value back.
/// Returns the fields that took it, the site, and how many refused it.
fn press(payload: &str) -> (Vec<Place>, Site, usize) {
    let site = Site::small()
        .file(
            "content/a.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )
        .file(
            "content/org/2025/measurements.csv",
            "kpi,period,value,published_on\nAC1.1,2025,91,2025-12-31\n",
        );
    assert_eq!(site.run(&["schema", "schema"]).code, 0);
    let mut documents = documents();
    let mut found = Vec::new();
    for (file, name) in [
        (SITE, "site"),
        (ORGANIZATIONS, "organizations"),
        (SCORECARD, "scorecard"),
    ] {
        let schema = schema(&site, name);
        let mut here = (file, Vec::new());
        fields(
            &schema,
            &schema,
            documents.get_mut(file).unwrap(),
            &mut here,
            &mut found,
        );
    }
    assert!(found.len() > 150, "{}", found.len());
    let mut live: BTreeSet<usize> = (0..found.len()).collect();
    for (number, ((file, way), _)) in found.iter().enumerate() {
        let text = format!("{payload} zq{number}z");
        put(documents.get_mut(file).unwrap(), way, Some(text.into()));
    }
    // Later phases find faults where earlier ones no longer do.
    for _ in 0..40 {
        for (file, document) in &documents {
            // YAML wants some characters escaped that JSON does not.
            let text = serde_json::to_string_pretty(document).unwrap();
            site.write(file, text.replace('\u{ffff}', "\\uffff"));
        }
        let faults = site.faults();
        let errors: Vec<_> = faults.iter().filter(|f| f["level"] == "error").collect();
        if errors.is_empty() {
            let places = live.iter().map(|at| found[*at].0.clone()).collect();
            return (places, site, found.len() - live.len());
        }
        let mut refused = BTreeSet::new();
        for fault in &errors {
            let file = fault["file"].as_str().unwrap();
            let line = usize::try_from(fault["line"].as_u64().unwrap()).unwrap();
            let text = std::fs::read_to_string(site.path(file)).unwrap();
            let at_line = text.lines().nth(line - 1).and_then(mark);
            // A fault of an entry stands where the entry begins and quotes its field.
            let quoted = || mark(fault["message"].as_str().unwrap());
            refused.extend(at_line.or_else(quoted).filter(|at| live.contains(at)));
        }
        assert!(!refused.is_empty(), "no place in {errors:#?}");
        for at in refused {
            live.remove(&at);
            let ((file, way), before) = &found[at];
            put(documents.get_mut(file).unwrap(), way, before.clone());
        }
    }
    panic!("the faults have no end: {:#?}", site.faults());
}

fn try_payload(payload: &str) {
    let (taken, site, refused) = press(payload);
    let run = site.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_harmless(&site.path("public"));
    assert!(
        taken.len() > 40 && refused > 40,
        "{} {refused}",
        taken.len()
    );
    // A field that is shown nowhere was not tested: names are always shown.
    let pages = crate::site::files(&site.path("public"));
    let shown: String = pages
        .iter()
        .filter(|p| p.ends_with(".html"))
        .map(|p| site.text(p))
        .collect();
    assert!(shown.matches("zq").count() > taken.len());
}

#[test]
fn markup_in_any_field_is_text() {
    try_payload(MARKUP);
}

#[test]
fn an_address_in_any_field_leads_nowhere_it_should_not() {
    try_payload(ADDRESS);
}

#[test]
fn a_formula_in_any_field_is_text() {
    try_payload(FORMULA);
}
