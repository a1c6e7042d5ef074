// From an edit to the screen, in a real browser:
//
//   node edit.mjs PROGRAM DIR PAGE FILE TEXT
//
// puts a word that changes before the first TEXT in FILE (below DIR, restored at
// the end), waits until PAGE shows it, and prints the milliseconds.

import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { start } from './browser.mjs';

const [program, dir, path, name, text] = process.argv.slice(2);
const file = join(dir, name);
const before = readFileSync(file, 'utf8');
const server = spawn(program, ['serve', '--quiet', '--root', dir], { stdio: ['ignore', 'pipe', 'ignore'] });
const address = await new Promise((resolve) => {
  server.stdout.on('data', (text) => resolve(String(text).match(/http:[\w.:/]+/)[0]));
});
const browser = await start();
try {
  const page = await browser.newPage();
  await page.goto(address + path);
  const times = [];
  for (let round = 1; round <= 12; round += 1) {
    const word = `Edit${round}x`;
    // The page itself looks on every frame and stamps when it sees the edit.
    const seen = page.evaluate(
      (word) =>
        new Promise((resolve, fail) => {
          const look = () =>
            document.body.textContent.includes(word) ? resolve(Date.now()) : requestAnimationFrame(look);
          look();
          setTimeout(() => fail(new Error('the edit was not seen within ten seconds')), 10_000);
        }),
      word,
    );
    await new Promise((later) => setTimeout(later, 300));
    const after = before.replace(text, `${word} ${text}`);
    const begun = Date.now();
    writeFileSync(file, after);
    times.push((await seen) - begun);
  }
  times.sort((a, b) => a - b);
  console.log(`${times.length} edits: median ${times[times.length >> 1]} ms, ${times[0]} to ${times.at(-1)} ms`);
} finally {
  writeFileSync(file, before);
  await browser.close();
  server.kill();
}
