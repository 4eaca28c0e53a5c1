//! What the program prints.

use std::process::Command;

const EXPECTED: &str = "\
airquality: ozone on 116 of 153 days, 42.1 ppb on average
Titanic: [4, 2, 2, 2], 2201 people
euro: 1 EUR = 13.7603 ATS
euro: 1 EUR = 40.3399 BEF
euro: 1 EUR = 1.95583 DEM
eurodist: 210 distances between 21 cities
";

#[test]
fn prints_what_r_holds() {
    let output = Command::new(env!("CARGO_BIN_EXE_example-builder")).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
}
