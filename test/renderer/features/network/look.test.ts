import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeType } from '#shared/contract/network.ts';
import type { Json } from '#shared/domain/json.ts';
import '#renderer/i18n/setup.ts';
import { lookFieldName, swatchText } from '#renderer/features/network/controls/legend-parts.ts';
import { colourFields, neededFields, sizeFields } from '#renderer/features/network/look/fields.ts';
import { lossKind } from '#renderer/features/network/look/links.ts';
import { radiusOf } from '#renderer/features/network/look/look.ts';
import { scaleOf } from '#renderer/features/network/look/scale.ts';
import { corners, outline, shapeOf, shapes } from '#renderer/features/network/look/shapes.ts';
import { anyModel, edge, node } from './support.ts';

describe('colours', () => {
  it('account for every node once, whatever the field', () => {
    fc.assert(
      fc.property(
        anyModel,
        fc.constantFrom('stage', 'type', 'university', 'size', 'links', 'nothing'),
        (model, field) => {
          const nodes = [...model.nodes.values()];
          const { swatches, tokenOf } = scaleOf(nodes, nodeType.options, field);
          expect(swatches.reduce((sum, { count }) => sum + count, 0)).toBe(nodes.length);
          const tokens = new Set(swatches.map(({ token }) => token));
          for (const one of nodes) expect(tokens).toContain(tokenOf(one));
        },
      ),
    );
  });

  it('of stages are the tokens of lifecycle, with the signs that lists have', () => {
    const nodes = [
      node('a', { values: { lifecycle: 'outgoing' } }),
      node('b', { values: { lifecycle: 'incoming' } }),
      node('c', { type: 'student', values: { status: 'established' } }),
      node('d', { type: 'faculty' }),
    ];
    const { swatches } = scaleOf(nodes, ['team', 'student', 'faculty'], 'stage');
    expect(swatches.map(({ key, token, shape }) => [key, token, shape])).toEqual([
      ['incoming', 'life-incoming', 'up'],
      ['established', 'life-established', 'circle'],
      ['outgoing', 'life-outgoing', 'down'],
      ['', 'node-plain', undefined],
    ]);
    expect(nodes.map(shapeOf)).toEqual(['down', 'up', 'circle', 'hexagon']);
    expect(shapeOf(node('e'))).toBe('ring');
  });

  it('of own fields are steps when all are numbers, else a colour a value, yes and no in words', () => {
    const with_ = (...values: Json[]) =>
      values.map((value, at) => node(`n${at}`, { values: { 'own:Phase': value } }));
    const keysIn = (nodes: ReturnType<typeof with_>): string[] =>
      scaleOf(nodes, ['team'], 'own:Phase').swatches.map((swatch) =>
        swatchText(swatch, 'own:Phase', new Map()),
      );
    expect(keysIn(with_(1, 9, null))).toHaveLength(6);
    expect(keysIn(with_('Build', 'Build', 'Test'))).toEqual(['Build', 'Test']);
    expect(keysIn(with_('true', 'false', 'true'))).toEqual(['Yes', 'No']);
    expect(lookFieldName('own:Phase')).toBe('Phase');
    const own = [
      { name: 'Cost', kind: 'number' },
      { name: 'Phase', kind: 'text' },
      { name: 'Tags', kind: 'json' },
    ] as const;
    expect(colourFields(['team'], own).slice(-2)).toEqual(['own:Cost', 'own:Phase']);
    expect(sizeFields(['team'], own).slice(-2)).toEqual(['own:Cost', '']);
    expect(neededFields(['team'], 'own:Phase', 'own:Cost')).toContain('own:Phase');
  });

  it('of a known value stay, whatever else is shown', () => {
    const one = (discipline: string) => node(discipline, { values: { discipline } });
    const [few, many] = [[one('ground')], [one('ground'), one('software'), one('payload')]].map((nodes) =>
      scaleOf(nodes, ['team'], 'discipline').tokenOf(one('ground')),
    );
    expect(few).toBe(many);
  });

  it('are shared by what is beyond the last of them, the most frequent first', () => {
    const nodes = Array.from({ length: 40 }, (_, at) =>
      node(`n${at}`, { university: `u${Math.floor(Math.sqrt(at))}` }),
    );
    const more = Array.from({ length: 8 }, (_, at) => node(`m${at}`, { university: `v${at}` }));
    const { swatches } = scaleOf([...nodes, ...more], ['team'], 'university');
    expect(swatches).toHaveLength(11);
    expect(swatches[0]).toMatchObject({ key: 'u5', token: 'cat-1', count: 11 });
    expect(swatches.at(-1)).toMatchObject({ key: '…', token: 'node-other' });
  });

  it('of numbers are steps from few to many', () => {
    const nodes = [1, 2, 3, 11, 20].map((size) => node(`n${size}`, { values: { size } }));
    const { swatches, tokenOf } = scaleOf(nodes, ['team'], 'size');
    expect(swatches.map(({ range }) => range)).toEqual([
      [1, 4],
      [5, 8],
      [9, 12],
      [13, 16],
      [17, 20],
    ]);
    expect(nodes.map(tokenOf)).toEqual(['seq-1', 'seq-1', 'seq-1', 'seq-3', 'seq-5']);
    expect(swatches.map((swatch) => swatchText(swatch, 'size', new Map()))).toContain('17 to 20');
    expect(scaleOf([node('x', { values: { size: 7 } })], ['team'], 'size').swatches).toHaveLength(1);
    expect(scaleOf([], ['team'], 'size').swatches).toEqual([]);
  });
});

