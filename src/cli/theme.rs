//! `scorepress theme`.

use std::fs;

use super::arguments::{Common, Theme};
use super::{Exit, complain, print, site};
use crate::diagnostic::{Diagnostics, nearest};
use crate::message::Message;
use crate::say;
use crate::site::theme::{CONTRACT, embedded, embedded_names};
use crate::source::decode::Decode;
use crate::source::entry::SiteEntry;
use crate::source::yaml;
use crate::span::Sources;

/// Copies one file of the default theme into the site's own.
pub fn run(common: &Common, command: &Theme) -> Exit {
    let language = site::speech(common);
    let Theme::Eject { file } = command;
    let Some(name) = file else {
        for name in embedded_names() {
            print(&name);
        }
        return Exit::Fine;
    };
    let Some(text) = embedded(name) else {
        let names = embedded_names();
        let help = nearest(name, names.iter().map(String::as_str)).map_or_else(
            || say!("`scorepress theme eject` lists its files"),
            |near| say!("did you mean `{near}`?", near),
        );
        let why = say!("the default theme has no file `{name}`", name);
        let why = Message::list([why, help]);
        return complain(Exit::Usage, why.text(language));
    };
    let root = match site::root(common) {
        Ok(root) => root,
        Err(exit) => return exit,
    };
    let theme = chosen_theme(&root);
    let folder = root.join("themes").join(&theme);
    let path = folder.join(name);
    let shown = path.display().to_string();
    if path.exists() {
        let why = say!("{path} is there already; it is left as it is", path = shown);
        return complain(Exit::Usage, why.text(language));
    }
    let about = folder.join("theme.yaml");
    let written = path
        .parent()
        .map_or(Ok(()), fs::create_dir_all)
        .and_then(|()| fs::write(&path, text))
        .and_then(|()| {
            if about.exists() {
                Ok(())
            } else {
                fs::write(&about, format!("name: {theme}\ncontract: {CONTRACT}\n"))
            }
        });
    if let Err(error) = written {
        let why = say!("cannot write {path}: {error}", path = shown, error);
        return complain(Exit::Machine, why.text(language));
    }
    if !common.quiet {
        let said = say!(
            "{path} is now the site's own; the rest stays the default theme's",
            path = shown
        );
        print(said.text(language));
    }
    Exit::Fine
}

/// The theme that `site.yaml` chooses, whatever else is wrong with that file.
fn chosen_theme(root: &std::path::Path) -> String {
    let default = "default".to_owned();
    let Ok(text) = fs::read_to_string(root.join("content").join("site.yaml")) else {
        return default;
    };
    let mut sources = Sources::default();
    let file = sources.add("content/site.yaml", text);
    let Ok(node) = yaml::parse(sources.get(file), file) else {
        return default;
    };
    let entry = SiteEntry::decode(&node, &mut Diagnostics::default());
    let plain = |name: &String| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    };
    entry
        .and_then(|e| e.theme)
        .map(|theme| theme.value)
        .filter(plain)
        .unwrap_or(default)
}
