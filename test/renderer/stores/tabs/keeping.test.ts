import { expect, it } from 'vitest';
import { listOf } from '#shared/address/view.ts';
import { openOrShow } from '#renderer/stores/address.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { keepTabs, resumeTabs } from '#renderer/stores/tabs/keeping.ts';
import { layoutAt, tabAt } from '#renderer/stores/tabs/layout.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';

const shown = (): string[] => useTabs.getState().panes.flatMap(({ tabs }) => tabs.map(({ id }) => id));

it('keeps a tab that was opened before anybody looked, as by the way that led here', () => {
  useTabs.setState(layoutAt(), true);
  keepTabs()();
  const before = useSeat.getState().items;
  resumeTabs(before);
  openOrShow(listOf('student'));
  const open = shown();
  expect(open).toHaveLength(2);

  keepTabs()();
  useTabs.setState(layoutAt(), true);
  resumeTabs(useSeat.getState().items);
  expect(shown()).toEqual(open);
  expect(tabAt(useTabs.getState()).places.at(-1)?.view).toEqual(listOf('student'));
});

it('writes nothing where the window shows what is kept', () => {
  keepTabs()();
  const { items } = useSeat.getState();
  const now = items['tabs'];
  resumeTabs(items);
  keepTabs()();
  expect(useSeat.getState().items['tabs']).toBe(now);
});
