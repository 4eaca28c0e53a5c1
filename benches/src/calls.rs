//! Calls of small functions: what `Function::call` adds to R's own work.

use std::hint::black_box;

use rbindgen_runtime::prelude::*;

use crate::extendr::Extendr;
use crate::harness::{Comparison, Plan, nanoseconds};
use crate::peer::Peer;

const C: &str = "C: R_ToplevelExec + R_withCallingErrorHandler";
const EXTENDR: &str = "extendr-api 0.9 Function::call";
/// Two processes that take turns begin each round with cold caches: the rounds are longer.
const LONG: u32 = 20_000;

pub fn compare(
    r: R<'_>,
    peer: Peer,
    extendr: Option<&mut Extendr>,
) -> rbindgen_runtime::Result<Vec<Comparison>> {
    let identity = r.function("base", "identity")?;
    let sum = r.function("base", "sum")?;
    let call_identity = || drop(black_box(identity.call((black_box(1.0),)).expect("identity(1) works")));
    let call_sum = || drop(black_box(sum.call((black_box([1.0, 2.0, 3.0]),)).expect("sum works")));

    let plan = |name| Plan { name, peer_name: C, target: 1.25, rounds: 301, repeats: 2_000 };
    let mut comparisons = vec![
        plan("identity(1)").run(call_identity, || {
            black_box(peer.call(&identity, black_box(&[1.0])));
        }),
        plan("sum(c(1,2,3))").run(call_sum, || {
            black_box(peer.call(&sum, black_box(&[1.0, 2.0, 3.0])));
        }),
    ];
    if let Some(extendr) = extendr {
        let plan = |name| Plan { name, peer_name: EXTENDR, target: 0.25, rounds: 101, repeats: LONG };
        comparisons.push(plan("identity(1)").run_timed(
            |repeats| nanoseconds(repeats, &mut { call_identity }),
            |repeats| extendr.measure("identity", repeats),
        ));
        comparisons.push(plan("sum(c(1,2,3))").run_timed(
            |repeats| nanoseconds(repeats, &mut { call_sum }),
            |repeats| extendr.measure("sum", repeats),
        ));
    }
    Ok(comparisons)
}
