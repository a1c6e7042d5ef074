//! `scorepress init`.

use std::fs;
use std::io;
use std::path::{Component, Path};

use include_dir::{Dir, include_dir};

use super::arguments::Common;
use super::{Exit, complain, print, schema};

static STARTER: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/examples/demo");

/// Writes the starter.
pub fn run(common: &Common, folder: &Path) -> Exit {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) || folder.is_file() {
        let why = format!(
            "{} is not empty; name a folder that does not exist yet",
            folder.display()
        );
        return complain(Exit::Usage, why);
    }
    let written = write(&STARTER, folder)
        .and_then(|()| schema::write(&folder.join(".vscode").join("schema")));
    if let Err(error) = written {
        return complain(
            Exit::Machine,
            format!("cannot write {}: {error}", folder.display()),
        );
    }
    if !common.quiet {
        let here = folder.components().all(|part| part == Component::CurDir);
        let (place, enter) = if here {
            ("this folder".to_owned(), String::new())
        } else {
            (
                folder.display().to_string(),
                format!("  cd {}\n", folder.display()),
            )
        };
        print(format!(
            "A starter site is in {place}: an invented city department with sample figures.\n\nNext:\n{enter}  scorepress serve --open     look at it while you edit content/\n  scorepress build            make the pages to publish, in public/\n\ncontent/guide/first-steps.md says where to begin."
        ));
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
