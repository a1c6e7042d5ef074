//! Modes, links and inodes.

use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

use super::*;

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().mode() & 0o7777
}

#[test]
fn files_and_folders_have_the_modes_of_any_others() {
    for place in Place::all() {
        let plain = place.folder.path().join("plain");
        fs::create_dir(&plain).unwrap();
        fs::write(plain.join("file"), "").unwrap();
        place.publish(&[("a/index.html", "1")]);
        for folder in ["", "a"] {
            assert_eq!(mode(&place.at(folder)), mode(&plain), "{:?}", place.method);
        }
        for file in ["a/index.html", MANIFEST, SUMS] {
            assert_eq!(mode(&place.at(file)), mode(&plain.join("file")));
        }
    }
}

#[test]
fn the_output_keeps_its_own_mode() {
    for place in Place::all() {
        place.publish(&[("index.html", "1")]);
        fs::set_permissions(place.output(), fs::Permissions::from_mode(0o2750)).unwrap();
        place.publish(&[("index.html", "2")]);
        assert_eq!(mode(&place.output()), 0o2750, "{:?}", place.method);
    }
}

#[test]
fn a_swap_replaces_the_folder_and_links_what_is_unchanged() {
    let place = Place::new(Method::Exchange);
    let inode = |path: &str| fs::metadata(place.at(path)).unwrap().ino();
    place.publish(&[("index.html", "1"), ("same.css", "c")]);
    let (folder, same) = (inode(""), inode("same.css"));
    place.publish(&[("index.html", "2"), ("same.css", "c")]);
    assert_ne!(inode(""), folder);
    assert_eq!(inode("same.css"), same);
    assert_eq!(fs::metadata(place.at("same.css")).unwrap().nlink(), 1);
}

#[test]
fn an_output_that_is_a_link_is_refused() {
    for place in Place::all() {
        let elsewhere = place.folder.path().join("elsewhere");
        fs::create_dir(&elsewhere).unwrap();
        symlink(&elsewhere, place.output()).unwrap();
        for output in [place.output(), place.at(""), place.at(".")] {
            let error = publish(&output, vec![], &FORCE).unwrap_err();
            assert!(matches!(error, PublishError::Link { .. }), "{error}");
        }
        assert_eq!(files_in(&elsewhere), site(&[]));
    }
}

#[test]
fn nothing_is_written_through_a_link_in_the_output() {
    for place in Place::all() {
        let elsewhere = place.folder.path().join("elsewhere");
        place.publish(&[("kpi/a.html", "1")]);
        fs::rename(place.at("kpi"), &elsewhere).unwrap();
        symlink(&elsewhere, place.at("kpi")).unwrap();

        let error = place
            .try_publish(&[("kpi/a.html", "2")], &Options::default())
            .unwrap_err();
        assert!(matches!(error, PublishError::Foreign { .. }), "{error}");
        let forced = place.try_publish(&[("kpi/a.html", "2")], &FORCE);
        if place.method == Method::InPlace {
            let error = forced.unwrap_err();
            assert!(matches!(error, PublishError::LinkInside { .. }), "{error}");
        } else {
            forced.unwrap();
            assert_eq!(place.files(), site(&[("kpi/a.html", "2")]));
        }
        assert_eq!(files_in(&elsewhere), site(&[("a.html", "1")]), "untouched");
    }
}

#[test]
fn a_page_that_became_a_link_is_replaced_itself() {
    for place in Place::all() {
        let elsewhere = place.folder.path().join("elsewhere.html");
        fs::write(&elsewhere, "1").unwrap();
        place.publish(&[("a.html", "1")]);
        fs::remove_file(place.at("a.html")).unwrap();
        symlink(&elsewhere, place.at("a.html")).unwrap();
        for text in ["1", "2"] {
            place.publish(&[("a.html", text)]);
            assert!(
                !fs::symlink_metadata(place.at("a.html"))
                    .unwrap()
                    .is_symlink()
            );
        }
        assert_eq!(fs::read(&elsewhere).unwrap(), b"1");
    }
}

#[test]
fn a_linked_dotfile_stays_a_link() {
    for place in Place::all() {
        fs::create_dir(place.output()).unwrap();
        symlink("/", place.at(".root")).unwrap();
        place.publish(&[("index.html", "1")]);
        assert_eq!(fs::read_link(place.at(".root")).unwrap(), Path::new("/"));
    }
}
