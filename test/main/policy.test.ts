import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Seat } from '#shared/shell/seat.ts';
import { NONCE_MARK, SEAT_MARK, contentPolicy, fillPage } from '#main/page-assets.ts';

const seat: Seat = { theme: 'dark', language: 'en', zoom: 1, items: {} };
const facts = { target: 'live', workspace: 'a1b2', nonce: 'n', seat, language: 'en', opening: 'Opening' };

const directives = (nonce: string): Map<string, string> =>
  new Map(
    contentPolicy(nonce)
      .split('; ')
      .map((part) => [part.slice(0, part.indexOf(' ')), part.slice(part.indexOf(' ') + 1)]),
  );

describe('the content security policy', () => {
  it('allows nothing but the listed sources', () => {
    expect(directives('n').get('default-src')).toBe("'none'");
    expect(directives('n').get('script-src')).toBe("'self'");
    expect(directives('n').get('style-src')).toBe("'self' 'nonce-n'");
  });

  it('has no unsafe source and no other host', () => {
    expect(contentPolicy('n')).not.toMatch(/unsafe|\*|https?:/);
  });

  it('puts the nonce wherever the page asks for it', () => {
    const page = `<meta nonce="${NONCE_MARK}"><style nonce="${NONCE_MARK}"></style>`;
    expect(fillPage(page, { ...facts, nonce: 'abc' })).toBe('<meta nonce="abc"><style nonce="abc"></style>');
  });

  it('is served in the language that is spoken, from its first moment on', async () => {
    const built = await readFile(new URL('../../src/renderer/index.html', import.meta.url), 'utf8');
    const page = fillPage(built, { ...facts, language: 'de', opening: 'FRAMES wird geöffnet' });
    expect(page).toContain('<html lang="de" data-target="live" data-workspace="a1b2">');
    expect(page).toContain('aria-label="FRAMES wird geöffnet"');
    expect(page).not.toContain('FRAMES is opening');
  });

  it('has the open target, so that Play is visible from the first moment', async () => {
    const built = await readFile(new URL('../../src/renderer/index.html', import.meta.url), 'utf8');
    expect(fillPage(built, { ...facts, target: 'sbx_1' })).toContain(
      '<html lang="en" data-target="sbx_1" data-workspace="a1b2">',
    );
  });

  it('puts the seat into the page as data that cannot end its element', () => {
    const items = { draft: '</script><script>alert(1)</script>', dollar: "$& $' $1" };
    const page = fillPage(`<script type="application/json">${SEAT_MARK}</script>`, {
      ...facts,
      seat: { ...seat, items },
    });
    expect(page.match(/<\/script>/g)).toHaveLength(1);
    const data = page.slice(page.indexOf('>') + 1, page.lastIndexOf('</script>'));
    expect(JSON.parse(data)).toEqual({ theme: 'dark', language: 'en', zoom: 1, items });
  });
});
