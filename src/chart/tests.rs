//! What readers are promised of a chart, checked on the markup itself.

#![expect(
    clippy::float_cmp,
    reason = "coordinates are compared as they were written"
)]

use proptest::prelude::*;

use super::markup::Markup;
use super::samples::{
    budget, bullet, bullets, milestones, monthly, palette, plain, point, series, trend, trends,
};
use super::*;

fn bullet_markup(bullet: &Bullet<'_>) -> Markup {
    let mut out = String::new();
    assert!(bullet.svg(&mut out));
    Markup::of(&out)
}

fn trend_markup(trend: &Trend<'_>) -> Markup {
    let mut out = String::new();
    assert!(trend.svg(&mut out));
    Markup::of(&out)
}

#[expect(clippy::unnecessary_wraps, reason = "every use is an optional mark")]
fn mark(at: f64) -> Option<Mark> {
    Some(Mark {
        at,
        label: format!("Result {at}"),
    })
}

const WIDE: usize = 1;
const NARROW: usize = 2;

#[test]
fn a_scale_without_zero_has_a_dot_and_a_gap_and_says_where_it_starts() {
    let bullet = bullet();
    let markup = bullet_markup(&bullet);
    assert_eq!(markup.with_class("dot").len(), 2);
    assert_eq!(bullet.truncated().as_deref(), Some("85%"));
    // The gap runs from the target to the value, not from the end of the axis.
    let gap = markup.with_class("value")[0].points();
    let target = markup.with_class("target")[0].points();
    assert!((gap[0].0 - target[0].0).abs() < 4.0, "{gap:?} {target:?}");
}

#[test]
fn a_scale_with_zero_has_a_bar_from_zero() {
    let bullet = Bullet {
        value: mark(40.0),
        ..bullet()
    };
    let markup = bullet_markup(&bullet);
    assert!(markup.with_class("dot").is_empty());
    assert_eq!(bullet.truncated(), None);
    let bar = markup.with_class("value")[0].points();
    let track = markup.with_class("range-1")[0].points();
    assert_eq!(bar[0].0, track[0].0);
}

#[test]
fn lower_is_better_mirrors_the_greys_and_not_the_axis() {
    let plain = bullet_markup(&Bullet {
        better: Better::Higher,
        ..bullet()
    });
    let mirrored = bullet_markup(&Bullet {
        better: Better::Lower,
        ..bullet()
    });
    let left = |markup: &Markup, class| markup.with_class(class)[0].points()[0].0;
    assert!(left(&plain, "range-1") < left(&plain, "range-3"));
    assert!(left(&mirrored, "range-1") > left(&mirrored, "range-3"));
    let value = |markup: &Markup| markup.with_class("dot")[0].number("cx");
    let target = |markup: &Markup| left(markup, "target");
    assert!(
        value(&mirrored) > target(&mirrored),
        "96.3 stays to the right of 95"
    );
}

#[test]
fn a_missing_value_leaves_the_page_to_say_so() {
    let mut out = String::new();
    for at in [f64::NAN, f64::INFINITY, 1e300] {
        let bullet = Bullet {
            value: mark(at),
            ..bullet()
        };
        assert!(!bullet.svg(&mut out));
        assert!(!bullet.compact("name", &mut out));
        assert!(
            bullet
                .standalone(&Document {
                    lang: "",
                    note: "",
                    palette: &palette()
                })
                .is_none()
        );
    }
    assert!(!trend(vec![point("111", "", None, Some(95.0))]).svg(&mut out));
    assert!(
        !Sparkline {
            values: vec![None, Some(f64::NAN)],
            ..Sparkline::default()
        }
        .svg(&mut out)
    );
    assert!(
        !Milestones {
            rows: Vec::new(),
            ..milestones()
        }
        .svg(&mut out)
    );
    assert_eq!(out, "");
}

