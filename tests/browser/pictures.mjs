// A picture of each type of page, and a sheet with all of them.
//
//   node pictures.mjs DIR TO [KIND…]     DIR holds the sites `first` and `demo`

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { each, open, start } from './browser.mjs';
import { Site } from './site.mjs';

const [work, to, ...kinds] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
const browser = await start();
const names = [];
for (const name of ['first', 'demo']) {
  const site = await new Site(name, join(work, name)).serve();
  const pages = site.types().filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  for (const colorScheme of ['light', 'dark']) {
    await each(browser, pages, { colorScheme }, async (page, { path, kind, lang }) => {
      await open(page, site, path);
      for (const width of [1440, 768, 390]) {
        await page.setViewportSize({ width, height: 900 });
        const file = `${kind}-${name}${lang ? `-${lang}` : ''}-${width}-${colorScheme}.png`;
        await page.screenshot({ path: join(to, file), fullPage: kind !== 'edition' });
        names.push(file);
      }
    });
  }
  site.close();
}
await browser.close();
const figures = names.sort().map((name) => `<figure><a href="${name}"><img src="${name}" alt="" width="320" loading="lazy"></a><figcaption>${name}</figcaption></figure>`);
writeFileSync(join(to, 'index.html'), `<!doctype html><meta charset="utf-8"><title>Pages</title>${figures.join('\n')}\n`);
console.log(`${names.length} pictures in ${to}`);
