import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameOf } from '#renderer/features/network/export/frame.ts';
import { suggestedName } from '#renderer/features/network/export/save.ts';
import { svgOf } from '#renderer/features/network/export/svg.ts';
import type { Picture } from '#renderer/features/network/export/svg.ts';
import { shapes } from '#renderer/features/network/look/shapes.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('<&">', 'a\u0000b', '\uD800', "it's"),
);
const point = fc.record({ x: fc.double(), y: fc.double() });
const anyPicture: fc.Arbitrary<Picture> = fc.record({
  width: fc.integer({ min: 1, max: 4000 }),
  height: fc.integer({ min: 1, max: 4000 }),
  background: fc.constant('#ffffff'),
  title: text,
  about: text,
  edges: fc.array(
    fc.record({
      from: point,
      to: point,
      colour: fc.constant('#123456'),
      width: fc.double({ min: 0, max: 9, noNaN: true }),
      dash: fc.constantFrom(null, [7, 4] as const),
    }),
    { maxLength: 8 },
  ),
  nodes: fc.array(
    fc.record({
      x: fc.double({ min: -5000, max: 5000, noNaN: true }),
      y: fc.double({ min: -5000, max: 5000, noNaN: true }),
      radius: fc.double({ min: 1, max: 30, noNaN: true }),
      shape: fc.constantFrom(...shapes),
      colour: fc.constant('#654321'),
    }),
    { maxLength: 8 },
  ),
  names: fc.array(fc.record({ x: fc.double(), y: fc.double(), text, strong: fc.boolean() }), {
    maxLength: 8,
  }),
  text: fc.constant({ colour: '#000000', family: 'Inter' }),
  legend: fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('heading' as const), text }),
      fc.record({
        kind: fc.constant('node' as const),
        text,
        colour: fc.constant('#111111'),
        shape: fc.constantFrom(...shapes),
      }),
    ),
    { maxLength: 5 },
  ),
});

/** What a strict reader of XML would stumble over: signs of markup in texts, characters that XML does not have. */
function wellFormed(svg: string): boolean {
  const open: string[] = [];
  const tag = /<(\/?)([a-z]+)((?:\s+[a-z-A-Z]+="[^"<&]*(?:&(?:amp|lt|gt|quot);[^"<&]*)*")*)\s*(\/?)>/gu;
  const rest = svg.replaceAll(tag, (_, closes: string, name: string, __: string, single: string) => {
    if (closes !== '') {
      if (open.pop() !== name) open.push('!');
    } else if (single === '') open.push(name);
    return '';
  });
  const plain = rest.replaceAll(/&(amp|lt|gt|quot);/g, '');
  // oxlint-disable-next-line no-control-regex -- these are the ones meant
  return open.length === 0 && !/[<&\u0000-\u0008\u000B\u000C\u000E-\u001F]/.test(plain) && svg.isWellFormed();
}

describe('the SVG of a picture', () => {
  it('is well formed, whatever is drawn and however it is called', () => {
    fc.assert(
      fc.property(anyPicture, (picture) => {
        const svg = svgOf(picture);
        expect(wellFormed(svg)).toBe(true);
        expect(svg).not.toMatch(/NaN|Infinity/);
      }),
    );
  });

  it('has the lines with their patterns, the nodes, and names for those that have one', () => {
    const svg = svgOf({
      width: 100,
      height: 80,
      background: '#fff',
      title: 'Lab · Network',
      about: '2 teams · 1 link · 20 Nov 2026',
      text: { colour: '#000', family: 'Inter' },
      edges: [{ from: { x: 1, y: 2 }, to: { x: 30.04, y: 4 }, colour: '#123', width: 2.8, dash: [3, 3.5] }],
      nodes: [
        { x: 1, y: 2, radius: 5, shape: 'up', colour: '#456' },
        { x: 30, y: 4, radius: 5, shape: 'circle', colour: '#456' },
      ],
      names: [{ x: 1, y: 22, text: 'Thermal <&> power 🚀', strong: true }],
      legend: [{ kind: 'line', text: 'fragile', colour: '#123', width: 2.8, dash: [3, 3.5] }],
    });
    expect(svg).toContain('<path d="M1 2L30 4" stroke="#123" stroke-width="2.8" stroke-dasharray="3 3.5"/>');
    expect(svg).toContain('y="22" font-weight="600">Thermal &lt;&amp;&gt; power 🚀</text>');
    expect(svg.match(/<text /g)).toHaveLength(4);
    expect(svg).toContain('<title>Lab · Network – 2 teams · 1 link · 20 Nov 2026</title>');
    expect(svg).toContain('font-weight="600">Lab · Network</text>');
    expect(svg).toContain('<svg y="66" width="100" height="80">');
  });
});

describe('what stands around a picture', () => {
  it('lies beside and above it, and never over it', () => {
    const lines = fc.array(fc.record({ text: fc.string({ maxLength: 40 }) }), { maxLength: 60 });
    const side = fc.integer({ min: 1, max: 4000 });
    fc.assert(
      fc.property(side, side, lines, (width, height, legend) => {
        const frame = frameOf({ width, height }, legend);
        expect(frame.legend.x).toBeGreaterThan(width);
        expect(frame.top + height).toBeLessThanOrEqual(frame.height);
        for (const line of legend.keys()) expect(frame.legend.y(line)).toBeLessThan(frame.height);
        expect(frame.width > width).toBe(legend.length > 0);
      }),
    );
  });
});

describe('the name of a picture', () => {
  it('begins with what it is and sorts by day', () => {
    expect(suggestedName(new Date(2026, 0, 5), 'svg')).toBe('frames-network-2026-01-05.svg');
  });
});
