import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strongSpot } from '#renderer/features/network/stage/draw.ts';
import { below, belowRings, Names, shortened } from '#renderer/features/network/stage/names.ts';
import type { Form, Written } from '#renderer/features/network/stage/names.ts';

const letters = 12;
const wide = (text: string): number => text.length * 6;
const window = { width: 600, height: 400 };

interface Labelled extends Form {
  label: string;
  dimmed?: boolean;
  needed?: boolean;
  strong?: boolean;
  note?: number;
}

interface Wish {
  /** Names are kept off the nodes' forms. */
  spared?: boolean;
  /** Each has its name, if need be over a form. */
  all?: boolean;
  lines?: readonly (readonly [number, number])[];
}

/** Gives names of nodes their places. */
function write(nodes: readonly Labelled[], { spared = true, all = false, lines = [] }: Wish = {}) {
  const names = new Names();
  names.begin();
  names.within(window);
  for (const [at, node] of (spared ? nodes : []).entries()) names.spare(`n${at}`, node, node.dimmed);
  for (const [from, to] of lines) {
    const [start, end] = [nodes[from], nodes[to]];
    if (start && end) names.avoid(start, end);
  }
  for (const [at, { label, dimmed = false, ...rest }] of nodes.entries())
    names.want({ id: `n${at}`, text: label, dimmed, ...rest });
  return { names, written: names.place(wide, letters, all) };
}

const boxOf = ({ text, x, y }: Written) => ({
  left: x - text.length * 3,
  right: x + text.length * 3,
  top: y - letters,
  bottom: y + letters * 0.3,
});
type Box = ReturnType<typeof boxOf>;
const apart = (a: Box, b: Box): boolean =>
  a.left >= b.right || b.left >= a.right || a.top >= b.bottom || b.top >= a.bottom;

const anyNodes: fc.Arbitrary<Labelled[]> = fc.array(
  fc.record({
    label: fc.string({ minLength: 1, maxLength: 14 }),
    x: fc.integer({ min: -50, max: 650 }),
    y: fc.integer({ min: -50, max: 450 }),
    size: fc.integer({ min: 3, max: 16 }),
    dimmed: fc.boolean(),
  }),
  { maxLength: 30 },
);
const anyWish = fc.record({
  spared: fc.boolean(),
  all: fc.boolean(),
  lines: fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 20 }),
});

describe('names', () => {
  it('are never written over each other, cut off by the window, or over a node where not all are wanted', () => {
    fc.assert(
      fc.property(anyNodes, anyWish, (nodes, wish) => {
        const { written } = write(nodes, wish);
        const boxes = written.map(boxOf);
        for (const [at, a] of boxes.entries()) {
          for (const b of boxes.slice(at + 1)) expect(apart(a, b)).toBe(true);
          expect(a.left >= 0 && a.right <= window.width && a.top >= 0 && a.bottom <= window.height).toBe(
            true,
          );
          if (!wish.spared || wish.all) continue;
          for (const { x, y, size } of nodes)
            expect(apart(a, { left: x - size, right: x + size, top: y - size, bottom: y + size })).toBe(true);
        }
      }),
    );
  });

  it('stand below their nodes, and one for which there is no room is left out among many', () => {
    const nodes = [
      { label: 'Flight software', x: 100, y: 100, size: 8 },
      { label: 'Ground systems', x: 120, y: 102, size: 8 },
    ];
    expect(write(nodes, { spared: false }).written).toEqual([
      { id: 'n0', text: 'Flight software', x: 100, y: 123, dimmed: false, strong: false },
    ]);
  });

  it('stand above or beside their nodes where few are shown and there is no room below', () => {
    const nodes = [
      { label: 'Flight software', x: 100, y: 100, size: 8 },
      { label: 'Ground systems', x: 120, y: 102, size: 8 },
      { label: 'Thermal', x: 300, y: 100, size: 8 },
      // Where the name of the one above would stand.
      { label: 'Power', x: 300, y: 120, size: 8 },
    ];
    const { written } = write(nodes, { all: true });
    const byText = new Map(written.map((name) => [name.text, name]));
    expect(byText.size).toBe(nodes.length);
    expect(byText.get('Ground systems')?.y).toBeLessThan(102);
    expect(byText.get('Thermal')?.y).toBeLessThan(100);
  });

  it('keep off lines where there is room elsewhere', () => {
    const nodes = [
      { label: 'Thermal', x: 300, y: 100, size: 8 },
      { label: 'Power', x: 300, y: 300, size: 8 },
    ];
    const yOf = (lines: Wish['lines']) =>
      write(nodes, { lines: lines ?? [] }).written.find(({ text }) => text === 'Thermal')?.y;
    expect(yOf([])).toBeGreaterThan(100);
    expect(yOf([[0, 1]])).toBeLessThan(100);
  });

  it('of what is bright, and of larger nodes, come before those of what is dimmed', () => {
    const at = { x: 200, y: 200 };
    const { written } = write(
      [
        { label: 'Dimmed', ...at, size: 16, dimmed: true },
        { label: 'Small', ...at, size: 4 },
        { label: 'Large', ...at, size: 9 },
      ],
      { spared: false },
    );
    expect(written[0]?.text).toBe('Large');
    expect(written.map(({ text }) => text)).not.toContain('Small');
  });

  it('leave room for what is written in strong letters', () => {
    const names = new Names();
    names.begin();
    names.reserve({ x: 100, y: 123 }, 80, letters);
    names.want({ id: 'a', text: 'Thermal', x: 100, y: 100, size: 8, dimmed: false });
    expect(names.place(wide, letters, true)).toEqual([]);
    expect(names.isAsked).toBe(true);
    names.begin();
    expect([names.isAsked, names.written]).toEqual([false, []]);
  });
});

