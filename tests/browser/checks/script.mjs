// Pages say the same without script.

import { each, open } from '../browser.mjs';

export const about = 'every type of page has the same text without script';

export default async function script({ browser, site }) {
  const read = async (javaScriptEnabled) => {
    const texts = await each(browser, site.types({ translations: false }), { javaScriptEnabled }, async (page, { path }) => {
      await open(page, site, path);
      return [[path, await page.locator('body').innerText()]];
    });
    return new Map(texts);
  };
  const [without, with_] = [await read(false), await read(true)];
  return [...without]
    .filter(([path, text]) => with_.get(path) !== text)
    .map(([path]) => ({ page: path, where: 'body', what: 'the text differs without script' }));
}
