//! Benchmarks of the runtime, each side by side with what a user would write instead.
//!
//! `make bench` runs them: see `benches/README.md`.

use std::path::Path;

use rbindgen_runtime::R;

mod arrow;
mod buffers;
mod calls;
mod extendr;
mod handles;
mod harness;
mod peer;
mod strings;

/// Arguments: the program of the extendr peer. Without one, the comparisons with extendr are left out.
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["peak", way] => buffers::print_peak(way).unwrap_or_else(|error| panic!("R failed: {error}")),
        [extendr] => compare(Some(extendr)),
        _ => compare(None),
    }
}

fn compare(extendr: Option<&str>) {
    let r = rbindgen_runtime::locate::find().unwrap_or_else(|error| panic!("{error}"));
    let mut extendr = extendr.map(|program| {
        extendr::Extendr::start(program, &r)
            .unwrap_or_else(|error| panic!("{program} does not start: {error}"))
    });
    let comparisons = R::with(|r| {
        let peer = peer::Peer::new(r);
        let mut comparisons = calls::compare(r, peer, extendr.as_mut())?;
        comparisons.extend(handles::compare(r, peer)?);
        comparisons.extend(strings::compare(r, peer)?);
        comparisons.extend(buffers::compare(r)?);
        comparisons.extend(arrow::compare(r)?);
        Ok(comparisons)
    })
    .unwrap_or_else(|error| panic!("R failed: {error}"));

    print!("{}", harness::table(&comparisons));
    let results = Path::new(env!("CARGO_MANIFEST_DIR")).join("results/runtime.json");
    let json = serde_json::to_string_pretty(&comparisons).expect("a table is JSON");
    std::fs::write(&results, json + "\n").unwrap_or_else(|error| panic!("{}: {error}", results.display()));
}
