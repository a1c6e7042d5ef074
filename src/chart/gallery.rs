//! A page of charts to look at. Not a check: `cargo test chart_gallery --
//! --ignored` writes it to `target/chart-gallery.html`.

use std::fmt::Write as _;

use super::samples::{budget, bullet, bullets, milestones, palette, trend, trends};
use super::*;

fn section(scheme: &str) -> String {
    let mut out = format!("<section class=\"{scheme}\">");
    let mut card = |heading: &str, class: &str, write: &mut dyn FnMut(&mut String)| {
        let _ = write!(out, "<div class=\"card {class}\"><h2>{heading}</h2>");
        write(&mut out);
        out.push_str("</div>");
    };
    for (heading, bullet) in bullets() {
        card(heading, "full", &mut |out| assert!(bullet.svg(out)));
    }
    card("small", "", &mut |out| {
        for (_, bullet) in bullets() {
            assert!(bullet.compact("bullet", out));
        }
        for (_, trend) in trends() {
            let values = trend.points.iter().map(|point| point.value).collect();
            assert!(
                Sparkline {
                    values,
                    name: "spark",
                    ..Sparkline::default()
                }
                .svg(out)
            );
        }
        for shape in StatusShape::ALL {
            shape.svg(out);
        }
    });
    card("milestones", "", &mut |out| assert!(milestones().svg(out)));
    for (heading, trend) in trends() {
        card(heading, "", &mut |out| assert!(trend.svg(out)));
    }
    out.push_str("</section>");
    out
}

#[test]
#[ignore = "writes a page to look at"]
fn chart_gallery() {
    let target = concat!(env!("CARGO_MANIFEST_DIR"), "/target");
    let page = |schemes: &[&str]| {
        let sections: String = schemes.iter().map(|scheme| section(scheme)).collect();
        format!(
            "<!doctype html><html lang=zh-Hant-TW><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
             <style>{PAINT_CSS}{FRAME_CSS}body{{margin:0;font:16px/1.6 'Noto Sans CJK TC',sans-serif}}\
             .light{{--ink:#16202b;--ink-2:#4a5663;--rule:#7b8794;--mark:#1c5d99;--range-1:#c3cbd2;--range-2:#dde3e7;--range-3:#eef1f4;--surface:#fff;background:#fbfbf9}}\
             .dark{{--ink:#e8edf1;--ink-2:#a9b5c0;--rule:#7c8a97;--mark:#7db8f0;--range-1:#465461;--range-2:#38444f;--range-3:#28323b;--surface:#18212a;background:#10161c}}\
             section{{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:16px;padding:16px;color:var(--ink)}}\
             .card{{background:var(--surface);border:1px solid var(--range-1);border-radius:12px;padding:16px 20px;min-width:0}}\
             .full{{grid-column:1/-1;padding-left:22%}}h2{{font-size:16px;margin:0 0 8px}}.shape{{width:20px}}\
             @media(max-width:700px){{section{{grid-template-columns:minmax(0,1fr)}}.full{{padding-left:20px}}}}\
             </style>{sections}</html>"
        )
    };
    for scheme in ["light", "dark"] {
        std::fs::write(
            format!("{target}/chart-gallery-{scheme}.html"),
            page(&[scheme]),
        )
        .unwrap();
    }
    std::fs::write(
        format!("{target}/chart-gallery.html"),
        page(&["light", "dark"]),
    )
    .unwrap();
    let palette = palette();
    let document = Document {
        palette: &palette,
        lang: "zh-Hant-TW",
        note: "資料來源：111 年度單位決算書（示意）。版本 a1b2c3d。",
    };
    let bullet = bullet().standalone(&document).unwrap();
    std::fs::write(format!("{target}/chart-bullet.svg"), bullet).unwrap();
    let trend = trend(budget()).standalone(&document).unwrap();
    std::fs::write(format!("{target}/chart-trend.svg"), trend).unwrap();
}
