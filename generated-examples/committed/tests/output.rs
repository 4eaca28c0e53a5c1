//! What the program prints.

use std::process::Command;

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

#[test]
fn prints_what_r_holds() {
    let output = Command::new(env!("CARGO_BIN_EXE_example-committed")).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
}
