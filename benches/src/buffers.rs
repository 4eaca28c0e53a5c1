//! Memory that is shared, not copied.

use std::hint::black_box;
use std::process::Command;
use std::sync::Arc;

use rbindgen_runtime::prelude::*;

use crate::harness::{Comparison, Plan};

const BYTES: usize = 80_000_000;
const COUNT: usize = BYTES / size_of::<f64>();

pub fn compare(r: R<'_>) -> rbindgen_runtime::Result<Vec<Comparison>> {
    let (large, small) = (Double::new(r, vec![1.0; COUNT])?, Double::new(r, [1.0])?);
    let slice = Plan {
        name: "80 MB of Double to &[f64]",
        peer_name: "8 bytes of Double to &[f64]",
        target: 1.5,
        rounds: 301,
        repeats: 100_000,
    };
    let slice = slice.run(
        || {
            black_box(black_box(&large).as_slice());
        },
        || {
            black_box(black_box(&small).as_slice());
        },
    );
    Ok(vec![slice, altrep_time(r, &large)?, altrep_memory()])
}

fn altrep_time(r: R<'_>, ordinary: &Double<'_>) -> rbindgen_runtime::Result<Comparison> {
    let sum = r.function("base", "sum")?;
    let memory: Arc<[f64]> = vec![1.0; COUNT].into();
    let plan = Plan {
        name: "sum over 80 MB of Rust memory (ALTREP)",
        peer_name: "sum over an R vector",
        target: 1.1,
        rounds: 31,
        repeats: 1,
    };
    Ok(plan.run(
        || {
            let x = Double::from_owner(r, memory.clone()).expect("there is memory");
            black_box(sum.call((&x,)).expect("sum works"));
        },
        || {
            black_box(sum.call((ordinary,)).expect("sum works"));
        },
    ))
}

/// By how much a process grows at its peak, compared with one that makes a copy.
fn altrep_memory() -> Comparison {
    Comparison::new(
        "peak memory of that sum",
        "a copy in an R vector",
        0.05,
        "MB",
        peak_of(Way::Altrep),
        peak_of(Way::Copy),
    )
}

/// How R gets at memory of Rust.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Way {
    Altrep,
    Copy,
}

/// Measures in a process of its own: a peak cannot be forgotten.
fn peak_of(way: Way) -> f64 {
    let program = std::env::current_exe().expect("this program has a path");
    let output = Command::new(program).args(["peak", &format!("{way:?}")]).output().expect("it can be run");
    let text = String::from_utf8_lossy(&output.stdout);
    text.trim()
        .parse()
        .unwrap_or_else(|_| panic!("no peak: {text}{}", String::from_utf8_lossy(&output.stderr)))
}

/// What that process does: prints how many MB it grew by.
pub fn print_peak(way: &str) -> rbindgen_runtime::Result<()> {
    R::with(|r| {
        let sum = r.function("base", "sum")?;
        sum.call(([1.0, 2.0],))?;
        let memory = vec![1.0; COUNT];
        let before = peak();
        let x = if way == format!("{:?}", Way::Altrep) {
            Double::from_owner(r, memory)?
        } else {
            Double::new(r, memory)?
        };
        assert_eq!(sum.call((&x,))?.to::<f64>()?, COUNT as f64);
        println!("{}", peak() - before);
        Ok(())
    })
}

/// The most memory that was resident, in MB.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has /proc");
    let line =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the kernel tells the peak");
    let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse().expect("a number of kB");
    kilobytes * 1024.0 / 1e6
}
