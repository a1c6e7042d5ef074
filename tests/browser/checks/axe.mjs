// Accessibility by axe: WCAG 2.2 A and AA, and best practice, on every type of
// page, light and dark, wide and narrow; pages of other languages light and wide.

import { createRequire } from 'node:module';
import { each, open } from '../browser.mjs';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const about = 'axe finds no violation on any type of page, light and dark, at 1280 and 390';

export default async function axe({ browser, site }) {
  const found = [];
  for (const colorScheme of ['light', 'dark']) {
    // The pages' own policy would keep the tool out.
    found.push(
      ...(await each(browser, site.types({ translations: colorScheme === 'light' }), { colorScheme, bypassCSP: true }, async (page, { path, lang }) => {
        await open(page, site, path);
        await page.addScriptTag({ path: AXE });
        const found = [];
        for (const width of lang ? [1280] : [1280, 390]) {
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
