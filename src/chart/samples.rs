//! Charts of ordinary and of hostile figures, for tests and for the gallery.

use super::*;

/// The colours that the paint of charts uses.
pub fn palette() -> Palette {
    let names = [
        "--ink",
        "--ink-2",
        "--rule",
        "--mark",
        "--range-1",
        "--range-2",
        "--range-3",
        "--surface",
    ];
    let entry = |name: &&str| {
        (
            (*name).to_owned(),
            "#123456".to_owned(),
            "#fedcba".to_owned(),
        )
    };
    Palette::new(names.iter().map(entry).collect())
}

pub fn plain(value: f64, decimals: u8) -> String {
    format!("{value:.*}", usize::from(decimals)).replace('-', "−")
}

pub fn percent(value: f64, decimals: u8) -> String {
    format!("{}%", plain(value, decimals))
}

#[expect(clippy::unnecessary_wraps, reason = "every use is an optional mark")]
pub fn mark(at: f64, label: &str) -> Option<Mark> {
    Some(Mark {
        at,
        label: label.to_owned(),
    })
}

pub fn target(at: f64, label: &str) -> Option<TargetMark> {
    mark(at, label).map(TargetMark::Point)
}

/// The bullet of the budget, to be varied.
pub fn bullet() -> Bullet<'static> {
    Bullet {
        id: "b",
        title: Phrase {
            text: "超過目標 1.3 個百分點",
            lang: None,
        },
        desc: "預算執行率與 111 年目標之比較。",
        value: mark(96.3, "實績 96.3%"),
        target: target(95.0, "目標 95%"),
        previous: mark(94.8, "前一年 94.8%"),
        ranges: vec![90.0, 95.0],
        better: Better::Higher,
        limits: Limits {
            low: Some(0.0),
            high: Some(100.0),
        },
        decimals: 1,
        words: BulletWords {
            value: "實績",
            target: "目標",
            ranges: vec!["未達標", "接近目標", "達標"],
        },
        tick_label: &percent,
    }
}

pub fn point(label: &str, sub: &str, value: Option<f64>, target: Option<f64>) -> Point {
    Point {
        label: label.to_owned(),
        sublabel: (!sub.is_empty()).then(|| sub.to_owned()),
        value,
        value_label: value.map(|value| plain(value, 1)).unwrap_or_default(),
        target,
        verdict: value.zip(target).map(|(value, target)| {
            if value >= target {
                Verdict::Met
            } else if value >= target * 0.99 {
                Verdict::Near
            } else {
                Verdict::Missed
            }
        }),
        starts_series: false,
    }
}

pub fn trend(points: Vec<Point>) -> Trend<'static> {
    Trend {
        id: "t",
        title: Phrase {
            text: "五年來由 91.2% 升至 96.3%，109 年一度下滑",
            lang: None,
        },
        desc: "107–111 年預算執行率與各年目標。",
        points,
        target_label: "目標 95",
        limits: Limits {
            low: Some(0.0),
            high: Some(100.0),
        },
        decimals: 1,
        words: TrendWords {
            met: "達標",
            near: "接近目標",
            missed: "未達標",
            unjudged: "無目標",
            target: "當年目標",
            series_break: "數列中斷",
        },
        tick_label: &plain,
    }
}

pub fn budget() -> Vec<Point> {
    vec![
        point("107", "(2018)", Some(91.2), Some(92.0)),
        point("108", "(2019)", Some(93.1), Some(93.0)),
        point("109", "(2020)", Some(90.4), Some(94.0)),
        point("110", "(2021)", Some(94.8), Some(95.0)),
        point("111", "(2022)", Some(96.3), Some(95.0)),
    ]
}

pub fn series(values: &[f64]) -> Vec<Point> {
    (100..)
        .zip(values)
        .map(|(year, &value)| point(&year.to_string(), "", Some(value), None))
        .collect()
}

