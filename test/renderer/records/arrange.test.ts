import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  setPinned,
  moveColumnTo,
  resizeColumn,
  moveColumn,
  summarizeColumn,
  toggleColumn,
  columnWidthLimits,
  placeColumns,
} from '#renderer/features/records/column-layout.ts';
import { columnsOf, namingColumn } from '#renderer/features/records/columns.ts';
import { layoutJson, readLayout, isSameLayout, summaryKinds } from '#renderer/stores/list-layout.ts';
import type { ListLayout } from '#renderer/stores/list-layout.ts';
import { entityTypes } from '#shared/domain/types.ts';

const all = columnsOf('team', false);
const keys = all.map(({ key }) => key);
const shownIn = (layout: ListLayout): string[] => placeColumns(all, 900, layout).map(({ key }) => key);
const start: ListLayout = { columns: ['name', 'university_id', 'size', 'links'] };

const layouts = fc.record(
  {
    columns: fc.uniqueArray(fc.constantFrom(...keys)),
    widths: fc.dictionary(fc.constantFrom(...keys), fc.integer({ min: 48, max: 800 }), { minKeys: 1 }),
    pinned: fc.uniqueArray(fc.constantFrom(...keys)),
    summaries: fc.dictionary(fc.constantFrom(...keys), fc.constantFrom(...summaryKinds), { minKeys: 1 }),
  },
  { requiredKeys: [] },
);

describe('a layout as JSON', () => {
  test.prop([layouts])('is read back unchanged', (layout) => {
    const kept = JSON.parse(JSON.stringify(layoutJson(layout))) as never;
    expect(isSameLayout(readLayout(kept ?? undefined), layout)).toBe(true);
  });

  test.prop([fc.jsonValue()])('whatever was kept, something can be read', (kept) => {
    const read = readLayout(kept as never);
    expect(readLayout((layoutJson(read) ?? {}) as never)).toEqual(read);
    expect(shownIn(read)).toContain('name');
  });
});

describe('the columns', () => {
  test.prop([layouts, fc.constantFrom(...entityTypes)])(
    'each is drawn once, those that stay in sight first, and one names the record',
    (layout, type) => {
      const placed = placeColumns(columnsOf(type, false), 800, layout);
      expect(new Set(placed.map(({ key }) => key)).size).toBe(placed.length);
      expect(placed.map(({ key }) => key)).toContain(namingColumn(type));
      const pins = placed.map(({ pin }) => pin !== null);
      expect(pins).toEqual(pins.toSorted((one, other) => Number(other) - Number(one)));
      let left = 36;
      for (const { pin, size } of placed.filter((one) => one.pin !== null)) {
        expect(pin).toBe(left);
        left += size;
      }
    },
  );

  it('are shown and hidden, except the name', () => {
    const shown = placeColumns(all, 900, start);
    expect(shownIn(toggleColumn(start, shown, all, 'size'))).toEqual(['name', 'university_id', 'links']);
    expect(shownIn(toggleColumn(start, shown, all, 'meta'))).toEqual([
      'name',
      'university_id',
      'size',
      'links',
      'meta',
    ]);
    expect(toggleColumn(start, shown, all, 'name')).toBe(start);
    // What is taken out and put back among the lines of a menu finds its place again.
    const less = placeColumns(all, 900, toggleColumn(start, shown, all, 'university_id'));
    const among = ['name', 'university_id', 'size', 'links', 'meta'];
    expect(shownIn(toggleColumn(start, less, all, 'university_id', among))).toEqual([
      'name',
      'university_id',
      'size',
      'links',
    ]);
  });

  it('take the place of another', () => {
    const shown = placeColumns(all, 900, start);
    expect(moveColumnTo(start, shown, all, 'links', 'university_id').columns).toEqual([
      'name',
      'links',
      'university_id',
      'size',
    ]);
    expect(moveColumnTo(start, shown, all, 'university_id', 'links').columns).toEqual([
      'name',
      'size',
      'links',
      'university_id',
    ]);
    expect(moveColumnTo(start, shown, all, 'size', 'size')).toBe(start);
  });

  it('move by steps among their like, and not beyond the ends', () => {
    const shown = placeColumns(all, 900, start);
    expect(shownIn(moveColumn(start, shown, all, 'size', -1))).toEqual([
      'name',
      'size',
      'university_id',
      'links',
    ]);
    expect(moveColumn(start, shown, all, 'links', 1)).toBe(start);
    expect(moveColumn(start, shown, all, 'university_id', -1)).toBe(start);
  });

  it('stay in sight or scroll', () => {
    const pinned = setPinned(start, all, 'size', true);
    expect(shownIn(pinned)).toEqual(['name', 'size', 'university_id', 'links']);
    expect(setPinned(pinned, all, 'name', false).pinned).toEqual(['size']);
  });

  it('have a width within limits, and a summary', () => {
    expect(resizeColumn({}, 'size', 3).widths).toEqual({ size: columnWidthLimits.min });
    expect(resizeColumn({}, 'size', 9000).widths).toEqual({ size: columnWidthLimits.max });
    expect(layoutJson(resizeColumn(resizeColumn({}, 'size', 90), 'size', null))).toBeNull();
    expect(summarizeColumn({}, 'size', 'max').summaries).toEqual({ size: 'max' });
  });
});

