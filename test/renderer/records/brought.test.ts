import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import {
  pinnedAs,
  placedAt,
  resized,
  toggled,
  mergedColumns,
  placeColumns,
} from '#renderer/features/records/column-layout.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { layoutJson, readLayout, sameLayout } from '#renderer/stores/list-layout.ts';
import type { ListLayout } from '#renderer/stores/list-layout.ts';

const own = ['Advisor', 'Stage', 'Start'].map((name) => ({ name, kind: 'text' as const }));
const all = columnsOf('team', false, own);
const brought = ['name', 'discipline', 'own:Stage', 'own:Start', 'size', 'own:Advisor'];
const shown = (layout: ListLayout, room = 1400, columns = all): string[] =>
  placeColumns(columns, room, layout).map(({ key }) => key);

describe('the columns of a table that was imported', () => {
  it('are shown in its order behind the name, the other usual ones behind them', () => {
    expect(shown({ brought }).slice(0, 6)).toEqual([
      'name',
      'discipline',
      'own:Stage',
      'own:Start',
      'size',
      'own:Advisor',
    ]);
    expect(shown({ brought })).toContain('university_id');
    expect(shown({ brought }, 400)).toEqual(shown({ brought }));
  });

  it('come behind the name where columns were chosen, which stay as they are', () => {
    const layout = { columns: ['name', 'links', 'own:Start'], brought };
    expect(shown(layout)).toEqual(['name', 'own:Stage', 'own:Advisor', 'links', 'own:Start']);
    const links = columnsOf('interface', false, own);
    expect(shown({ columns: ['from', 'to', 'bond_type'], brought }, 1400, links)).toEqual([
      'from',
      'to',
      'own:Stage',
      'own:Start',
      'own:Advisor',
      'bond_type',
    ]);
  });

  it('are as if there had been none when no record has its own ones any more', () => {
    expect(shown({ brought }, 1400, columnsOf('team', false))).toEqual(
      shown({}, 1400, columnsOf('team', false)),
    );
  });

  it('can be taken out one by one, moved and made wider', () => {
    const placed = placeColumns(all, 1400, { brought });
    const without = toggled({ brought }, placed, all, 'own:Start');
    expect(shown(without)).toEqual(shown({ brought }).filter((key) => key !== 'own:Start'));
    expect(without.brought).toBeUndefined();
    expect(shown(placedAt({ brought }, placed, all, 'own:Advisor', 'discipline')).slice(0, 3)).toEqual([
      'name',
      'own:Advisor',
      'discipline',
    ]);
    const wider = resized({ brought }, 'own:Stage', 300);
    expect(shown(wider)).toEqual(shown({ brought }));
    expect(shown(pinnedAs(wider, all, 'own:Stage', true))[1]).toBe('own:Stage');
  });

  it('of a further table come first', () => {
    expect(mergedColumns(brought, ['name', 'own:New', 'size'])).toEqual([
      'name',
      'own:New',
      'size',
      'discipline',
      'own:Stage',
      'own:Start',
      'own:Advisor',
    ]);
    expect(mergedColumns(undefined, ['name'])).toEqual(['name']);
  });

  test.prop([fc.uniqueArray(fc.constantFrom(...all.map(({ key }) => key))), fc.nat(2000), fc.boolean()])(
    'are each drawn once, the name first, and are kept as they were written',
    (keys, room, chose) => {
      const layout: ListLayout = { brought: keys, ...(chose ? { columns: keys.slice(1) } : {}) };
      const drawn = shown(layout, room);
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn[0]).toBe('name');
      const kept = JSON.parse(JSON.stringify(layoutJson(layout))) as never;
      expect(sameLayout(readLayout(kept), layout)).toBe(true);
    },
  );
});
