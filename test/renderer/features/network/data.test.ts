import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '#shared/address/network.ts';
import '#renderer/i18n/setup.ts';
import { countsOf, hidesLonelyUniversities, withoutLonely } from '#renderer/features/network/data.ts';
import { anyModel, edge, modelOf, node } from './support.ts';

const team = { type: 'team', filter: { field: 'size', op: 'gte', value: 5 } } as const;
const university = { type: 'university', filter: { field: 'active', op: 'is', value: true } } as const;

describe('universities of which nothing is shown', () => {
  it('leave the picture when something else is filtered, not when they are themselves', () => {
    const view = { types: ['university', 'team'] as const, filters: [team], focus: '' };
    expect(hidesLonelyUniversities(view)).toBe(true);
    expect(hidesLonelyUniversities({ ...view, filters: [] })).toBe(false);
    expect(hidesLonelyUniversities({ ...view, filters: [team, university] })).toBe(false);
    expect(hidesLonelyUniversities({ ...view, types: ['university'] })).toBe(false);
    expect(hidesLonelyUniversities({ ...view, focus: 'team_1' })).toBe(false);
    expect(hidesLonelyUniversities(networkOf())).toBe(false);
  });

  it('are those that no record belongs to and no line leads to', () => {
    const model = modelOf(
      [
        node('u1', { type: 'university' }),
        node('u2', { type: 'university' }),
        node('u3', { type: 'university' }),
        node('t', { university: 'u1' }),
      ],
      [edge('e', 'u2', 't')],
    );
    expect([...withoutLonely(model).nodes.keys()]).toEqual(['u1', 'u2', 't']);
  });

  it('are all that goes', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const left = withoutLonely(model);
        expect([...left.edges]).toEqual([...model.edges]);
        const gone = [...model.nodes.values()].filter(({ id }) => !left.nodes.has(id));
        expect(gone.every(({ type }) => type === 'university')).toBe(true);
        expect(left.matched - left.nodes.size).toBe(model.matched - model.nodes.size);
      }),
    );
  });
});

it('the counts of a network that is still loading are empty, not "0 links"', () => {
  expect(countsOf(null)).toBe('');
  const model = modelOf(
    [node('a'), node('b')],
    [edge('ab', 'a', 'b'), edge('b.project_id', 'b', 'a', { kind: 'reference' })],
  );
  expect(countsOf(model)).toBe('2 teams · 1 link · 1 other line');
});
