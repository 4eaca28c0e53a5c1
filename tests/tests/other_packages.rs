//! Data sets of every kind of R object, with names that are no identifiers, in packages that load them lazily and
//! in packages that do not: generated, compiled without a warning, and compared with `Rscript`.
#![deny(warnings)]
// Names of hostile packages look like each other; rustc hears about it for whole crates only.
#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]
// A level that is no text is named by its code points, which Clippy takes for acronyms.
#![allow(clippy::upper_case_acronyms)]

use std::collections::BTreeMap;
use std::path::Path;

use rbindgen_runtime::prelude::*;
use rbindgen_tests::dump::Dump;
use rbindgen_tests::oracle;

mod bindings {
    //! What `build.rs` generated.

    include!(concat!(env!("OUT_DIR"), "/other/mod.rs"));
}

mod hostile {
    //! What `build.rs` generated for packages whose names and texts try to be code. That it compiles is the test.

    include!(concat!(env!("OUT_DIR"), "/hostile/mod.rs"));
}

// Some data sets come as a plain `Value`, which the driver converts like all others.
#[allow(clippy::useless_conversion)]
mod driver {
    //! What `build.rs` made of the generated modules.

    use super::{Visitor, bindings};
    use rbindgen_runtime::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/other_driver.rs"));
}

/// What is done with each package and each data set.
trait Visitor {
    fn package(&mut self, name: &str);
    fn data_set(&mut self, name: &str, value: Value<'_>) -> Result<(), Error>;
}

#[derive(Default)]
struct Comparison {
    theirs: BTreeMap<String, Vec<String>>,
    count: usize,
    differences: Vec<String>,
}

/// Where `build.rs` installed the packages.
fn library() -> &'static Path {
    Path::new(concat!(env!("OUT_DIR"), "/library"))
}

impl Visitor for Comparison {
    fn package(&mut self, name: &str) {
        self.theirs = oracle::describe(name, Some(library()));
    }

    fn data_set(&mut self, name: &str, value: Value<'_>) -> Result<(), Error> {
        self.count += 1;
        let theirs = self.theirs.get(name).cloned().unwrap_or_default();
        self.differences.extend(oracle::differences(name, &Dump::of(name, &value)?, &theirs));
        Ok(())
    }
}

#[test]
fn data_sets_of_every_kind_are_what_r_says() {
    // SAFETY: the only test of this process; R, which reads the variable, has yet to start.
    unsafe { std::env::set_var("R_LIBS", library()) };
    let mut comparison = Comparison::default();
    R::with(|r| driver::visit(r, &mut comparison)).expect("every data set can be read");
    assert!(comparison.count > 50, "{} data sets", comparison.count);
    assert!(comparison.differences.is_empty(), "{}", comparison.differences.join("\n"));
}
