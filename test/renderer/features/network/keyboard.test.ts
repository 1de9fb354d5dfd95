import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapScale } from '#renderer/features/network/controls/Minimap.tsx';
import { nearest, nextNeighbour, towards } from '#renderer/features/network/keyboard.ts';
import {
  createNetworkStore,
  focusNode,
  gather,
  keepShown,
  select,
  toggle,
} from '#renderer/features/network/state.ts';
import { edge, modelOf, node } from './support.ts';

const points = new Map([
  ['middle', { x: 0, y: 0 }],
  ['right', { x: 100, y: 10 }],
  ['farRight', { x: 300, y: 0 }],
  ['up', { x: -20, y: 90 }],
  ['downLeft', { x: -80, y: -100 }],
]);
const anyPoint = fc.record({
  x: fc.integer({ min: -500, max: 500 }),
  y: fc.integer({ min: -500, max: 500 }),
});

describe('moving with arrow keys', () => {
  it('goes to what is near and ahead', () => {
    expect(towards('middle', 'right', points)).toBe('right');
    expect(towards('right', 'right', points)).toBe('farRight');
    expect(towards('middle', 'up', points)).toBe('up');
    expect(towards('middle', 'down', points)).toBe('downLeft');
    expect(towards('farRight', 'right', points)).toBeNull();
    expect(towards('nobody', 'right', points)).toBeNull();
  });

  it('never goes back or stays', () => {
    fc.assert(
      fc.property(fc.array(anyPoint, { minLength: 1, maxLength: 20 }), (all) => {
        const places = new Map(all.map((point, at) => [`n${at}`, point]));
        const to = towards('n0', 'right', places);
        const ahead = to === null || (places.get(to)?.x ?? 0) > (places.get('n0')?.x ?? 0);
        expect(ahead).toBe(true);
      }),
    );
  });

  it('begins at the node nearest to the centre', () => {
    expect(nearest({ x: 90, y: 0 }, points)).toBe('right');
    expect(nearest({ x: 0, y: 0 }, new Map())).toBeNull();
  });

  it('goes around the neighbours clockwise, and the other way back', () => {
    const neighbours = ['downLeft', 'right', 'up'];
    expect(nextNeighbour('middle', null, neighbours, points)).toBe('right');
    expect(nextNeighbour('middle', 'right', neighbours, points)).toBe('downLeft');
    expect(nextNeighbour('middle', 'downLeft', neighbours, points)).toBe('up');
    expect(nextNeighbour('middle', 'up', neighbours, points)).toBe('right');
    expect(nextNeighbour('middle', 'right', neighbours, points, true)).toBe('up');
    expect(nextNeighbour('middle', null, [], points)).toBeNull();
  });
});

describe('the selection', () => {
  it('follows the keyboard focus, unless Space has begun a multiple selection', () => {
    const store = createNetworkStore();
    focusNode(store, 'a');
    focusNode(store, 'b');
    expect([...store.getState().selected]).toEqual(['b']);
    gather(store, 'b');
    focusNode(store, 'c');
    expect([...store.getState().selected]).toEqual(['b']);
    gather(store, 'c');
    expect([...store.getState().selected]).toEqual(['b', 'c']);
    gather(store, 'c');
    expect([...store.getState().selected]).toEqual(['b']);
    select(store, []);
    focusNode(store, 'd');
    expect([...store.getState().selected]).toEqual(['d']);
  });

  it('grows and shrinks by clicks, and loses what is not shown any more', () => {
    const store = createNetworkStore();
    select(store, ['a', 'b']);
    toggle(store, 'c');
    toggle(store, 'a');
    expect([...store.getState().selected]).toEqual(['b', 'c']);
    const before = store.getState().selected;
    const all = modelOf([node('b'), node('c')]);
    keepShown(store, all, all);
    expect(store.getState().selected).toBe(before);
    keepShown(store, modelOf([node('b')]), all);
    expect([...store.getState().selected]).toEqual(['b']);
    expect(store.getState().cursor).toBeNull();
  });

  it('keeps a new link until the model has it, and loses a deleted one', () => {
    const store = createNetworkStore();
    const without = modelOf([node('a'), node('b')]);
    const joined = modelOf([node('a'), node('b')], [edge('new', 'a', 'b')]);
    store.setState({ edge: 'new' });
    keepShown(store, without, without);
    keepShown(store, joined, without);
    expect(store.getState().edge).toBe('new');
    keepShown(store, without, joined);
    expect(store.getState().edge).toBeNull();
  });
});

describe('the minimap', () => {
  it('converts positions there and back', () => {
    fc.assert(
      fc.property(
        anyPoint,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        (point, wide, high) => {
          const { toMap, toLayout } = mapScale({ x: [-wide, wide], y: [-high, high] });
          const again = toLayout(toMap(point));
          expect(again.x).toBeCloseTo(point.x, 6);
          expect(again.y).toBeCloseTo(point.y, 6);
        },
      ),
    );
    expect(mapScale({ x: [0, 100], y: [0, 100] }).toMap({ x: 50, y: 100 })).toEqual({ x: 75, y: 14 });
  });
});
