//! Compiles the peers that are written in C.

fn main() {
    println!("cargo::rerun-if-changed=src/peer.c");
    cc::Build::new()
        .file("src/peer.c")
        .opt_level(2)
        .warnings_into_errors(false)
        .compile("rbindgen_bench_peer");
}
