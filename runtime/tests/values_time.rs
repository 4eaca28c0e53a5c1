//! Dates, points in time and lengths of time, against what R says of the same values.

use std::time::{Duration as Span, SystemTime};

use rbindgen_runtime::prelude::*;

fn with_r(body: impl for<'r> FnOnce(R<'r>) -> Result<(), Error>) {
    R::with(body).unwrap();
}

#[test]
fn the_calendar_is_that_of_r() {
    with_r(|r| {
        // Every 97th day of five thousand years, and the days around the turns of centuries.
        let code = "as.Date(c(seq(-800000, 1000000, by = 97), -25568:-25566, -719529:-719527, 11015:11017))";
        let code = code.replace("))", "), origin = '1970-01-01')");
        let dates: Date = r.eval(&code)?.try_into()?;
        let text: Vec<String> = r.function("base", "format")?.call((&dates, "%Y %m %d"))?.to()?;
        for (date, text) in dates.iter().zip(&text) {
            let date = date.unwrap();
            // C's %Y does not fill up with zeros.
            let fields: Vec<i32> = text.split(' ').map(|field| field.parse().unwrap()).collect();
            assert_eq!(
                (date.year(), i32::from(date.month()), i32::from(date.day())),
                (fields[0], fields[1], fields[2])
            );
            assert_eq!(CivilDate::from_days(date.days()), Some(date));
        }
        let made = Date::new(r, dates.iter())?;
        assert!(made.identical(&dates)?);
        Ok(())
    });
}

#[test]
fn dates_of_every_storage() {
    with_r(|r| {
        let whole: Date = r.eval("structure(c(0L, NA, -1L), class = 'Date')")?.try_into()?;
        assert_eq!(whole.to_vec(), [CivilDate::new(1970, 1, 1), None, CivilDate::new(1969, 12, 31)]);
        let odd: Date =
            r.eval("structure(c(0.9, -0.1, Inf, -Inf, NaN, NA, 1e300), class = 'Date')")?.try_into()?;
        assert_eq!(odd.get(0)?, CivilDate::new(1970, 1, 1));
        assert_eq!(odd.get(1)?, CivilDate::new(1969, 12, 31));
        assert_eq!(odd.to_vec()[2..], [None; 5]);
        assert_eq!(odd.days(2)?, Some(f64::INFINITY));
        assert_eq!((odd.days(4)?, odd.days(5)?), (None, None));
        assert!(matches!(odd.days(7), Err(Error::Index { .. })));
        let sequence: Date = r.eval("structure(1:3, class = 'Date')")?.try_into()?;
        assert_eq!(sequence.iter_days().map(|day| day.unwrap()).sum::<f64>(), 6.0);
        for code in ["1", "'2024-01-01'", "structure('2024-01-01', class = 'Date')"] {
            assert!(matches!(r.eval(code)?.to::<Date>(), Err(Error::Type { .. })), "{code}");
        }
        Ok(())
    });
}

#[test]
fn times_keep_their_zone() {
    with_r(|r| {
        let code = "as.POSIXct(c('2024-03-31 01:59:59', '2024-03-31 03:00:00', NA), tz = 'Europe/Vienna')";
        let times: DateTime = r.eval(code)?.try_into()?;
        assert_eq!(times.zone().as_deref(), Some("Europe/Vienna"));
        // One second apart, over the gap of summer time.
        assert_eq!(times.seconds(1)?.unwrap() - times.seconds(0)?.unwrap(), 1.0);
        let civil = times.to_civil()?;
        assert_eq!(civil[1].unwrap().to_string(), "2024-03-31 03:00:00");
        assert_eq!(civil[2], None);
        let made = DateTime::from_seconds(r, times.iter_seconds(), Some("Europe/Vienna"))?;
        assert!(made.identical(&times)?);
        assert_eq!(DateTime::from_seconds(r, [Some(0.0)], None)?.zone(), None);
        Ok(())
    });
}

