// The preview in a real browser: an edit is seen without losing one's place, a
// broken one leaves the last good page with the fault on top, and nothing of a
// fault's text is taken for markup.
//
//   node preview.mjs PROGRAM DIR     DIR is a copy of the demo, which is edited

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from './browser.mjs';

const [program, dir] = process.argv.slice(2);
const server = spawn(program, ['serve', '--quiet', '--root', dir], { stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise((resolve) => {
  server.stdout.on('data', (text) => resolve(String(text).match(/http:[\w.:/]+/)[0]));
});
const browser = await start();
const page = await browser.newPage({ viewport: { width: 1280, height: 600 } });
const complaints = [];
page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
page.on('pageerror', (error) => complaints.push(String(error)));

const plan = join(dir, 'content/parks/2025/scorecard.yaml');
const edit = (change, file = plan) => {
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  assert.notEqual(after, before, 'the edit changes something');
  writeFileSync(file, after);
  return () => writeFileSync(file, before);
};
const title = () => page.locator('.lead').first().innerText();

try {
  await page.goto(`${address}parks/2025/scorecard.html`);
  await page.waitForFunction(() => document.readyState === 'complete');
  await page.evaluate(() => {
    window.scrollTo(0, 400);
    window.same = true;
    document.addEventListener('scorepress:updated', () => { window.updated = performance.now(); });
  });
  const before = await title();

  const times = [];
  for (const word of ['one', 'two', 'three']) {
    const begun = Date.now();
    const undo = edit((text) => text.replace(/^title: .*$/m, `title: A plan of number ${word}`));
    await page.waitForFunction((word) => document.querySelector('.lead').textContent.includes(word), word, { polling: 5 });
    times.push(Date.now() - begun);
    undo();
    await page.waitForFunction((before) => document.querySelector('.lead').textContent === before, before, { polling: 5 });
  }
  assert.equal(await page.evaluate(() => window.same), true, 'the page was not loaded anew');
  assert.equal(await page.evaluate(() => window.scrollY), 400, 'the reader keeps the place');

  const mend = edit((text) => text.replace(/^title: .*$/m, 'title: {xx: "<img src=x onerror=alert(1)>"}'));
  const faults = page.locator('#scorepress-faults');
  await faults.waitFor();
  assert.equal(await title(), before, 'the last good page stays');
  assert.equal(await faults.locator('img').count(), 0, 'a fault is text');
  assert.match(await faults.innerText(), /content\/parks\/2025\/scorecard\.yaml:\d+:\d+/);
  const link = await faults.locator('a').first().getAttribute('href');
  assert.ok(link.startsWith('vscode://file/'), link);
  mend();
  await faults.waitFor({ state: 'detached' });

  const css = join(dir, 'themes/default/extra.css');
  const { mkdirSync } = await import('node:fs');
  mkdirSync(join(dir, 'themes/default'), { recursive: true });
  writeFileSync(css, 'h1 { letter-spacing: 7px }\n');
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1')).letterSpacing === '7px');
  assert.equal(await page.evaluate(() => window.same), true, 'a style is changed in place');

  const policy = await page.locator('meta[http-equiv=Content-Security-Policy]').getAttribute('content');
  assert.match(policy, /^script-src 'self'; /);
  assert.deepEqual(complaints, [], 'nothing is refused and nothing fails');
  console.log(`✓ preview: edits appear in place, faults on top (edit to screen ${times.join(', ')} ms, not a release)`);
} catch (error) {
  console.error(`✗ preview: ${error.message}`);
  complaints.forEach((text) => console.error(`    ${text}`));
  process.exitCode = 1;
} finally {
  await browser.close();
  server.kill();
}
