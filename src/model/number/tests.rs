use super::*;
use proptest::prelude::*;

fn value(text: &str) -> String {
    match number(text) {
        Ok(Written {
            value,
            percent: false,
        }) => value.to_string(),
        Ok(Written {
            value,
            percent: true,
        }) => format!("{value} percent"),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn numbers_are_exact_decimals() {
    for (written, expected) in [
        ("1234", "1234"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("0.1", "0.1"),
        ("010", "10"),
        ("+3", "3"),
        ("-3.50", "-3.50"),
        ("\u{2212}2", "-2"),
        ("- 2", "-2"),
        ("-0", "0"),
        ("95%", "95 percent"),
        ("95 %", "95 percent"),
        ("１２３．５％", "123.5 percent"),
        ("－１，２３４", "-1234"),
        ("\u{3000}７ ", "7"),
        ("999,999,999,999,999.999999999", "999999999999999.999999999"),
        ("0000000000000000001", "1"),
    ] {
        assert_eq!(value(written), expected, "{written:?}");
    }
}

#[test]
fn what_could_be_read_in_two_ways_is_a_fault() {
    use NumberFault as F;
    let text = |s: &str| s.to_owned();
    let odd = |s: &str, character| F::Character {
        text: text(s),
        character,
    };
    for (written, fault) in [
        ("", F::Empty),
        (" \u{3000}", F::Empty),
        ("=B2*2", F::Formula(text("=B2*2"))),
        ("NaN", F::NotANumber(text("NaN"))),
        ("n/a", F::NotANumber(text("n/a"))),
        ("-", F::NotANumber(text("-"))),
        ("%", F::NotANumber(text("%"))),
        ("１,２３", F::Comma(text("１,２３"))),
        ("1.234,5", F::Comma(text("1.234,5"))),
        ("12,34,567", F::Comma(text("12,34,567"))),
        ("0,123", F::Comma(text("0,123"))),
        ("1234,567", F::Comma(text("1234,567"))),
        ("1,,234", F::Comma(text("1,,234"))),
        (",234", F::Comma(text(",234"))),
        ("1,234,", F::Comma(text("1,234,"))),
        ("1.2.3", F::Points(text("1.2.3"))),
        (".5", F::BarePoint(text(".5"))),
        ("5.", F::BarePoint(text("5."))),
        ("1e5", F::Exponent(text("1e5"))),
        ("1.5E-3", F::Exponent(text("1.5E-3"))),
        ("(5)", F::Brackets(text("(5)"))),
        ("（5）", F::Brackets(text("（5）"))),
        (
            "５O",
            F::LookAlike {
                text: text("５O"),
                letter: 'O',
                digit: '0',
            },
        ),
        (
            "l00",
            F::LookAlike {
                text: text("l00"),
                letter: 'l',
                digit: '1',
            },
        ),
        ("--5", F::Sign(text("--5"))),
        ("5-", F::Sign(text("5-"))),
        ("3-5", F::Sign(text("3-5"))),
        ("9%5", F::Percent(text("9%5"))),
        ("95%%", F::Percent(text("95%%"))),
        ("1 234", F::Blank(text("1 234"))),
        ("$5", odd("$5", '$')),
        ("5萬", odd("5萬", '萬')),
        ("2e", odd("2e", 'e')),
        ("٥5", odd("٥5", '٥')),
        ("5–6", odd("5–6", '–')),
        ("1234567890123456", F::TooLarge(text("1234567890123456"))),
        (
            "0.1234567890123456789",
            F::TooFine(text("0.1234567890123456789")),
        ),
    ] {
        assert_eq!(number(written), Err(fault), "{written:?}");
    }
}

#[test]
fn a_fault_says_what_is_wrong_and_what_was_expected() {
    let fault = number("1.234,5").unwrap_err();
    assert_eq!(
        fault.to_string(),
        "“1.234,5” has a comma that does not part thousands, or is a decimal comma"
    );
    assert_eq!(
        fault.expected().english(),
        "commas every three digits and a point before decimals, such as 1,234,567.5"
    );
}

#[test]
fn a_fault_quotes_a_long_text_in_part() {
    assert!(
        number(&"九".repeat(500))
            .unwrap_err()
            .to_string()
            .chars()
            .count()
            < 70
    );
}

proptest! {
    #[test]
    fn any_text_has_an_answer(text in any::<String>()) {
        let _ = number(&text);
    }

    #[test]
    fn texts_like_numbers_have_an_answer(text in "[-+−0-9０-９,.，．%％ eO()]{0,30}") {
        let _ = number(&text);
    }

    #[test]
    fn a_decimal_is_read_back(units in -999_999_999_999_999_i64..=999_999_999_999_999, scale in 0_u32..=9, percent: bool) {
        let value = Decimal::new(units, scale);
        let text = format!("{value}{}", if percent { "%" } else { "" });
        prop_assert_eq!(number(&text), Ok(Written { value, percent }));
    }

    #[test]
    fn thousands_and_full_width_forms_change_nothing(units in 0_u64..=999_999_999_999_999) {
        let plain = units.to_string();
        let mut grouped = String::new();
        for (at, digit) in plain.chars().enumerate() {
            if at > 0 && (plain.len() - at).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let wide: String = grouped.chars().filter_map(|c| char::from_u32(u32::from(c) + 0xFEE0)).collect();
        prop_assert_eq!(number(&grouped), number(&plain));
        prop_assert_eq!(number(&wide), number(&plain));
    }
}
