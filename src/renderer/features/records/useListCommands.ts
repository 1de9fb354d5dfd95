import {
  IconDownload,
  IconAffiliate,
  IconArchive,
  IconArrowMerge,
  IconCalendarTime,
  IconChevronsDown,
  IconChevronsUp,
  IconFilter,
  IconFilterOff,
  IconLayoutColumns,
  IconLayoutRows,
  IconPaperclip,
  IconSearch,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { commandsOf, unlessRefused } from '../../commands/command.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { typeNames, fieldName } from '../../text/names.ts';
import { pickedCount, useGridStore, useGrid, closeGroups } from './grid/state.ts';
import { useCurrent } from '../views/current.ts';
import type { Shown, Listed } from '../export/exportList.tsx';
import { askToExport } from '../export/exportList.tsx';
import type { ListContext } from './useRecordCommands.ts';
import { headActions } from './grid/column-actions.ts';
import { adjustList, navigate } from '../../stores/address.ts';
import { inNetwork, networkOfList } from '../../stores/network.ts';
import { groupFieldOf, groupFields } from './filters/model.ts';
import { useOwnFields } from './custom-fields.ts';
import { askToAdvance } from './terms.tsx';
import { useReadOnly } from '../../stores/profile.ts';
import { nameField } from '#shared/domain/title.ts';
import { showDuplicates } from './merge/duplicates.tsx';
import { attachFile } from './notes/attach.ts';
import { useRecordCommands } from './useRecordCommands.ts';

interface Context {
  view: ListView;
  columns: { all: readonly Shown[]; placed: readonly Shown[] };
  matched: number | null;
}

export function useExportCommand({ view, columns, matched }: Context): void {
  const { t } = useTexts('transfer');
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
        commandsOf('file', 'list')('export', t('export.list'), {
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
        }),
      ];
    }, [t, grid, view, name, columns, matched]),
  );
}

function useStudentCommands({ type }: Pick<ListView, 'type'>): void {
  const { t } = useTexts('grid');
  const why = useReadOnly();
  useCommands(
    useMemo(
      (): Command[] =>
        type === 'student'
          ? [
              commandsOf('edit', 'students')('advance', `${t('terms.title')}…`, {
                ...unlessRefused(why),
                icon: IconCalendarTime,
                run: askToAdvance,
              }),
            ]
          : [],
      [t, type, why],
    ),
  );
}

function useColumnCommands({ columns, columnActions }: ListContext): void {
  const { t } = useTexts('grid');
  const at = useGrid((state) => state.cursor.column);
  const column = columns.placed[Math.min(at, columns.placed.length - 1)];
  useCommands(
    useMemo((): Command[] => {
      if (!column) return [];
      const make = commandsOf('view', 'column', { menu: false });
      return headActions(column, columnActions).map(({ id, says, icon, run }) =>
        make(id, `${t(`column.${says}`)}: ${column.label}`, { icon, run }),
      );
    }, [t, column, columnActions]),
  );
}

function useGroupCommands({ view, rows }: ListContext): void {
  const { t } = useTexts('commands');
  const grid = useGridStore();
  const { type, deleted } = view;
  const own = useOwnFields(type);
  const grouped = groupFieldOf(view)?.key ?? '';
  const lines = rows.groups?.lines;
  useCommands(
    useMemo((): Command[] => {
      if (deleted === 'only') return [];
      const list = commandsOf('view', 'list', { menu: false, icon: IconLayoutRows });
      const by = groupFields(type, own).map(({ key }) =>
        list(`groupBy.${key}`, t('list.groupBy', { field: fieldName(key) }), {
          checked: key === grouped,
          run: () => adjustList({ group: key === grouped ? '' : key }),
        }),
      );
      if (grouped === '') return by;
      const close = (): void =>
        closeGroups(
          grid,
          (lines ?? []).map(({ key }) => key),
        );
      return [
        ...by,
        list('ungroup', t('list.ungroup'), { run: () => adjustList({ group: '' }) }),
        list('closeGroups', t('list.closeGroups'), { icon: IconChevronsUp, run: close }),
        list('openGroups', t('list.openGroups'), {
          icon: IconChevronsDown,
          run: () => closeGroups(grid, []),
        }),
      ];
    }, [t, grid, type, own, deleted, grouped, lines]),
  );
}

export function useListCommands(context: ListContext): { remove: () => unknown } {
  const { t } = useTexts('commands');
  const { view, columns, focusSearch, openFilter } = context;
  const { deleted } = view;
  const narrowed = view.search !== '' || view.filters.length > 0;
  const { commands, remove } = useRecordCommands(context);
  const listCommands = useMemo(
    (): Command[] => {
      const list = commandsOf('view', 'list');
      return [
        list('search', t('list.search'), {
          shortcut: 'mod+F',
          everywhere: true,
          icon: IconSearch,
          run: focusSearch,
        }),
        list('filter', t('list.filter'), { shortcut: 'mod+shift+F', icon: IconFilter, run: openFilter }),
        list('deleted', t('list.deleted'), {
          icon: IconArchive,
          checked: deleted === 'only',
          run: () => adjustList({ deleted: deleted === 'only' ? 'without' : 'only', panel: null }),
        }),
        list('clear', t('list.clear'), {
          icon: IconFilterOff,
          enabled: narrowed,
          run: () => adjustList({ search: '', filters: [] }),
        }),
        list('network', t('list.network'), {
          icon: IconAffiliate,
          enabled: deleted !== 'only' && (inNetwork(view.type) || view.type === 'interface'),
          run: () => navigate(networkOfList(view)),
        }),
        list('duplicates', t('merge:duplicates.command'), {
          icon: IconArrowMerge,
          enabled: deleted !== 'only' && nameField(view.type) !== null,
          run: () => showDuplicates(view.type),
        }),
        ...(view.type === 'document'
          ? [
              list('attach', t('documents:attach'), {
                icon: IconPaperclip,
                enabled: deleted !== 'only',
                run: () => void attachFile({ about: [] }),
              }),
            ]
          : []),
        list('resetColumns', t('list.resetColumns'), {
          icon: IconLayoutColumns,
          enabled: columns.chosen,
          menu: false,
          run: columns.reset,
        }),
      ];
    },
    // The two functions only reach for elements of the page.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, view, deleted, narrowed, columns.chosen, columns.reset],
  );
  useCommands(commands);
  useCommands(listCommands);
  useGroupCommands(context);
  useStudentCommands(view);
  useColumnCommands(context);
  return { remove };
}
