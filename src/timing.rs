//! Where the time of a build goes, phase by phase.

use std::time::{Duration, Instant};

/// A part of a build that is timed of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Asking whether the site stands already that would be made: where it does, there
    /// is no other phase.
    Compare,
    /// Listing the content and taking in its files.
    Read,
    /// Parsing what scorecards hold, and making the model of it all.
    Assemble,
    /// Applying the rules.
    Check,
    /// Working out statuses and scores.
    Evaluate,
    /// Loading the theme, and planning every file.
    Plan,
    /// Rendering every file, comparing it with the published one and staging it.
    Render,
    /// Writing the manifest and putting the new site in the old one's place.
    Publish,
}

impl Phase {
    /// Its name in reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compare => "compare",
            Self::Read => "read",
            Self::Assemble => "assemble",
            Self::Check => "check",
            Self::Evaluate => "evaluate",
            Self::Plan => "plan",
            Self::Render => "render",
            Self::Publish => "publish",
        }
    }
}

/// What a phase took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lap {
    /// Which one.
    pub phase: Phase,
    /// By the clock on the wall.
    pub wall: Duration,
    /// By the processors, all of them together; nothing where the system does
    /// not tell.
    pub cpu: Option<Duration>,
    /// The most memory that the program held until its end, in bytes; nothing
    /// where the system does not tell.
    pub memory: Option<u64>,
}

/// The phases of a build so far.
#[derive(Clone, Debug)]
pub struct Timings {
    /// Whether processors and memory are asked for, too.
    whole: bool,
    laps: Vec<Lap>,
    wall: Instant,
    cpu: Option<Duration>,
}

impl Timings {
    /// Starts the clock; `whole` measures processors and memory, too.
    #[must_use]
    pub fn start(whole: bool) -> Self {
        Self {
            whole,
            laps: Vec::new(),
            wall: Instant::now(),
            cpu: whole.then(processor_time).flatten(),
        }
    }

    /// Ends a phase: what passed since the one before is its own.
    pub fn lap(&mut self, phase: Phase) {
        let cpu = self.whole.then(processor_time).flatten();
        let wall = Instant::now();
        self.laps.push(Lap {
            phase,
            wall: wall - self.wall,
            cpu: cpu
                .zip(self.cpu)
                .map(|(now, then)| now.saturating_sub(then)),
            memory: self.whole.then(peak_memory).flatten(),
        });
        (self.wall, self.cpu) = (wall, cpu);
    }

    /// Puts phases before these that were timed on another clock.
    pub fn follow(&mut self, before: Self) {
        self.laps.splice(0..0, before.laps);
    }

    /// What each phase took, in their order.
    #[must_use]
    pub fn laps(&self) -> &[Lap] {
        &self.laps
    }
}

/// The processor time of the whole program so far.
#[cfg(unix)]
fn processor_time() -> Option<Duration> {
    use rustix::time::{ClockId, clock_gettime};
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).ok()
}

/// The processor time of the whole program so far.
#[cfg(not(unix))]
fn processor_time() -> Option<Duration> {
    None
}

/// The most memory that the program held at once, in bytes.
fn peak_memory() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib << 10)
}
