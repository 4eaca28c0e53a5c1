//! Doubles as `as.character` of R 4.2 writes them: up to 15 significant digits, the shorter of two notations.

/// Whether it is R's NA and not another NaN: the lower word is 1954 (arithmetic.c).
pub fn is_na(number: f64) -> bool {
    number.is_nan() && number.to_bits() as u32 == 1954
}

/// The text of a number.
pub(super) fn format(number: f64, scipen: i32) -> String {
    if number.is_nan() {
        return "NaN".to_owned();
    }
    if number.is_infinite() {
        return if number < 0.0 { "-Inf" } else { "Inf" }.to_owned();
    }
    if number == 0.0 {
        return "0".to_owned();
    }
    let scientific = format!("{:.14e}", number.abs());
    let (digits, exponent) = scientific.split_once('e').expect("the e notation has an e");
    let exponent: i32 = exponent.parse().expect("the exponent is a number");
    let digits: String = digits.chars().filter(|digit| *digit != '.').collect();
    let digits = digits.trim_end_matches('0');
    let significant = digits.len() as i32;
    let fraction = (significant - 1 - exponent).max(0);
    let whole = exponent.max(0) + 1;
    let fixed_width = whole + if fraction > 0 { fraction + 1 } else { 0 };
    let exponent_width = if exponent.abs() >= 100 { 3 } else { 2 };
    let scientific_width = significant + i32::from(significant > 1) + 2 + exponent_width;
    let sign = if number < 0.0 { "-" } else { "" };
    if fixed_width <= scientific_width.saturating_add(scipen) {
        return format!("{sign}{:.*}", fraction as usize, number.abs());
    }
    let mantissa = match digits.len() {
        1 => digits.to_owned(),
        _ => format!("{}.{}", &digits[..1], &digits[1..]),
    };
    let direction = if exponent < 0 { '-' } else { '+' };
    format!("{sign}{mantissa}e{direction}{:02}", exponent.abs())
}
