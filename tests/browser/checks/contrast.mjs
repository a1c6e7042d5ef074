// Contrast of what is drawn, light and dark: long text 7, any text 4.5, marks
// of charts 3. The ground is the first thing painted under the middle of a text.

import { each, open, unroll } from '../browser.mjs';

export const about = 'text has a contrast of 4.5, long text 7, marks of charts 3, light and dark';

export default async function contrast({ browser, site }) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    found.push(
      ...(await each(browser, site.types({ translations: false }), { colorScheme, bypassCSP: true }, async (page, { path }) => {
        await open(page, site, path);
        await unroll(page, 1280);
        const faults = await page.evaluate(measure);
        return faults.map(({ where, what }) => ({ page: path, where, what: `${what} (${colorScheme})` }));
      })),
    );
  }
  return found;
}

function measure() {
  const parse = (colour) => {
    const numbers = colour.match(/[\d.]+/g)?.map(Number);
    if (!numbers || !colour.startsWith('rgb')) return null;
    const [r, g, b, alpha = 1] = numbers;
    return alpha < 1 ? null : [r, g, b];
  };
  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
    return (light + 0.05) / (dark + 0.05);
  };
  const paint = (element) => {
    const style = getComputedStyle(element);
    return parse(element instanceof SVGElement && !(element instanceof SVGSVGElement) ? style.fill : style.backgroundColor);
  };
  const ground = (element, x, y) => {
    const stack = document.elementsFromPoint(x, y);
    const from = stack.findIndex((other) => other === element || element.contains(other));
    for (const other of stack.slice(Math.max(from, 0))) {
      if (other instanceof SVGElement && other.closest('text')) continue;
      const colour = paint(other);
      if (colour) return colour;
    }
    return parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  // Marks lie on the ranges of their chart or on the ground of the page.
  const under = (x, y) => {
    const grounds = document
      .elementsFromPoint(x, y)
      .filter((other) => !(other instanceof SVGElement) || other.matches('[class^="range"], .tint, .box'));
    return grounds.map(paint).find(Boolean) ?? parse(getComputedStyle(document.documentElement).backgroundColor);
  };
  const faults = [];
  const seen = new Set();
  const report = (element, what) => {
    const where = `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 30)}”`;
    if (!seen.has(where)) faults.push({ where, what });
    seen.add(where);
  };
  const ink = parse(getComputedStyle(document.body).color);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('.unseen, .skip, title, desc, defs')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    const box = range.getClientRects()[0];
    // The end of the longest page does not fit on the largest screen.
    if (!box || box.width === 0 || box.bottom > innerHeight) continue;
    const style = getComputedStyle(element);
    const colour = parse(element instanceof SVGElement ? style.fill : style.color);
    if (!colour) continue;
    const is = ratio(colour, ground(element, box.x + box.width / 2, box.y + box.height / 2));
    const long = String(colour) === String(ink) && element.closest('p, td, dd, li, .prose');
    const needs = long ? 7 : 4.5;
    if (is < needs - 0.005) report(element, `${is.toFixed(2)} of ${needs}`);
  }
  const marks = '.chart .value, .chart .dot, .chart .met, .chart .unmet, .chart .line, .chart .target, .chart .previous, .chart .piece, .board .way, .board .edge, .status .i, .mark .i';
  for (const mark of document.querySelectorAll(marks)) {
    const style = getComputedStyle(mark);
    const colours = mark.matches('.i') ? [style.color] : [style.fill, style.stroke];
    const box = mark.getBoundingClientRect();
    if (box.width + box.height === 0 || box.bottom > innerHeight) continue;
    const around = under(box.x + box.width / 2, box.y + box.height / 2);
    const best = Math.max(...colours.map(parse).filter(Boolean).map((one) => ratio(one, around)));
    if (best < 2.995) report(mark, `mark ${best.toFixed(2)} of 3`);
  }
  return faults;
}
