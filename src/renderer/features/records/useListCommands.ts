import {
  IconDownload,
  IconArrowLeft,
  IconArrowRight,
  IconArrowsSort,
  IconEyeOff,
  IconPin,
  IconAffiliate,
  IconArchive,
  IconChevronsDown,
  IconChevronsUp,
  IconFilter,
  IconFilterOff,
  IconLayoutColumns,
  IconLayoutRows,
  IconSearch,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { typeNames, fieldName } from '../../text/names.ts';
import { pickedCount, useGridStore, useGrid, closeGroups } from './grid/state.ts';
import { useCurrent } from '../views/current.ts';
import type { Shown, Listed } from '../export/exportList.tsx';
import { askToExport } from '../export/exportList.tsx';
import type { ListContext } from './useRecordCommands.ts';
import { adjustList, go } from '../../stores/address.ts';
import { inNetwork, networkOfList } from '../../stores/network.ts';
import { groupFieldOf, groupFields } from './filters/model.ts';
import { useOwnFields } from './custom-fields.ts';
import { useRecordCommands } from './useRecordCommands.ts';

interface Context {
  view: ListView;
  columns: { all: readonly Shown[]; placed: readonly Shown[] };
  /** How many records match; null until that is known. */
  matched: number | null;
}

/** Offers to export the list that is shown, or what is selected of it. */
export function useExportCommand({ view, columns, matched }: Context): void {
  const { t } = useTranslation('transfer');
  const grid = useGridStore();
  const name = useCurrent()?.saved?.name ?? typeNames(view.type);
  useCommands(
    useMemo((): Command[] => {
      const pickedNow = (): Listed['picked'] => {
        const state = grid.getState();
        const count = pickedCount(state, matched);
        if (count === 0) return null;
        return state.allBut ? { count, except: [...state.allBut] } : { count, ids: [...state.picked.keys()] };
      };
      return [
        {
          id: 'list.export',
          group: 'file',
          label: t('export.list'),
          icon: IconDownload,
          enabled: matched !== null && matched > 0,
          run: () =>
            askToExport({
              view,
              name,
              shown: columns.placed,
              all: columns.all,
              matched: matched ?? 0,
              picked: pickedNow(),
            }),
        },
      ];
    }, [t, grid, view, name, columns, matched]),
  );
}

function useColumnCommands({ columns, columnActions: deeds }: ListContext): void {
  const { t } = useTranslation('commands');
  const at = useGrid((state) => state.cursor.column);
  const column = columns.placed[Math.min(at, columns.placed.length - 1)];
  useCommands(
    useMemo((): Command[] => {
      if (!column) return [];
      const { key, label: field } = column;
      const base = { group: 'view', menu: false } as const;
      const sorts: Command[] = column.sortable
        ? [
            {
              ...base,
              id: 'column.up',
              label: t('column.up', { field }),
              icon: IconArrowsSort,
              run: () => deeds.order(key, 'asc'),
            },
            {
              ...base,
              id: 'column.down',
              label: t('column.down', { field }),
              icon: IconArrowsSort,
              run: () => deeds.order(key, 'desc'),
            },
          ]
        : [];
      const hides: Command[] = column.naming
        ? []
        : [
            {
              ...base,
              id: 'column.hide',
              label: t('column.hide', { field }),
              icon: IconEyeOff,
              run: () => deeds.hide(key),
            },
          ];
      const pinned = column.pin !== null;
      return [
        ...sorts,
        {
          ...base,
          id: 'column.pin',
          label: t(pinned ? 'column.unpin' : 'column.pin', { field }),
          icon: IconPin,
          run: () => deeds.pin(key, !pinned),
        },
        {
          ...base,
          id: 'column.left',
          label: t('column.left', { field }),
          icon: IconArrowLeft,
          run: () => deeds.move(key, -1),
        },
        {
          ...base,
          id: 'column.right',
          label: t('column.right', { field }),
          icon: IconArrowRight,
          run: () => deeds.move(key, 1),
        },
        ...hides,
      ];
    }, [t, column, deeds]),
  );
}

function useGroupCommands({ view, rows }: ListContext): void {
  const { t } = useTranslation('commands');
  const grid = useGridStore();
  const { type, deleted } = view;
  const own = useOwnFields(type);
  const grouped = groupFieldOf(view)?.key ?? '';
  const lines = rows.groups?.lines;
  useCommands(
    useMemo((): Command[] => {
      if (deleted === 'only') return [];
      const by = groupFields(type, own).map(({ key }): Command => ({
        id: `list.groupBy.${key}`,
        group: 'view',
        label: t('list.groupBy', { field: fieldName(key) }),
        icon: IconLayoutRows,
        menu: false,
        checked: key === grouped,
        run: () => adjustList({ group: key === grouped ? '' : key }),
      }));
      if (grouped === '') return by;
      const open = (closed: boolean) => () =>
        closeGroups(grid, closed ? (lines ?? []).map(({ key }) => key) : []);
      const base = { group: 'view', menu: false } as const;
      return [
        ...by,
        {
          ...base,
          id: 'list.ungroup',
          label: t('list.ungroup'),
          icon: IconLayoutRows,
          run: () => adjustList({ group: '' }),
        },
        {
          ...base,
          id: 'list.closeGroups',
          label: t('list.closeGroups'),
          icon: IconChevronsUp,
          run: open(true),
        },
        {
          ...base,
          id: 'list.openGroups',
          label: t('list.openGroups'),
          icon: IconChevronsDown,
          run: open(false),
        },
      ];
    }, [t, grid, type, own, deleted, grouped, lines]),
  );
}

/** The commands of a list and of the records in it. */
export function useListCommands(context: ListContext): { remove: () => unknown } {
  const { t } = useTranslation('commands');
  const { view, columns, focusSearch, openFilter } = context;
  const { deleted } = view;
  const narrowed = view.search !== '' || view.filters.length > 0;
  const { commands, remove } = useRecordCommands(context);
  const listCommands = useMemo(
    (): Command[] => [
      {
        id: 'list.search',
        group: 'view',
        label: t('list.search'),
        shortcut: 'mod+F',
        everywhere: true,
        icon: IconSearch,
        run: focusSearch,
      },
      {
        id: 'list.filter',
        group: 'view',
        label: t('list.filter'),
        shortcut: 'mod+shift+F',
        icon: IconFilter,
        run: openFilter,
      },
      {
        id: 'list.deleted',
        group: 'view',
        label: t('list.deleted'),
        icon: IconArchive,
        checked: deleted === 'only',
        run: () => adjustList({ deleted: deleted === 'only' ? 'without' : 'only', panel: null }),
      },
      {
        id: 'list.clear',
        group: 'view',
        label: t('list.clear'),
        icon: IconFilterOff,
        enabled: narrowed,
        run: () => adjustList({ search: '', filters: [] }),
      },
      {
        id: 'list.network',
        group: 'view',
        label: t('list.network'),
        icon: IconAffiliate,
        enabled: deleted !== 'only' && (inNetwork(view.type) || view.type === 'interface'),
        run: () => go(networkOfList(view)),
      },
      {
        id: 'list.resetColumns',
        group: 'view',
        label: t('list.resetColumns'),
        icon: IconLayoutColumns,
        enabled: columns.chosen,
        menu: false,
        run: columns.reset,
      },
    ],
    // The two functions only reach for elements of the page.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, view, deleted, narrowed, columns.chosen, columns.reset],
  );
  useCommands(commands);
  useCommands(listCommands);
  useGroupCommands(context);
  useColumnCommands(context);
  return { remove };
}
