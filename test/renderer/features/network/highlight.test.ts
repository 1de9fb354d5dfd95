import { describe, expect, it } from 'vitest';
import { neighboursOf } from '#renderer/features/network/model/model.ts';
import { brightElementsOf } from '#renderer/features/network/stage/Highlight.ts';
import { edge, modelOf, node } from './support.ts';

const ids = Array.from({ length: 200 }, (_, at) => `n${at}`);
const star = modelOf(
  ids.map((id) => node(id)),
  [...ids.slice(1, 4).map((id) => edge(`to-${id}`, 'n0', id)), edge('far', 'n8', 'n9')],
);
const neighbours = neighboursOf(star);
const none: ReadonlySet<string> = new Set();

describe('highlighted elements', () => {
  it('are all if nothing is emphasised, or the emphasised element is hidden', () => {
    expect(brightElementsOf({ hovered: null, selected: none, edge: null }, star, neighbours)).toBeNull();
    expect(brightElementsOf({ hovered: 'x', selected: none, edge: 'x' }, star, neighbours)).toBeNull();
  });

  it('is the hovered node with its neighbours, before the selection', () => {
    const bright = brightElementsOf(
      { hovered: 'n1', selected: new Set(['n8']), edge: null },
      star,
      neighbours,
    );
    expect([...(bright?.nodes ?? [])]).toEqual(['n1', 'n0']);
    expect([bright?.hasEdge('to-n1', 'n0', 'n1'), bright?.hasEdge('far', 'n8', 'n9')]).toEqual([true, false]);
  });
});
