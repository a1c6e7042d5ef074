//! What readers are promised of a map, checked on its geometry: for maps of
//! any size and any links.

use proptest::prelude::*;

use super::*;
use crate::chart::StatusShape;
use crate::chart::bold_width;
use crate::chart::markup::{Element, Markup};

const NAMES: [&str; 6] = [
    "提升市民對政府信任度",
    "Lifeguards stand where the risk is",
    "強化治山防洪，並與 neighbouring districts 共同維護",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    "x",
    "Everybody can come in, and stay for as long as they like",
];

/// Codes as plans with `codes: free` have them, up to 60 characters.
const CODES: [&str; 6] = [
    "W",
    "GROWTH",
    "財務構面",
    "CUST",
    "A-CODE-OF-SIXTY-CHARACTERS-IS-AS-LONG-AS-A-CODE-MAY-EVER-BE.",
    "7",
];

const STATUSES: [(StatusShape, &str); 3] = [
    (StatusShape::Met, "Met"),
    (StatusShape::Near, "Close to the target, and closing"),
    (StatusShape::None, "尚未公布於任何一份年度報告之中"),
];

fn board(themes: usize, bands: usize, abreast: usize, at: &[(usize, usize)]) -> Board<'static> {
    let heading = |index: usize| Heading {
        code: CODES[index % CODES.len()].to_owned(),
        name: NAMES[index % NAMES.len()].to_owned(),
        lang: None,
        hue: "a".to_owned(),
    };
    let node = |(index, (theme, band)): (usize, &(usize, usize))| Node {
        band: band % bands,
        theme: (theme % (themes + 1)).checked_sub(1),
        code: format!("{}{index}", CODES[index % CODES.len()]),
        name: NAMES[index % NAMES.len()].to_owned(),
        lang: None,
        hue: "b".to_owned(),
        url: Some(format!("N{index}.html")),
        status: (index % 3 > 0).then(|| {
            let (shape, word) = STATUSES[index % STATUSES.len()];
            (shape, "none".to_owned(), word.to_owned())
        }),
    };
    Board {
        title: "A map".into(),
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
        for ((x0, y0), (x1, y1)) in pieces(&line.corners) {
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
            prop_assert_eq!((line.from, line.to), (*from, *to));
            let line = &line.corners;
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

        for ((frame, lines), words) in layout.boxes.iter().zip(&layout.names).zip(&layout.words) {
            let text = lines.iter().map(|line| bold_width(line, 13.0)).fold(0.0, f64::max);
            prop_assert!(text <= frame.width - 12.0, "{lines:?} is wider than its box");
            prop_assert!(f64::from(u32::try_from(lines.len() + words.len()).unwrap() + 1) * 18.0 <= frame.height);
        }

        let svg = board.svg();
        prop_assert_eq!(svg.matches("class=\"way ").count(), board.links.len());
        prop_assert_eq!(&svg, &board.clone().svg());
        // No text lies on another or reaches over the edge, as a browser sees it.
        Markup::of(&svg.replacen("<svg", "<svg font-size=\"13\"", 1)).assert_sound();
    }
}

/// A word as long as its card has room for, in a card at the edge of the map.
#[test]
fn the_word_of_a_status_may_fill_its_card() {
    for letters in 1..=40 {
        let mut board = board(1, 1, 1, &[(1, 0)]);
        let word = "佈".repeat(letters);
        board.nodes[0].status = Some((StatusShape::None, "none".to_owned(), word));
        let svg = board.svg();
        Markup::of(&svg.replacen("<svg", "<svg font-size=\"13\"", 1)).assert_sound();
    }
}

#[test]
fn every_code_lies_in_its_box_and_before_its_name() {
    let board = board(6, 6, 1, &[(1, 0)]);
    let markup = Markup::of(&board.svg());
    let edges = |element: &Element| {
        let (left, right) = (element.points()[0].0, element.points()[1].0);
        (left, right, element.points()[2].1)
    };
    let boxes = markup.elements.iter().filter(|element| {
        let class = element.get("class").unwrap_or_default();
        (class == "edge" || class == "badge") && edges(element).1 - edges(element).0 < 100.0
    });
    let boxes: Vec<_> = boxes.map(edges).collect();
    let codes = markup
        .elements
        .iter()
        .filter(|element| element.name == "text" && element.get("text-anchor") == Some("middle"));
    let names = markup.with_class("name");
    let mut checked = 0;
    for code in codes {
        let (x, y) = (code.number("x"), code.number("y"));
        let of = boxes.iter().find(|(left, right, bottom)| {
            *left < x && x < *right && (bottom - y - 5.0).abs() < 0.2
        });
        let (left, right, _) = of.unwrap();
        let half = bold_width(&code.text, 13.0) / 2.0;
        assert!(
            x - half >= left + 1.0 && x + half <= right - 1.0,
            "{code:?}"
        );
        let name = names
            .iter()
            .find(|name| (name.number("y") - y).abs() < 0.1 && name.number("x") > x);
        assert!(name.unwrap().number("x") >= right + 6.0, "{code:?}");
        checked += 1;
    }
    assert_eq!(checked, 12);
    let cut = markup
        .elements
        .iter()
        .filter(|element| element.name == "title");
    assert!(cut.clone().any(|title| title.text == CODES[4]));
    assert!(markup.texts(1).contains(&"GROWTH"));
}

