// Nothing moves while a page loads.

import { each, open } from '../browser.mjs';

export const about = 'nothing on any type of page moves after it was first drawn';

export default function shift({ browser, site }) {
  return each(browser, site.types({ translations: false }), {}, async (page, { path }) => {
    await open(page, site, path);
    const shift = await page.evaluate(
      () =>
        new Promise((done) => {
          let sum = 0;
          new PerformanceObserver((list) => list.getEntries().forEach((entry) => (sum += entry.value))).observe({ type: 'layout-shift', buffered: true });
          setTimeout(() => done(sum), 300);
        }),
    );
    return shift > 0 ? [{ page: path, where: 'page', what: `layout shift ${shift.toFixed(3)}` }] : [];
  });
}
