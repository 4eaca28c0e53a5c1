//! extendr's side of the benchmarks: reads `NAME REPEATS` a line, answers `{"ns": 12.5}` a line.

use std::hint::black_box;
use std::io::{BufRead, Write};

use extendr_api::prelude::*;

fn main() {
    extendr_engine::start_r();
    let function = |name: &str| eval_string(name).expect("base has it").as_function().expect("a function");
    let identity = function("identity");
    let sum = function("sum");

    let mut answers = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("requests are text");
        let (name, repeats) = line.split_once(' ').expect("NAME REPEATS");
        let repeats: u32 = repeats.parse().expect("a number");
        let start = processor_time();
        match name {
            "identity" => {
                for _ in 0..repeats {
                    black_box(identity.call(pairlist!(black_box(1.0))).expect("identity(1) works"));
                }
            }
            "sum" => {
                for _ in 0..repeats {
                    black_box(sum.call(pairlist!(black_box([1.0, 2.0, 3.0]))).expect("sum works"));
                }
            }
            other => panic!("there is no benchmark {other}"),
        }
        let ns = (processor_time() - start) / f64::from(repeats);
        writeln!(answers, "{{\"ns\": {ns}}}").expect("somebody reads");
        answers.flush().expect("somebody reads");
    }
}

/// Nanoseconds that this thread has had of the processor, as in the harness.
fn processor_time() -> f64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the function fills the structure.
    unsafe { libc::clock_gettime(libc::CLOCK_THREAD_CPUTIME_ID, &mut time) };
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}
