import { describe, expect, it } from 'vitest';
import { createNameReplacer } from '#shared/page/name-replacer.ts';
import { sharedPage } from '#shared/page/shared-page.ts';
import type { PrintedNetwork, PrintedPage } from '#shared/shell/print.ts';

const evil = '<script>"&\u0000</script>';

const drawing: PrintedNetwork = {
  nodes: [evil, 'Radio', 'Power'].map((name, at) => ({ name, isChosen: at === 0, at: null })),
  links: [
    { from: 0, to: 1, loss: 5, isChosen: true },
    { from: 0, to: 2, loss: 70, isChosen: true },
  ],
};

const page = (text: string): PrintedPage => ({
  language: 'en',
  title: text,
  about: text,
  author: text,
  sections: [
    {
      heading: text,
      note: text,
      items: [{ title: text, about: text, value: text, share: 0.5, lines: [text] }],
      chart: {
        heading: text,
        bars: [{ label: text, value: text, share: 1, before: { value: text, share: 0.25 } }],
      },
      network: { heading: text, drawing },
      table: { words: 1, columns: [text, text], rows: [[text, text]] },
    },
  ],
  facts: [text],
  at: '2026-01-01T00:00:00.000Z',
});

const empty = new Set(['meta', '!doctype']);

/** Whether every tag is closed, in order. */
function isClosed(html: string): boolean {
  const open: string[] = [];
  for (const [, slash, name = '', , end] of html.matchAll(/<(\/?)([!a-z]\w*)((?:"[^"]*"|[^">])*?)(\/?)>/gi)) {
    if (slash === '/') {
      if (open.pop() !== name) return false;
    } else if (end !== '/' && !empty.has(name)) open.push(name);
  }
  return open.length === 0;
}

describe('a shared page', () => {
  it('refers to nothing outside of it and runs no script', () => {
    const html = sharedPage(page('Radio'));
    expect(html).not.toMatch(
      /\b(?:src|href|srcset|action|data|xlink)\s*=|url\(|@import|https?:|<script|\son\w+=/i,
    );
    expect(html).toContain(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:" />`,
    );
  });

  it('closes every tag, and nothing in it becomes markup', () => {
    const html = sharedPage(page(evil));
    expect(isClosed(html)).toBe(true);
    expect(html).not.toContain('<script');
    expect(html).not.toContain('\u0000');
    expect(isClosed(html.replace('</section>', ''))).toBe(false);
  });

  it('is the same file for the same page', () => {
    expect(sharedPage(page('Radio'))).toBe(sharedPage(page('Radio')));
  });

  it('draws saved positions while names have room there, else the neighbours around the middle', () => {
    const spread = drawing.nodes.map((node, at) => ({
      ...node,
      name: `N${at}`,
      at: { x: at * 100, y: at * 60 },
    }));
    const heap = spread.map((node) => ({ ...node, name: 'A rather long name', at: { x: 0, y: 0 } }));
    const circles = (nodes: PrintedNetwork['nodes']): string[] => {
      const [section] = page('Radio').sections;
      const network = { heading: '', drawing: { ...drawing, nodes } };
      const html = sharedPage({
        ...page('Radio'),
        sections: [{ heading: '', note: '', items: [], network }],
      });
      expect(section).toBeTruthy();
      return [...html.matchAll(/<circle[^>]* cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => `${x} ${y}`);
    };
    expect(new Set(circles(heap)).size).toBe(3);
    expect(circles(spread)).not.toEqual(circles(heap));
  });
});

describe('names that are left out', () => {
  const rename = () =>
    createNameReplacer([
      {
        names: ['Ann', 'Ann Lee', 'Ann', ' ', '(Bo)', 'Żaneta 2'],
        replacementOf: (number) => `Person ${number}`,
      },
      { names: ['Summit'], replacementOf: (number) => `University ${number}` },
    ]);

  it('are replaced as whole names, longest first, in reading order', () => {
    const write = rename();
    expect(write('Losing “Ann Lee” hurts; Ann stays, Annapolis and JoAnn too.')).toBe(
      'Losing “Person 1” hurts; Person 2 stays, Annapolis and JoAnn too.',
    );
    expect(write('Radio → Ann Lee (Summit), Summit’s (Bo), Żaneta 2, Żaneta 23')).toBe(
      'Radio → Person 1 (University 1), University 1’s Person 3, Person 4, Żaneta 23',
    );
  });

  it('have the same numbers for the same texts', () => {
    const texts = ['Ann', 'Summit and Ann Lee', 'Bo'];
    expect(texts.map(rename())).toEqual(texts.map(rename()));
  });

  it('keep other texts unchanged', () => {
    expect(rename()('')).toBe('');
    expect(createNameReplacer([])('Ann')).toBe('Ann');
  });
});
