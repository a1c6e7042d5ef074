//! `scorepress init`.

use std::fs;
use std::io;
use std::path::{Component, Path};

use include_dir::{Dir, include_dir};

use super::arguments::Common;
use super::{Exit, complain, print, schema, site};
use crate::message::Message;
use crate::say;

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/demo");

/// Writes the starter.
pub fn run(common: &Common, folder: &Path) -> Exit {
    let language = site::speech(common);
    let shown = folder.display().to_string();
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        let why = say!(
            "{folder} is not empty; name a folder that does not exist yet",
            folder = shown
        );
        return complain(Exit::Usage, why.text(language));
    }
    let written = write(&STARTER, folder)
        .and_then(|()| schema::write(&folder.join(".vscode").join("schema")));
    if let Err(error) = written {
        let why = say!("cannot write {path}: {error}", path = shown, error);
        return complain(Exit::Machine, why.text(language));
    }
    if !common.quiet {
        let here = folder.components().all(|part| part == Component::CurDir);
        let (place, enter) = if here {
            (say!("this folder"), String::new())
        } else {
            let enter = format!("  cd {shown}\n");
            (Message::foreign(shown), enter)
        };
        let said = say!(
            "A starter site is in {place}: an invented city department with sample figures.\n\nNext:\n{enter}  scorepress serve --open     look at it while you edit content/\n  scorepress build            make the pages to publish, in public/\n\ncontent/guide/first-steps.md says where to begin.",
            place,
            enter
        );
        print(said.text(language));
    }
    Exit::Fine
}

fn write(dir: &Dir<'static>, folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for file in dir.files() {
        let path = folder.join(file.path());
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, file.contents())?;
    }
    dir.dirs().try_for_each(|dir| write(dir, folder))
}
