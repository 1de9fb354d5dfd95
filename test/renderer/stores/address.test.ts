import { beforeEach, describe, expect, it } from 'vitest';
import {
  adjustList,
  goBack,
  startAt,
  goForward,
  navigate,
  currentAddress,
  openRecordTab,
  showPanel,
  openTab,
  openView,
} from '#renderer/stores/address.ts';
import { layoutAt, tabAt } from '#renderer/stores/tabs/layout.ts';
import { currentOf } from '#renderer/stores/tabs/trail.ts';
import { useTabs } from '#renderer/stores/tabs/store.ts';
import { useSeat } from '#renderer/stores/seat.ts';
import { networkOf } from '#shared/address/network.ts';
import { historyOf, listOf, recordPage, listWithRecord } from '#shared/address/view.ts';

beforeEach(() => {
  useTabs.setState(layoutAt(), true);
  useSeat.setState({ items: {} });
});

describe('going from place to place', () => {
  it('goes back along its trail', () => {
    navigate(listOf('team'));
    navigate(listOf('student'));
    goBack();
    expect(currentAddress().view).toEqual(listOf('team'));
    goBack();
    goBack();
    expect(currentAddress().view).toEqual({ kind: 'home' });
    goForward();
    expect(currentAddress().view).toEqual(listOf('team'));
    navigate(listOf('faculty'));
    goForward();
    expect(currentAddress().view).toEqual(listOf('faculty'));
  });

  it('adjusting a list is no new place, and does nothing elsewhere', () => {
    adjustList({ search: 'x' });
    expect(currentAddress().view).toEqual({ kind: 'home' });
    navigate(listOf('team'));
    adjustList({ search: 'thermal' });
    showPanel({ kind: 'record', id: 't1', tab: 'links' });
    expect(currentAddress().view).toEqual({ ...listWithRecord('team', 't1', 'links'), search: 'thermal' });
    goBack();
    expect(currentAddress().view).toEqual({ kind: 'home' });
  });

  it('a revisited list shows all records in its order with the open record; from itself it is plain', () => {
    openView(listOf('team'));
    adjustList({ search: 'thermal', sort: [{ field: 'size', direction: 'desc' }] });
    showPanel({ kind: 'record', id: 't1', tab: 'details' });
    const left = currentAddress().view;
    openView({ kind: 'home' });
    openView(listOf('student'));
    showPanel({ kind: 'new' });
    openView(listOf('team'));
    expect(currentAddress().view).toEqual({ ...left, search: '' });
    openView(listOf('student'));
    expect(currentAddress().view).toEqual(listOf('student'));
    openView(listOf('team'));
    openView(listOf('team'));
    expect(currentAddress().view).toEqual(listOf('team'));
  });

  it('filters do not persist, whoever set them: Back returns to them, the list shows all', () => {
    const filters = [{ field: 'size', op: 'gte' as const, value: 2 }];
    navigate({ ...listOf('team'), filters });
    showPanel({ kind: 'record', id: 't1', tab: 'details' });
    openView({ kind: 'home' });
    openView(listOf('team'));
    expect(currentAddress().view).toEqual(listOf('team'));
    adjustList({ search: 'thermal', group: 'size' });
    const own = currentAddress().view;
    openView({ kind: 'home' });
    navigate({ ...listOf('team'), filters });
    openView(listOf('student'));
    openView(listOf('team'));
    expect(currentAddress().view).toEqual({ ...own, search: '' });
    goBack();
    goBack();
    expect(currentAddress().view).toEqual({ ...listOf('team'), filters });
    openTab({ ...listOf('team'), filters });
    openView({ kind: 'home' });
    openView(listOf('team'));
    expect(currentAddress().view).toEqual(listOf('team'));
  });

  it('starts at a remembered address, and at home if it is invalid', () => {
    startAt('frames://live/students?q=ada');
    expect(currentAddress().view).toEqual({ ...listOf('student'), search: 'ada' });
    startAt('frames://sandbox-1/teams');
    startAt(42);
    expect(currentAddress().view).toMatchObject({ search: 'ada' });
  });
});

describe('pages with their own tab', () => {
  const open = (): string[] =>
    useTabs.getState().panes.flatMap(({ tabs }) => tabs.map((tab) => currentOf(tab).view.kind));

  it('open in a new tab, once each, and are never replaced', () => {
    navigate(listOf('team'));
    navigate({ kind: 'import' });
    expect(open()).toEqual(['list', 'import']);
    navigate({ kind: 'preferences' });
    expect(open()).toEqual(['list', 'import', 'preferences']);
    navigate({ kind: 'import' });
    expect(currentAddress().view.kind).toBe('import');
    navigate(historyOf());
    expect(open()).toEqual(['list', 'import', 'history', 'preferences']);
    goBack();
    expect(currentAddress().view).toEqual(historyOf());
  });

  it('as a record in its own tab is for Home and the network; unopened ones replace it', () => {
    const [home] = useTabs.getState().panes[0]?.tabs ?? [];
    openRecordTab('team', 't1');
    openView({ kind: 'home' });
    expect(tabAt(useTabs.getState()).id).toBe(home?.id);
    expect(open()).toEqual(['home', 'record']);
    openRecordTab('team', 't1');
    openView(networkOf());
    expect(open()).toEqual(['home', 'network']);
    goBack();
    expect(currentAddress().view).toEqual(recordPage('team', 't1'));
  });
});

describe('a place', () => {
  it('is shown in the tab that has it, and not a second time', () => {
    navigate(listOf('team'));
    const teams = tabAt(useTabs.getState()).id;
    openTab({ kind: 'home' });
    const home = tabAt(useTabs.getState()).id;
    openView(listOf('team'));
    expect(tabAt(useTabs.getState()).id).toBe(teams);
    openView({ kind: 'home' });
    expect(tabAt(useTabs.getState()).id).toBe(home);
    openView(listOf('student'));
    expect([tabAt(useTabs.getState()).id, currentAddress(home).view]).toEqual([home, listOf('student')]);
  });
});

describe('tabs', () => {
  it('each has its own trail', () => {
    navigate(listOf('team'));
    const first = tabAt(useTabs.getState()).id;
    openTab(listOf('student'));
    navigate(listOf('faculty'));
    goBack();
    expect(currentAddress().view).toEqual(listOf('student'));
    expect(currentAddress(first).view).toEqual(listOf('team'));
    goBack();
    expect(currentAddress().view).toEqual(listOf('student'));
  });
});
