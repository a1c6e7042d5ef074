// Nothing wider than the window, nothing cut off and nothing that runs out of
// its box into another: at 320, 800, 1440 and 1920 pixels, and at 320 with the
// text spacing of WCAG 1.4.12.

import { each, open } from '../browser.mjs';

const SPACING = '* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }';

export const about = 'no page is wider than the window, no text is cut off or runs out of its box, at four widths, and with text spacing';

export default function overflow({ browser, site }) {
  return each(browser, site.types({ both: true }), { bypassCSP: true }, async (page, { path }) => {
    await open(page, site, path);
    const found = [];
    const look = async (width, how) => {
      await page.setViewportSize({ width, height: 900 });
      for (const { where, what } of await page.evaluate(faults)) found.push({ page: path, where, what: `${what} at ${width}${how}` });
    };
    for (const width of [1920, 1440, 800, 320]) await look(width, '');
    await page.addStyleTag({ content: SPACING });
    await look(320, ' with text spacing');
    return found;
  });
}

function faults() {
  const faults = [];
  const name = (element) => `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 30)}”`;
  const inside = (element, selector) => element.closest(selector) !== null;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) {
    const wide = [...document.body.querySelectorAll('*')].find(
      (element) => element.getBoundingClientRect().right > clientWidth + 1 && !inside(element.parentElement, '.scroll') && !inside(element, '.unseen, .skip'),
    );
    faults.push({ where: wide ? name(wide) : 'document', what: `${scrollWidth - clientWidth} px too wide` });
  }
  for (const element of document.body.querySelectorAll('*')) {
    if (inside(element, 'svg, .unseen, .skip')) continue;
    const { overflowX, overflowY, display } = getComputedStyle(element);
    if (display === 'inline') continue;
    const cuts = (value) => value === 'hidden' || value === 'clip';
    if (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1) faults.push({ where: name(element), what: 'text cut off at the side' });
    // What may be scrolled says so by itself.
    if (overflowX === 'visible' && !inside(element, '.scroll') && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) faults.push({ where: name(element), what: 'text runs out of its box' });
    if (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1) faults.push({ where: name(element), what: 'text cut off below' });
  }
  return faults;
}
