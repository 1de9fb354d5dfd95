import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapScale } from '#renderer/features/network/controls/minimap.ts';
import { nearest, nextNeighbour, towards } from '#renderer/features/network/keyboard/walk.ts';
import { neighboursOf } from '#renderer/features/network/model/neighbours.ts';
import { between } from '#renderer/features/network/stage/glide.ts';
import { inside, isInside } from '#renderer/features/network/stage/lasso.ts';
import { litBy } from '#renderer/features/network/stage/lit.ts';
import {
  createNetworkStore,
  gather,
  keepShown,
  select,
  toggle,
  walkTo,
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

describe('walking with arrow keys', () => {
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

  it('begins at what is nearest to the middle of the window', () => {
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

describe('drawing around', () => {
  const square = [
    { x: 0, y: 0 },
    { x: 10, y: 0 },
    { x: 10, y: 10 },
    { x: 0, y: 10 },
  ];
  it('takes what is inside and nothing else', () => {
    fc.assert(
      fc.property(anyPoint, ({ x, y }) => {
        fc.pre(![0, 10].includes(x) && ![0, 10].includes(y));
        expect(isInside({ x, y }, square)).toBe(x > 0 && x < 10 && y > 0 && y < 10);
      }),
    );
    expect(
      inside(
        new Map([
          ['in', { x: 5, y: 5 }],
          ['out', { x: 15, y: 5 }],
        ]),
        square,
      ),
    ).toEqual(['in']);
    expect(inside(points, square.slice(0, 2))).toEqual([]);
  });

  it('knows a dent', () => {
    const dented = [...square, { x: 5, y: 5 }];
    expect(isInside({ x: 1, y: 5 }, dented)).toBe(false);
    expect(isInside({ x: 9, y: 5 }, dented)).toBe(true);
  });
});

describe('what is bright', () => {
  const model = modelOf(
    [node('a'), node('b'), node('c'), node('d')],
    [edge('ab', 'a', 'b'), edge('bc', 'b', 'c')],
  );
  const neighbours = neighboursOf(model);
  const none: ReadonlySet<string> = new Set();
  it('is everything when nothing is pointed at, and nothing that is gone', () => {
    expect(litBy({ hovered: null, selected: none, edge: null }, model, neighbours)).toBeNull();
    expect(litBy({ hovered: 'gone', selected: none, edge: 'gone' }, model, neighbours)).toBeNull();
  });
  it('is the node under the pointer with its neighbours, before what is selected', () => {
    const lit = litBy({ hovered: 'a', selected: new Set(['c']), edge: null }, model, neighbours);
    expect([...(lit?.nodes ?? [])]).toEqual(['a', 'b']);
    expect([lit?.edge('ab', 'a', 'b'), lit?.edge('bc', 'b', 'c')]).toEqual([true, false]);
  });
  it('is a link with its ends', () => {
    const lit = litBy({ hovered: null, selected: none, edge: 'bc' }, model, neighbours);
    expect([...(lit?.nodes ?? [])]).toEqual(['b', 'c']);
    expect([lit?.edge('ab', 'a', 'b'), lit?.edge('bc', 'b', 'c')]).toEqual([false, true]);
  });
});

describe('what is selected', () => {
  it('follows the keyboard, unless Space gathers', () => {
    const store = createNetworkStore();
    walkTo(store, 'a');
    walkTo(store, 'b');
    expect([...store.getState().selected]).toEqual(['b']);
    gather(store, 'b');
    walkTo(store, 'c');
    expect([...store.getState().selected]).toEqual(['b']);
    gather(store, 'c');
    expect([...store.getState().selected]).toEqual(['b', 'c']);
    gather(store, 'c');
    expect([...store.getState().selected]).toEqual(['b']);
    select(store, []);
    walkTo(store, 'd');
    expect([...store.getState().selected]).toEqual(['d']);
  });

  it('is added to and taken from by clicks, and loses what is not shown any more', () => {
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

  it('gives up a link between two of which one is gone', () => {
    const store = createNetworkStore();
    const both = modelOf([node('a'), node('b')]);
    store.setState({ linking: { from: 'a', to: 'b' } });
    keepShown(store, both, both);
    expect(store.getState().linking).toEqual({ from: 'a', to: 'b' });
    keepShown(store, modelOf([node('b')]), both);
    expect(store.getState().linking).toBeNull();
  });

  it('keeps a link that has just been made until it comes, and lets go of one that has gone', () => {
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

describe('the small map', () => {
  it('goes there and back without bending', () => {
    fc.assert(
      fc.property(
        anyPoint,
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 900 }),
        (point, wide, high) => {
          const { toMap, toLayout } = mapScale({ x: [-wide, wide], y: [-high, high] }, 150, 96);
          const again = toLayout(toMap(point));
          expect(again.x).toBeCloseTo(point.x, 6);
          expect(again.y).toBeCloseTo(point.y, 6);
        },
      ),
    );
    const { toMap } = mapScale({ x: [0, 100], y: [0, 100] }, 150, 96, 8);
    expect(toMap({ x: 50, y: 50 })).toEqual({ x: 75, y: 48 });
    expect(toMap({ x: 0, y: 100 }).y).toBe(8);
  });
});

describe('a change of layout', () => {
  it('begins where things are and ends where they belong', () => {
    const from = new Map([['a', { x: 0, y: 0 }]]);
    const to = new Map([
      ['a', { x: 10, y: -10 }],
      ['b', { x: 3, y: 3 }],
    ]);
    expect(between(from, to, 0).get('a')).toEqual({ x: 0, y: 0 });
    expect(between(from, to, 1)).toEqual(to);
    expect(between(from, to, 7)).toEqual(to);
    expect(between(from, to, 0.5).get('b')).toEqual({ x: 3, y: 3 });
  });
});
