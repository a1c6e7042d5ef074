// On paper: A4, text of at least 7 points, nothing folded away, the map of the first site on one
// page, a KPI on two at most.

import { each, open } from '../browser.mjs';

/** A4 less its margins, in CSS pixels: upright and lying. */
const UPRIGHT = 710;
const LYING = 1047;
const SMALLEST = 7;
/** How many KPIs are printed: the longest. */
const LONGEST = 12;

export const about = 'pages print on A4 in at least 7 pt: the department’s map on one page, a KPI on two';

export default function print({ browser, site }) {
  const kpis = site.pages
    .filter(({ kind }) => kind === 'kpi')
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, LONGEST);
  const types = new Set(site.types().map(({ path }) => path));
  const single = site.pages.filter(({ path }) => site.onePage?.includes(path));
  const pages = [...new Set([...site.types(), ...kpis, ...single])];
  return each(browser, pages, { bypassCSP: true }, async (page, { path, kind }) => {
    await open(page, site, path);
    const found = [];
    const most = limit(site, path, kind);
    const sheets = sizes(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
    if (sheets.length > most) found.push({ page: path, where: 'document', what: `${sheets.length} printed pages of ${most}` });
    const strange = sheets.find((size) => size !== '595 × 842' && size !== '842 × 595');
    if (strange) found.push({ page: path, where: 'document', what: `a sheet of ${strange} points is not A4` });
    if (types.has(path)) {
      await page.emulateMedia({ media: 'print' });
      // What the styles of paper open is laid out in the next frame.
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      for (const where of await page.evaluate(shut)) found.push({ page: path, where, what: 'what it holds is not printed' });
      for (const [width, lies] of [[UPRIGHT, false], [LYING, true]]) {
        await page.setViewportSize({ width, height: 1000 });
        // What is wider than the sheet makes the browser shrink all of it.
        const wider = await page.evaluate(wide, [width, lies]);
        if (wider) found.push({ page: path, where: wider, what: 'wider than the sheet' });
        const small = await page.evaluate(smallText, [SMALLEST, lies]);
        for (const [where, points] of small) found.push({ page: path, where, what: `${points.toFixed(1)} pt` });
      }
      await page.emulateMedia({ media: null });
    }
    return found;
  });
}

function limit(site, path, kind) {
  if (site.onePage?.includes(path)) return 1;
  return kind === 'kpi' ? 2 : Infinity;
}

/** The size of each sheet of a PDF as the browser writes it. */
function sizes(pdf) {
  const text = pdf.toString('latin1');
  const sheets = text.match(/\/Type\s*\/Page\b(?!s)/g) ?? [];
  const boxes = [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)/g)];
  return sheets.map((_, at) => {
    const [, width, height] = boxes[Math.min(at, boxes.length - 1)];
    return `${Math.round(width)} × ${Math.round(height)}`;
  });
}

/** What a reader can open on a screen and not on paper. */
function shut() {
  return [...document.querySelectorAll('details')]
    .filter((details) => [...details.children].some((child) => !child.matches('summary') && !child.checkVisibility({ contentVisibilityAuto: true })))
    .map((details) => `details “${details.textContent.trim().slice(0, 30)}”`)
    .slice(0, 3);
}

/** What sticks out of sheets that lie, or of those that stand. */
function wide([width, lies]) {
  const isLying = (element) => element !== null && (getComputedStyle(element).page === 'landscape' || isLying(element.parentElement));
  const wide = [...document.body.querySelectorAll('*')].find(
    (element) => !element.closest('.unseen, .skip, defs') && element.getBoundingClientRect().right > width + 1 && isLying(element) === lies,
  );
  return wide && `${wide.localName}.${wide.getAttribute('class') ?? ''} “${wide.textContent.trim().slice(0, 30)}”`;
}

/** Texts that come out too small on sheets that lie, or on those that stand. */
function smallText([smallest, lies]) {
  const small = new Map();
  const isLying = (element) => element !== null && (getComputedStyle(element).page === 'landscape' || isLying(element.parentElement));
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const element = text.parentElement;
    if (!text.data.trim() || element.closest('.unseen, title, desc, defs')) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    if (range.getClientRects().length === 0 || isLying(element) !== lies) continue;
    const scale = element instanceof SVGElement ? element.getScreenCTM().a : 1;
    const points = parseFloat(getComputedStyle(element).fontSize) * scale * 0.75;
    if (points < smallest - 0.05) small.set(`${element.localName}.${element.getAttribute('class') ?? ''} “${text.data.trim().slice(0, 30)}”`, points);
  }
  return [...small].slice(0, 5);
}
