import { beforeEach, describe, expect, it } from 'vitest';
import { namesKey, noteName, withNames } from '#renderer/features/links/workspace-names.ts';
import { useSeat } from '#renderer/stores/seat.ts';

const entry = (id: string, name: string, current = false, within: string | null = null) => {
  return { id, name, within, missing: false, current };
};
const kept = () => useSeat.getState().items[namesKey];

beforeEach(() => useSeat.setState({ items: {} }));

describe('the names of recent workspaces', () => {
  it('are noted while they are open, and forgotten with their entry', () => {
    noteName('Ours', [entry('a', 'one', true), entry('b', 'two')]);
    noteName('Theirs', [entry('a', 'one'), entry('b', 'two', true)]);
    expect(kept()).toEqual({ a: 'Ours', b: 'Theirs' });
    noteName('New', [entry('b', 'two', true)]);
    expect(kept()).toEqual({ b: 'New' });
    noteName('Nobody', [entry('b', 'two')]);
    expect(kept()).toEqual({ b: 'New' });
  });

  it('stand in place of their folders’ names', () => {
    const list = [entry('a', 'one'), entry('b', 'two')];
    expect(withNames(list, { b: 'Ours' }).map(({ name }) => name)).toEqual(['one', 'Ours']);
    expect(withNames(list, 7)).toEqual(list);
    expect(withNames(list, undefined)).toEqual(list);
  });

  it('that are the same are told apart by their folders', () => {
    const list = [entry('a', 'one'), entry('b', 'two'), entry('c', 'Ours', false, 'disk')];
    expect(withNames(list, { a: 'Ours', b: 'Ours' }).map(({ within }) => within)).toEqual([
      'one',
      'two',
      'disk',
    ]);
    const twins = [entry('a', 'Data', false, 'x'), entry('b', 'Data', false, 'y')];
    expect(withNames(twins, {}).map(({ within }) => within)).toEqual(['x', 'y']);
    expect(withNames(twins, { a: 'Ours' }).map(({ within }) => within)).toEqual([null, null]);
  });
});
