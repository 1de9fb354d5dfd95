import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullSize } from '#renderer/features/network/export/picture.ts';
import type { Picture } from '#renderer/features/network/export/picture.ts';
import { svgOf } from '#renderer/features/network/export/svg.ts';
import { nodeShapes } from '#renderer/features/network/look/shapes.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('<&">', 'a\u0000b', '\uD800', "it's"),
);
const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const line = fc.record({
  colour: fc.constant('#123456'),
  width: fc.double({ min: 0, max: 9, noNaN: true }),
  dash: fc.constantFrom(null, [7, 4] as const),
});
const shape = { radius: fc.double({ min: 1, max: 30, noNaN: true }), shape: fc.constantFrom(...nodeShapes) };
const anyPicture: fc.Arbitrary<Picture> = fc.record({
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 }),
  background: fc.constant('#ffffff'),
  textColour: fc.constant('#000000'),
  title: text,
  subtitle: text,
  edges: fc.array(
    fc.record(
      { from: point, to: point, line, control: point, arrow: fc.array(point, { maxLength: 3 }) },
      { requiredKeys: ['from', 'to', 'line'] },
    ),
    { maxLength: 8 },
  ),
  nodes: fc.array(fc.record({ x: coordinate, y: coordinate, ...shape, colour: fc.constant('#654321') }), {
    maxLength: 8,
  }),
  labels: fc.array(fc.record({ x: coordinate, y: coordinate, text, isBold: fc.boolean() }), { maxLength: 8 }),
  legend: fc.array(
    fc.oneof(
      fc.record({ text }),
      fc.record({ text, sign: fc.record({ line }) }),
      fc.record({ text, sign: fc.record({ ...shape, colour: fc.constant('#111111') }) }),
    ),
    { maxLength: 5 },
  ),
});

describe('a picture as SVG', () => {
  it('is well-formed, whatever is drawn and however it is called', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const svg = svgOf(picture);
        const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
        expect(parsed.querySelector('parsererror')).toBeNull();
        expect(svg.isWellFormed()).toBe(true);
        expect(svg).not.toMatch(/NaN|Infinity/);
        // oxlint-disable-next-line no-control-regex -- these are the ones meant
        expect(svg).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]/);
      }),
    );
  });

  it('bends a link that is one of several, and gives it an arrowhead', () => {
    const plain = { width: 9, height: 9, background: '#fff', textColour: '#000', title: '', subtitle: '' };
    const line = { colour: '#123', width: 1, dash: null };
    const bent = {
      from: { x: 1, y: 2 },
      to: { x: 5, y: 2 },
      line,
      control: { x: 3, y: 4 },
      arrow: [{ x: 5, y: 2 }],
    };
    const svg = svgOf({ ...plain, edges: [bent], nodes: [], labels: [], legend: [] });
    expect(svg).toContain('<path d="M1 2Q3 4 5 2" fill="none"');
    expect(svg).toContain('<path d="M5 2Z" fill="#123"/>');
  });

  it('has the lines with their patterns, the nodes, the names and the legend', () => {
    const svg = svgOf({
      width: 100,
      height: 80,
      background: '#fff',
      textColour: '#000',
      title: 'Lab · Network',
      subtitle: '2 teams',
      edges: [
        { from: { x: 1, y: 2 }, to: { x: 30, y: 4 }, line: { colour: '#123', width: 2.8, dash: [3, 3.5] } },
      ],
      nodes: [
        { x: 1, y: 2, radius: 5, shape: 'up', colour: '#456' },
        { x: 30, y: 4, radius: 5, shape: 'circle', colour: '#456' },
      ],
      labels: [{ x: 1, y: 22, text: 'Thermal <&> power 🚀', isBold: true }],
      legend: [{ text: 'fragile', sign: { line: { colour: '#123', width: 2.8, dash: [3, 3.5] } } }],
    });
    expect(svg).toContain(
      '<path d="M1 2L30 4" fill="none" stroke="#123" stroke-width="2.8" stroke-dasharray="3 3.5"/>',
    );
    expect(svg).toContain('>Thermal &lt;&amp;&gt; power 🚀</text>');
    expect(svg.match(/<text /g)).toHaveLength(4);
    expect(svg.match(/<path /g)).toHaveLength(4);
    expect(svg).toContain('<title>Lab · Network – 2 teams</title>');
  });
});

it('the legend of a picture is beside the network, the heading above it', () => {
  fc.assert(
    fc.property(anyPicture, (picture) => {
      const { width, height } = fullSize(picture);
      expect(width > picture.width).toBe(picture.legend.length > 0);
      expect(height).toBeGreaterThan(picture.height);
      expect(height).toBeGreaterThan(picture.legend.length * 20);
    }),
  );
});
