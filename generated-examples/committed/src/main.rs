//! Committed bindings in use: a data frame, a factor, a time series and a matrix, on R's own memory.

mod bindings;

use bindings::datasets::{self, IrisSpecies};
use rbindgen_runtime::prelude::*;

fn main() -> rbindgen_runtime::Result<()> {
    R::with(|r| {
        // A data frame with a typed accessor for each column.
        let cars = datasets::mtcars(r)?;
        let (mpg, cyl) = (cars.mpg()?.as_slice(), cars.cyl()?.as_slice());
        println!("mtcars: {} cars, miles per gallon by number of cylinders", mpg.len());
        for cylinders in [4.0, 6.0, 8.0] {
            let group: Vec<f64> =
                mpg.iter().zip(cyl).filter(|(_, c)| **c == cylinders).map(|(m, _)| *m).collect();
            println!("  {cylinders}: {:.2}", group.iter().sum::<f64>() / group.len() as f64);
        }

        // A factor: an enum of its levels.
        let iris = datasets::iris(r)?;
        let species = iris.Species()?;
        println!("iris: flowers by species");
        for kind in [IrisSpecies::Setosa, IrisSpecies::Versicolor, IrisSpecies::Virginica] {
            println!("  {kind:?}: {}", species.iter().filter(|&s| s == Some(kind)).count());
        }

        // A time series keeps its start, end and frequency.
        let air = datasets::AirPassengers(r)?;
        println!("AirPassengers: {} to {:.2}, {} values a year", air.start(), air.end(), air.frequency());

        // A matrix; R calls it `state.x77`.
        let states = datasets::state_x77(r)?;
        let rows = states.row_names().unwrap_or_default();
        println!("state.x77: {} x {}, the first row is {}", states.nrow(), states.ncol(), rows[0]);
        Ok(())
    })
}
