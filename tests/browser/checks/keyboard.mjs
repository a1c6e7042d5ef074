// A walk by the Tab key: the skip link first, then everything that can have the
// focus in the order of the page, each with a visible outline, and no trap.

import { each, open } from '../browser.mjs';

/**
 * How far a page is walked. Of longer ones, such as maps and editions, the first and the
 * last stops are walked, and the links between them are only asked whether they can have
 * the focus.
 */
const STOPS = 150;
/** How many stops before the end of a longer page the walk goes on. */
const LAST = 20;

export const about = `the keyboard reaches everything in order, visibly, the skip link first (${STOPS} stops a page, and the last ${LAST})`;

export default function keyboard({ browser, site, note }) {
  return each(browser, site.types({ translations: false }), {}, async (page, { path }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(page, site, path);
    const found = [];
    const fault = (where, what) => found.push({ page: path, where, what });

    const wanted = await page.evaluate(expected);
    await page.keyboard.press('Tab');
    const skip = await page.evaluate(focus);
    if (!skip?.isSkip) fault(skip?.name ?? 'body', 'the first stop is not the skip link');
    else if (!skip.visible) fault(skip.name, 'the skip link is not visible when focused');
    /** Goes from stop to stop; tells whether the page came to its end. */
    const walk = async (stops) => {
      for (let step = 0; step < stops; step += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(focus);
        // After the last stop the browser begins again.
        if (!stop || stop.isSkip) return true;
        if (!stop.moved) {
          fault(stop.name, 'the focus is trapped');
          return false;
        }
        if (!stop.follows) fault(stop.name, 'the focus goes backwards');
        if (!stop.visible) fault(stop.name, 'the focus is outside the window');
        if (!stop.outlined) fault(stop.name, 'the focus has no outline');
      }
      return false;
    };
    const ended = await walk(STOPS - 1);
    if (!ended && wanted > STOPS) note(`${path}: ${STOPS} of ${wanted} stops`);
    const missed = await page.evaluate(unreached, ended);
    for (const name of missed) fault(name, 'the keyboard does not reach it');
    if (!ended && missed.length === 0 && wanted > STOPS) {
      await page.evaluate(nearEnd, LAST);
      if (!(await walk(2 * LAST))) fault('body', 'the walk does not come to the end of the page');
    }

    await open(page, site, path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const arrived = await page.evaluate(() => window.scrollY > 0 || document.querySelector('main:target') !== null);
    await page.keyboard.press('Tab');
    const inMain = await page.evaluate(() => {
      const main = document.querySelector('main');
      const inside = main.contains(document.activeElement);
      // A page whose content has nothing to stop at goes on to the footer.
      const empty = !main.querySelector('a[href], button, input, summary, [tabindex]');
      return inside || (empty && Boolean(main.compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING));
    });
    if (!arrived || !inMain) fault('.skip', 'the skip link does not lead to the content');
    return found;
  });
}

/**
 * Marks whatever a reader with a mouse can use or scroll, and so has to be
 * reached; returns how many.
 */
function expected() {
  const usable = 'a[href], area[href], button, input, select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const scrolls = (element) => {
    const { overflowX, overflowY } = getComputedStyle(element);
    const moves = (how) => how === 'auto' || how === 'scroll';
    return (moves(overflowX) && element.scrollWidth > element.clientWidth + 1) || (moves(overflowY) && element.scrollHeight > element.clientHeight + 1);
  };
  window.wanted = [...document.body.querySelectorAll('*')].filter((element) => {
    if (element.matches(':disabled, [type=hidden]') || !element.checkVisibility({ visibilityProperty: true })) return false;
    // What can only be scrolled is reached where something in it is.
    return element.matches(usable) || (scrolls(element) && !element.querySelector(usable));
  });
  window.reached = new Set();
  return window.wanted.length;
}

/** What was not reached, or, past the end of a walk that was cut short, cannot be. */
function unreached(ended) {
  const last = window.lastStop;
  const later = (element) => !ended && last && Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING);
  const can = (element) => {
    element.focus();
    return document.activeElement === element && element.tabIndex >= 0;
  };
  return window.wanted
    .filter((element) => !window.reached.has(element) && !(later(element) && can(element)))
    .map((element) => `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 30)}”`);
}

/** Puts the focus so many stops before the end. */
function nearEnd(last) {
  window.lastStop = window.wanted.at(-last);
  window.lastStop.focus();
}

/** The element that has the focus; nothing at the end of the page. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const last = window.lastStop;
  window.lastStop = element;
  window.reached.add(element);
  // A card shows the focus of the link that covers it.
  const shown = [element, element.closest('.objective')].filter(Boolean);
  const outlined = shown.some((one) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(one);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
  });
  return {
    name: `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent.trim().slice(0, 30)}”`,
    isSkip: element.matches('.skip'),
    moved: element !== last,
    follows: !last || last === element || Boolean(last.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    visible: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    outlined,
  };
}