#[test]
fn both_layouts_have_a_title_a_description_and_ids_of_their_own() {
    let markup = bullet_markup(&bullet());
    let mut ids: Vec<_> = markup
        .elements
        .iter()
        .filter_map(|element| element.get("id"))
        .collect();
    assert_eq!(ids.len(), 4);
    for image in markup
        .elements
        .iter()
        .filter(|element| element.name == "svg")
    {
        assert!(ids.contains(&image.get("aria-labelledby").unwrap()));
        assert!(ids.contains(&image.get("aria-describedby").unwrap()));
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}

#[test]
fn a_name_in_another_language_says_which() {
    let (mut bullet, mut milestones) = (bullet(), milestones());
    bullet.title.lang = Some("de");
    milestones.rows[0].lang = Some("fr".to_owned());
    let (mut page, palette) = (String::new(), palette());
    assert!(bullet.svg(&mut page) && milestones.svg(&mut page));
    assert_eq!(page.matches(" lang=\"de\"").count(), 2);
    assert_eq!(page.matches(" lang=\"fr\"").count(), 2);
    let document = Document {
        lang: "en",
        note: "",
        palette: &palette,
    };
    let file = bullet.standalone(&document).unwrap();
    assert_eq!(file.matches(" xml:lang=\"de\"").count(), 2);
    assert!(!file.contains(" lang="));
}

#[test]
fn each_verdict_has_a_mark_of_its_own() {
    let markup = trend_markup(&Trend {
        words: TrendWords::default(),
        ..trend(budget())
    });
    assert_eq!(markup.with_class("met").len(), 2 * 2);
    let unmet = markup.with_class("unmet");
    assert_eq!(unmet.len(), 3 * 2);
    let corners = |sides: usize| {
        let with = unmet
            .iter()
            .filter(|element| element.points().len() == sides);
        with.count()
    };
    assert_eq!((corners(3), corners(4)), (2 * 2, 2));
}

#[test]
fn a_target_is_drawn_as_steps() {
    let points = trend_markup(&trend(budget())).with_class("step")[0].points();
    for pair in points.windows(2) {
        assert!(
            pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1,
            "{points:?}"
        );
    }
}

#[test]
fn a_target_is_named_along_its_own_line() {
    let points = series(&[2640.0, 3090.0]).into_iter().zip([2700.0, 3050.0]);
    let points = points.map(|(point, target)| Point {
        target: Some(target),
        ..point
    });
    let markup = trend_markup(&Trend {
        target_label: "Target 3050 visits",
        limits: Limits::default(),
        ..trend(points.collect())
    });
    let labels = markup.with_class("strong");
    let labels = labels.iter().filter(|e| e.text.starts_with("Target"));
    let names: Vec<f64> = labels.map(|label| label.number("x")).collect();
    let steps = markup.with_class("step");
    // The key's own mark is a short line.
    let steps = steps.iter().filter(|step| step.points().len() > 2);
    let rises: Vec<f64> = steps.map(|step| step.points()[1].0).collect();
    assert_eq!((names.len(), rises.len()), (2, 2));
    for (name, rise) in names.iter().zip(&rises) {
        assert!(name > rise, "{name} {rise}");
    }
}

#[test]
fn missing_values_and_breaks_are_gaps_in_the_line() {
    let mut points = series(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    let pieces = |points: Vec<Point>| {
        let markup = trend_markup(&trend(points));
        markup.with_class("line")[0]
            .get("d")
            .unwrap()
            .matches('M')
            .count()
    };
    assert_eq!(pieces(points.clone()), 1);
    points[2].value = None;
    assert_eq!(pieces(points.clone()), 2);
    points[2].value = Some(3.0);
    points[3].starts_series = true;
    assert_eq!(pieces(points), 2);
}

#[test]
fn a_break_parts_a_small_line_and_keeps_every_value() {
    let drawn = |breaks: &[usize]| {
        let mut out = String::new();
        let values = [1.0, 2.0, 3.0, 9.0, 8.0].map(Some).to_vec();
        let breaks = breaks.to_vec();
        let name = "";
        assert!(
            Sparkline {
                values,
                breaks,
                name
            }
            .svg(&mut out)
        );
        let markup = Markup::of(&out);
        let d = markup.with_class("line")[0].get("d").unwrap().to_owned();
        let points = d.matches(['M', 'L', 'H', 'V']).count();
        (
            d.matches('M').count(),
            points,
            markup.with_class("met").len(),
        )
    };
    assert_eq!(drawn(&[]), (1, 5, 1));
    assert_eq!(drawn(&[3]), (2, 5, 1));
    // One that stands alone is a disc.
    assert_eq!(drawn(&[1, 2]), (1, 3, 3));
    assert_eq!(drawn(&[0]), (1, 5, 1));
}

#[test]
fn up_to_eight_values_are_labelled_and_of_more_the_ends_and_extremes() {
    let eight = [71.0, 74.5, 73.9, 77.2, 76.1, 80.4, 79.9, 83.0];
    let labels = |values: &[f64], image| {
        let markup = trend_markup(&trend(series(values)));
        markup.texts_with_class(image, "strong").len()
    };
    assert_eq!(labels(&eight, WIDE), 8);
    assert_eq!(labels(&eight, NARROW), 8);
    let nine = [72.0, 74.5, 71.0, 77.2, 76.1, 84.0, 79.9, 83.0, 82.0];
    assert_eq!(labels(&nine, WIDE), 4);
}

#[test]
fn monthly_labels_are_thinned_to_whole_years_back_from_the_last() {
    let markup = trend_markup(&trend(monthly(120)));
    let texts = markup.texts(NARROW);
    assert!(
        texts.contains(&"112-12") && texts.contains(&"109-12"),
        "{texts:?}"
    );
    assert!(!texts.contains(&"112-11"));
}

#[test]
fn a_trend_states_where_its_axis_starts() {
    assert_eq!(trend(budget()).truncated().as_deref(), Some("88"));
    assert_eq!(trend(series(&[10.0, 90.0])).truncated(), None);
}

#[test]
fn a_picture_made_of_the_wide_layout_is_the_picture_that_is_drawn() {
    let palette = palette();
    let document = Document {
        palette: &palette,
        lang: "en",
        note: "a note",
    };
    for (name, trend) in trends() {
        let wide = trend.svg_and_wide(&mut String::new());
        let made = wide.map(|wide| wide.standalone(trend.title, &document));
        assert_eq!(made, trend.standalone(&document), "{name}");
    }
}

#[test]
fn a_document_carries_its_paint_and_needs_no_custom_properties() {
    let palette = palette();
    let document = Document {
        palette: &palette,
        lang: "zh-Hant-TW",
        note: "資料來源 & 版本",
    };
    for text in [
        bullet().standalone(&document).unwrap(),
        trend(budget()).standalone(&document).unwrap(),
        milestones().standalone(&document).unwrap(),
    ] {
        Markup::of(&text).assert_sound();
        assert!(text.starts_with("<svg") && text.contains("prefers-color-scheme:dark"));
        assert!(text.contains("資料來源 &amp; 版本"));
        assert!(!text.contains("var("), "{text}");
        assert!(!text.contains("http://www.w3.org/1999"));
    }
}

#[test]
fn no_sample_has_a_clipped_mark_or_a_text_on_another() {
    let mut out = String::new();
    for (name, bullet) in bullets() {
        println!("{name}");
        bullet_markup(&bullet).assert_sound();
        assert!(bullet.compact(name, &mut out));
    }
    Markup::of(&out).assert_sound();
    for (name, trend) in trends() {
        println!("{name}");
        trend_markup(&trend).assert_sound();
    }
    out.clear();
    assert!(milestones().svg(&mut out));
    Markup::of(&out).assert_sound();
}

#[test]
fn every_class_written_has_its_paint() {
    let mut out = String::new();
    for (_, bullet) in bullets() {
        assert!(bullet.svg(&mut out));
    }
    for (_, trend) in trends() {
        assert!(trend.svg(&mut out));
    }
    assert!(milestones().svg(&mut out));
    for element in Markup::of(&format!("<x>{out}</x>")).elements {
        let class = element.get("class").unwrap_or_default();
        if !class.starts_with("chart") && !class.is_empty() {
            assert!(
                PAINT_CSS.contains(&format!(".{class}")),
                "no paint for {class}"
            );
        }
    }
}

/// Numbers a scorecard may hold, and some it must not.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1000.0..1000.0_f64,
        2 => (0.0..100.0_f64).prop_map(|value| (value * 10.0).round() / 10.0),
        1 => 1e9..1e13_f64,
        1 => 1e-7..1e-5_f64,
        1 => Just(0.0),
        1 => any::<f64>(),
    ]
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9]{1,3}",
        "[ -~]{0,60}",
        "[預算執行率達標，%0-9]{0,60}",
        "\\PC{0,20}"
    ]
}

