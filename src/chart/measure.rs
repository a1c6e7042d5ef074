//! Estimates how wide a text will be drawn. The reader's font is unknown, so
//! the estimates lean to the wide side: labels may stand further apart than
//! needed, but do not touch.

use std::borrow::Cow;

const ELLIPSIS: char = '…';

/// The width of `text` at a font size, in the same unit as the size.
#[must_use]
pub fn text_width(text: &str, font: f64) -> f64 {
    text.chars().map(advance).sum::<f64>() * font
}

/// The text, or as much of its beginning as fits `room` with an ellipsis.
#[must_use]
pub fn fitted(text: &str, font: f64, room: f64) -> Cow<'_, str> {
    cut(text, room / font, advance)
}

/// The same for bold text.
#[must_use]
pub fn fitted_bold(text: &str, font: f64, room: f64) -> Cow<'_, str> {
    cut(text, room / font, bold_advance)
}

fn cut(text: &str, room: f64, advance: fn(char) -> f64) -> Cow<'_, str> {
    if text.chars().map(advance).sum::<f64>() <= room {
        return Cow::Borrowed(text);
    }
    let room = room - advance(ELLIPSIS);
    let mut used = 0.0;
    let mut kept = String::new();
    for character in text.chars() {
        used += advance(character);
        if used > room {
            break;
        }
        kept.push(character);
    }
    kept.truncate(kept.trim_end().len());
    kept.push(ELLIPSIS);
    Cow::Owned(kept)
}

/// The text in lines no wider than `room`: broken at spaces and beside
/// ideographs, and inside a word only if the word alone is too wide.
#[must_use]
pub fn wrapped(text: &str, font: f64, room: f64) -> Vec<String> {
    lines(text, room / font, advance)
}

/// The same for bold text, whose letters are wider; ideographs are not.
#[must_use]
pub fn wrapped_bold(text: &str, font: f64, room: f64) -> Vec<String> {
    lines(text, room / font, bold_advance)
}

/// The width of bold text.
#[must_use]
pub fn bold_width(text: &str, font: f64) -> f64 {
    text.chars().map(bold_advance).sum::<f64>() * font
}

/// The width of the widest piece of a bold text that is not broken.
#[must_use]
pub fn widest_word_bold(text: &str, font: f64) -> f64 {
    let widths = words(text).into_iter();
    let widths = widths.map(|word| bold_width(word.trim_end(), font));
    widths.fold(0.0, f64::max)
}

fn lines(text: &str, room: f64, advance: fn(char) -> f64) -> Vec<String> {
    let width = |text: &str| text.chars().map(advance).sum::<f64>();
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0.0);
    let mut turn = |line: &mut String, used: &mut f64| {
        lines.push(std::mem::take(line));
        *used = 0.0;
    };
    for word in words(text) {
        if !line.is_empty() && used + width(word.trim_end()) > room {
            turn(&mut line, &mut used);
        }
        for character in word.chars() {
            if !line.is_empty() && used + advance(character) > room {
                turn(&mut line, &mut used);
            }
            line.push(character);
            used += advance(character);
        }
    }
    lines.push(line);
    for line in &mut lines {
        line.truncate(line.trim_end().len());
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Pieces that may not be broken, each with the spaces after it. Closing
/// punctuation stays with what it closes.
fn words(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut before: Option<char> = None;
    for (at, character) in text.char_indices() {
        let breaks = before.is_some_and(|before| {
            (before.is_whitespace() && !character.is_whitespace())
                || (before == '-' && character.is_alphabetic())
                || ((is_ideograph(before) || is_ideograph(character))
                    && !character.is_whitespace()
                    && !is_closing(character)
                    && !is_opening(before))
        });
        if breaks {
            pieces.extend(text.get(from..at));
            from = at;
        }
        before = Some(character);
    }
    pieces.extend(text.get(from..));
    pieces
}

fn is_ideograph(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

fn is_closing(character: char) -> bool {
    "，。、；：？！）」』》〉】…％,.;:?!)%".contains(character)
}

fn is_opening(character: char) -> bool {
    "（「『《〈【(".contains(character)
}

/// The advance of one character in em.
fn advance(character: char) -> f64 {
    match character {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' => 0.0,
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' | '!' => 0.33,
        '-' | '(' | ')' | '[' | ']' | '/' | 'f' | 't' | 'r' => 0.4,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.92,
        '0'..='9' => 0.58,
        'A'..='Z' | '\u{300}'..='\u{10ff}' => 0.68,
        '\0'..='\u{2ff}' => 0.57,
        '\u{2000}'..='\u{206f}' if character != ELLIPSIS => 0.6,
        '\u{ff61}'..='\u{ff9f}' => 0.55,
        '\u{1f000}'.. if !is_ideograph(character) => 1.4,
        _ => 1.0,
    }
}

fn bold_advance(character: char) -> f64 {
    let plain = advance(character);
    if plain < 1.0 { plain * 1.2 } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ideograph_is_one_em_and_a_digit_little_more_than_half() {
        assert!((text_width("預算", 10.0) - 20.0).abs() < 1e-9);
        assert!((5.0..6.5).contains(&text_width("5", 10.0)));
    }

    #[test]
    fn a_long_text_is_cut_with_an_ellipsis_inside_its_room() {
        let cut = fitted("執行數占預算數之百分比", 10.0, 50.0);
        assert_eq!(cut, "執行數占…");
        assert_eq!(fitted("執行數", 10.0, 50.0), "執行數");
    }

    #[test]
    fn lines_break_at_spaces_and_beside_ideographs() {
        assert_eq!(wrapped("one two three", 10.0, 45.0), ["one two", "three"]);
        assert_eq!(wrapped("預算執行，率", 10.0, 40.0), ["預算執", "行，率"]);
        assert_eq!(wrapped("", 10.0, 40.0), Vec::<String>::new());
    }
}
