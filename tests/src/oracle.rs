//! What `Rscript` says of a package's data sets: `tests/oracle/describe.R`, run and read.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use rbindgen_runtime::prelude::*;

/// The oracle's lines, in order, by data set.
///
/// # Panics
/// When `Rscript` fails.
pub fn describe(package: &str, library: Option<&Path>) -> BTreeMap<String, Vec<String>> {
    // R sets environment variables while it starts, on another thread of this process perhaps; that must be over
    // before a child inherits them.
    R::with(|_| Ok(())).expect("R starts");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("oracle/describe.R");
    let installation = rbindgen_runtime::locate::find().expect("R");
    let mut rscript = Command::new(installation.home.join("bin/Rscript"));
    rscript.arg("--vanilla").arg(script).arg(package).args(library);
    let output = rscript.output().expect("Rscript runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut by_data_set: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("UTF-8").lines() {
        let json: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let path = json["path"].as_str().expect("a path");
        // The first line of a data set is the one whose path is its name.
        let name = match by_data_set.iter().find(|(name, _)| {
            path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(['[', '@']))
        }) {
            Some((name, _)) => name.clone(),
            None => path.to_owned(),
        };
        by_data_set.entry(name).or_default().push(line.to_owned());
    }
    by_data_set
}

/// Compares the lines of one data set; the differences in words.
pub fn differences(name: &str, ours: &[String], theirs: &[String]) -> Vec<String> {
    let mut differences = Vec::new();
    if ours.len() != theirs.len() {
        differences.push(format!("{name}: {} lines, R has {}", ours.len(), theirs.len()));
    }
    for (ours, theirs) in ours.iter().zip(theirs).filter(|(ours, theirs)| ours != theirs) {
        let show = |text: &str| text.chars().take(200).collect::<String>();
        differences.push(format!("{name}\n  ours: {}\n  R's:  {}", show(ours), show(theirs)));
    }
    differences
}
