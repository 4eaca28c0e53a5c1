//! Handles: keeping an object alive, and letting it go.

use std::hint::black_box;

use rbindgen_runtime::prelude::*;

use crate::harness::{Clock, Comparison, Plan};
use crate::peer::Peer;

const LIVE: usize = 1_000_000;

pub fn compare(r: R<'_>, peer: Peer) -> rbindgen_runtime::Result<Vec<Comparison>> {
    let object = Value::from(Double::new(r, [1.0])?);
    let one = Plan {
        name: "protect and release one handle",
        peer_name: "C: a bare slot pool",
        target: 1.3,
        rounds: 301,
        repeats: 20_000,
    };
    let one = one.run(|| drop(black_box(object.clone())), || peer.keep_and_release(&object));

    // The objects stay alive in a list of R, so that only handles are made and released.
    let objects: List = r.eval("as.list(as.numeric(1:1e6))")?.try_into()?;
    let shuffle = shuffled(LIVE);
    let live = Plan {
        name: "release 1 million handles in random order",
        peer_name: "first in, first out",
        target: 1.5,
        rounds: 15,
        repeats: 1,
    };
    let live = live.run_timed(|_| release(&objects, &shuffle), |_| release(&objects, &in_order(LIVE)));
    Ok(vec![one, live])
}

/// Nanoseconds to release a handle of every object, in this order.
fn release(objects: &List<'_>, order: &[u32]) -> f64 {
    let mut handles: Vec<Option<Value<'_>>> =
        (0..objects.len()).map(|index| Some(objects.get(index).expect("the list is that long"))).collect();
    // The order of the handles in memory is the order of their release: what is measured is the pool.
    let mut ordered: Vec<Value<'_>> =
        order.iter().filter_map(|&index| handles[index as usize].take()).collect();
    let start = Clock::start();
    for handle in ordered.drain(..) {
        drop(handle);
    }
    start.nanoseconds() / order.len() as f64
}

fn in_order(count: usize) -> Vec<u32> {
    (0..count as u32).collect()
}

/// Numbers in random order, the same in each run.
fn shuffled(count: usize) -> Vec<u32> {
    let mut numbers = in_order(count);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for last in (1..count).rev() {
        // xorshift64*
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        let random = state.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 32;
        numbers.swap(last, random as usize % (last + 1));
    }
    numbers
}
