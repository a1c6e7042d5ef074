//! Shards: a site made in several disjoint parts, on as many machines.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The most parts a site is made in.
const MOST: u32 = 10_000;

/// Which part of a site is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// The part, from 1.
    number: u32,
    /// How many there are.
    of: u32,
}

/// A text that names no part of a site.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write the part and how many there are, such as 2/8, with at most {MOST} parts")]
pub struct NoShare;

impl Share {
    /// Whether the file at a path belongs to the part. Where it does depends on
    /// nothing but its path, spread by a hash: a page and its pictures stand side
    /// by side in the plan, and parts that count through it would get only one kind.
    #[must_use]
    pub fn holds(self, path: &str) -> bool {
        let hash = blake3::hash(path.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        u32::from_le_bytes([a, b, c, d]) % self.of == self.number - 1
    }

    /// The part, from 1.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub const fn of(self) -> u32 {
        self.of
    }
}

impl FromStr for Share {
    type Err = NoShare;

    fn from_str(text: &str) -> Result<Self, NoShare> {
        let (number, of) = text.split_once('/').ok_or(NoShare)?;
        let number = number.trim().parse().map_err(|_| NoShare)?;
        let of = of.trim().parse().map_err(|_| NoShare)?;
        let fits = (1..=of).contains(&number) && of <= MOST;
        fits.then_some(Self { number, of }).ok_or(NoShare)
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

/// What the manifest of a part says of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shard {
    /// The part, from 1.
    pub number: u32,
    /// How many there are.
    pub of: u32,
    /// What all parts of one site have in common: a hash of the sources and of
    /// what the build was told.
    pub site: String,
}

impl Shard {
    /// A part of the site with this hash.
    #[must_use]
    pub fn new(share: Share, site: String) -> Self {
        Self {
            number: share.number,
            of: share.of,
            site,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_belongs_to_exactly_one_part() {
        for of in [1, 2, 3, 7] {
            let shares: Vec<Share> = (1..=of)
                .map(|number| format!("{number}/{of}").parse().unwrap())
                .collect();
            let mut counts = vec![0_usize; shares.len()];
            for page in 0..1000 {
                let path = format!("org/2025/AC{page}.html");
                let holders: Vec<_> = (0..shares.len())
                    .filter(|at| shares[*at].holds(&path))
                    .collect();
                assert_eq!(holders.len(), 1);
                counts[holders[0]] += 1;
            }
            let fair = 1000 / shares.len();
            assert!(
                counts
                    .iter()
                    .all(|count| count.abs_diff(fair) < fair / 3 + 1)
            );
        }
    }

    #[test]
    fn what_is_no_part_is_refused() {
        for text in [
            "", "1", "0/2", "3/2", "1/0", "-1/2", "1/2/3", "a/b", "1/10001",
        ] {
            assert_eq!(text.parse::<Share>(), Err(NoShare), "{text}");
        }
        assert_eq!("2/8".parse::<Share>().unwrap().to_string(), "2/8");
    }
}
