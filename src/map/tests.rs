//! What readers are promised of a map, checked on its geometry: for maps of
//! any size and any links.

use proptest::prelude::*;

use super::*;
use crate::chart::bold_width;

const NAMES: [&str; 6] = [
    "提升市民對政府信任度",
    "Lifeguards stand where the risk is",
    "強化治山防洪，並與 neighbouring districts 共同維護",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "x",
    "Everybody can come in, and stay for as long as they like",
];

fn board(themes: usize, bands: usize, abreast: usize, at: &[(usize, usize)]) -> Board<'static> {
    let heading = |index: usize| Heading {
        code: format!("{index}"),
        name: NAMES[index % NAMES.len()].to_owned(),
        hue: "a".to_owned(),
    };
    let node = |(index, (theme, band)): (usize, &(usize, usize))| Node {
        band: band % bands,
        theme: (theme % (themes + 1)).checked_sub(1),
        code: format!("N{index}"),
        name: NAMES[index % NAMES.len()].to_owned(),
        hue: "b".to_owned(),
        url: Some(format!("N{index}.html")),
        status: None,
    };
    Board {
        title: "A map",
        themes: (0..themes).map(heading).collect(),
        bands: (0..bands).map(heading).collect(),
        nodes: at.iter().enumerate().map(node).collect(),
        links: Vec::new(),
        abreast,
        width: 1140.0,
        sheet: (1047.0, 672.0),
    }
}

/// Boards up to 12 themes × 6 perspectives × 200 objectives and 400 links.
fn boards() -> impl Strategy<Value = Board<'static>> {
    (1..=12_usize, 1..=6_usize, 1..=4_usize).prop_flat_map(|(themes, bands, abreast)| {
        let nodes = prop::collection::vec((0..100_usize, 0..100_usize), 2..200);
        let links = prop::collection::vec((0..10_000_usize, 0..10_000_usize), 0..400);
        (nodes, links).prop_map(move |(nodes, links)| {
            let mut board = board(themes, bands, abreast, &nodes);
            let mut links: Vec<(usize, usize)> = links
                .into_iter()
                .map(|(from, to)| (from % nodes.len(), to % nodes.len()))
                .filter(|(from, to)| from != to)
                .collect();
            links.sort_unstable();
            links.dedup();
            board.links = links;
            board
        })
    })
}

/// A cause and its effect, anything between them.
fn pieces(line: &[(f64, f64)]) -> impl Iterator<Item = ((f64, f64), (f64, f64))> + '_ {
    line.iter().copied().zip(line.iter().copied().skip(1))
}

fn overlap((a, b): (f64, f64), (c, d): (f64, f64)) -> f64 {
    a.max(b).min(c.max(d)) - a.min(b).max(c.min(d))
}

/// Pieces of lines by what they lie on: the same height or the same abscissa.
fn along(layout: &Layout) -> Vec<(bool, i64, f64, f64, usize)> {
    #[expect(clippy::cast_possible_truncation, reason = "maps are small")]
    let key = |coordinate: f64| (coordinate * 16.0).round() as i64;
    let mut along = Vec::new();
    for (line, at) in layout.lines.iter().zip(0..) {
        for ((x0, y0), (x1, y1)) in pieces(line) {
            if (y0 - y1).abs() < 1e-9 {
                along.push((true, key(y0), x0.min(x1), x0.max(x1), at));
            } else {
                along.push((false, key(x0), y0.min(y1), y0.max(y1), at));
            }
        }
    }
    along.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2)));
    along
}

