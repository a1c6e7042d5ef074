//! Texts that have no words in one of the site's languages, counted.

use crate::diagnostic::{Diagnostic, Diagnostics, Rule};
use crate::model::Publication;
use crate::model::lang::LangId;
use crate::model::scorecard::Scorecard;
use crate::model::text::Text;
use crate::say;

/// Counts missing translations: one note for each scorecard and language, at
/// the scorecard's title.
pub fn check(publication: &Publication, faults: &mut Diagnostics) {
    // A text in a language that the site has not is most likely the one that is missing.
    if faults.has(Rule::UnknownLanguage) {
        return;
    }
    let languages = &publication.settings.languages;
    for (lang, tag) in languages.iter().skip(1) {
        for scorecard in &publication.scorecards {
            let texts = texts(scorecard);
            let missing: Vec<&Text> = texts.iter().filter(|t| !t.has(lang)).copied().collect();
            let Some(first) = missing.first() else {
                continue;
            };
            faults.push(
                Diagnostic::new(
                    Rule::MissingTranslation,
                    scorecard.title_span,
                    say!("{count} of {all} texts of {path} have no words in `{tag}`; the first is “{first}”", count = missing.len(), all = texts.len(), path = scorecard.folder, tag, first = first.read(LangId::DEFAULT).text),
                )
                .expected(say!("`{tag}:` beside each text", tag))
                .help(say!("pages show the default language in their place and mark it")),
            );
        }
    }
}

/// Every text of a scorecard that readers see.
fn texts(scorecard: &Scorecard) -> Vec<&Text> {
    let mut texts = vec![&scorecard.title];
    texts.extend(
        [&scorecard.mission, &scorecard.vision, &scorecard.slogan]
            .into_iter()
            .flatten(),
    );
    texts.extend(&scorecard.values);
    for perspective in &scorecard.perspectives {
        texts.push(&perspective.name);
        texts.extend(&perspective.question);
    }
    for theme in &scorecard.themes {
        texts.push(&theme.name);
        texts.extend(&theme.description);
    }
    for objective in &scorecard.objectives {
        texts.push(&objective.name);
        texts.extend(&objective.description);
        texts.extend(
            objective
                .drives
                .iter()
                .filter_map(|drive| drive.because.as_ref()),
        );
    }
    for kpi in &scorecard.kpis {
        texts.push(&kpi.name);
        texts.extend(
            [&kpi.question, &kpi.definition, &kpi.formula]
                .into_iter()
                .flatten(),
        );
        texts.extend(&kpi.data_source);
        // Signs such as % are in no language.
        let in_words = |unit: &&Text| unit.original().chars().any(char::is_alphabetic);
        texts.extend(kpi.unit.as_ref().filter(in_words));
    }
    for action in &scorecard.actions {
        texts.push(&action.name);
        texts.extend(&action.description);
        texts.extend(action.milestones.iter().map(|milestone| &milestone.name));
    }
    // What is not there at all is told where it should stand.
    texts.retain(|text| !text.original().is_empty());
    texts
}
