// Accessibility by axe: WCAG 2.2 A and AA, and best practice, on every type of
// page, light and dark, wide and narrow.

import { createRequire } from 'node:module';
import { each, open } from '../browser.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** All rules in the light; in the dark those that look at colours: nothing else is another. */
const RULES = {
  light: { type: 'tag', values: TAGS },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

export const about = 'axe finds no violation on any type of page at 1280 and 390, nor of colours in the dark';

/** In other languages only the words differ: of them these kinds stand for all. */
const SPOKEN = ['map', 'kpi', 'search'];

/**
 * Pages of other languages are looked at once, light and wide; so is an edition, which
 * is made of the parts of the other pages and long, and so are extremes, which differ in
 * size alone.
 */
const isOnce = (site, page) => page.lang !== '' || page.kind === 'edition' || site.isExtreme;

export default function axe({ browser, site }) {
  // The pages' own policy would keep the tool out.
  const pages = site.types().filter(({ lang, kind }) => lang === '' || SPOKEN.includes(kind));
  return each(browser, pages, { bypassCSP: true }, async (page, entry) => {
    const { path } = entry;
    await open(page, site, path);
    await page.addScriptTag({ path: AXE });
    const once = isOnce(site, entry);
    const found = [];
    for (const colorScheme of once ? ['light'] : ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      for (const width of once ? [1280] : [1280, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const violations = await page.evaluate(
          (runOnly) => window.axe.run(document, { runOnly, resultTypes: ['violations'] }).then((r) => r.violations),
          RULES[colorScheme],
        );
        for (const { id, help, nodes } of violations) {
          found.push({ page: path, where: nodes[0].target.join(' '), what: `${id}: ${help} (${nodes.length} times, ${colorScheme}, ${width})` });
        }
      }
    }
    return found;
  });
}
