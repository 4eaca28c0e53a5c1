//! R's values, memory, errors and buffers for Rust: the runtime behind rbindgen's bindings.

pub mod locate;

/// The contract between generated code and this runtime.
///
/// It grows by one whenever code that an older generator wrote would no longer fit. Generated Rust
/// checks it when it is compiled, generated Python when it is imported.
pub const CONTRACT: u32 = 1;
