import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import { placeColumns } from '#renderer/features/records/column-layout.ts';
import { columnsOf } from '#renderer/features/records/columns.ts';
import { layoutJson, readLayout, isSameLayout } from '#renderer/stores/list-layout.ts';
import type { ListLayout } from '#renderer/stores/list-layout.ts';

const own = ['Advisor', 'Stage', 'Start'].map((name) => ({ name, kind: 'text' as const }));
const all = columnsOf('team', false, own);
const imported = ['name', 'discipline', 'own:Stage', 'own:Start', 'size', 'own:Advisor'];
const shown = (layout: ListLayout, room = 1400, columns = all): string[] =>
  placeColumns(columns, room, layout).map(({ key }) => key);

describe('the columns of a table that was imported', () => {
  it('are shown in its order behind the name, followed by the other default ones', () => {
    expect(shown({ brought: imported }).slice(0, 6)).toEqual([
      'name',
      'discipline',
      'own:Stage',
      'own:Start',
      'size',
      'own:Advisor',
    ]);
    expect(shown({ brought: imported })).toContain('university_id');
    expect(shown({ brought: imported }, 400)).toEqual(shown({ brought: imported }));
  });

  it('come behind the name if columns were chosen, which stay', () => {
    const layout = { columns: ['name', 'links', 'own:Start'], brought: imported };
    expect(shown(layout)).toEqual(['name', 'own:Stage', 'own:Advisor', 'links', 'own:Start']);
    const links = columnsOf('interface', false, own);
    expect(shown({ columns: ['from', 'to', 'bond_type'], brought: imported }, 1400, links)).toEqual([
      'from',
      'to',
      'own:Stage',
      'own:Start',
      'own:Advisor',
      'bond_type',
    ]);
  });

  test.prop([fc.uniqueArray(fc.constantFrom(...all.map(({ key }) => key))), fc.nat(2000), fc.boolean()])(
    'are each drawn once, the name first, and are kept as they were written',
    (keys, room, chose) => {
      const layout: ListLayout = { brought: keys, ...(chose ? { columns: keys.slice(1) } : {}) };
      const drawn = shown(layout, room);
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawn[0]).toBe('name');
      const kept = JSON.parse(JSON.stringify(layoutJson(layout))) as never;
      expect(isSameLayout(readLayout(kept), layout)).toBe(true);
    },
  );
});
