import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { withoutIsolatedUniversities } from '#renderer/features/network/data.ts';
import { anyModel, edge, modelOf, node } from './support.ts';

describe('universities of which nothing is shown', () => {
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
    expect([...withoutIsolatedUniversities(model).nodes.keys()]).toEqual(['u1', 'u2', 't']);
  });

  it('are the only records left out', () => {
    fc.assert(
      fc.property(anyModel, (model) => {
        const left = withoutIsolatedUniversities(model);
        expect([...left.edges]).toEqual([...model.edges]);
        const gone = [...model.nodes.values()].filter(({ id }) => !left.nodes.has(id));
        expect(gone.every(({ type }) => type === 'university')).toBe(true);
        expect(left.matched - left.nodes.size).toBe(model.matched - model.nodes.size);
      }),
    );
  });
});
