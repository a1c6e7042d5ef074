// A published site: its pages, which of them stand for a type, and a server.

import { createServer } from 'node:http';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';

const TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.xml': 'application/atom+xml',
};

export class Site {
  /** In how many pieces pages are served. */
  pieces = 1;

  /** `pages`: [{path, kind}]; read from the manifest where left out. */
  constructor(name, dir, pages) {
    this.name = name;
    this.dir = dir;
    this.pages = pages ?? manifestPages(dir);
  }

  has(path) {
    const file = join(this.dir, path);
    return existsSync(file) && statSync(file).isFile();
  }

  read(path) {
    return readFileSync(join(this.dir, path));
  }

  text(path) {
    return this.read(path).toString();
  }

  /** Every file, whatever the manifest says. */
  files(folder = '') {
    return readdirSync(join(this.dir, folder), { withFileTypes: true }).flatMap((entry) => {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      return entry.isDirectory() ? this.files(path) : [path];
    });
  }

  /**
   * One page of each type, the largest, which shows most; with `both`, also
   * the smallest, which shows how a page looks that has little to say. Pages of
   * other languages stand in their own folder and are types of their own; without
   * `translations` they are left out, where their words cannot matter. Pages of
   * the kinds in `alone` are types of their own.
   */
  types({ both = false, translations = true } = {}) {
    const groups = new Map();
    for (const page of this.pages.filter(({ lang }) => translations || !lang)) {
      const key = `${page.lang ?? ''} ${this.alone?.includes(page.kind) ? page.path : page.kind}`;
      groups.set(key, [...(groups.get(key) ?? []), page]);
    }
    return [...groups.values()].flatMap((group) => {
      const sorted = group.sort((a, b) => b.bytes - a.bytes);
      return both && sorted.length > 1 ? [sorted[0], sorted.at(-1)] : [sorted[0]];
    });
  }

  /** Serves the site on a free port; resolves to its address. */
  async serve() {
    this.server = createServer((request, response) => {
      let path = decodeURIComponent(new URL(request.url, 'http://x').pathname).slice(1);
      if (path === '' || path.endsWith('/')) path += 'index.html';
      if (!this.has(path)) {
        response.writeHead(404, { 'content-type': TYPES['.html'] });
        response.end(this.has('404.html') ? this.read('404.html') : '');
        return;
      }
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' });
      this.send(response, this.read(path), path.endsWith('.html') ? this.pieces : 1);
    });
    await new Promise((ready) => this.server.listen(0, '127.0.0.1', ready));
    this.origin = `http://127.0.0.1:${this.server.address().port}`;
    return this;
  }

  /** Sends at once, or in pieces as slow connections bring them. */
  async send(response, bytes, pieces = 1) {
    const size = Math.ceil(bytes.length / pieces);
    for (let at = 0; at < bytes.length; at += size) {
      if (at > 0) await new Promise((later) => setTimeout(later, 60));
      response.write(bytes.subarray(at, at + size));
    }
    response.end();
  }

  close() {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

function manifestPages(dir) {
  const { files } = JSON.parse(readFileSync(join(dir, 'manifest.json')));
  const languages = new Set(
    files.map((file) => file.path).filter((path) => /^[^/]+\/index\.html$/.test(path)),
  );
  return files
    .filter((file) => file.subject)
    .map((file) => {
      const [first] = file.path.split('/');
      const isLanguage = languages.has(`${first}/index.html`) && existsSync(join(dir, first, '404.html'));
      return { path: file.path, kind: file.subject, bytes: file.bytes, lang: isLanguage ? first : '' };
    });
}
