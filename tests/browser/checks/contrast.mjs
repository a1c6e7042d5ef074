// Contrast of what is drawn, light and dark: long text 7, any text 4.5, marks
// of charts 3. The ground is the first thing painted under the middle of a text.

import { each, open, unroll } from '../browser.mjs';

export const about = 'text has a contrast of 4.5, long text 7, marks of charts 3, light and dark (pages of extremes light, their maps both)';

export default function contrast({ browser, site }) {
  return each(browser, site.types({ translations: false }), { bypassCSP: true }, async (page, { path, kind }) => {
    await open(page, site, path);
    const found = [];
    // Extremes have the colours of the others in other places; their maps have more hues.
    const isPlain = site.isExtreme && kind !== 'map';
    for (const colorScheme of isPlain ? ['light'] : ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      await unroll(page, 1280);
      const faults = await page.evaluate(measure);
      found.push(...faults.map(({ where, what }) => ({ page: path, where, what: `${what} (${colorScheme})` })));
    }
    return found;
  });
}

function measure() {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const known = new Map();
  /** Red, green, blue and alpha of any colour of CSS; null for what is no colour. */
  const parse = (colour) => {
    if (!known.has(colour)) {
      pen.fillStyle = '#010203';
      pen.fillStyle = colour;
      const taken = pen.fillStyle !== '#010203' || colour === 'rgb(1, 2, 3)';
      pen.clearRect(0, 0, 1, 1);
      pen.fillRect(0, 0, 1, 1);
      const [r, g, b, alpha] = pen.getImageData(0, 0, 1, 1).data;
      known.set(colour, colour === 'none' ? [0, 0, 0, 0] : taken ? [r, g, b, alpha / 255] : null);
    }
    return known.get(colour);
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  /** The same function, which asks once for each element. */
  const once = (ask) => {
    const answers = new Map();
    return (element) => {
      if (!answers.has(element)) answers.set(element, ask(element));
      return answers.get(element);
    };
  };
  /** What shines through an element and all it lies in. */
  const opacity = once((element) => Number(getComputedStyle(element).opacity) * (element.parentElement ? opacity(element.parentElement) : 1));
  const over = ([r, g, b, alpha], ground) => [r, g, b].map((part, at) => part * alpha + ground[at] * (1 - alpha));
  const isDrawn = (element) => element instanceof SVGElement && !(element instanceof SVGSVGElement);
  const faults = [];
  const seen = new Set();
  const report = (element, what) => {
    const where = `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 30)}”`;
    if (!seen.has(where)) faults.push({ where, what });
    seen.add(where);
  };
  /** A colour with the opacity it is seen in; told if it cannot be measured. */
  const seenAs = (element, colour) => {
    const parsed = parse(colour);
    if (!parsed) report(element, `the colour ${colour} cannot be measured`);
    return parsed && [...parsed.slice(0, 3), parsed[3] * opacity(element)];
  };
  const paint = once((element) => {
    const style = getComputedStyle(element);
    if (style.backgroundImage !== 'none') report(element, `a ground of ${style.backgroundImage.slice(0, 40)} cannot be measured`);
    return seenAs(element, isDrawn(element) ? style.fill : style.backgroundColor);
  });
  /** What these elements, the topmost first, look like on the page. */
  const blend = (stack) => {
    const layers = [];
    for (const element of stack) {
      const colour = paint(element);
      if (colour?.[3] > 0) layers.push(colour);
      if (colour?.[3] === 1) break;
    }
    const paper = parse(getComputedStyle(document.documentElement).backgroundColor);
    return layers.reverse().reduce((ground, layer) => over(layer, ground), paper.slice(0, 3));
  };
  const ground = (element, x, y) => {
    const stack = document.elementsFromPoint(x, y);
    const from = stack.findIndex((other) => other === element || element.contains(other));
    return blend(stack.slice(Math.max(from, 0)).filter((other) => !(other instanceof SVGElement && other.closest('text'))));
  };
  // Marks lie on the ranges of their chart or on the ground of the page.
  const under = (x, y) =>
    blend(document.elementsFromPoint(x, y).filter((other) => !(other instanceof SVGElement) || other.matches('[class^="range"], .tint, .box')));
  /** The box of something, once it is on the screen: maps and tables scroll. */
  const shown = (element, measured = element) => {
    const box = () => (measured.getClientRects ? measured.getClientRects()[0] : null);
    const is = box();
    if (!is || is.width + is.height === 0) return null;
    const [x, y] = [is.x + is.width / 2, is.y + is.height / 2];
    if (x > 0 && x < innerWidth && y > 0 && y < innerHeight && element.checkVisibility()) {
      const scroller = element.closest('.scroll')?.getBoundingClientRect();
      if (!scroller || (x > scroller.left && x < scroller.right)) return is;
    }
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    return box();
  };

  const ink = String(parse(getComputedStyle(document.body).color));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('.unseen, .skip, title, desc, defs, script')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = shown(element, range);
    if (!box) continue;
    const style = getComputedStyle(element);
    const colour = seenAs(element, element instanceof SVGElement ? style.fill : style.color);
    if (!colour) continue;
    const lies = ground(element, box.x + box.width / 2, box.y + box.height / 2);
    const is = ratio(over(colour, lies), lies);
    const long = String(parse(style.color)) === ink && element.closest('p, td, dd, li, .prose');
    const needs = long ? 7 : 4.5;
    if (is < needs - 0.005) report(element, `${is.toFixed(2)} of ${needs}`);
  }
  const marks = '.chart .value, .chart .dot, .chart .met, .chart .unmet, .chart .line, .chart .target, .chart .previous, .chart .piece, .board .way, .board .edge, .status .i, .mark .i';
  for (const mark of document.querySelectorAll(marks)) {
    const style = getComputedStyle(mark);
    const colours = mark.matches('.i') ? [style.color] : [style.fill, style.stroke];
    const box = shown(mark);
    if (!box) continue;
    const around = under(box.x + box.width / 2, box.y + box.height / 2);
    const best = Math.max(...colours.map((colour) => seenAs(mark, colour)).filter(Boolean).map((one) => ratio(over(one, around), around)));
    if (best < 2.995) report(mark, `mark ${best.toFixed(2)} of 3`);
  }
  return faults;
}
