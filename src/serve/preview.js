// Keeps the page in the browser what its sources say, and shows their faults.
(() => {
  'use strict';
  const own = document.currentScript;
  let version = Number(own.dataset.version);
  let sheets = new Map();

  const paint = new CSSStyleSheet();
  paint.replaceSync(`
    #scorepress-faults { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-height: 60vh; overflow: auto;
      margin: 0; padding: 1rem 1.25rem; box-sizing: border-box; border-top: 4px solid #d4351c;
      background: #1b1b1f; color: #f4f4f5; font: 14px/1.5 ui-monospace, 'Cascadia Mono', Menlo, monospace; text-align: left }
    #scorepress-faults ol { margin: 0; padding: 0; list-style: none }
    #scorepress-faults li { margin: 0 0 1rem }
    #scorepress-faults a { color: #8ec5ff }
    #scorepress-faults strong { color: #ff9d8f }
    #scorepress-faults pre { margin: .5rem 0 0; white-space: pre-wrap; overflow-wrap: anywhere; color: inherit; background: none; font: inherit }
    #scorepress-faults p { margin: 0; max-width: none }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paint];

  // Turns one element into another without losing what did not change.
  const morph = (from, to) => {
    if (from.isEqualNode(to)) return;
    if (from.nodeType !== 1 || from.nodeName !== to.nodeName) {
      from.replaceWith(document.importNode(to, true));
      return;
    }
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value) from.setAttribute(name, value);
    const is = (node) => node !== own && node.id !== 'scorepress-faults' && !(node.nodeName === 'SCRIPT' && node.dataset.version);
    const before = [...from.childNodes].filter(is);
    const after = [...to.childNodes].filter(is);
    let first = 0;
    while (first < before.length && first < after.length && before[first].isEqualNode(after[first])) first++;
    let last = 0;
    while (last < before.length - first && last < after.length - first &&
      before[before.length - 1 - last].isEqualNode(after[after.length - 1 - last])) last++;
    const old = before.slice(first, before.length - last);
    const fresh = after.slice(first, after.length - last);
    const next = before[before.length - last] ?? own.parentNode === from ? before[before.length - last] ?? own : null;
    old.forEach((node, at) => (at < fresh.length ? morph(node, fresh[at]) : node.remove()));
    for (const node of fresh.slice(old.length)) from.insertBefore(document.importNode(node, true), next);
  };

  const styles = async () => {
    for (const link of document.querySelectorAll('link[rel=stylesheet]')) {
      const url = new URL(link.href);
      url.search = '';
      const text = await (await fetch(url, { cache: 'no-store' })).text();
      if (sheets.has(url.href) && sheets.get(url.href) !== text) {
        const fresh = link.cloneNode();
        fresh.href = `${url.href}?${version}`;
        fresh.addEventListener('load', () => link.remove());
        link.after(fresh);
      }
      sheets.set(url.href, text);
    }
  };

  const update = async () => {
    const answer = await fetch(location.href, { cache: 'no-store' });
    if (answer.status >= 500) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    // A policy counts when a page is loaded; the document keeps the one it has.
    const live = document.querySelector('meta[http-equiv=Content-Security-Policy]');
    const meta = page.querySelector('meta[http-equiv=Content-Security-Policy]');
    if (live && meta && live.content !== meta.content) return location.reload();
    for (const link of document.head.querySelectorAll('link[rel=stylesheet]')) {
      const same = [...page.head.querySelectorAll('link[rel=stylesheet]')].find((other) =>
        new URL(other.getAttribute('href'), location).pathname === new URL(link.href).pathname);
      same?.setAttribute('href', link.getAttribute('href'));
    }
    morph(document.head, page.head);
    morph(document.body, page.body);
    for (const { name, value } of page.documentElement.attributes) document.documentElement.setAttribute(name, value);
    await styles();
    document.dispatchEvent(new CustomEvent('scorepress:updated', { detail: version }));
  };

  const show = ({ faults, text, editor, root }) => {
    document.getElementById('scorepress-faults')?.remove();
    const list = JSON.parse(faults || '[]');
    if (!list.length && !text) return;
    const box = document.createElement('div');
    box.id = 'scorepress-faults';
    box.setAttribute('role', 'alert');
    const items = document.createElement('ol');
    for (const fault of list) {
      const item = document.createElement('li');
      const message = document.createElement('strong');
      message.textContent = `${fault.message} `;
      const link = document.createElement('a');
      link.textContent = `${fault.file}:${fault.line}:${fault.column}`;
      const path = `${root}/${fault.file}`.split('/').map(encodeURIComponent).join('/');
      link.href = editor.replace('{path}', path).replace('{line}', fault.line).replace('{column}', fault.column);
      item.append(message, link);
      if (fault.help) item.append(document.createElement('br'), fault.help);
      items.append(item);
    }
    const whole = document.createElement('pre');
    whole.textContent = text;
    box.append(items, whole);
    document.body.append(box);
  };

  styles();
  const events = new EventSource('/.scorepress/events');
  let working = Promise.resolve();
  events.onmessage = ({ data }) => {
    const state = JSON.parse(data);
    working = working.then(async () => {
      if (state.version !== version) {
        version = state.version;
        await update();
      }
      show(state);
    }).catch(() => {});
  };
})();
