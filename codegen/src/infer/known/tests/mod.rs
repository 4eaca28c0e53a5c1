//! The data can be read, and rules give what R gives.

use super::*;

#[test]
fn every_line_is_read() {
    for text in table::FILES {
        for line in table::read(text) {
            if let Err(error) = line {
                panic!("{error}");
            }
        }
    }
    assert!(names().count() > 1000);
}
