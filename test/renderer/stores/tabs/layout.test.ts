import { fc, it } from '@fast-check/vitest';
import { describe, expect, it as once } from 'vitest';
import {
  changeTab,
  closeTabIn,
  closeOtherTabs,
  cycleTabs,
  duplicateTab,
  focusPane,
  joinPanes,
  moveTab,
  moveToOtherPane,
  openTabIn,
  pinTab,
  reopenTabIn,
  resizePanes,
  showTab,
  showTabAt,
  splitPane,
} from '#renderer/stores/tabs/changes.ts';
import {
  focusedPane,
  layoutAt,
  paneOf,
  entryIn,
  shareLimits,
  tabAt,
  tabIds,
} from '#renderer/stores/tabs/layout.ts';
import type { Layout } from '#renderer/stores/tabs/layout.ts';
import { parseLayout, layoutToJson } from '#renderer/stores/tabs/persistence.ts';
import { goTo, stepTrail } from '#renderer/stores/tabs/trail.ts';
import { entityTypes } from '#shared/domain/types.ts';
import { listOf, recordPage } from '#shared/address/view.ts';
import type { Address } from '#shared/address/view.ts';

const place = fc.oneof(
  fc.constantFrom(...entityTypes).map((type): Address => ({ target: 'live', view: listOf(type) })),
  fc.nat(9).map((n): Address => ({ target: 'live', view: recordPage('team', `team_${n}`) })),
);

type Step = (layout: Layout) => Layout;
const all = ({ panes }: Layout) => panes.flatMap(({ tabs }) => tabs);

/** One of the tabs by a number, so that a step names one that is there. */
const pick = (layout: Layout, n: number): string => {
  const tabs = all(layout);
  return tabs[n % tabs.length]?.id ?? '';
};

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(place, fc.boolean()).map(
    ([to, behind]): Step =>
      (now) =>
        openTabIn(now, to, { behind }),
  ),
  fc.tuple(place, fc.boolean()).map(
    ([to, replace]): Step =>
      (now) =>
        changeTab(now, undefined, (tab) => goTo(tab, to, replace)),
  ),
  fc.constantFrom<Step>(
    (now) => changeTab(now, undefined, (tab) => stepTrail(tab, -1)),
    (now) => changeTab(now, undefined, (tab) => stepTrail(tab, 1)),
    (now) => cycleTabs(now, 1),
    (now) => cycleTabs(now, -1),
    reopenTabIn,
    splitPane,
    joinPanes,
  ),
  fc
    .tuple(fc.constantFrom(closeTabIn, closeOtherTabs, duplicateTab, moveToOtherPane, showTab), fc.nat(20))
    .map(
      ([deed, n]): Step =>
        (now) =>
          deed(now, pick(now, n)),
    ),
  fc.tuple(fc.nat(20), fc.boolean()).map(
    ([n, on]): Step =>
      (now) =>
        pinTab(now, pick(now, n), on),
  ),
  fc.tuple(fc.nat(20), fc.nat(1), fc.nat(20)).map(
    ([n, pane, index]): Step =>
      (now) =>
        moveTab(now, pick(now, n), now.panes[pane % now.panes.length]?.id ?? '', index),
  ),
  fc.nat(1).map(
    (n): Step =>
      (now) =>
        focusPane(now, now.panes[n % now.panes.length]?.id ?? ''),
  ),
  fc.nat(12).map(
    (n): Step =>
      (now) =>
        showTabAt(now, n),
  ),
  fc.double({ noNaN: true }).map(
    (share): Step =>
      (now) =>
        resizePanes(now, share),
  ),
);

/** What is so after whatever was done. */
function check(layout: Layout): void {
  expect(layout.panes.length).toBeGreaterThanOrEqual(1);
  expect(layout.panes.length).toBeLessThanOrEqual(2);
  expect(layout.panes.map(({ id }) => id)).toContain(layout.focused);
  expect(layout.share).toBeGreaterThanOrEqual(shareLimits.min);
  expect(layout.share).toBeLessThanOrEqual(shareLimits.max);
  for (const pane of layout.panes) {
    expect(pane.tabs.map(({ id }) => id)).toContain(pane.active);
    const pins = pane.tabs.map(({ pinned }) => pinned);
    expect(pins).toEqual(pins.toSorted((a, b) => Number(b) - Number(a)));
  }
  const ids = [...all(layout).map(({ id }) => id), ...layout.closed.map(({ tab }) => tab.id)];
  expect(new Set(ids).size).toBe(ids.length);
  expect(tabIds(layout).size).toBe(ids.length);
  expect(layout.closed.length).toBeLessThanOrEqual(25);
  for (const tab of all(layout)) expect(tab.entries[tab.index]).toBeDefined();
}

