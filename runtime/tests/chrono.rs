//! Crate chrono's dates and times.
#![cfg(feature = "chrono")]

use chrono::{DateTime, NaiveDate, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use rbindgen_runtime::prelude::*;

#[test]
fn dates() {
    R::with(|r| {
        let dates: Vec<Option<NaiveDate>> = r.eval("as.Date(c('2024-02-29', NA, '1815-06-18'))")?.to()?;
        assert_eq!(dates[0], NaiveDate::from_ymd_opt(2024, 2, 29));
        assert_eq!((dates[1], dates[2]), (None, NaiveDate::from_ymd_opt(1815, 6, 18)));
        assert!(dates.into_r(r)?.identical(&r.eval("as.Date(c('2024-02-29', NA, '1815-06-18'))")?)?);
        assert!(r.eval("1")?.to::<NaiveDate>().is_err());
        let error = r.eval("as.Date(c('2024-01-01', NA))")?.to::<Vec<NaiveDate>>().unwrap_err();
        assert!(error.to_string().starts_with("element 1 (counted from 0) is NA"), "{error}");
        let error = r.eval("structure(Inf, class = 'Date')")?.to::<NaiveDate>().unwrap_err();
        assert!(error.to_string().contains("is inf days since 1970, which is no date"), "{error}");
        Ok(())
    })
    .unwrap();
}

#[test]
fn times_with_their_zones() {
    R::with(|r| {
        let code = "as.POSIXct(c('2024-07-01 12:30:00.25', NA), tz = 'America/New_York')";
        let times: Vec<Option<DateTime<Tz>>> = r.eval(code)?.to()?;
        assert_eq!(times[0].unwrap().to_rfc3339(), "2024-07-01T12:30:00.250-04:00");
        assert_eq!(times[0].unwrap().timezone(), Tz::America__New_York);
        assert!(times.into_r(r)?.identical(&r.eval(code)?)?);

        let utc: DateTime<Utc> = r.eval("as.POSIXlt('1969-12-31 23:59:59.5', tz = 'UTC')")?.to()?;
        assert_eq!(utc, Utc.timestamp_millis_opt(-500).unwrap());
        let text: String = r.function("base", "format")?.call((utc, "%Y-%m-%d %H:%M:%OS1 %Z"))?.to()?;
        assert_eq!(text, "1969-12-31 23:59:59.5 UTC");

        let error = r.eval("structure(0, class = c('POSIXct', 'POSIXt'), tzone = 'Nowhere/Here')")?;
        let error = error.to::<DateTime<Tz>>().unwrap_err();
        assert_eq!(error.to_string(), "expected a time zone of the IANA database, found \"Nowhere/Here\"");
        Ok(())
    })
    .unwrap();
}

#[test]
fn lengths_of_time_have_a_sign() {
    R::with(|r| {
        let length: TimeDelta = r.eval("as.difftime(-1.5, units = 'mins')")?.to()?;
        assert_eq!(length, TimeDelta::seconds(-90));
        assert!(length.into_r(r)?.identical(&r.eval("as.difftime(-90, units = 'secs')")?)?);
        Ok(())
    })
    .unwrap();
}

#[test]
fn as_columns() {
    #[derive(Debug, PartialEq, FromDataFrame, IntoDataFrame)]
    struct Event {
        day: NaiveDate,
        at: Option<DateTime<Utc>>,
    }
    R::with(|r| {
        let code = "data.frame(day = as.Date('2024-01-01'), at = .POSIXct(c(1, NA), 'UTC'))";
        let events: Vec<Event> = r.eval(code)?.to()?;
        assert_eq!(events[0].at, Utc.timestamp_opt(1, 0).single());
        assert!(events.into_r(r)?.identical(&r.eval(code)?)?);
        Ok(())
    })
    .unwrap();
}
