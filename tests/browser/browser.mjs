// Chromium, started once, and pages in it, a few at a time.

import { execFileSync } from 'node:child_process';
import { chromium } from 'playwright-core';

/** How many pages are open at once. */
const AT_ONCE = 3;

export async function start() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM || program(),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

function program() {
  return execFileSync('sh', ['-c', 'command -v chromium || command -v chromium-browser || command -v google-chrome'])
    .toString()
    .trim();
}

/**
 * Calls `look(page, entry)` for each entry, in contexts with these options, and
 * joins what it returns.
 */
export async function each(browser, entries, options, look) {
  // The longest first: one that comes last is waited for alone.
  const waiting = [...entries].sort((a, b) => (b.bytes ?? 0) - (a.bytes ?? 0));
  const found = [];
  await Promise.all(
    Array.from({ length: Math.min(AT_ONCE, waiting.length) }, async () => {
      const context = await browser.newContext(options);
      const page = await context.newPage();
      for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
        found.push(...((await look(page, entry)) ?? []));
      }
      await context.close();
    }),
  );
  return found;
}

export async function open(page, site, path) {
  await page.goto(`${site.origin}/${path.split('/').map(encodeURIComponent).join('/')}`);
}

/** A size at which the whole page is on the screen, so that points can be asked for. */
export async function unroll(page, width) {
  await page.setViewportSize({ width, height: 900 });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width, height: Math.min(height, 20000) });
}