pub fn monthly(count: u32) -> Vec<Point> {
    (0..count)
        .map(|month| {
            let wave = 40.0 + 15.0 * (f64::from(month) * 0.35).sin() + f64::from(month) * 0.2;
            let label = format!("{}-{:02}", 103 + month / 12, month % 12 + 1);
            point(&label, "", Some((wave * 10.0).round() / 10.0), Some(50.0))
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "a list of cases")]
pub fn bullets() -> Vec<(&'static str, Bullet<'static>)> {
    let open = Limits::default();
    vec![
        ("truncated: dot and gap", bullet()),
        (
            "from zero: bar",
            Bullet {
                value: mark(7.0, "Result 7"),
                target: target(10.0, "Target 10"),
                previous: mark(5.0, "Last year 5"),
                ranges: vec![6.0, 10.0],
                decimals: 0,
                limits: open,
                tick_label: &plain,
                words: BulletWords {
                    value: "Result",
                    target: "Target",
                    ranges: vec!["Not met", "Close to target", "Met"],
                },
                ..bullet()
            },
        ),
        (
            "lower is better",
            Bullet {
                value: mark(12.5, "實績 12.5 天"),
                target: target(14.0, "目標 14 天"),
                previous: mark(16.0, "前一年 16 天"),
                ranges: vec![14.0, 15.4],
                better: Better::Lower,
                tick_label: &plain,
                limits: open,
                ..bullet()
            },
        ),
        (
            "band",
            Bullet {
                value: mark(48.0, "實績 48"),
                target: Some(TargetMark::Band {
                    low: 40.0,
                    high: 60.0,
                    label: "目標 40–60".into(),
                }),
                previous: None,
                ranges: vec![30.0, 40.0, 60.0, 70.0],
                better: Better::Within,
                tick_label: &plain,
                ..bullet()
            },
        ),
        (
            "negative",
            Bullet {
                value: mark(-3.2, "實績 −3.2%"),
                target: target(2.0, "目標 2%"),
                previous: mark(-6.0, "前一年 −6%"),
                ranges: vec![0.0, 2.0],
                limits: open,
                ..bullet()
            },
        ),
        (
            "huge",
            Bullet {
                value: mark(1.234e12, "實績 1,234,000,000,000 元"),
                target: target(1.3e12, "目標 1,300,000,000,000 元"),
                previous: None,
                ranges: vec![],
                limits: open,
                decimals: 0,
                tick_label: &plain,
                ..bullet()
            },
        ),
        (
            "value at target, no ranges",
            Bullet {
                value: mark(95.0, "實績 95%"),
                ranges: vec![],
                previous: None,
                ..bullet()
            },
        ),
        (
            "target far away",
            Bullet {
                value: mark(3.0, "Result 3"),
                target: target(1e6, "Target 1000000"),
                previous: None,
                ranges: vec![],
                limits: open,
                tick_label: &plain,
                decimals: 0,
                ..bullet()
            },
        ),
        (
            "long names, no target",
            Bullet {
                target: None,
                value: mark(
                    42.0,
                    "The share of applications that were decided within the statutory period 42",
                ),
                ..bullet()
            },
        ),
    ]
}

pub fn trends() -> Vec<(&'static str, Trend<'static>)> {
    let open = Limits::default();
    let mut broken = budget();
    broken[2].value = None;
    broken[4].starts_series = true;
    broken[0].target = None;
    broken[0].verdict = None;
    let eight: Vec<_> = (104..)
        .zip([71.0, 74.5, 73.9, 77.2, 76.1, 80.4, 79.9, 83.0])
        .map(|(year, value)| {
            point(
                &year.to_string(),
                &format!("({})", year + 1911),
                Some(value),
                Some(75.0),
            )
        })
        .collect();
    let mut long = budget();
    for point in &mut long {
        point.label = "A period with quite a long name of about sixty characters ok".into();
        point.value_label = "1,234,567 thousand".into();
    }
    let huge: Vec<_> = series(&[1.2e12, 1.9e12, 0.4e12, 2.2e12]);
    let tiny: Vec<_> = series(&[1.2e-6, 1.9e-6, 1.1e-6, 2.2e-6])
        .into_iter()
        .map(|point| Point {
            value_label: format!("{:.7}", point.value.unwrap()),
            ..point
        })
        .collect();
    vec![
        ("five years", trend(budget())),
        ("gap, break, no verdict", trend(broken)),
        (
            "eight years",
            Trend {
                target_label: "目標 75",
                ..trend(eight)
            },
        ),
        (
            "120 months",
            Trend {
                target_label: "目標 50",
                limits: open,
                ..trend(monthly(120))
            },
        ),
        (
            "24 months",
            Trend {
                target_label: "目標 50",
                limits: open,
                ..trend(monthly(24))
            },
        ),
        ("one point", trend(budget()[4..].to_vec())),
        ("all equal", trend(series(&[100.0; 6]))),
        (
            "negatives",
            Trend {
                limits: open,
                ..trend(series(&[-3.0, 4.5, -7.2, 1.0, 2.0, -1.5]))
            },
        ),
        (
            "huge",
            Trend {
                limits: open,
                decimals: 0,
                ..trend(huge)
            },
        ),
        (
            "tiny",
            Trend {
                limits: open,
                decimals: 8,
                ..trend(tiny)
            },
        ),
        ("long names", trend(long)),
        (
            "target far away",
            Trend {
                limits: open,
                target_label: "Target 500",
                ..trend(
                    series(&[12.0, 14.0, 13.0, 15.0])
                        .into_iter()
                        .map(|point| Point {
                            target: Some(500.0),
                            verdict: Some(Verdict::Missed),
                            ..point
                        })
                        .collect(),
                )
            },
        ),
    ]
}

pub fn milestones() -> Milestones<'static> {
    let row = |name: &str, planned, actual, label: &str| Milestone {
        name: name.into(),
        lang: None,
        planned,
        actual,
        label: label.into(),
    };
    Milestones {
        id: "m",
        title: Phrase {
            text: "里程碑",
            lang: None,
        },
        desc: "預定與實際。",
        rows: vec![
            row("完成單位預算書初稿", Some(30.0), Some(28.0), "111-01-28"),
            row(
                "送議會審議",
                Some(120.0),
                Some(150.0),
                "111-05-30，晚 30 天",
            ),
            row("公布法定預算", Some(300.0), None, "預定 111-10-27"),
        ],
        ticks: vec![
            (0.0, "111-01".into()),
            (90.0, "111-04".into()),
            (181.0, "111-07".into()),
            (273.0, "111-10".into()),
            (364.0, "111-12".into()),
        ],
        words: MilestoneWords {
            planned: "預定",
            actual: "實際",
        },
    }
}
