//! Every data set of package `datasets` and every column, through the generated Rust, against what `Rscript` prints.

use std::collections::{BTreeMap, BTreeSet};

use rbindgen_runtime::prelude::*;
use rbindgen_tests::dump::{Dump, Typed};
use rbindgen_tests::oracle;
use serde_json::Value as Json;

rbindgen_runtime::include_bindings!();

mod driver {
    //! What `build.rs` made of the generated module.

    use super::{Visitor, datasets as bindings};
    use rbindgen_runtime::prelude::*;

    include!(concat!(env!("OUT_DIR"), "/driver.rs"));
}

/// What is done with each data set and each member.
trait Visitor {
    fn data_set(&mut self, name: &str, value: Value<'_>) -> Result<(), Error>;
    fn member<T: Typed>(&mut self, data_set: &str, index: usize, name: &str, member: &T)
    -> Result<(), Error>;
}

/// Compares as it goes.
struct Comparison {
    /// The oracle's lines by data set.
    by_data_set: BTreeMap<String, Vec<String>>,
    /// The oracle's lines by path, read.
    by_path: BTreeMap<String, Json>,
    data_sets: BTreeSet<String>,
    members: usize,
    differences: Vec<String>,
}

impl Comparison {
    fn new() -> Comparison {
        let mut comparison = Comparison {
            by_data_set: BTreeMap::new(),
            by_path: BTreeMap::new(),
            data_sets: BTreeSet::new(),
            members: 0,
            differences: Vec::new(),
        };
        comparison.by_data_set = oracle::describe("datasets", None);
        for line in comparison.by_data_set.values().flatten() {
            let json: Json = serde_json::from_str(line).expect("JSON");
            comparison.by_path.insert(json["path"].as_str().expect("a path").to_owned(), json);
        }
        comparison
    }

    fn equal(&mut self, what: &str, ours: &str, theirs: &str) {
        if ours != theirs {
            let show = |text: &str| text.chars().take(200).collect::<String>();
            self.differences.push(format!("{what}\n  ours: {}\n  R's:  {}", show(ours), show(theirs)));
        }
    }
}

impl Visitor for Comparison {
    fn data_set(&mut self, name: &str, value: Value<'_>) -> Result<(), Error> {
        self.data_sets.insert(name.to_owned());
        let theirs = self.by_data_set.get(name).cloned().unwrap_or_default();
        let ours = Dump::of(name, &value)?;
        self.differences.extend(oracle::differences(name, &ours, &theirs));
        Ok(())
    }

    fn member<T: Typed>(
        &mut self,
        data_set: &str,
        index: usize,
        name: &str,
        member: &T,
    ) -> Result<(), Error> {
        self.members += 1;
        let path = format!("{data_set}[[{}]]", index + 1);
        let theirs = self.by_path.get(&path).map(|line| line["values"].to_string()).unwrap_or_default();
        self.equal(&format!("{data_set}${name}"), &member.values().to_string(), &theirs);
        let names = &self.by_path[&format!("{data_set}@names")]["values"];
        let theirs = names[index].to_string();
        self.equal(&format!("the name of {path}"), &Json::from(name).to_string(), &theirs);
        Ok(())
    }
}

#[test]
fn every_data_set_and_column_is_what_r_says() {
    let mut comparison = Comparison::new();
    R::with(|r| driver::visit(r, &mut comparison)).expect("every data set can be read");

    let theirs: BTreeSet<String> = comparison.by_data_set.keys().cloned().collect();
    let left_out: Vec<_> = theirs.difference(&comparison.data_sets).collect();
    assert!(left_out.is_empty(), "without bindings: {left_out:?}");
    let columns =
        comparison.by_path.keys().filter(|path| path.ends_with(']') && path.matches('[').count() == 2);
    let columns = columns.filter(|path| !path.contains('@')).count();
    assert_eq!(comparison.members, columns, "each column and each field has an accessor");
    assert!(comparison.data_sets.len() >= 100 && comparison.members >= 200);
    assert!(comparison.differences.is_empty(), "{}", comparison.differences.join("\n"));
}

#[test]
fn levels_are_an_enumeration_in_order() {
    R::with(|r| {
        let iris = datasets::iris(r)?;
        let species = iris.Species()?;
        assert_eq!(species.get(0)?, Some(datasets::IrisSpecies::Setosa));
        assert_eq!(species.get(149)?, Some(datasets::IrisSpecies::Virginica));
        assert_eq!(species.levels()?.to_vec()?.len(), 3);
        let ordered = datasets::esoph(r)?;
        assert!(ordered.agegp()?.is_ordered());
        Ok(())
    })
    .unwrap();
}

#[test]
fn time_series_matrices_and_row_names_are_reachable() {
    R::with(|r| {
        let air = datasets::AirPassengers(r)?;
        assert_eq!((air.start(), air.frequency(), air.len()), (1949.0, 12.0, 144));
        let stocks = datasets::EuStockMarkets(r)?;
        assert_eq!((stocks.ncol(), stocks.frequency()), (4, 260.0));
        let states = datasets::state_x77(r)?;
        assert_eq!((states.nrow(), states.ncol()), (50, 8));
        assert_eq!(states.row_names().unwrap()[0], "Alabama");
        let RowNames::Character(cars) = datasets::mtcars(r)?.row_names()? else {
            panic!("mtcars has row names")
        };
        assert_eq!(cars[0], "Mazda RX4");
        let distances = datasets::eurodist(r)?;
        assert_eq!(distances.attr("Size")?.unwrap().to::<i32>()?, 21);
        // The snippet of the guide: the slice lives as long as the data frame.
        let cars = datasets::mtcars(r)?;
        let mpg: &[f64] = cars.mpg()?.as_slice();
        assert_eq!(mpg[0], 21.0);
        Ok(())
    })
    .unwrap();
}
