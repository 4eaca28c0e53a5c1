//! What the program prints.

use std::process::Command;

const EXPECTED: &str = "\
Harman74.cor: [24, 24] correlations of 145 children
Puromycin: 12 of 23 rates from treated cells
EuStockMarkets: [1860, 4], 260 prices a year from 1991.50 on
";

#[test]
fn prints_what_r_holds() {
    let output = Command::new(env!("CARGO_BIN_EXE_example-command")).output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stdout), EXPECTED);
}