describe('columns that are chosen and at the moment out of sight', () => {
  const own = ['Advisor', 'Stage', 'Start'].map((name) => ({ name, kind: 'text' as const }));
  const more = columnsOf('team', false, own);
  const moreKeys = more.map(({ key }) => key);
  const chosen: ListLayout = {
    columns: ['own:Start', 'name', 'size', 'own:Stage', 'links', 'own:Advisor'],
    widths: { 'own:Stage': 222 },
    pinned: ['name', 'own:Advisor'],
  };
  const inFull = (layout: ListLayout): string[] => placeColumns(more, 900, layout).map(({ key }) => key);

  it('come back unchanged, whatever happened to the others', () => {
    const shown = placeColumns(all, 900, chosen);
    const away = toggleColumn(chosen, shown, all, 'size');
    expect(inFull(away)).toEqual(inFull(chosen).filter((key) => key !== 'size'));
    expect(inFull(toggleColumn(away, placeColumns(all, 900, away), all, 'size', ['size', 'links']))).toEqual(
      inFull(chosen)
        .filter((key) => key !== 'own:Stage' && key !== 'size')
        .toSpliced(3, 0, 'own:Stage', 'size'),
    );
    const moved = moveColumnTo(chosen, shown, all, 'links', 'size');
    expect(shownIn(moved)).toEqual(['name', 'links', 'size']);
    expect(new Set(inFull(moved))).toEqual(new Set(chosen.columns));
    const pinned = resizeColumn(setPinned(moved, all, 'size', true), 'size', 90);
    expect(pinned.widths).toEqual({ 'own:Stage': 222, size: 90 });
    expect(pinned.pinned).toEqual(['name', 'own:Advisor', 'size']);
  });

  const some = fc.uniqueArray(fc.constantFrom(...moreKeys));
  test.prop([some, some, fc.constantFrom(...keys), fc.constantFrom(...keys), fc.boolean()])(
    'are the same as before, each behind the same one, and what is shown is as if there were none',
    (columns, pinned, key, target, hide) => {
      const layout: ListLayout = { columns, pinned };
      const shown = placeColumns(all, 900, layout);
      const change = (from: ListLayout): ListLayout =>
        hide ? toggleColumn(from, shown, all, key) : moveColumnTo(from, shown, all, key, target);
      const next = change(layout);
      const seen: ListLayout = { columns: columns.filter((one) => keys.includes(one)), pinned };
      expect(shownIn(next)).toEqual(shownIn(change(seen)));
      const unseen = (from: ListLayout) => (from.columns ?? []).filter((one) => !keys.includes(one));
      expect(new Set(unseen(next))).toEqual(new Set(unseen(layout)));
      if (next !== layout && !hide)
        for (const one of unseen(layout))
          expect(next.columns?.filter((other) => other === one)).toHaveLength(1);
    },
  );
});

describe('the columns of a table that was imported', () => {
  const own = ['Advisor', 'Stage', 'Start'].map((name) => ({ name, kind: 'text' as const }));
  const more = columnsOf('team', false, own);
  const imported = ['name', 'discipline', 'own:Stage', 'own:Start', 'size', 'own:Advisor'];
  const drawnKeys = (layout: ListLayout, room = 1400, columns = more): string[] =>
    placeColumns(columns, room, layout).map(({ key }) => key);

  it('are shown in its order behind the name, followed by the other default ones', () => {
    expect(drawnKeys({ brought: imported }).slice(0, 6)).toEqual([
      'name',
      'discipline',
      'own:Stage',
      'own:Start',
      'size',
      'own:Advisor',
    ]);
    expect(drawnKeys({ brought: imported })).toContain('university_id');
    expect(drawnKeys({ brought: imported }, 400)).toEqual(drawnKeys({ brought: imported }));
  });

  it('come behind the name if columns were chosen, which stay', () => {
    const layout = { columns: ['name', 'links', 'own:Start'], brought: imported };
    expect(drawnKeys(layout)).toEqual(['name', 'own:Stage', 'own:Advisor', 'links', 'own:Start']);
    const links = columnsOf('interface', false, own);
    expect(drawnKeys({ columns: ['from', 'to', 'bond_type'], brought: imported }, 1400, links)).toEqual([
      'from',
      'to',
      'own:Stage',
      'own:Start',
      'own:Advisor',
      'bond_type',
    ]);
  });

  test.prop([fc.uniqueArray(fc.constantFrom(...more.map(({ key }) => key))), fc.nat(2000), fc.boolean()])(
    'are each drawn once, the name first, and are kept as they were written',
    (keys, room, chose) => {
      const layout: ListLayout = { brought: keys, ...(chose ? { columns: keys.slice(1) } : {}) };
      const drawn = drawnKeys(layout, room);
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn[0]).toBe('name');
      const kept = JSON.parse(JSON.stringify(layoutJson(layout))) as never;
      expect(isSameLayout(readLayout(kept), layout)).toBe(true);
    },
  );
});
