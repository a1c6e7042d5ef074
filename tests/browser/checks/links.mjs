// Every link leads to a file of the site and to a place on it, in relative
// addresses, so that the site works from a disk as well.

import { posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { each } from '../browser.mjs';

export const about = 'every link and fragment leads somewhere, ids are unique, and links work from a disk';

export default async function links({ browser, site }) {
  const pages = site.files().filter((path) => path.endsWith('.html'));
  const text = new Map(pages.map((path) => [path, site.text(path)]));
  const ids = new Map(pages.map((path) => [path, [...text.get(path).matchAll(/\sid="([^"]*)"/g)].map((m) => plain(m[1]))]));
  const found = [];
  for (const path of pages) {
    const own = ids.get(path);
    for (const id of new Set(own.filter((id, at) => own.indexOf(id) !== at))) found.push({ page: path, where: `#${id}`, what: 'the id is there twice' });
    for (const [, link] of text.get(path).matchAll(/<[a-z][^<]*?\s(?:href|src)="([^"]*)"/g)) {
      const fault = follow(site, ids, path, plain(link));
      if (fault) found.push({ page: path, where: link, what: fault });
    }
  }
  return found.concat(await fromDisk(browser, site));
}

function follow(site, ids, page, link) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return null;
  if (link.startsWith('/')) {
    // The page of errors is shown at any depth and has to speak of the root.
    if (page !== '404.html' && !page.endsWith('/404.html')) return 'the address is not relative';
    link = posix.relative(posix.dirname(page), link.slice(1)) || '.';
  }
  const [path, fragment] = link.split('#');
  const target = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path.split('?')[0])));
  if (target.startsWith('..')) return 'the address leads out of the site';
  if (!site.has(target)) return 'there is no such file';
  if (fragment && !ids.get(target)?.includes(decodeURIComponent(fragment))) return 'there is no such place on the page';
  return null;
}

/** Walks from the first pages on by real clicks, over `file:`. */
function fromDisk(browser, site) {
  // The page of errors speaks of the root of a host.
  const starts = site.types({ translations: false }).filter(({ kind }) => kind !== 'not_found');
  return each(browser, starts, {}, async (page, { path }) => {
    await page.goto(pathToFileURL(`${site.dir}/${path}`).href);
    const link = page.locator('main a:visible:not([href*=":"], [href^="#"], [href$=".svg"], [href$=".csv"], [href$=".json"], [href$=".xml"])').first();
    if ((await link.count()) === 0) return [];
    const href = await link.getAttribute('href');
    await link.click();
    const arrived = page.url() === new URL(href, pathToFileURL(`${site.dir}/${path}`)).href && (await page.title()) !== '';
    return arrived ? [] : [{ page: path, where: href, what: 'the click led nowhere over file:' }];
  });
}

function plain(text) {
  return text.replace(/&quot;/g, '"').replace(/&#x27;|&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}