fn arbitrary_point() -> impl Strategy<Value = Point> {
    (
        words(),
        proptest::option::of(words()),
        proptest::option::weighted(0.8, number()),
        words(),
        proptest::option::of(number()),
        proptest::option::of(prop_oneof![
            Just(Verdict::Met),
            Just(Verdict::Near),
            Just(Verdict::Missed)
        ]),
        proptest::bool::weighted(0.1),
    )
        .prop_map(
            |(label, sublabel, value, value_label, target, verdict, starts_series)| Point {
                label,
                sublabel,
                value,
                value_label,
                target,
                verdict,
                starts_series,
            },
        )
}

proptest! {
    #[test]
    fn any_trend_is_sound_and_the_same_twice(
        points in proptest::collection::vec(arbitrary_point(), 0..40),
        target_label in words(),
        decimals in 0..9_u8,
        high in proptest::option::of(number()),
    ) {
        let limits = Limits { low: None, high };
        let trend = Trend { points, target_label: &target_label, decimals, limits, ..trend(vec![]) };
        let (mut once, mut twice) = (String::new(), String::new());
        prop_assert_eq!(trend.svg(&mut once), trend.svg(&mut twice));
        prop_assert_eq!(&once, &twice);
        Markup::of(&once).assert_sound();
    }

    #[test]
    fn any_bullet_is_sound_and_the_same_twice(
        value in number(),
        label in words(),
        target in proptest::option::of((number(), number(), words())),
        band in any::<bool>(),
        previous in proptest::option::of((number(), words())),
        ranges in proptest::collection::vec(number(), 0..5),
        better in prop_oneof![Just(Better::Higher), Just(Better::Lower), Just(Better::Within)],
        decimals in 0..9_u8,
    ) {
        let target = target.map(|(low, high, label)| if band {
            TargetMark::Band { low, high, label }
        } else {
            TargetMark::Point(Mark { at: low, label })
        });
        let bullet = Bullet {
            value: Some(Mark { at: value, label }),
            target,
            previous: previous.map(|(at, label)| Mark { at, label }),
            ranges,
            better,
            decimals,
            limits: Limits::default(),
            tick_label: &plain,
            ..bullet()
        };
        let (mut once, mut twice) = (String::new(), String::new());
        prop_assert_eq!(bullet.svg(&mut once), bullet.svg(&mut twice));
        prop_assert_eq!(&once, &twice);
        let _ = bullet.compact("name", &mut once);
        Markup::of(&once).assert_sound();
    }

    #[test]
    fn any_sparkline_is_sound(
        values in proptest::collection::vec(proptest::option::of(number()), 0..130),
        breaks in proptest::collection::btree_set(0..130_usize, 0..9),
        name in words(),
    ) {
        let breaks = breaks.into_iter().collect();
        let mut out = String::new();
        let _ = Sparkline { values, breaks, name: &name }.svg(&mut out);
        Markup::of(&out).assert_sound();
    }

    #[test]
    fn any_milestones_are_sound(
        rows in proptest::collection::vec(
            (words(), proptest::option::of(number()), proptest::option::of(number()), words()),
            0..12,
        ),
        ticks in proptest::collection::vec((number(), words()), 0..8),
    ) {
        let rows = rows
            .into_iter()
            .map(|(name, planned, actual, label)| Milestone { name, planned, actual, label, lang: None })
            .collect();
        let mut out = String::new();
        let _ = Milestones { rows, ticks, ..milestones() }.svg(&mut out);
        Markup::of(&out).assert_sound();
    }
}
