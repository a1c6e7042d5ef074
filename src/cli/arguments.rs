//! What can be said on the command line.

use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::message::Language;
use crate::publish::Share;

/// Publishes an organisation's strategy map and balanced scorecard as a static
/// website from plain text files.
#[derive(Debug, Parser)]
#[command(name = "scorepress", version, about, propagate_version = true)]
pub struct Arguments {
    /// Options of every command.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Common {
    /// The folder that holds `content/`; by default the nearest one upwards.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// The date the site speaks of; later rows of the ledgers do not exist.
    #[arg(long, global = true, value_name = "DATE")]
    pub as_of: Option<String>,
    /// The language of messages: `en` or `zh-Hant`; by default that of the content,
    /// or of the environment where there is none.
    #[arg(long, global = true, value_name = "TAG", value_parser = language)]
    pub lang: Option<Language>,
    /// Print errors only.
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// When to use colour.
    #[arg(
        long = "color",
        global = true,
        value_name = "WHEN",
        default_value = "auto"
    )]
    pub colour: Colour,
}

fn language(tag: &str) -> Result<Language, String> {
    Language::of_tag(tag).ok_or_else(|| {
        let known = Language::ALL.map(Language::tag).join(", ");
        format!("messages are written in {known}")
    })
}

/// When to use colour.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Colour {
    /// Makes it hold for everything printed.
    pub fn write_global(self) {
        let choice = match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the site into `public/`.
    Build(Build),
    /// Put the parts of a site together that were built with `--shard`.
    Merge {
        /// The folder of the whole site.
        #[arg(value_name = "OUTPUT")]
        output: PathBuf,
        /// The folders of all parts.
        #[arg(value_name = "PART", required = true)]
        parts: Vec<PathBuf>,
        /// Write even into a folder that holds files of somebody else, which are deleted.
        #[arg(long)]
        force: bool,
        /// Sign the manifest with an Ed25519 key of OpenSSH.
        #[arg(long, value_name = "KEY")]
        sign: Option<PathBuf>,
    },
    /// Prove that a published site is whole, and where it comes from.
    Verify(Verify),
    /// Show the site in a browser while it is edited, without writing anything.
    Serve(Serve),
    /// Find every fault of the content without writing anything.
    Check(Check),
    /// Write a starter site: an invented city department with sample figures.
    Init {
        /// The folder to write; it must be empty or not exist.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
    /// Explain a rule, with an example and its cure; without one, list them all.
    Explain {
        /// The rule's id, as a message shows it in brackets.
        #[arg(value_name = "RULE")]
        rule: Option<String>,
    },
    /// Write the JSON Schemas of all YAML files, for editors.
    Schema {
        /// The folder to write to; by default `.vscode/schema` in the site.
        #[arg(value_name = "DIR")]
        folder: Option<PathBuf>,
    },
    /// Work on the theme.
    #[command(subcommand)]
    Theme(Theme),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page.
    Man,
}

/// Options of `build`.
#[derive(Debug, Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a switch of its own on the command line"
)]
pub struct Build {
    /// Where to write; by default `public` beside `content`.
    #[arg(long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address the site will have.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Publish drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Write even into a folder that holds files of somebody else, which are deleted.
    #[arg(long)]
    pub force: bool,
    /// Make one of N disjoint parts of the site; `merge` puts them together.
    #[arg(long, value_name = "K/N")]
    pub shard: Option<Share>,
    /// Sign the manifest with an Ed25519 key of OpenSSH.
    #[arg(long, value_name = "KEY")]
    pub sign: Option<PathBuf>,
    /// How the summary is printed.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Summary,
    /// Leave the history of the checkout unread: no page tells which commit set a line.
    #[arg(long)]
    pub no_history: bool,
    /// Make every page anew, even where the last build was made from the same.
    #[arg(long)]
    pub fresh: bool,
    /// Say what each phase took, and the memory it took.
    #[arg(long)]
    pub timings: bool,
}

/// Options of `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port; by default the next free one from 4000.
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The address to listen on. Any but this machine's own shows the preview to others.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: IpAddr,
    /// Open a browser.
    #[arg(long)]
    pub open: bool,
    /// Show drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Leave the history of the checkout unread: no page tells which commit set a line.
    #[arg(long)]
    pub no_history: bool,
    /// The address that opens a fault's place in an editor.
    #[arg(
        long,
        value_name = "URL",
        env = "SCOREPRESS_EDITOR",
        default_value = "vscode://file/{path}:{line}:{column}"
    )]
    pub editor: String,
}

/// How a summary is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Summary {
    /// For people.
    Human,
    /// One JSON object.
    Json,
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct Check {
    /// How faults are printed.
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = ["human", "json", "sarif", "github"])]
    pub format: String,
    /// Treat warnings as errors.
    #[arg(long, value_name = "LEVEL", value_parser = ["warnings"])]
    pub deny: Option<String>,
    /// Check drafts too.
    #[arg(long)]
    pub drafts: bool,
    /// Find what was published at a commit and is altered or gone since.
    #[arg(long, value_name = "REV")]
    pub against: Option<String>,
}

/// Options of `verify`.
#[derive(Debug, Args)]
pub struct Verify {
    /// The folder of the published site.
    #[arg(value_name = "DIR")]
    pub site: PathBuf,
    /// The folder of its sources, to build it again in memory and compare every byte.
    #[arg(long, value_name = "DIR")]
    pub source: Option<PathBuf>,
    /// The public key that must have signed it.
    #[arg(long, value_name = "KEY")]
    pub key: Option<PathBuf>,
    /// How findings are printed.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Summary,
}

/// Work on the theme.
#[derive(Debug, Subcommand)]
pub enum Theme {
    /// Copy one file of the default theme into the site's theme, to change it there.
    Eject {
        /// The file, such as `templates/kpi.html`, `style.css` or `locale/en.yaml`;
        /// without one, list them all.
        #[arg(value_name = "FILE")]
        file: Option<String>,
    },
}