/// How many pairs of pieces cross.
fn crossings(layout: &Layout) -> usize {
    let along = along(layout);
    let (level, upright): (Vec<_>, Vec<_>) = along.iter().partition(|piece| piece.0);
    let crosses = |h: &&(bool, i64, f64, f64, usize), v: &(bool, i64, f64, f64, usize)| {
        #[expect(clippy::cast_precision_loss, reason = "maps are small")]
        let (y, x) = (h.1 as f64 / 16.0, v.1 as f64 / 16.0);
        h.4 != v.4 && h.2 < x - 0.1 && h.3 > x + 0.1 && v.2 < y - 0.1 && v.3 > y + 0.1
    };
    let count = |v| level.iter().filter(|h| crosses(h, v)).count();
    upright.iter().map(count).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_map_keeps_its_boxes_lines_and_texts_apart(board in boards()) {
        let layout = board.layout();

        for (at, one) in layout.boxes.iter().enumerate() {
            prop_assert!(one.x >= 0.0 && one.x + one.width <= layout.size.0);
            prop_assert!(one.y >= 0.0 && one.y + one.height <= layout.size.1);
            for other in &layout.boxes[at + 1..] {
                let apart = one.x + one.width <= other.x || other.x + other.width <= one.x
                    || one.y + one.height <= other.y || other.y + other.height <= one.y;
                prop_assert!(apart, "{one:?} lies on {other:?}");
            }
        }

        prop_assert_eq!(layout.lines.len(), board.links.len());
        for (line, (from, to)) in layout.lines.iter().zip(&board.links) {
            let (start, end) = (line[0], line[line.len() - 1]);
            for ((x, y), of) in [(start, from), (end, to)] {
                let frame = layout.boxes[*of];
                prop_assert!(x > frame.x && x < frame.x + frame.width);
                prop_assert!((y - frame.y).abs() < 1e-6 || (y - frame.y - frame.height).abs() < 1e-6);
            }
            for ((x0, y0), (x1, y1)) in pieces(line) {
                prop_assert!((x0 - x1).abs() < 1e-9 || (y0 - y1).abs() < 1e-9, "a line is aslant");
                for (at, frame) in layout.boxes.iter().enumerate() {
                    let inside = overlap((x0, x1), (frame.x, frame.x + frame.width)) > -0.5
                        && overlap((y0, y1), (frame.y, frame.y + frame.height)) > 0.01;
                    prop_assert!(!inside, "{from} → {to} runs through box {at}");
                }
            }
        }

        let along = along(&layout);
        for (one, other) in along.iter().zip(along.iter().skip(1)) {
            let same = one.0 == other.0 && one.1 == other.1 && one.4 != other.4;
            prop_assert!(!same || other.2 > one.3, "{one:?} lies on {other:?}");
        }

        for (frame, lines) in layout.boxes.iter().zip(&layout.names) {
            let text = lines.iter().map(|line| bold_width(line, 13.0)).fold(0.0, f64::max);
            prop_assert!(text <= frame.width - 12.0, "{lines:?} is wider than its box");
            prop_assert!(f64::from(u32::try_from(lines.len()).unwrap() + 1) * 18.0 <= frame.height);
        }

        let svg = board.svg();
        prop_assert_eq!(svg.matches("class=\"way ").count(), board.links.len());
        prop_assert_eq!(&svg, &board.clone().svg());
    }
}

#[test]
fn neighbours_are_joined_by_straight_lines_that_do_not_cross() {
    let mut board = board(3, 3, 1, &[(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1)]);
    board.links = vec![(3, 0), (4, 1), (5, 2)];
    let layout = board.layout();
    assert!(layout.lines.iter().all(|line| line.len() == 2));
    assert_eq!(crossings(&layout), 0);
}

#[test]
fn one_cause_of_many_effects_fans_out_without_a_crossing() {
    let row = |band: usize| (1..=5_usize).map(move |theme| (theme, band));
    let mut board = board(5, 2, 1, &row(0).chain(row(1)).collect::<Vec<_>>());
    board.links = (0..5).map(|effect| (7, effect)).collect();
    assert_eq!(crossings(&board.layout()), 0);
    board.links = (5..10).map(|cause| (cause, 2)).collect();
    assert_eq!(crossings(&board.layout()), 0);
}

#[test]
fn neighbours_that_lead_one_theme_further_do_not_cross() {
    let row = |band: usize| (1..=5_usize).map(move |theme| (theme, band));
    let mut board = board(5, 2, 1, &row(0).chain(row(1)).collect::<Vec<_>>());
    board.links = (0..4).map(|at| (5 + at, at + 1)).collect();
    assert_eq!(crossings(&board.layout()), 0);
    board.links = (0..4).map(|at| (6 + at, at)).collect();
    assert_eq!(crossings(&board.layout()), 0);
}

#[test]
fn without_links_arrows_lead_from_perspective_to_perspective() {
    let board = board(2, 3, 1, &[(1, 0), (2, 1), (1, 2)]);
    assert_eq!(board.svg().matches("class=\"upwards\"").count(), 4);
}

#[test]
fn a_drawing_that_no_sheet_can_hold_is_for_screens_only() {
    let on_paper = |rows: usize| {
        let board = board(2, 1, 1, &vec![(1, 0); rows]);
        !board.svg().contains("screen-only")
    };
    assert!(on_paper(2));
    assert!(!on_paper(40));
}
