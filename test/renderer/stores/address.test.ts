import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustList,
  back,
  beginAt,
  forward,
  go,
  here,
  openRecordTab,
  showPanel,
  openTab,
  visit,
} from '#renderer/stores/address.ts';
import { layoutAt, tabAt } from '#renderer/stores/tabs/layout.ts';
import { currentOf } from '#renderer/stores/tabs/trail.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, recordPage, recordIn } from '#shared/address/view.ts';

beforeEach(() => {
  useTabs.setState(layoutAt(), true);
  useSeat.setState({ items: {} });
});

describe('going from place to place', () => {
  it('goes back along its trail', () => {
    go(listOf('team'));
    go(listOf('student'));
    back();
    expect(here().view).toEqual(listOf('team'));
    back();
    back();
    expect(here().view).toEqual({ kind: 'home' });
    forward();
    expect(here().view).toEqual(listOf('team'));
    go(listOf('faculty'));
    forward();
    expect(here().view).toEqual(listOf('faculty'));
  });

  it('adjusting a list is no new place, and does nothing elsewhere', () => {
    adjustList({ search: 'x' });
    expect(here().view).toEqual({ kind: 'home' });
    go(listOf('team'));
    adjustList({ search: 'thermal' });
    showPanel({ kind: 'record', id: 't1', tab: 'links' });
    expect(here().view).toEqual({ ...recordIn('team', 't1', 'links'), search: 'thermal' });
    back();
    expect(here().view).toEqual({ kind: 'home' });
  });

  it('a revisited list shows all records in its order with the open record; from itself it is plain', () => {
    visit(listOf('team'));
    adjustList({ search: 'thermal', sort: [{ field: 'size', direction: 'desc' }] });
    showPanel({ kind: 'record', id: 't1', tab: 'details' });
    const left = here().view;
    visit({ kind: 'home' });
    visit(listOf('student'));
    showPanel({ kind: 'new' });
    visit(listOf('team'));
    expect(here().view).toEqual({ ...left, search: '' });
    visit(listOf('student'));
    expect(here().view).toEqual(listOf('student'));
    visit(listOf('team'));
    visit(listOf('team'));
    expect(here().view).toEqual(listOf('team'));
  });

  it('filters do not persist, whoever set them: Back returns to them, the list shows all', () => {
    const filters = [{ field: 'size', op: 'gte' as const, value: 2 }];
    go({ ...listOf('team'), filters });
    showPanel({ kind: 'record', id: 't1', tab: 'details' });
    visit({ kind: 'home' });
    visit(listOf('team'));
    expect(here().view).toEqual(listOf('team'));
    adjustList({ search: 'thermal', group: 'size' });
    const own = here().view;
    visit({ kind: 'home' });
    go({ ...listOf('team'), filters });
    visit(listOf('student'));
    visit(listOf('team'));
    expect(here().view).toEqual({ ...own, search: '' });
    back();
    back();
    expect(here().view).toEqual({ ...listOf('team'), filters });
    openTab({ ...listOf('team'), filters });
    visit({ kind: 'home' });
    visit(listOf('team'));
    expect(here().view).toEqual(listOf('team'));
  });

  it('starts at a remembered address, and at home if it is invalid', () => {
    beginAt('frames://live/students?q=ada');
    expect(here().view).toEqual({ ...listOf('student'), search: 'ada' });
    beginAt('frames://sandbox-1/teams');
    beginAt(42);
    expect(here().view).toMatchObject({ search: 'ada' });
  });
});

describe('pages with their own tab', () => {
  const open = (): string[] =>
    useTabs.getState().panes.flatMap(({ tabs }) => tabs.map((tab) => currentOf(tab).view.kind));

  it('open in a new tab, once each, and are never replaced', () => {
    go(listOf('team'));
    go({ kind: 'import' });
    expect(open()).toEqual(['list', 'import']);
    go({ kind: 'preferences' });
    expect(open()).toEqual(['list', 'import', 'preferences']);
    go({ kind: 'import' });
    expect(here().view.kind).toBe('import');
    go(historyOf());
    expect(open()).toEqual(['list', 'import', 'history', 'preferences']);
    back();
    expect(here().view).toEqual(historyOf());
  });

  it('as a record in its own tab is for Home and the network; unopened ones replace it', () => {
    const [home] = useTabs.getState().panes[0]?.tabs ?? [];
    openRecordTab('team', 't1');
    visit({ kind: 'home' });
    expect(tabAt(useTabs.getState()).id).toBe(home?.id);
    expect(open()).toEqual(['home', 'record']);
    openRecordTab('team', 't1');
    visit(networkOf());
    expect(open()).toEqual(['home', 'network']);
    back();
    expect(here().view).toEqual(recordPage('team', 't1'));
  });
});

describe('a place', () => {
  it('is shown in the tab that has it, and not a second time', () => {
    go(listOf('team'));
    const teams = tabAt(useTabs.getState()).id;
    openTab({ kind: 'home' });
    const home = tabAt(useTabs.getState()).id;
    visit(listOf('team'));
    expect(tabAt(useTabs.getState()).id).toBe(teams);
    visit({ kind: 'home' });
    expect(tabAt(useTabs.getState()).id).toBe(home);
    visit(listOf('student'));
    expect([tabAt(useTabs.getState()).id, here(home).view]).toEqual([home, listOf('student')]);
  });
});

describe('tabs', () => {
  it('each has its own trail', () => {
    go(listOf('team'));
    const first = tabAt(useTabs.getState()).id;
    openTab(listOf('student'));
    go(listOf('faculty'));
    back();
    expect(here().view).toEqual(listOf('student'));
    expect(here(first).view).toEqual(listOf('team'));
    back();
    expect(here().view).toEqual(listOf('student'));
  });
});
