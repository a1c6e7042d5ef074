// A walk by the Tab key: the skip link first, then everything in the order of
// the page, each with a visible outline, and no trap.

import { each, open } from '../browser.mjs';

/** How far a page is walked. */
const STEPS = 60;

export const about = 'the keyboard reaches everything in order, visibly, the skip link first';

export default function keyboard({ browser, site }) {
  return each(browser, site.types({ translations: false }), {}, async (page, { path }) => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await open(page, site, path);
    const found = [];
    const fault = (where, what) => found.push({ page: path, where, what });

    await page.keyboard.press('Tab');
    const skip = await page.evaluate(focus);
    if (!skip?.isSkip) fault(skip?.name ?? 'body', 'the first stop is not the skip link');
    else if (!skip.visible) fault(skip.name, 'the skip link is not visible when focused');
    await page.evaluate(() => (window.lastStop = document.activeElement));
    for (let step = 1; step < STEPS; step += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(focus);
      // After the last stop the browser begins again.
      if (!stop || stop.isSkip) break;
      if (!stop.follows) fault(stop.name, 'the focus goes backwards');
      if (!stop.visible) fault(stop.name, 'the focus is outside the window');
      if (!stop.outlined) fault(stop.name, 'the focus has no outline');
      if (!stop.moved) {
        fault(stop.name, 'the focus is trapped');
        break;
      }
    }

    await open(page, site, path);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const inMain = await page.evaluate(() => {
      const { activeElement } = document;
      const main = document.getElementById('main');
      const after = activeElement && main.compareDocumentPosition(activeElement) & Node.DOCUMENT_POSITION_FOLLOWING;
      return activeElement === document.body || Boolean(after);
    });
    if (!inMain) fault('.skip', 'the skip link does not lead to the content');
    return found;
  });
}

/** The element that has the focus; nothing at the end of the page. */
function focus() {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const box = element.getBoundingClientRect();
  const last = window.lastStop;
  window.lastStop = element;
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
