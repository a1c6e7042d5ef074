//! What publishing never destroys: dotfiles, sources, other people's files.

use super::*;

#[test]
fn dotfiles_stay() {
    for place in Place::all() {
        for dotfile in [
            ".gitignore",
            ".git/objects/ab/cd",
            ".nojekyll",
            "gone/.keep",
        ] {
            place.lay(dotfile, dotfile);
        }
        place.publish(&[("index.html", "1"), ("gone/x.html", "x")]);
        place.publish(&[("index.html", "2")]);
        let outcome = place.try_publish(&[("index.html", "3")], &FORCE).unwrap();
        assert_eq!(outcome.removed, 0);
        assert_eq!(
            place.files(),
            site(&[
                (".gitignore", ".gitignore"),
                (".git/objects/ab/cd", ".git/objects/ab/cd"),
                (".nojekyll", ".nojekyll"),
                ("gone/.keep", "gone/.keep"),
                ("index.html", "3"),
            ]),
            "{:?}",
            place.method
        );
    }
}

#[test]
fn a_file_is_not_planned_over_a_folder_that_must_stay() {
    for place in Place::all() {
        place.lay("notes/.keep", "");
        let error = place
            .try_publish(&[("notes", "a file")], &FORCE)
            .unwrap_err();
        assert!(matches!(&error, PublishError::InTheWay { .. }), "{error}");
        assert_eq!(error.fault(), Fault::Usage);
        assert_eq!(place.files(), site(&[("notes/.keep", "")]));
    }
}

#[test]
fn somebody_elses_files_are_refused_until_forced() {
    for place in Place::all() {
        place.lay("thesis.docx", "years of work");
        place.lay("photos/a.jpg", "a");
        let error = place
            .try_publish(&[("index.html", "1")], &Options::default())
            .unwrap_err();
        assert_eq!(error.fault(), Fault::Usage);
        let message = error.to_string();
        for part in [
            "holds 2 file(s)",
            "photos/a.jpg, thesis.docx",
            "--force",
            "move them away",
        ] {
            assert!(message.contains(part), "{message}");
        }
        assert_eq!(place.files().len(), 2, "nothing is lost");

        let outcome = place.try_publish(&[("index.html", "1")], &FORCE).unwrap();
        assert_eq!(
            outcome,
            Outcome {
                written: 3,
                unchanged: 0,
                removed: 2
            }
        );
        assert_eq!(place.files(), site(&[("index.html", "1")]));
    }
}

#[test]
fn one_file_too_many_in_a_built_site_is_refused() {
    for place in Place::all() {
        place.publish(&[("index.html", "1")]);
        place.lay("mine.txt", "notes");
        let error = place
            .try_publish(&[("index.html", "2")], &Options::default())
            .unwrap_err();
        assert!(error.to_string().contains("such as mine.txt"), "{error}");
        assert_eq!(
            place.files(),
            site(&[("index.html", "1"), ("mine.txt", "notes")])
        );
    }
}

#[test]
fn the_manifest_of_another_program_proves_nothing() {
    for place in Place::all() {
        place.lay(MANIFEST, r#"{"name": "Some app"}"#);
        let error = place
            .try_publish(&[("index.html", "1")], &Options::default())
            .unwrap_err();
        assert!(
            error.to_string().contains("such as manifest.json"),
            "{error}"
        );
        let outcome = place.try_publish(&[("index.html", "1")], &FORCE).unwrap();
        assert_eq!(
            outcome,
            Outcome {
                written: 3,
                unchanged: 0,
                removed: 0
            }
        );
    }
}

#[test]
fn the_sources_of_a_site_are_never_deleted() {
    for place in Place::all() {
        place.lay("content/site.yaml", "title: x");
        let error = place
            .try_publish(&[("index.html", "1")], &FORCE)
            .unwrap_err();
        assert!(
            error
                .to_string()
                .contains("sources of a site (content/site.yaml)"),
            "{error}"
        );
        assert_eq!(place.files(), site(&[("content/site.yaml", "title: x")]));
    }
}

#[test]
fn empty_folders_are_no_obstacle() {
    for place in Place::all() {
        fs::create_dir_all(place.at("empty/inside")).unwrap();
        place.publish(&[("index.html", "1")]);
        fs::create_dir_all(place.at("page.html")).unwrap();
        place.publish(&[("page.html", "2")]);
        assert_eq!(place.files(), site(&[("page.html", "2")]));
    }
}

#[test]
fn a_file_may_become_a_folder_and_a_folder_a_file() {
    for place in Place::all() {
        place.publish(&[("a", "file"), ("b/c/d", "deep")]);
        place.publish(&[("a/x", "deep"), ("b", "file")]);
        assert_eq!(
            place.files(),
            site(&[("a/x", "deep"), ("b", "file")]),
            "{:?}",
            place.method
        );
    }
}

#[test]
fn an_output_that_is_no_folder_is_refused() {
    let place = Place::new(Method::Exchange);
    fs::write(place.output(), "a file").unwrap();
    let error = place.try_publish(&[], &FORCE).unwrap_err();
    assert!(matches!(error, PublishError::NotAFolder { .. }), "{error}");
    assert_eq!(fs::read(place.output()).unwrap(), b"a file");

    let error = publish(Path::new("/"), vec![], &FORCE).unwrap_err();
    assert!(matches!(error, PublishError::Nameless { .. }), "{error}");
    let error = publish(&place.folder.path().join("x/.."), vec![], &FORCE).unwrap_err();
    assert!(matches!(error, PublishError::Nameless { .. }), "{error}");
}