#[test]
fn calendar_fields_become_points_in_time() {
    with_r(|r| {
        let fields = r.eval("as.POSIXlt(c('1969-12-31 23:59:58.5', NA), tz = 'UTC')")?;
        assert!(DateTime::from_ref(&fields).is_err());
        let times: DateTime = fields.to()?;
        assert_eq!(times.seconds(0)?, Some(-1.5));
        assert_eq!(times.get(0)?, SystemTime::UNIX_EPOCH.checked_sub(Span::from_millis(1500)));
        assert_eq!(times.to_vec()[1], None);
        assert_eq!(times.to_civil()?[0].unwrap().second, 58.5);
        let back = DateTime::new(r, times.iter(), Some("UTC"))?;
        assert_eq!(back.seconds(0)?, Some(-1.5));
        assert!(r.eval("as.POSIXct(Inf, origin = '1970-01-01')")?.to::<DateTime>()?.get(0)?.is_none());
        Ok(())
    });
}

#[test]
fn lengths_of_time_in_every_unit() {
    with_r(|r| {
        for (unit, seconds) in
            [("secs", 1.0), ("mins", 60.0), ("hours", 3600.0), ("days", 86_400.0), ("weeks", 604_800.0)]
        {
            let x: Duration = r.eval(&format!("as.difftime(c(1.5, NA), units = '{unit}')"))?.try_into()?;
            assert_eq!(x.unit()?.name(), unit);
            assert_eq!(x.to_seconds()?, [Some(1.5 * seconds), None]);
            assert!(Duration::new(r, [Some(1.5), None], x.unit()?)?.identical(&x)?);
            assert_eq!(x.to_spans()?[0], Some(Span::from_secs_f64(1.5 * seconds)));
        }
        let negative = Duration::new(r, [Some(-1.0)], DurationUnit::Days)?;
        assert_eq!((negative.seconds(0)?, negative.to_spans()?), (Some(-86_400.0), vec![None]));
        let spans = Duration::from_spans(r, [Some(Span::from_millis(2500)), None])?;
        assert!(spans.identical(&r.eval("as.difftime(c(2.5, NA), units = 'secs')")?)?);
        let broken: Duration = r.eval("structure(1, class = 'difftime', units = 'years')")?.try_into()?;
        assert!(broken.unit().unwrap_err().to_string().contains("\"years\""));
        Ok(())
    });
}

#[test]
fn content_tells_what_a_value_is() {
    with_r(|r| {
        let cases = [
            ("NULL", "Null"),
            ("TRUE", "Logical"),
            ("1L", "Integer"),
            ("1", "Double"),
            ("1i", "Complex"),
            ("as.raw(1)", "Raw"),
            ("'a'", "Character"),
            ("factor('a')", "Factor"),
            ("Sys.Date()", "Date"),
            ("Sys.time()", "DateTime"),
            ("as.POSIXlt(Sys.time())", "List"),
            ("Sys.time() - Sys.time()", "Duration"),
            ("list()", "List"),
            ("data.frame()", "DataFrame"),
            ("sum", "Function"),
            ("`if`", "Function"),
            ("function() 1", "Function"),
            ("globalenv()", "Environment"),
            ("quote(x)", "Symbol"),
            ("quote(x + y)", "Language"),
            ("y ~ x", "Formula"),
            ("expression(a)", "Expression"),
            ("pairlist(a = 1)", "Pairlist"),
            ("setClass('ContentOf', representation(a = 'numeric'))(a = 1)", "S4"),
            ("matrix(1)", "Double"),
            ("ts(1:3)", "Integer"),
            ("structure(1, class = 'mine')", "Double"),
        ];
        for (code, name) in cases {
            let value = r.eval(code)?;
            let content = format!("{:?}", value.content());
            assert_eq!(content.split('(').next(), Some(name), "{code}");
        }
        Ok(())
    });
}
