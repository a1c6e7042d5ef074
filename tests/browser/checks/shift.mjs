// Nothing moves while a page loads. Where a page comes in pieces, as slow
// connections and busy machines bring it, the columns of a table find their
// widths row by row: that may not be more than is felt as steady.

import { each, open } from '../browser.mjs';

export const about = 'nothing on any type of page moves after it was first drawn; little does where it comes in pieces';

const WAYS = [
  { pieces: 1, most: 0, tries: 3 },
  { pieces: 5, most: 0.1, tries: 1 },
];

export default async function shift({ browser, site }) {
  const found = [];
  for (const { pieces, most, tries } of WAYS) {
    site.pieces = pieces;
    found.push(
      ...(await each(browser, site.types({ translations: false }), {}, async (page, { path }) => {
        for (let left = tries; ; left -= 1) {
          await open(page, site, path);
          const { sum, moved } = await page.evaluate(measure);
          if (Number(sum.toFixed(3)) <= most) return [];
          // A busy machine hands even a whole page over in pieces.
          if (left === 1) return [{ page: path, where: moved, what: `layout shift ${sum.toFixed(3)} in ${pieces} pieces` }];
        }
      })),
    );
  }
  site.pieces = 1;
  return found;
}

function measure() {
  return new Promise((done) => {
    let sum = 0;
    const moved = new Set();
    const add = (entry) => {
      sum += entry.value;
      entry.sources.forEach(({ node }) => moved.add(node?.getAttribute?.('class') ?? node?.nodeName));
    };
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: 'layout-shift', buffered: true });
    setTimeout(() => done({ sum, moved: [...moved].join(', ') }), 200);
  });
}
