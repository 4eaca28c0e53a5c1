//! Bindings that build.rs wrote by running the command `rbindgen`: a list with names, a factor, a series with columns.

use rbindgen_runtime::prelude::*;

rbindgen_runtime::include_bindings!();

use datasets::PuromycinState;

fn main() -> rbindgen_runtime::Result<()> {
    R::with(|r| {
        // A list with known names is a record.
        let harman = datasets::Harman74_cor(r)?;
        println!(
            "Harman74.cor: {:?} correlations of {} children",
            harman.cov()?.dim().unwrap_or_default(),
            harman.n_obs()?.get(0)?.unwrap_or_default()
        );

        // A factor is an enum of its levels.
        let reaction = datasets::Puromycin(r)?;
        let treated =
            reaction.state()?.iter().filter(|&state| state == Some(PuromycinState::Treated)).count();
        println!("Puromycin: {treated} of {} rates from treated cells", reaction.rate()?.len());

        // A time series with several columns.
        let stocks = datasets::EuStockMarkets(r)?;
        println!(
            "EuStockMarkets: {:?}, {} prices a year from {:.2} on",
            stocks.dim().unwrap_or_default(),
            stocks.frequency(),
            stocks.start()
        );
        Ok(())
    })
}
