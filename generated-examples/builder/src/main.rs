//! Bindings that build.rs wrote with `rbindgen::Builder`: missing values, an array, names and attributes.

use rbindgen_runtime::prelude::*;

rbindgen_runtime::include_bindings!();

fn main() -> rbindgen_runtime::Result<()> {
    R::with(|r| {
        // Ozone was not measured every day: `iter` gives None for NA.
        let air = datasets::airquality(r)?;
        let ozone = air.Ozone()?;
        let measured: Vec<i32> = ozone.iter().flatten().collect();
        println!(
            "airquality: ozone on {} of {} days, {:.1} ppb on average",
            measured.len(),
            ozone.len(),
            f64::from(measured.iter().sum::<i32>()) / measured.len() as f64
        );

        // A table with four dimensions, in R's order: the first index moves fastest.
        let titanic = datasets::Titanic(r)?;
        let aboard: f64 = titanic.as_slice().iter().sum();
        println!("Titanic: {:?}, {aboard} people", titanic.dim().unwrap_or_default());

        // A vector with names.
        let euro = datasets::euro(r)?;
        for (name, rate) in euro.names().unwrap_or_default().iter().zip(euro.as_slice()).take(3) {
            println!("euro: 1 EUR = {rate} {}", name.as_deref().unwrap_or("?"));
        }

        // Attributes that no Rust type stands for are there by name.
        let distances = datasets::eurodist(r)?;
        if let Some(size) = distances.attr("Size")? {
            println!("eurodist: {} distances between {} cities", distances.len(), size.to::<f64>()?);
        }
        Ok(())
    })
}
