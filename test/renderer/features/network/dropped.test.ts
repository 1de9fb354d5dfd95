import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Dropped } from '#renderer/features/network/layout/dropped.ts';
import type { Point } from '#renderer/features/network/model/model.ts';
import { modelOf, node } from './support.ts';

const place = { x: 10, y: -4 };
const before = modelOf([node('a'), node('b')]);
const withPlace = modelOf([node('a', { saved: place }), node('b')]);

function dropped(at: Point = place) {
  const places = new Map([['a', at]]);
  const all = new Dropped();
  all.put(places);
  return { all, places, ids: () => [...all.points()].map(([id]) => id) };
}

describe('a node that was let go', () => {
  it('stays until what is read says where it is', () => {
    const { all, ids } = dropped();
    all.settle(before);
    all.settle(modelOf([node('a'), node('b')]));
    expect(ids()).toEqual(['a']);
    all.settle(withPlace);
    expect(ids()).toEqual([]);
  });

  it('goes where it was when its place was taken back before it was ever read', () => {
    const { all, places, ids } = dropped();
    all.settle(before);
    all.written(places, before);
    // Something else is drawn anew, with what was read before.
    all.settle(before);
    expect(ids()).toEqual(['a']);
    all.settle(modelOf([node('a'), node('b')]));
    expect(ids()).toEqual([]);
  });

  it('waits for its last place when it is let go twice', () => {
    const { all, places, ids } = dropped();
    const second = new Map([['a', { x: 90, y: 90 }]]);
    all.put(second);
    all.written(places, before);
    all.settle(withPlace);
    expect(ids()).toEqual(['a']);
    all.written(second, withPlace);
    all.settle(modelOf([node('a')]));
    expect(ids()).toEqual([]);
  });

  it('is forgotten when it is gone, or when nothing could be kept', () => {
    const { all, ids } = dropped();
    all.settle(modelOf([node('b')]));
    expect(ids()).toEqual([]);
    const taken = new Map([['b', place]]);
    all.put(taken);
    // The same node was let go once more before the first could not be kept.
    const again = new Map([['b', { x: 1, y: 1 }]]);
    all.put(again);
    all.take(taken);
    expect(ids()).toEqual(['b']);
    all.take(again);
    expect(ids()).toEqual([]);
  });

  it('is never held once a model was read after all had been written', () => {
    const anyPlaces = fc.dictionary(
      fc.constantFrom('a', 'b', 'c'),
      fc.record({ x: fc.integer(), y: fc.integer() }),
    );
    fc.assert(
      fc.property(fc.array(anyPlaces, { maxLength: 5 }), (drops) => {
        const all = new Dropped();
        const maps = drops.map((places) => new Map(Object.entries(places)));
        for (const places of maps) all.put(places);
        for (const places of maps) all.written(places, before);
        all.settle(modelOf([node('a'), node('b'), node('c')]));
        expect([...all.points()]).toEqual([]);
      }),
    );
  });
});
