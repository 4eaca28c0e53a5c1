//! Dates and times on the calendar, as numbers.

use std::fmt;

/// A day of the Gregorian calendar, which R too extends to all times.
///
/// ```
/// use rbindgen_runtime::value::CivilDate;
///
/// let day = CivilDate::new(2024, 2, 29).unwrap();
/// assert_eq!(day.days(), 19782); // since 1970-01-01, as R counts
/// assert_eq!(CivilDate::from_days(-1).unwrap().to_string(), "1969-12-31");
/// assert_eq!(CivilDate::new(2023, 2, 29), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CivilDate {
    year: i32,
    month: u8,
    day: u8,
}

impl CivilDate {
    /// A day, unless the month has no such day. The year before 1 is 0, as in ISO 8601.
    pub fn new(year: i32, month: u8, day: u8) -> Option<CivilDate> {
        let date = CivilDate { year, month, day };
        let exists = (1..=12).contains(&month)
            && (1..=31).contains(&day)
            && CivilDate::from_days(date.days()) == Some(date);
        exists.then_some(date)
    }

    /// The day that is so many days after 1970-01-01; `None` where its year does not fit.
    pub fn from_days(days: i64) -> Option<CivilDate> {
        // Eras of 400 years that begin in March, so that a leap day is the last of a year:
        // https://howardhinnant.github.io/date_algorithms.html#civil_from_days
        let days = days.checked_add(719_468)?;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        Some(CivilDate { year: i32::try_from(year).ok()?, month: month as u8, day: day as u8 })
    }

    /// The days since 1970-01-01.
    pub fn days(self) -> i64 {
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year =
            (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + i64::from(self.day) - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u8 {
        self.day
    }
}

impl fmt::Display for CivilDate {
    /// ISO 8601: `2024-02-29`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A point on the calendar and on the clock of some time zone.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct CivilDateTime {
    /// The day.
    pub date: CivilDate,
    /// The hour, from 0 to 23.
    pub hour: u8,
    /// The minute, from 0 to 59.
    pub minute: u8,
    /// The seconds, with their fraction: from 0 to below 60 (61 for a leap second).
    pub second: f64,
}

impl fmt::Display for CivilDateTime {
    /// `2024-02-29 13:30:05`, with the seconds' fraction where there is one.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zero = if self.second < 10.0 { "0" } else { "" };
        write!(f, "{} {:02}:{:02}:{zero}{}", self.date, self.hour, self.minute, self.second)
    }
}
