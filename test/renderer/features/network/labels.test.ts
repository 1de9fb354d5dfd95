import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layoutLabels, boxesOverlap, textBox } from '#renderer/features/network/stage/labels.ts';
import type { PixelBox, LabelRequest } from '#renderer/features/network/stage/labels.ts';

const window = { width: 600, height: 400 };
const measure = (text: string): number => text.length * 6;
const shapeOf = ({ x, y, size }: LabelRequest): PixelBox => ({
  left: x - size,
  right: x + size,
  top: y - size,
  bottom: y + size,
});

function place(nodes: readonly LabelRequest[], avoidsShapes = true, taken: readonly PixelBox[] = []) {
  const shapes = new Map(avoidsShapes ? nodes.map((one) => [one.id, shapeOf(one)]) : []);
  return layoutLabels(nodes, { ...window, reservedBoxes: taken, shapes }, measure);
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
  it('overlaps no other label, shape or occupied area, and stays in the window', () => {
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
          expect([...taken, ...boxes.slice(at + 1)].some((other) => boxesOverlap(box, other))).toBe(false);
          const others = nodes.filter(({ id }) => id !== labels[at]?.id);
          expect(others.some((other) => boxesOverlap(box, shapeOf(other)))).toBe(false);
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
});
