//! A site's own theme: single files over the default one.

use std::fs;
use std::path::Path;

use crate::site::{SITE_YAML, Site};

fn with_theme() -> Site {
    Site::small()
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
}

#[test]
fn one_template_is_replaced_and_the_rest_stays() {
    let site = with_theme().file(
        "themes/ours/templates/glossary.html",
        "{% extends \"base.html\" %}{% block main %}<h1>Our words</h1>{% endblock main %}",
    );
    site.build();
    assert_eq!(site.page("glossary.html").first("h1"), "Our words");
    assert_eq!(site.page("method.html").all(".prose h2").len(), 6);
}

#[test]
fn words_and_styles_are_replaced_one_by_one() {
    let site = with_theme()
        .file(
            "themes/ours/locale/en.yaml",
            "status:\n  none: Nothing yet\n",
        )
        .file("themes/ours/extra.css", ".ours { color: red }\n");
    site.build();
    let kpi = site.page("org/2025/AC1.html");
    assert_eq!(kpi.first(".status"), "Not due yet");
    let style = site.text("assets/style.css");
    assert!(style.contains(".ours { color: red }") && style.contains(".objective"));
    let plan = Site::plan("title: P\nthemes:\n  - code: A\n    name: T\n    objectives:\n      - {code: AC1, name: O, kpis: [{code: AC1.1, name: K}]}\n")
        .file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"))
        .file("themes/ours/theme.yaml", "name: Ours\ncontract: 1\n")
        .file("themes/ours/locale/en.yaml", "status:\n  none: Nothing yet\n");
    plan.build();
    assert_eq!(
        plan.page("org/2025/AC1.1.html").first(".now .status"),
        "Nothing yet"
    );
}

#[test]
fn a_theme_states_its_contract() {
    let missing = Site::small().file("content/site.yaml", format!("{SITE_YAML}theme: ours\n"));
    assert_eq!(missing.faults()[0]["rule"], "bad-theme");
    let site = with_theme().file("themes/ours/theme.yaml", "name: Ours\ncontract: 99\n");
    let faults = site.faults();
    assert_eq!(
        (&faults[0]["rule"], &faults[0]["line"]),
        (&"bad-theme".into(), &2.into())
    );
    assert_eq!(faults[0]["file"], "themes/ours/theme.yaml");
}

#[test]
fn a_fault_in_a_template_has_its_line() {
    let site = with_theme().file(
        "themes/ours/templates/glossary.html",
        "{% extends \"base.html\" %}\n{% block main %}\n{{ view.trems }}\n{% endblock main %}",
    );
    let faults = site.faults();
    assert_eq!(faults[0]["rule"], "template-error", "{faults:?}");
    assert_eq!(faults[0]["file"], "themes/ours/templates/glossary.html");
    assert_eq!(faults[0]["line"], 3);
    assert_eq!(site.run(&["build"]).code, 1);
    let broken = with_theme().file("themes/ours/templates/glossary.html", "a\n{% if x %}\nb");
    assert_eq!(broken.faults()[0]["rule"], "template-error");
}

#[test]
fn a_file_is_ejected_once() {
    let site = with_theme();
    assert_eq!(site.run(&["theme", "eject", "templates/kpi.html"]).code, 0);
    let copy = fs::read_to_string(site.path("themes/ours/templates/kpi.html")).unwrap();
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/kpi.html");
    assert_eq!(copy, fs::read_to_string(default).unwrap());
    assert_eq!(site.run(&["theme", "eject", "templates/kpi.html"]).code, 2);
    let wrong = site.run(&["theme", "eject", "templates/kpis.htm"]);
    assert!(
        wrong.err.contains("did you mean `templates/kpis.html`?"),
        "{}",
        wrong.err
    );
    assert!(
        site.run(&["theme", "eject"])
            .out
            .contains("locale/zh-Hant.yaml")
    );
    site.build();
}

#[test]
fn both_word_lists_have_the_same_words() {
    use scorepress::diagnostic::Diagnostics;
    use scorepress::site::locale::Words;
    use scorepress::source::yaml;
    use scorepress::span::Sources;
    let read = |name: &str| {
        let mut sources = Sources::default();
        let text = scorepress::site::theme::embedded(&format!("locale/{name}.yaml")).unwrap();
        let file = sources.add(name, text.to_owned());
        let node = yaml::parse(sources.get(file), file).unwrap();
        let (mut words, mut faults) = (Words::default(), Diagnostics::default());
        words.extend(&node, &mut faults);
        assert!(faults.is_empty());
        words
            .keys()
            .filter(|key| !key.ends_with("_roc"))
            .map(str::to_owned)
            .collect::<std::collections::BTreeSet<_>>()
    };
    assert_eq!(read("en"), read("zh-Hant"));
}

#[test]
fn no_page_shows_a_key_in_place_of_a_word() {
    let demo = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/demo");
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let arguments = [
        "build",
        "--root",
        demo.to_str().unwrap(),
        "--output",
        output.to_str().unwrap(),
    ];
    assert_eq!(
        crate::site::Run::of(&crate::site::command(&arguments).output().unwrap()).code,
        0
    );
    let words = scorepress::site::theme::embedded("locale/en.yaml").unwrap();
    let lists: Vec<_> = words
        .lines()
        .filter_map(|l| l.strip_suffix(':'))
        .filter(|l| !l.contains(' '))
        .collect();
    for path in crate::site::files(&output)
        .into_iter()
        .filter(|p| p.ends_with(".html"))
    {
        let text = crate::site::Page::read(&output.join(&path))
            .all("body")
            .join(" ");
        for word in text.split_whitespace() {
            if let Some((list, key)) = word.split_once('.')
                && lists.contains(&list)
                && !key.is_empty()
                && key.chars().all(|c| c.is_ascii_lowercase() || c == '_')
                && !matches!(
                    key,
                    "yaml" | "html" | "csv" | "json" | "xlsx" | "ods" | "css"
                )
            {
                panic!("{path} shows {word}");
            }
        }
    }
}

#[test]
fn a_language_without_words_is_noted_with_what_to_do() {
    let site = Site::plan("title: Plan\n").file(
        "content/site.yaml",
        "title: {en: T, fr: T}\nlanguages: [en, fr]\n",
    );
    let told = site.run(&["build"]).err;
    assert!(told.contains("no words in `fr`"), "{told}");
    assert!(told.contains("theme eject locale/en.yaml"), "{told}");
}
