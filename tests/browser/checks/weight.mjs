// Bytes on the wire, as a host that compresses sends them, and requests.

import { gzipSync } from 'node:zlib';
import { each, open } from '../browser.mjs';

const PAGE = 25_000;
const LIST = 60_000;
const STYLE = 8_000;
const REQUESTS = 4;

export const about = 'a page takes at most 25 kB and 4 requests, a list of KPIs 60 kB, the style sheet 8 kB';

export default async function weight({ browser, site, note }) {
  const table = [];
  const found = await each(browser, site.types(), {}, async (page, { path, kind }) => {
    const bodies = [];
    const keep = (response) => response.url().startsWith(site.origin) && bodies.push(response.body().then((body) => [response.url(), body]));
    page.on('response', keep);
    await open(page, site, path);
    page.off('response', keep);
    const sizes = (await Promise.all(bodies)).map(([url, body]) => [url, /\.(?:png|jpe?g|webp|gif)$/.test(url) ? body.length : gzipSync(body, { level: 6 }).length]);
    const bytes = sizes.reduce((sum, [, size]) => sum + size, 0);
    table.push([kind, path, bytes, sizes.length]);
    // Pictures that an author puts into a note are the author's own.
    const requests = sizes.length - (await page.locator('.prose img').count());
    const found = [];
    const most = kind === 'kpis' ? LIST : PAGE;
    if (kind !== 'edition' && bytes > most) found.push({ page: path, where: 'page', what: `${bytes} bytes of ${most}` });
    if (requests > REQUESTS) found.push({ page: path, where: 'page', what: `${requests} requests of ${REQUESTS}` });
    const style = sizes.find(([url]) => url.endsWith('.css'));
    if (style && style[1] > STYLE) found.push({ page: path, where: 'style sheet', what: `${style[1]} bytes of ${STYLE}` });
    return found;
  });
  for (const [kind, path, bytes, requests] of table.sort()) note(`${kind.padEnd(14)}${String(bytes).padStart(8)} bytes ${requests} requests  ${path}`);
  return found;
}
