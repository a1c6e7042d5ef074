// Pages load nothing from elsewhere, break no rule of their own policy, say
// nothing to the console, and keep nothing in the browser.

import { each, open } from '../browser.mjs';

export const about = 'no request leaves the site, no policy is broken, nothing inline, no cookie, no storage';

export default async function privacy({ browser, site }) {
  const found = inline(site);
  found.push(
    ...(await each(browser, site.types(), {}, async (page, { path }) => {
      const seen = [];
      const note = (where, what) => seen.push({ page: path, where, what });
      const request = (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol !== 'data:' && origin !== site.origin) note(request.url(), 'a request to another origin');
      };
      const failed = (request) => note(request.url(), 'a request failed');
      const message = (message) => ['error', 'warning'].includes(message.type()) && note('console', message.text());
      page.on('request', request).on('requestfailed', failed).on('console', message);
      await open(page, site, path);
      const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
      if (kept > 0 || (await page.context().cookies()).length > 0) note('browser', 'something is kept in the browser');
      page.off('request', request).off('requestfailed', failed).off('console', message);
      return seen;
    })),
  );
  return found;
}

/** What the policy would stop, looked for in the text of every page. */
function inline(site) {
  const rules = [
    [/<[a-z][^<>]*?\son[a-z]+\s*=/i, 'an inline handler'],
    [/<[a-z][^<>]*?\sstyle\s*=/i, 'a style attribute'],
    [/<style[\s>]/i, 'an inline style sheet'],
    [/<script(?![^>]*\ssrc=)[\s>]/i, 'an inline script'],
    [/<(?:iframe|object|embed|form|base)[\s>]/i, 'an element that pages do without'],
  ];
  const found = [];
  for (const path of site.files().filter((path) => path.endsWith('.html'))) {
    const text = site.text(path);
    if (!/<meta http-equiv="Content-Security-Policy" content="default-src (?:'|&#x27;|&#39;)none/.test(text)) found.push({ page: path, where: 'head', what: 'no policy' });
    for (const [rule, what] of rules) {
      const match = text.match(rule);
      if (match) found.push({ page: path, where: match[0].slice(0, 60), what });
    }
  }
  return found;
}