#[test]
fn neighbours_are_joined_by_straight_lines_that_do_not_cross() {
    let mut board = board(3, 3, 1, &[(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1)]);
    board.links = vec![(3, 0), (4, 1), (5, 2)];
    let layout = board.layout();
    assert!(layout.lines.iter().all(|line| line.corners.len() == 2));
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
fn a_name_in_another_language_says_which() {
    let mut board = board(2, 1, 1, &[(1, 0), (2, 0)]);
    board.title.lang = Some("ja");
    board.themes[0].lang = Some("de".to_owned());
    board.bands[0].lang = Some("fr".to_owned());
    board.nodes[1].lang = Some("zh-Hant".to_owned());
    let count = |svg: &str, what: &str| svg.matches(what).count();

    let page = board.svg();
    for lang in ["de", "fr", "zh-Hant"] {
        assert!(count(&page, &format!(" lang=\"{lang}\"")) > 0, "{lang}");
    }
    assert_eq!(count(&page, "xml:lang"), 0);

    let palette = crate::chart::Palette::default();
    let document = crate::chart::Document {
        lang: "en",
        note: "",
        palette: &palette,
    };
    let file = board.standalone(&document);
    for lang in ["en", "de", "fr", "zh-Hant"] {
        assert!(count(&file, &format!(" xml:lang=\"{lang}\"")) > 0, "{lang}");
    }
    // The title twice: for those who do not see it, and for those who do.
    assert_eq!(count(&file, " xml:lang=\"ja\""), 2);
    assert_eq!(count(&file, " lang="), 0);
}

#[test]
fn no_word_of_a_perspective_is_broken_unless_it_is_very_long() {
    let names = [
        "Stakeholders",
        "Sustainability",
        "Wirtschaftlichkeit",
        "Learning and growth",
    ];
    let mut board = board(3, 4, 1, &[(1, 0), (1, 1)]);
    for (band, name) in board.bands.iter_mut().zip(names) {
        band.code = "C".to_owned();
        name.clone_into(&mut band.name);
    }
    let markup = Markup::of(&board.svg());
    for word in names.iter().flat_map(|name| name.split(' ')) {
        let drawn = markup.texts(1);
        assert!(drawn.iter().any(|text| text.contains(word)), "{word}");
    }
    NAMES[3].clone_into(&mut board.bands[0].name);
    assert!(board.layout().boxes[0].x < 260.0);
}

#[test]
fn every_status_keeps_its_word() {
    let board = board(8, 1, 1, &[(1, 0), (2, 0), (3, 0)]);
    let markup = Markup::of(&board.svg());
    let words: Vec<_> = markup.with_class("word");
    let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
    assert!(words.len() > 2, "{words:?}");
    let (near, none) = words.split_at(words.len() - none_lines(&words));
    assert_eq!(near.join(" "), STATUSES[1].1);
    assert_eq!(none.concat(), STATUSES[2].1);
}

/// How many of the lines are ideographs.
fn none_lines(words: &[&str]) -> usize {
    words.iter().filter(|word| !word.is_ascii()).count()
}

#[test]
fn a_single_theme_has_its_heading_ground_and_arrows() {
    let mut board = board(1, 3, 4, &[(1, 0), (1, 1), (1, 2)]);
    board.themes[0].name = "Service".to_owned();
    let markup = Markup::of(&board.svg());
    assert_eq!(markup.with_class("tint").len(), 1);
    assert_eq!(markup.with_class("letter").len(), 1);
    assert!(markup.texts(1).contains(&"Service"));
    assert_eq!(markup.with_class("upwards").len(), 2);
    board.themes.clear();
    let markup = Markup::of(&board.svg());
    assert!(markup.with_class("tint").is_empty() && markup.with_class("letter").is_empty());
}

#[test]
fn a_link_of_an_objective_that_is_not_there_is_left_out_and_takes_no_other_name() {
    let mut board = board(2, 2, 1, &[(1, 0), (2, 0), (1, 1), (2, 1)]);
    for (node, code) in board.nodes.iter_mut().zip(["AC1", "BC1", "AP1", "BP1"]) {
        code.clone_into(&mut node.code);
    }
    board.links = vec![(9, 0), (2, 0), (2, 9), (3, 1)];
    let markup = Markup::of(&board.svg());
    let titles = markup.elements.iter().filter(|e| e.name == "title");
    let titles: Vec<&str> = titles.map(|title| title.text.as_str()).collect();
    assert_eq!(titles, ["AP1 → AC1", "BP1 → BC1"]);
}

#[test]
fn a_map_of_eight_themes_fits_a_screen() {
    // Eight themes of four perspectives, some cells with three objectives.
    let cell = |at: usize| ((at % 8) + 1, at / 8 % 4);
    let at: Vec<_> = (0..84).map(cell).collect();
    let mut board = board(8, 4, 1, &at);
    for (band, name) in
        board
            .bands
            .iter_mut()
            .zip(["Stakeholders", "Sustainability", "People", "Money"])
    {
        band.code = "C".to_owned();
        name.clone_into(&mut band.name);
    }
    // Each drives the one above it, and every third one two rows further up.
    board.links = (8..32).map(|at| (at, at - 8)).collect();
    board
        .links
        .extend((16..32).step_by(3).map(|at| (at, (at + 2) % 8)));
    board
        .links
        .extend((16..32).step_by(2).map(|at| (at, (at + 5) % 8)));
    let width = board.layout().size.0;
    assert!(width <= 1168.0, "{width}");
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
