//! A character vector of a million distinct strings.

use std::hint::black_box;

use rbindgen_runtime::prelude::*;

use crate::harness::{Clock, Comparison, Plan};
use crate::peer::{CTexts, Peer};

const COUNT: usize = 1_000_000;

pub fn compare(r: R<'_>, peer: Peer) -> rbindgen_runtime::Result<Vec<Comparison>> {
    let texts: Vec<String> = (0..COUNT).map(|index| format!("string number {index}")).collect();
    let c_texts = CTexts::of(&texts);
    let collect = r.function("base", "gc")?;
    let clean = || {
        // Every round finds the cache of strings and the heap as the one before did.
        for _ in 0..2 {
            drop(collect.call(()).expect("gc works"));
        }
    };
    let build = Plan {
        name: "build 1 million distinct strings",
        peer_name: "C: Rf_mkCharLenCE + SET_STRING_ELT",
        target: 1.2,
        rounds: 15,
        repeats: 1,
    };
    let build = build.run_timed(
        |_| {
            clean();
            let start = Clock::start();
            black_box(Character::new(r, &texts).expect("there is memory"));
            start.nanoseconds()
        },
        |_| {
            clean();
            let start = Clock::start();
            black_box(peer.build_strings(&c_texts));
            start.nanoseconds()
        },
    );
    clean();
    let strings = Character::new(r, &texts)?;
    assert_eq!(strings.to_strs()?[COUNT - 1], Some(texts[COUNT - 1].as_str()));
    let read = Plan {
        name: "read 1 million strings to Vec<Option<&str>>",
        peer_name: "C: R_CHAR(STRING_ELT())",
        target: 1.5,
        rounds: 51,
        repeats: 1,
    };
    let read =
        read.run(|| drop(black_box(strings.to_strs().expect("it is text"))), || peer.read_strings(&strings));
    Ok(vec![build, read])
}
