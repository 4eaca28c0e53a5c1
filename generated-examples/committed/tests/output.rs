//! What the program prints, also where the loader cannot find libR.

use std::path::Path;
use std::process::{Command, Output};

const PROGRAM: &str = env!("CARGO_BIN_EXE_example-committed");

const EXPECTED: &str = "\
mtcars: 32 cars, miles per gallon by number of cylinders
  4: 26.66
  6: 19.74
  8: 15.10
iris: flowers by species
  Setosa: 50
  Versicolor: 50
  Virginica: 50
AirPassengers: 1949 to 1960.92, 12 values a year
state.x77: 50 x 8, the first row is Alabama
";

fn assert_prints_the_report(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
}

#[test]
fn prints_what_r_holds() {
    assert_prints_the_report(&Command::new(PROGRAM).output().expect("the program starts"));
}

#[test]
fn runs_where_only_r_home_leads_to_r() {
    let hide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/hidden-libr.sh");
    let output = Command::new(hide).arg(PROGRAM).output().expect("the script starts");
    // 77: this machine permits no mount namespaces, and the script says so.
    if output.status.code() == Some(77) {
        eprint!("{}", String::from_utf8_lossy(&output.stderr));
        return;
    }
    assert_prints_the_report(&output);
}
