//! Crate jiff's dates and times.
#![cfg(feature = "jiff")]

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp, Zoned};
use rbindgen_runtime::prelude::*;

#[test]
fn dates() {
    R::with(|r| {
        let code = "as.Date(c('2024-02-29', NA, '1815-06-18'))";
        let dates: Vec<Option<Date>> = r.eval(code)?.to()?;
        assert_eq!(dates, [Some(date(2024, 2, 29)), None, Some(date(1815, 6, 18))]);
        assert!(dates.into_r(r)?.identical(&r.eval(code)?)?);
        let error = r.eval("structure(1e9, class = 'Date')")?.to::<Date>().unwrap_err();
        assert!(error.to_string().contains("which is no date"), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn times_with_their_zones() {
    R::with(|r| {
        let code = "as.POSIXct(c('2024-07-01 12:30:00.25', NA), tz = 'America/New_York')";
        let times: Vec<Option<Zoned>> = r.eval(code)?.to()?;
        let first = times[0].as_ref().unwrap();
        assert_eq!(first.to_string(), "2024-07-01T12:30:00.25-04:00[America/New_York]");
        assert!(times.into_r(r)?.identical(&r.eval(code)?)?);

        let stamp: Timestamp = r.eval("as.POSIXct('1969-12-31 23:59:59.5', tz = 'UTC')")?.to()?;
        assert_eq!(stamp, Timestamp::from_millisecond(-500).unwrap());
        assert!(stamp.into_r(r)?.identical(&r.eval(".POSIXct(-0.5, 'UTC')")?)?);

        let error = r.eval("structure(0, class = c('POSIXct', 'POSIXt'), tzone = 'Nowhere/Here')")?;
        assert!(
            error.to::<Zoned>().unwrap_err().to_string().contains("IANA database, found \"Nowhere/Here\"")
        );
        let fixed = Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(3)));
        assert!(fixed.into_r(r).unwrap_err().to_string().contains("a time zone with a name, as R needs"));
        Ok(())
    })
    .unwrap();
}

#[test]
fn lengths_of_time_have_a_sign() {
    R::with(|r| {
        let length: SignedDuration = r.eval("as.difftime(-1.5, units = 'mins')")?.to()?;
        assert_eq!(length, SignedDuration::from_secs(-90));
        assert!(length.into_r(r)?.identical(&r.eval("as.difftime(-90, units = 'secs')")?)?);
        assert!(r.eval("as.difftime(Inf, units = 'secs')")?.to::<SignedDuration>().is_err());
        Ok(())
    })
    .unwrap();
}
