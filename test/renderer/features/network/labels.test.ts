import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boldSpot } from '#renderer/features/network/stage/draw.ts';
import { below, layoutLabels, overlap, shortened, textBox } from '#renderer/features/network/stage/labels.ts';
import type { Box, LabelRequest } from '#renderer/features/network/stage/labels.ts';

const window = { width: 600, height: 400 };
const measure = (text: string): number => text.length * 6;
const shapeOf = ({ x, y, size }: LabelRequest): Box => ({
  left: x - size,
  right: x + size,
  top: y - size,
  bottom: y + size,
});
const node = (id: string, x: number, y: number, rest: Partial<LabelRequest> = {}): LabelRequest => ({
  id,
  text: id,
  x,
  y,
  size: 5,
  dimmed: false,
  ...rest,
});

function place(nodes: readonly LabelRequest[], avoidsShapes = true, taken: readonly Box[] = []) {
  const shapes = new Map(avoidsShapes ? nodes.map((one) => [one.id, shapeOf(one)]) : []);
  return layoutLabels(nodes, { ...window, taken, shapes }, measure);
}

const anyNodes = fc
  .array(
    fc.record({
      text: fc.string({ minLength: 1, maxLength: 14 }),
      x: fc.integer({ min: -20, max: 620 }),
      y: fc.integer({ min: -20, max: 420 }),
      size: fc.integer({ min: 2, max: 16 }),
      dimmed: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((all) => all.map((one, at) => ({ ...one, id: `n${at}` })));

describe('label layout', () => {
  it('covers no other label, no shape of another node and nothing taken, and stays in the window', () => {
    const taken = [{ left: 100, right: 300, top: 50, bottom: 120 }];
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const labels = place(nodes, true, taken);
        const boxes = labels.map(({ text, x, y }) => textBox(x, y, measure(text)));
        for (const [at, box] of boxes.entries()) {
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.right).toBeLessThanOrEqual(window.width);
          expect(box.top).toBeGreaterThanOrEqual(0);
          expect(box.bottom).toBeLessThanOrEqual(window.height);
          expect([...taken, ...boxes.slice(at + 1)].some((other) => overlap(box, other))).toBe(false);
          const others = nodes.filter(({ id }) => id !== labels[at]?.id);
          expect(others.some((other) => overlap(box, shapeOf(other)))).toBe(false);
        }
      }),
    );
  });

  it('is the same whatever the order of the nodes', () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        expect(place(nodes.toReversed())).toEqual(place(nodes));
      }),
    );
  });

  it('prefers the place below, then above, then beside', () => {
    const centre = node('Thermal', 300, 200);
    expect(place([centre])[0]).toMatchObject({ x: 300, y: 200 + below(5) });
    const under = node('', 300, 216);
    expect(place([centre, under])[0]?.y).toBeLessThan(195);
    const over = node('', 300, 186);
    expect(place([centre, { ...under, id: 'u' }, { ...over, id: 'o' }])[0]?.x).toBeGreaterThan(305);
    // Among many nodes only below.
    expect(place([centre, node('x', 300, 204)], false)).toHaveLength(1);
  });

  it('gives room to priority and bright nodes first, then to larger ones', () => {
    const here = (id: string, rest: Partial<LabelRequest>) => node(id, 300, 200, rest);
    const ids = (...nodes: LabelRequest[]) => place(nodes, false).map(({ id }) => id);
    expect(ids(here('a', { dimmed: true, size: 9 }), here('b', {}))).toEqual(['b']);
    expect(ids(here('a', { size: 9 }), here('b', { isPriority: true }))).toEqual(['b']);
    expect(ids(here('a', {}), here('b', { size: 5.5 }))).toEqual(['b']);
  });
});

describe('a label', () => {
  it('is shortened to 32 characters, and flags stay whole', () => {
    expect(shortened('Thermal')).toBe('Thermal');
    expect(shortened('x'.repeat(40))).toBe(`${'x'.repeat(31)}…`);
    expect(shortened('🇩🇪'.repeat(20))).toBe('🇩🇪'.repeat(20));
    expect([...new Intl.Segmenter().segment(shortened('🇩🇪'.repeat(300)))]).toHaveLength(32);
  });

  it('of a highlighted node stays in the window', () => {
    const at = (x: number, wide = 80) => boldSpot({ x, y: 50, size: 6 }, wide, 600).x;
    expect([at(300), at(0), at(599)]).toEqual([300, 42, 558]);
    expect(at(10, 700)).toBe(10);
  });
});
