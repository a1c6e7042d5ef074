//! The corpus of the fuzz targets, replayed: every file as it is, and spoiled in
//! ways that are the same in every run.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

#[path = "../../../fuzz/targets.rs"]
mod targets;

/// How many spoiled forms of each file are tried, unless
/// `SCOREPRESS_FUZZ_ROUNDS` says otherwise.
const ROUNDS: usize = 4;
/// The longest that one input may take, without optimisation.
const SECONDS: u64 = 10;

/// Numbers that look like chance (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// The bytes with a few of them altered, taken away, doubled, or replaced by
    /// what means something somewhere.
    fn spoiled(&mut self, bytes: &[u8]) -> Vec<u8> {
        const WORDS: [&[u8]; 24] = [
            b"\0",
            b"\xff",
            b"\"",
            b"'",
            b"\n",
            b"\t",
            b"---\n",
            b": ",
            b"- ",
            b"&a ",
            b"*a",
            b"[",
            b"{",
            b"<",
            b"</",
            b"&#0;",
            b"]]>",
            b"{{",
            b"{%",
            b"..",
            b"-1",
            b"99999999999999999999",
            "\u{202e}".as_bytes(),
            "字".as_bytes(),
        ];
        let mut out = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(out.len() + 1);
            let end = (at + self.below(12)).min(out.len());
            match self.below(5) {
                0 => drop(out.drain(at..end)),
                1 => {
                    let piece = out[at..end].to_vec();
                    out.splice(at..at, piece.repeat(1 + self.below(40)));
                }
                2 => {
                    let word = WORDS[self.below(WORDS.len())];
                    out.splice(at..end, word.iter().copied());
                }
                3 if at < out.len() => out[at] ^= 1 << self.below(8),
                _ => out.truncate(at.max(1)),
            }
        }
        out
    }
}

#[test]
fn the_corpus_does_no_harm_nor_does_what_is_near_it() {
    let rounds = std::env::var("SCOREPRESS_FUZZ_ROUNDS").ok();
    let rounds = rounds.and_then(|text| text.parse().ok()).unwrap_or(ROUNDS);
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for (name, run) in targets::TARGETS {
        let mut files: Vec<_> = fs::read_dir(corpus.join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        assert!(files.len() >= 3, "{name} has a corpus of {}", files.len());
        for file in files {
            let bytes = fs::read(&file).unwrap();
            let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ u64::try_from(bytes.len()).unwrap());
            for round in 0..=rounds {
                let input = if round == 0 {
                    bytes.clone()
                } else {
                    chance.spoiled(&bytes)
                };
                let start = Instant::now();
                let done = std::panic::catch_unwind(|| run(&input));
                let told = || {
                    format!(
                        "{}, round {round}: {:?}",
                        file.display(),
                        String::from_utf8_lossy(&input)
                    )
                };
                assert!(done.is_ok(), "{}", told());
                assert!(start.elapsed() < Duration::from_secs(SECONDS), "{}", told());
            }
        }
    }
}

#[test]
fn every_target_is_one_that_cargo_fuzz_knows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    for (name, _) in targets::TARGETS {
        assert!(
            manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")),
            "{name}"
        );
        let target = fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(
            target.contains(&format!("targets::{name}(bytes)")),
            "{name}"
        );
    }
    assert_eq!(
        fs::read_dir(root.join("fuzz_targets")).unwrap().count(),
        targets::TARGETS.len()
    );
}
