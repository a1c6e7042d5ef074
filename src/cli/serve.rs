//! `scorepress serve`.

use super::arguments::{Common, Serve};
use super::site::{self, plural};
use super::{Exit, complain, say, tell};
use crate::Prepared;
use crate::serve::{Audience, Settings, serve};

/// Shows the site while it is edited.
pub fn run(common: &Common, arguments: &Serve) -> Exit {
    let mut options = match site::options(common, None, arguments.drafts) {
        Ok(options) => options,
        Err(exit) => return exit,
    };
    options.asks_history = !arguments.no_history;
    let settings = Settings {
        host: arguments.host,
        port: arguments.port,
        editor: arguments.editor.clone(),
    };
    let terminal = Terminal {
        quiet: common.quiet,
    };
    let ready = |address: &str| {
        say(format_args!("{address}  (Ctrl-C ends the preview)"));
        if !settings.host.is_loopback() {
            tell("Other machines can read this preview, drafts and all, as long as it runs.");
        }
        if arguments.open
            && let Err(error) = open::that_detached(address)
        {
            tell(format_args!("cannot open a browser: {error}"));
        }
    };
    match serve(options, &settings, terminal, ready) {
        Ok(()) => Exit::Fine,
        Err(error) => complain(Exit::Machine, error),
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
            site::report(&site.faults, &site.sources);
        }
        if errors > 0 {
            let faults = plural(errors, "fault", "faults");
            tell(format_args!("{faults}; the last good site stays"));
        } else if !self.quiet {
            let files = plural(site.plan.len(), "file", "files");
            tell(format_args!("{files} ready in {milliseconds} ms"));
        }
    }

    fn unreadable(&mut self, why: &str) {
        complain(Exit::Machine, why);
    }
}
