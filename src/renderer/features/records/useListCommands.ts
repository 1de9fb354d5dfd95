import {
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
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { adjustList, go } from '../../stores/address.ts';
import { fieldName } from '../../text/names.ts';
import { inNetwork, networkOfList } from '../../stores/network.ts';
import { closeGroups, useGridStore } from './grid/state.ts';
import { groupFieldOf, groupFields } from './grouping.ts';
import type { ListContext } from './list-context.ts';
import { useOwnFields } from './own/useOwnFields.ts';
import { useColumnCommands } from './useColumnCommands.ts';
import { useRecordCommands } from './useRecordCommands.ts';

/** Grouping by a field, ending it, closing and opening all groups. */
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
