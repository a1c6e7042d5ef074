// Accessibility by axe: WCAG 2.2 A and AA, and best practice, on every type of
// page, light and dark, wide and narrow.

import { createRequire } from 'node:module';
import { each, open } from '../browser.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const about = 'axe finds no violation on any type of page, light and dark, at 1280 and 390';

/**
 * In other languages only the words differ, an edition is made of the parts of
 * the other pages and long, and extremes differ in size alone: all of them are
 * looked at once, light and wide.
 */
function pages(site, colorScheme) {
  const types = site.types().map((page) => ({ ...page, once: page.lang !== '' || page.kind === 'edition' || site.isExtreme }));
  return types.filter(({ once }) => !once || colorScheme === 'light');
}

export default async function axe({ browser, site }) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    // The pages' own policy would keep the tool out.
    found.push(
      ...(await each(browser, pages(site, colorScheme), { colorScheme, bypassCSP: true }, async (page, { path, once }) => {
        await open(page, site, path);
        await page.addScriptTag({ path: AXE });
        const found = [];
        for (const width of once ? [1280] : [1280, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const violations = await page.evaluate(
            (values) => axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }).then((r) => r.violations),
            TAGS,
          );
          for (const { id, help, nodes } of violations) {
            found.push({ page: path, where: nodes[0].target.join(' '), what: `${id}: ${help} (${nodes.length} times, ${colorScheme}, ${width})` });
          }
        }
        return found;
      })),
    );
  }
  return found;
}