describe('fields', () => {
  it('are those of the types shown, and only such are asked for', () => {
    expect(colourFields(['team'])).toEqual([
      'stage',
      'type',
      'university',
      'project_id',
      'discipline',
      'size',
      'experience',
    ]);
    expect(colourFields(['project', 'student'])).toEqual(
      expect.arrayContaining(['team_id', 'project_type', 'duration_months', 'is_lead']),
    );
    expect(colourFields(['project', 'student'])).not.toContain('university_id');
    // What none of them has is no choice.
    expect(colourFields(['university', 'faculty'])).not.toContain('stage');
    expect(neededFields(['project'], 'project_type', '')).toEqual(['type']);
    expect(sizeFields(['team', 'project'])).toEqual(['links', 'size', 'experience', 'duration_months', '']);
    expect(neededFields(['team'], 'stage', 'links')).toEqual(['lifecycle', 'discipline']);
    expect(neededFields(['student'], 'is_lead', 'terms_remaining')).toEqual([
      'status',
      'is_lead',
      'terms_remaining',
    ]);
    expect(neededFields(['university'], 'role', '')).toEqual([]);
  });
});

describe('forms and lines', () => {
  it('stay within the room that the drawing gives them', () => {
    for (const shape of shapes)
      for (const [x, y] of corners[shape] ?? []) expect(Math.hypot(x, y)).toBeLessThanOrEqual(1.26);
    expect(outline('square', 10, 10, 4)).toMatch(/^M[\d.]+ [\d.]+(L[\d.]+ [\d.]+){3}z$/);
    expect(outline('circle', 10, 10, 4)).toContain('a4 4');
  });

  it('grow with the value by area, and never vanish', () => {
    const nodes = [0, 1, 4, 9].map((links) => node(`n${links}`, { links }));
    const sizes = nodes.map(radiusOf(nodes, 'links'));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(Math.min(...sizes)).toBeGreaterThan(3);
    expect(new Set(nodes.map(radiusOf(nodes, ''))).size).toBe(1);
  });

  it('tell the bands of loss, and references from links', () => {
    const kind = (loss: number | null) => lossKind(edge('e', 'a', 'b', { loss }));
    expect([5, 15, 35, 60, null].map(kind)).toEqual(['strong', 'moderate', 'weak', 'fragile', 'unknown']);
    expect(lossKind(edge('e', 'a', 'b', { kind: 'reference', loss: 5 }))).toBe('reference');
  });
});