const steps = fc.array(anyStep, { maxLength: 40 });
const after = (taken: readonly Step[]): Layout => taken.reduce((now, take) => take(now), layoutAt());

describe('tabs and panes', () => {
  it.prop([steps])('whatever is done leaves a window that can be drawn', (taken) => {
    let layout = layoutAt();
    for (const take of taken) {
      layout = take(layout);
      check(layout);
    }
  });

  it.prop([steps, fc.nat(20)])('closing a tab and reopening it brings back its way', (taken, n) => {
    const before = after(taken);
    const id = pick(before, n);
    const tab = tabAt(before, id);
    const again = reopenTabIn(closeTabIn(before, id));
    expect(tabAt(again)).toEqual(tab);
    check(again);
  });

  it.prop([steps, place])('opening shows the new tab, or leaves the present one in front', (taken, to) => {
    const before = after(taken);
    expect(entryIn(openTabIn(before, to))).toEqual(to);
    const behind = openTabIn(before, to, { behind: true });
    expect(tabAt(behind).id).toBe(tabAt(before).id);
    expect(all(behind)).toHaveLength(all(before).length + 1);
  });

  it.prop([steps])('splitting and joining loses no tab and leaves the same in front', (taken) => {
    const before = after(taken);
    const joined = joinPanes(before);
    expect(joined.panes).toHaveLength(1);
    expect(
      all(joined)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(
      all(before)
        .map(({ id }) => id)
        .toSorted(),
    );
    expect(tabAt(joined).id).toBe(tabAt(before).id);
    const two = splitPane(joined);
    expect(two.panes).toHaveLength(2);
    expect(entryIn(two)).toEqual(entryIn(joined));
  });

  it.prop([steps, fc.nat(20)])(
    'moving across and back keeps the tab, its way and the focus on it',
    (taken, n) => {
      const before = after(taken);
      const id = pick(before, n);
      const there = moveToOtherPane(before, id);
      check(there);
      expect(tabAt(there, id)).toEqual(tabAt(before, id));
      if (there !== before) expect(tabAt(there).id).toBe(id);
      expect(all(there)).toHaveLength(all(before).length);
    },
  );

  it.prop([steps])('a stored layout is restored unchanged', (taken) => {
    const before = after(taken);
    const again = parseLayout(JSON.parse(JSON.stringify(layoutToJson(before))));
    if (!again) throw new Error('nothing came back');
    check(again);
    expect(again.panes.map(({ id, active }) => ({ id, active }))).toEqual(
      before.panes.map(({ id, active }) => ({ id, active })),
    );
    for (const tab of all(before)) expect(entryIn(again, tab.id)).toEqual(entryIn(before, tab.id));
    expect(again.focused).toBe(before.focused);
    check(openTabIn(again, { target: 'live', view: listOf('team') }));
  });

  once('a dragged tab stands where it was let go, and is never among pinned ones', () => {
    let layout = layoutAt();
    for (const type of ['team', 'student', 'faculty'] as const)
      layout = openTabIn(layout, { target: 'live', view: listOf(type) });
    const pane = focusedPane(layout);
    const [first, second, third] = pane.tabs.map(({ id }) => id);
    layout = moveTab(layout, third ?? '', pane.id, 0);
    expect(
      focusedPane(layout)
        .tabs.map(({ id }) => id)
        .slice(0, 3),
    ).toEqual([third, first, second]);
    layout = pinTab(layout, second ?? '', true);
    layout = moveTab(layout, first ?? '', pane.id, 0);
    expect(
      focusedPane(layout)
        .tabs.map(({ id }) => id)
        .slice(0, 2),
    ).toEqual([second, first]);
  });

  once('the last tab of a pane takes the pane with it; the last of the window is home', () => {
    let layout = splitPane(layoutAt({ target: 'live', view: listOf('team') }));
    layout = closeTabIn(layout, tabAt(layout).id);
    expect(layout.panes).toHaveLength(1);
    expect(entryIn(layout).view).toEqual(listOf('team'));
    layout = closeTabIn(layout, tabAt(layout).id);
    expect(entryIn(layout).view).toEqual({ kind: 'home' });
    expect(paneOf(layout, tabAt(layout).id)).toBe(focusedPane(layout));
  });

  once('what was kept by something else is no window', () => {
    for (const item of [
      undefined,
      null,
      7,
      'frames://live/teams',
      {},
      { panes: [] },
      { panes: [{ tabs: [] }] },
    ])
      expect(parseLayout(item)).toBeNull();
    const gone = { id: 't1', pinned: false, at: 0, places: ['frames://live/import'], scroll: 0 };
    const item = { focused: 'p1', share: 0.5, panes: [{ id: 'p1', active: 't1', tabs: [gone] }] };
    expect(parseLayout(item)).toBeNull();
  });
});
