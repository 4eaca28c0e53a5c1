//! Two things measured side by side.
//!
//! A round times one side, then the other, and every second round begins with the other one. What slows the machine
//! down for a while slows both. The median over the rounds is what counts. Time is the processor time of this thread: what other
//! programs do meanwhile is not in it.

use serde::Serialize;

/// A line of the table, and of the file.
#[derive(Serialize)]
pub struct Comparison {
    pub name: String,
    pub ours: f64,
    pub peer: f64,
    pub peer_name: String,
    pub ratio: f64,
    pub target: f64,
    pub unit: &'static str,
}

impl Comparison {
    pub fn new(
        name: &str,
        peer_name: &str,
        target: f64,
        unit: &'static str,
        ours: f64,
        peer: f64,
    ) -> Comparison {
        let ratio = ours / peer;
        Comparison {
            name: name.to_owned(),
            ours: rounded(ours),
            peer: rounded(peer),
            peer_name: peer_name.to_owned(),
            ratio: rounded(ratio),
            target,
            unit,
        }
    }

    pub fn is_met(&self) -> bool {
        self.ratio <= self.target
    }
}

/// Four digits: more would be noise.
fn rounded(x: f64) -> f64 {
    if x == 0.0 || !x.is_finite() {
        return x;
    }
    let scale = 10f64.powi(3 - x.abs().log10().floor() as i32);
    (x * scale).round() / scale
}

/// What to compare, and how long.
pub struct Plan<'a> {
    pub name: &'a str,
    pub peer_name: &'a str,
    pub target: f64,
    pub rounds: usize,
    /// How often a side runs in one round.
    pub repeats: u32,
}

impl Plan<'_> {
    /// Compares the time of two closures.
    pub fn run(&self, mut ours: impl FnMut(), mut peer: impl FnMut()) -> Comparison {
        self.run_timed(|repeats| nanoseconds(repeats, &mut ours), |repeats| nanoseconds(repeats, &mut peer))
    }

    /// Compares two sides that measure themselves: each returns nanoseconds for one of `repeats` runs.
    pub fn run_timed(
        &self,
        mut ours: impl FnMut(u32) -> f64,
        mut peer: impl FnMut(u32) -> f64,
    ) -> Comparison {
        eprint!("{} vs {} …", self.name, self.peer_name);
        // A round to warm up.
        ours(self.repeats);
        peer(self.repeats);
        let (mut our_times, mut peer_times) = (Vec::new(), Vec::new());
        for round in 0..self.rounds {
            if round % 2 == 0 {
                our_times.push(ours(self.repeats));
                peer_times.push(peer(self.repeats));
            } else {
                peer_times.push(peer(self.repeats));
                our_times.push(ours(self.repeats));
            }
        }
        let (ours, peer) = (median(our_times), median(peer_times));
        let (unit, scale) = if peer < 1e5 { ("ns", 1.0) } else { ("ms", 1e6) };
        let comparison =
            Comparison::new(self.name, self.peer_name, self.target, unit, ours / scale, peer / scale);
        eprintln!(" {}", comparison.ratio);
        comparison
    }
}

/// Nanoseconds for one of `repeats` runs.
pub fn nanoseconds(repeats: u32, body: &mut impl FnMut()) -> f64 {
    let start = Clock::start();
    for _ in 0..repeats {
        body();
    }
    start.nanoseconds() / f64::from(repeats)
}

/// The processor time of this thread.
pub struct Clock(f64);

impl Clock {
    pub fn start() -> Clock {
        Clock(Clock::now())
    }

    pub fn nanoseconds(&self) -> f64 {
        Clock::now() - self.0
    }

    fn now() -> f64 {
        let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
        // SAFETY: the function fills the structure; this clock exists on every Unix.
        unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
        time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// The table, as text.
pub fn table(comparisons: &[Comparison]) -> String {
    let header =
        ["benchmark", "ours", "peer", "unit", "ratio", "target", "", "compared with"].map(str::to_owned);
    let rows: Vec<[String; 8]> = std::iter::once(header)
        .chain(comparisons.iter().map(|comparison| {
            [
                comparison.name.clone(),
                comparison.ours.to_string(),
                comparison.peer.to_string(),
                comparison.unit.to_owned(),
                format!("{:.3}", comparison.ratio),
                comparison.target.to_string(),
                if comparison.is_met() { "met" } else { "MISSED" }.to_owned(),
                comparison.peer_name.clone(),
            ]
        }))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..8).map(width).collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for (column, cell) in row.iter().enumerate() {
            let padding = " ".repeat(widths[column] - cell.chars().count());
            // Numbers stand at the right.
            let is_number = matches!(column, 1 | 2 | 4 | 5);
            line.push_str(&if is_number { padding + cell } else { cell.clone() + &padding });
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
