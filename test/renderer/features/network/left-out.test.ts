import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkOf } from '#shared/address/network.ts';
import { leavesOut, withoutLonely } from '#renderer/features/network/model/left-out.ts';
import { anyModel, edge, modelOf, node } from './support.ts';

const team = { type: 'team', filter: { field: 'size', op: 'gte', value: 5 } } as const;
const university = { type: 'university', filter: { field: 'active', op: 'is', value: true } } as const;

describe('universities of which nothing is shown', () => {
  it('leave the picture when something else is filtered, not when they are themselves', () => {
    const view = { types: ['university', 'team'] as const, filters: [team], focus: '' };
    expect(leavesOut(view)).toBe(true);
    expect(leavesOut({ ...view, filters: [] })).toBe(false);
    expect(leavesOut({ ...view, filters: [team, university] })).toBe(false);
    expect(leavesOut({ ...view, types: ['university'] })).toBe(false);
    expect(leavesOut({ ...view, focus: 'team_1' })).toBe(false);
    expect(leavesOut(networkOf())).toBe(false);
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
