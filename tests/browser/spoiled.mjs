// Pages spoiled on purpose: each check has to report its own kind of fault on
// a copy of a good page, and nothing on the copy left good.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Site } from './site.mjs';

const insert = (markup) => (html) => html.replace('</h1>', `</h1>${markup}`);
const style = (sees, css) => ({ sees, css: (sheet) => sheet + css });

/** By check: what is done to the page or to its style sheet, and what has to be told of it. */
const SPOILS = {
  markup: { 'a block in a paragraph': { sees: /No “p” element/, html: insert('<p><div>x</p>') } },
  links: {
    'a dead link': { sees: /no such file/, html: insert('<a href="nowhere.html">x</a>') },
    'a dead fragment': { sees: /no such place/, html: insert('<a href="#nowhere">x</a>') },
    'an id twice': { sees: /twice/, html: insert('<p id="main">x</p>') },
    'a rooted link': { sees: /not relative/, html: insert('<a href="/assets/style.css">x</a>') },
  },
  privacy: {
    'a picture from elsewhere': { sees: /another origin|Content Security Policy/, html: insert('<img src="https://example.org/x.png" alt="x">') },
    'a style attribute': { sees: /a style attribute/, html: insert('<p style="color:red">x</p>') },
    'an inline handler': { sees: /an inline handler/, html: insert('<p onclick="x()">x</p>') },
    'an inline script': { sees: /an inline script/, html: insert('<script>document.cookie = "a=b"</script>') },
    'no policy': { sees: /no policy/, html: (html) => html.replace('http-equiv="Content-Security-Policy"', 'name="x"') },
  },
  weight: {
    'a heavy page': { sees: /bytes of 25000/, html: insert(`<!-- ${randomBytes(60_000).toString('base64')} -->`) },
    'a heavy style sheet': { sees: /bytes of 8000/, css: (sheet) => `${sheet}/* ${randomBytes(12_000).toString('base64')} */` },
    'many requests': { sees: /requests of 4/, html: insert([1, 2, 3, 4, 5].map((n) => `<img src="x${n}.png" alt="">`).join('')) },
  },
  overflow: {
    'a wide line': { sees: /px too wide/, html: insert(`<pre>${'x'.repeat(400)}</pre>`) },
    'text out of its box': style(/runs out of its box/, '.eyebrow{width:3ch;white-space:nowrap}'),
    'text cut off': style(/text cut off/, '.eyebrow{height:.5em;overflow:hidden}'),
  },
  contrast: {
    'pale text': style(/ of 4.5/, '.eyebrow{color:#999!important}'),
    'pale text in the dark': style(/ of 4.5 \(dark\)/, '@media (prefers-color-scheme:dark){.eyebrow{color:#555!important}}'),
    'pale long text': style(/ of 7/, 'body{--ink:#6a6a6a}.facts dd{color:var(--ink)}body{color:var(--ink)}'),
    'text of little opacity': style(/ of 4.5/, '.eyebrow{opacity:.4}'),
    'text in another colour space': style(/ of 4.5/, '.eyebrow{color:oklch(75% 0 0)!important}'),
    'text on what shines through': style(/ of 4.5/, '.eyebrow{background:rgb(0 0 0 / .6)}'),
    'a ground that cannot be measured': style(/cannot be measured/, 'main{background-image:linear-gradient(#fff,#000)}'),
    'a pale mark': style(/mark .* of 3/, '.chart .value,.chart .dot,.chart .line,.chart .met{fill:#ddd;stroke:#ddd}'),
  },
  axe: {
    'no language': { sees: /html-has-lang/, html: (html) => html.replace(/<html lang="[^"]*"/, '<html') },
    'a picture without words': { sees: /image-alt/, html: insert('<img src="x.png">') },
    'pale text': style(/color-contrast.*light/, '@media (prefers-color-scheme:light){.eyebrow{color:#999!important}}'),
    'pale text in the dark': style(/color-contrast.*dark/, '@media (prefers-color-scheme:dark){.eyebrow{color:#555!important}}'),
  },
  keyboard: {
    'no outline': style(/no outline/, ':focus-visible{outline:0!important}.objective:focus-within{outline:0!important}'),
    'a hidden skip link': style(/skip link is not visible/, '.skip:focus{left:-99rem!important}'),
    'another first stop': { sees: /first stop is not/, html: (html) => html.replace('<a class="skip"', '<a href="#main">x</a><a class="skip"') },
    'focus backwards': { sees: /backwards|first stop/, html: insert('<a href="#main" tabindex="2">x</a>') },
    'a link left out': { sees: /does not reach/, html: insert('<a href="#main" tabindex="-1">x</a>') },
    'a part that is inert': { sees: /does not reach/, html: insert('<p inert><a href="#main">x</a></p>') },
    'a link left out past the walk': {
      sees: /does not reach/,
      html: insert(`${'<a href="#main">x</a> '.repeat(400)}<a href="#main" tabindex="-1">x</a>`),
    },
    'no outline at the end of a long page': {
      sees: /no outline/,
      html: insert('<a href="#main">x</a> '.repeat(400)),
      css: (sheet) => `${sheet}footer a:focus-visible{outline:0!important}`,
    },
    'a skip link that leads nowhere': { sees: /does not lead/, html: (html) => html.replace('class="skip" href="#main"', 'class="skip" href="#nowhere"') },
    'a skip link past the content': {
      sees: /does not lead/,
      html: (html) => html.replace('class="skip" href="#main"', 'class="skip" href="#end"').replace('<footer>', '<footer id="end">'),
    },
    'a trap': {
      sees: /trapped/,
      html: (html) =>
        insert('<button id="trap">x</button>')(html)
          .replace('http-equiv="Content-Security-Policy"', 'name="x"')
          .replace('</body>', '<script>document.getElementById("trap").onkeydown = (e) => e.preventDefault()</script></body>'),
    },
  },
  script: {
    'text by script': {
      sees: /differs/,
      html: (html) =>
        html.replace('http-equiv="Content-Security-Policy"', 'name="x"').replace('</body>', '<script>document.body.append("more")</script></body>'),
    },
  },
  shift: { 'a late growth': style(/layout shift/, '@keyframes grow{from{padding-top:0}to{padding-top:300px}}main{animation:grow .1s}') },
  print: {
    'small print': style(/ pt/, '@media print{dd{font-size:5pt!important}}'),
    'a third page': { sees: /printed pages of 2/, html: insert('<p>x</p>'.repeat(200)) },
    'a wide sheet': style(/wider than the sheet/, '@media print{.lead{width:1200px;max-width:none}}'),
    'a part that stays shut': style(/is not printed/, '@media print{::details-content{content-visibility:hidden!important}}'),
    'another paper': style(/is not A4/, '@page{size:A5!important}'),
  },
};

/** Runs a check over its spoiled pages; returns what it should have found and did not. */
export async function spoil(browser, from, name, check) {
  const missed = [];
  const judge = async (html, css) => {
    const site = await copy(from, html, css);
    const found = await check({ browser, site, note: () => {} });
    site.close();
    rmSync(site.dir, { recursive: true });
    return found;
  };
  const [good] = await judge();
  if (good) missed.push({ site: 'spoiled', page: 'the good copy', where: good.where, what: `${name} finds a fault: ${good.what}` });
  for (const [what, { html, css, sees }] of Object.entries(SPOILS[name])) {
    if (!(await judge(html, css)).some((fault) => sees.test(fault.what))) missed.push({ site: 'spoiled', page: what, where: name, what: 'the check does not see it' });
  }
  return missed;
}

/** A site of one KPI page, its links led to itself. */
async function copy(from, html = (x) => x, css = (x) => x) {
  const dir = mkdtempSync(join(tmpdir(), 'spoiled-'));
  const { path } = from.types().find(({ kind, lang }) => kind === 'kpi' && lang === '');
  const name = 'kpi.html';
  const page = from
    .text(path)
    .replace(/ href="(?![a-z]+:|#)[^"]*"/g, (link) => (link.includes('style.css') ? ' href="assets/style.css"' : ` href="${name}"`))
    .replace(/<a [^>]*><img [^>]*><\/a>|<img [^>]*>/g, '');
  const write = (path, text) => {
    mkdirSync(join(dir, dirname(path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  };
  write(name, html(page));
  write('assets/style.css', css(from.text('assets/style.css')));
  const site = new Site('spoiled', dir, [{ path: name, kind: 'kpi', bytes: page.length, lang: '' }]);
  return site.serve();
}