describe('a name in strong letters', () => {
  const node = { x: 300, y: 200, size: 8, label: 'Thermal', strong: true };

  it('stands below the rings of its node, before all others', () => {
    const other = { x: 300, y: 196, size: 16, label: 'Flight software' };
    const { written } = write([other, node], { spared: false });
    expect(written).toMatchObject([{ id: 'n1', text: 'Thermal', x: 300, y: 200 + belowRings(8, letters) }]);
    // The ring of the keyboard is that far away from the middle.
    expect(belowRings(8, letters) - letters * 0.72).toBeGreaterThan(8 * 1.15 + 11);
  });

  it('leaves what is bright to be seen, before what is dimmed', () => {
    const under = { x: 300, y: 230, size: 10, label: '' };
    const yOf = (dimmed: boolean): number | undefined =>
      write([node, { ...under, dimmed }, { ...under, y: 170 }]).written.find(({ strong }) => strong)?.y;
    const aside = write([node, under, { ...under, y: 170 }]).written[0];
    expect(aside?.x).not.toBe(300);
    expect(yOf(true)).not.toBe(170);
  });

  it('has what else is said of the node below it, and other names keep off that', () => {
    const other = { x: 300, y: 236, size: 4, label: 'Power' };
    const yOf = (note: number): number | undefined =>
      write([{ ...node, note }, other]).written.find(({ text }) => text === 'Power')?.y;
    const { written } = write([{ ...node, note: 120 }]);
    const [name] = written;
    expect(name?.note).toEqual({ x: 300, y: (name?.y ?? 0) + letters * 0.4 });
    expect(write([{ ...node, strong: false }]).written[0]?.note).toBeUndefined();
    expect(yOf(0)).toBe(236 + below(4, letters));
    expect(yOf(160)).toBeDefined();
  });

  it('is written where there is no room at all', () => {
    const crowd = Array.from({ length: 60 }, (_, at) => ({
      x: 220 + (at % 10) * 18,
      y: 150 + Math.floor(at / 10) * 18,
      size: 10,
      label: '',
    }));
    expect(write([node, ...crowd]).written).toHaveLength(1);
    expect(write([{ ...node, strong: false }, ...crowd]).written).toHaveLength(0);
    const dimmed = crowd.map((one) => ({ ...one, dimmed: true }));
    expect(write([{ ...node, strong: false, needed: true }, ...dimmed]).written).toHaveLength(1);
  });

  it('covers the one in plain letters among many, within the window', () => {
    const look = { wide: 80, letters, width: 600 };
    expect(strongSpot({ x: 300, y: 50, size: 8 }, look)).toEqual({ x: 300, y: 50 + below(8, letters) });
    expect(strongSpot({ x: 10, y: 50, size: 8 }, look).x).toBe(42);
    expect(strongSpot({ x: 595, y: 50, size: 8 }, look).x).toBe(558);
  });
});

describe('a long name', () => {
  it('is cut between its signs, never within one', () => {
    expect(shortened('Thermal')).toBe('Thermal');
    expect(shortened(`${'a'.repeat(30)}👩‍🚀👩‍🚀bc`)).toBe(`${'a'.repeat(30)}👩‍🚀…`);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), (text) => {
        const short = shortened(text);
        expect(short.isWellFormed()).toBe(true);
        expect([...new Intl.Segmenter().segment(short)].length).toBeLessThanOrEqual(32);
      }),
    );
    expect(shortened('x'.repeat(100_000))).toBe(`${'x'.repeat(31)}…`);
  });
});
