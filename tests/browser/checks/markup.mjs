// Valid HTML and SVG by the Nu checker, on every file.
//
// Its grammar of CSS is older than browsers: it does not know `paint-order`.
// Style sheets inside SVG are therefore left to the browser.

import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');

export const about = 'the Nu HTML checker finds no error in any page or picture';

export default async function markup({ site }) {
  const options = ['-Xss8m', '-jar', JAR, '--errors-only', '--skip-non-html', '--also-check-svg', '--format', 'json', site.dir];
  const report = await new Promise((done) => {
    execFile('java', options, { maxBuffer: 1 << 28 }, (_, out, errors) => done(errors));
  });
  const { messages } = JSON.parse(report);
  return messages
    .filter((message) => !message.message.startsWith('CSS:'))
    .map(({ url, lastLine, message }) => ({ page: relative(site.dir, fileURLToPath(url)), where: `line ${lastLine}`, what: message }));
}
