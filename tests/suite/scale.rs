//! A large scorecard builds like a small one.

use std::fmt::Write as _;

use crate::site::{Site, files};

#[test]
fn a_thousand_kpis_with_twelve_periods_each() {
    let mut plan = String::from("title: Large\nthemes:\n");
    let mut ledger = String::from("kpi,period,value,published_on\n");
    for (theme, letter) in ["A", "B", "C", "D", "E"].iter().enumerate() {
        writeln!(
            plan,
            "  - code: {letter}\n    name: Theme {letter}\n    objectives:"
        )
        .unwrap();
        for number in 1..=20 {
            writeln!(
                plan,
                "      - code: {letter}C{number}\n        name: Objective\n        kpis:"
            )
            .unwrap();
            for kpi in 1..=10 {
                let code = format!("{letter}C{number}.{kpi}");
                writeln!(
                    plan,
                    "          - {{code: {code}, name: Measure {code}, direction: higher, frequency: month, aggregate: mean, target: 50}}"
                )
                .unwrap();
                for month in 1..=12 {
                    let value = (theme + number + kpi + month) % 60 + 10;
                    writeln!(ledger, "{code},2025-{month:02},{value}.5,2025-12-31").unwrap();
                }
            }
        }
    }
    let site = Site::plan(&plan).file("content/org/2025/measurements.csv", ledger);
    site.build();
    let pages = files(&site.path("public"));
    assert!(pages.iter().filter(|p| p.ends_with(".html")).count() > 1100);
    let kpi = site.page("org/2025/AC1.1.html");
    assert_eq!(kpi.all("#periods + .scroll tbody tr").len(), 13);
    assert!(site.page("org/2025/changes.html").all(".changes li").len() >= 2000);
    // An objective shows its newest changes and where all of them are.
    let objective = site.page("org/2025/AC1.html");
    assert_eq!(objective.all(".changes li").len(), 20);
    let more = objective.all("section[aria-labelledby='changes'] > p > a");
    assert_eq!(more, ["All changes"]);
}
