// Every check over the first site, the demo and the site of extremes; then every
// check over pages spoiled on purpose, to prove that it can fail.
//
//   node run.mjs DIR [--only CHECK]     DIR holds the sites `first`, `demo` and `extreme`

import { join } from 'node:path';
import { start } from './browser.mjs';
import { Site } from './site.mjs';
import { spoil } from './spoiled.mjs';

const NAMES = ['markup', 'links', 'privacy', 'weight', 'overflow', 'contrast', 'axe', 'keyboard', 'script', 'shift', 'print'];
/** How many faults of one check are told in full. */
const SHOWN = 20;

const [work, flag, only] = process.argv.slice(2);
const names = flag === '--only' ? NAMES.filter((name) => name === only) : NAMES;
if (names.length === 0) {
  console.error(`there is no check ${only}; the checks are ${NAMES.join(', ')}`);
  process.exit(2);
}

const browser = await start();
const sites = ['first', 'demo', 'extreme'].map((name) => new Site(name, join(work, name)));
sites[0].onePage = ['dcms/2022/index.html', 'en/dcms/2022/index.html'];
// Its maps go to extremes, each to another, and its names; the rest is as everywhere.
sites[2].isExtreme = true;
sites[2].alone = ['map'];
sites[2].pages = sites[2].pages.filter(({ kind }) => ['map', 'theme', 'objective', 'kpi', 'edition'].includes(kind));
let failed = 0;
for (const name of names) {
  const { default: check, about } = await import(`./checks/${name}.mjs`);
  const begun = Date.now();
  const notes = [];
  const faults = [];
  for (const site of sites) {
    await site.serve();
    const note = (text) => notes.push(`${site.name}  ${text}`);
    faults.push(...(await check({ browser, site, note })).map((fault) => ({ site: site.name, ...fault })));
    site.close();
  }
  faults.push(...(await spoil(browser, sites[1], name, check)));
  failed += faults.length;
  console.log(`${faults.length ? '✗' : '✓'} ${name}: ${about} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
  notes.forEach((text) => console.log(`    ${text}`));
  for (const { site, page, where, what } of faults.slice(0, SHOWN)) console.log(`    ${site} ${page}: ${where}: ${what}`);
  if (faults.length > SHOWN) console.log(`    … and ${faults.length - SHOWN} more`);
}
await browser.close();
process.exit(failed ? 1 : 0);
