//! `scorepress serve`.

use super::arguments::{Common, Serve};
use super::site::{self, plural};
use super::{Exit, complain, print, tell};
use crate::Prepared;
use crate::say;
use crate::serve::{Audience, Settings, serve};

/// Shows the site while it is edited.
pub fn run(common: &Common, arguments: &Serve) -> Exit {
    let mut options = match site::options(common, None, arguments.drafts) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    options.asks_history = !arguments.no_history;
    let language = site::told_in(&options);
    let settings = Settings {
        host: arguments.host,
        port: arguments.port,
        editor: arguments.editor.clone(),
    };
    let terminal = Terminal {
        quiet: common.quiet,
    };
    let ready = |address: &str| {
        print(say!("{address}  (Ctrl-C ends the preview)", address).text(language));
        if !settings.host.is_loopback() {
            let warning =
                say!("Other machines can read this preview, drafts and all, as long as it runs.");
            tell(warning.text(language));
        }
        if arguments.open
            && let Err(error) = open::that_detached(address)
        {
            tell(say!("cannot open a browser: {error}", error).text(language));
        }
    };
    match serve(options, &settings, terminal, ready) {
        Ok(()) => Exit::Fine,
        Err(error) => complain(Exit::Machine, error.said().text(language)),
    }
}

/// Tells the author on the terminal what was found.
struct Terminal {
    quiet: bool,
}

impl Audience for Terminal {
    fn prepared(&mut self, site: &Prepared, milliseconds: u128) {
        let errors = site.faults.errors();
        if !self.quiet || errors > 0 {
            site::report(&site.faults, site);
        }
        if errors > 0 {
            let said = plural(
                errors,
                say!("{count} fault; the last good site stays", count = errors),
                say!("{count} faults; the last good site stays", count = errors),
            );
            tell(said.text(site.language));
        } else if !self.quiet {
            let count = site.plan.len();
            let said = plural(
                count,
                say!(
                    "{count} file ready in {milliseconds} ms",
                    count,
                    milliseconds
                ),
                say!(
                    "{count} files ready in {milliseconds} ms",
                    count,
                    milliseconds
                ),
            );
            tell(said.text(site.language));
        }
    }

    fn unreadable(&mut self, why: &str) {
        complain(Exit::Machine, why);
    }
}
