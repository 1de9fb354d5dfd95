import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeType } from '#shared/contract/network.ts';
import '#renderer/i18n/setup.ts';
import { radiusOf, variablePalette, variableStyle } from '#renderer/features/network/look/appearance.ts';
import { scaleOf } from '#renderer/features/network/look/scale.ts';
import { shapeOf } from '#renderer/features/network/look/shapes.ts';
import { anyModel, node } from './support.ts';

describe('colours', () => {
  it('of a shared picture are variables with a value for each theme', () => {
    const theme = document.createElement('style');
    theme.textContent =
      '[data-mantine-color-scheme="light"]{--ink:#111111}[data-mantine-color-scheme="dark"]{--ink:#eeeeee}';
    document.head.append(theme);
    expect(variableStyle(`<svg fill="${variablePalette('ink')}"/>`, '.a')).toBe(
      '.a{--ink:#111111}@media screen and (prefers-color-scheme:dark){.a{--ink:#eeeeee}}',
    );
    theme.remove();
  });

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

  it('of a known value stay, whatever else is shown', () => {
    const one = (discipline: string) => node(discipline, { values: { discipline } });
    const [few, many] = [[one('ground')], [one('ground'), one('software'), one('payload')]].map((nodes) =>
      scaleOf(nodes, ['team'], 'discipline').tokenOf(one('ground')),
    );
    expect(few).toBe(many);
  });
});

describe('forms and lines', () => {
  it('grow with the value by area, and never vanish', () => {
    const nodes = [0, 1, 4, 9].map((links) => node(`n${links}`, { links }));
    const sizes = nodes.map(radiusOf(nodes, 'links'));
    expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
    expect(Math.min(...sizes)).toBeGreaterThan(3);
    expect(new Set(nodes.map(radiusOf(nodes, ''))).size).toBe(1);
  });
});
