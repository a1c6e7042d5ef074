//! Builds that are killed, each at another moment.

use std::env;
use std::fs;
use std::hint;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::thread;
use std::time::{Duration, Instant};

use crate::twins::stagings;

/// How many builds a test kills unless `SCOREPRESS_KILLS` says it, and for how
/// long: a busy machine kills fewer.
const KILLS: usize = 60;
const BUDGET: Duration = Duration::from_secs(6);

/// How many builds a test should kill.
pub struct Plan {
    kills: usize,
    budget: Option<Duration>,
    begun: Instant,
}

impl Plan {
    /// As the environment says.
    pub fn of_environment() -> Self {
        let wanted = env::var("SCOREPRESS_KILLS").ok();
        let wanted = wanted.map(|kills| kills.parse().unwrap());
        Self {
            kills: wanted.unwrap_or(KILLS),
            budget: wanted.is_none().then_some(BUDGET),
            begun: Instant::now(),
        }
    }

    /// Whether so many kills will do. As long as none came at the most awkward
    /// moment, a few more are tried.
    pub fn is_done(&self, kills: usize, is_awkward: bool) -> bool {
        let is_late = self
            .budget
            .is_some_and(|budget| self.begun.elapsed() > budget);
        (is_awkward && (kills >= self.kills || is_late)) || kills >= self.kills + 10 * KILLS
    }
}

/// When a build is killed.
#[derive(Clone, Copy, Debug)]
pub enum Moment {
    /// At any time since its start.
    Any,
    /// At any time since it began to stage files.
    Staging,
    /// As soon as something in the output has changed.
    Changed,
}

impl Moment {
    /// One kind after the other, for ever.
    pub fn in_turn() -> impl Iterator<Item = Self> {
        [Self::Any, Self::Staging, Self::Changed]
            .into_iter()
            .cycle()
    }
}

/// Evenly spread figures, the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Some part of a duration.
    pub fn part_of(&mut self, whole: Duration) -> Duration {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        whole.mul_f64(f64::from(u32::try_from(self.0 >> 32).unwrap()) / f64::from(u32::MAX))
    }
}

/// Kills builds of one output.
pub struct Killer<'a> {
    output: &'a Path,
    /// How a build of one of two sites is started.
    start: &'a dyn Fn(usize) -> Child,
    dice: Dice,
    /// How long a build takes, since its start, since it began to stage files,
    /// and since something in the output has changed.
    build: Duration,
    publishing: Duration,
    changing: Duration,
}

impl<'a> Killer<'a> {
    /// Measures a build of the second site over the first.
    pub fn new(output: &'a Path, start: &'a dyn Fn(usize) -> Child) -> Self {
        let mut killer = Self {
            output,
            start,
            dice: Dice::new(2025),
            build: Duration::ZERO,
            publishing: Duration::ZERO,
            changing: Duration::ZERO,
        };
        assert!((killer.start)(0).wait().unwrap().success());
        let mark = killer.mark();
        let begun = Instant::now();
        let mut child = (killer.start)(1);
        Self::wait_for(&mut child, || !killer.stagings().is_empty());
        let staged = begun.elapsed();
        Self::wait_for(&mut child, || killer.mark() != mark);
        let changed = begun.elapsed();
        assert!(child.wait().unwrap().success());
        killer.build = begun.elapsed();
        killer.publishing = killer.build.saturating_sub(staged);
        killer.changing = killer.build.saturating_sub(changed);
        killer
    }

    /// What builds of this output have left, or are at work in.
    pub fn stagings(&self) -> Vec<PathBuf> {
        stagings(&[self.output.parent().unwrap(), self.output])
    }

    /// Waits until something is true or the build has ended.
    fn wait_for(child: &mut Child, is_true: impl Fn() -> bool) {
        while !is_true() && child.try_wait().unwrap().is_none() {
            thread::sleep(Duration::from_micros(10));
        }
    }

    /// What can be told from outside of whether files have been replaced.
    fn mark(&self) -> Option<(u64, u64)> {
        let inode = |path: PathBuf| fs::metadata(path).map(|found| found.ino());
        let manifest = self.output.join("manifest.json");
        Some((inode(self.output.into()).ok()?, inode(manifest).ok()?))
    }

    /// Starts a build of one site and kills it. Tells whether it was still running.
    pub fn kill(&mut self, which: usize, moment: Moment) -> bool {
        let mark = self.mark();
        // What the last one left must not be taken for this one's.
        let left = self.stagings();
        let mut child = (self.start)(which);
        match moment {
            Moment::Any => thread::sleep(self.dice.part_of(self.build)),
            Moment::Staging => {
                let is_new = |folder: &PathBuf| !left.contains(folder);
                Self::wait_for(&mut child, || self.stagings().iter().any(is_new));
                thread::sleep(self.dice.part_of(self.publishing));
            }
            Moment::Changed => {
                Self::wait_for(&mut child, || self.mark() != mark);
                // Too short for a sleep.
                let (changed, wait) = (Instant::now(), self.dice.part_of(self.changing / 2));
                while changed.elapsed() < wait {
                    hint::spin_loop();
                }
            }
        }
        child.kill().unwrap();
        !child.wait().unwrap().success()
    }
}
