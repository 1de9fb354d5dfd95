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
import type { ListView } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { typeNames, fieldName } from '../../text/names.ts';
import { pickedCount, useGridStore, useGrid, closeGroups } from './grid/state.ts';
import { useCurrentView } from '../views/current.ts';
import type { ListedColumn, ListToExport } from '../export/exportList.tsx';
import { askToExport } from '../export/exportList.tsx';
import type { ListContext } from './useRecordCommands.ts';
import { headActions } from './grid/column-actions.ts';
import { adjustList, navigate } from '../../stores/address.ts';
import { isNetworkType, networkOfList } from '../../stores/network.ts';
import { groupFieldOf, groupFields } from './filters/model.ts';
import { useCustomFields } from './custom-fields.ts';
import { askToAdvance } from './advance-terms.tsx';
import { useReadOnlyReason } from '../../stores/profile.ts';
import { nameField } from '#shared/domain/title.ts';
import { showDuplicates } from './merge/duplicates.tsx';
import { captureChosenFile } from '../repairs/capture.ts';
import { attachFile } from './notes/attach.ts';
import { useRecordCommands } from './useRecordCommands.ts';

interface ExportContext {
  view: ListView;
  columns: { all: readonly ListedColumn[]; placed: readonly ListedColumn[] };
  matched: number | null;
}

export function useExportCommand({ view, columns, matched }: ExportContext): void {
  const { t } = useTexts('transfer');
  const grid = useGridStore();
  const name = useCurrentView()?.saved?.name ?? typeNames(view.type);
  useCommands(() => {
    const selectionToExport = (): ListToExport['selected'] => {
      const state = grid.getState();
      const count = pickedCount(state, matched);
      if (count === 0) return null;
      return state.allExcept
        ? { count, except: [...state.allExcept] }
        : { count, ids: [...state.picked.keys()] };
    };
    return [
      commandFactory('file', 'list')('export', t('export.list'), {
        icon: IconDownload,
        enabled: matched !== null && matched > 0,
        run: () =>
          askToExport({
            view,
            name,
            shownColumns: columns.placed,
            allColumns: columns.all,
            matched: matched ?? 0,
            selected: selectionToExport(),
          }),
      }),
    ];
  }, [t, grid, view, name, columns, matched]);
}

function useStudentCommands({ type }: Pick<ListView, 'type'>): void {
  const { t } = useTexts('grid');
  const readOnlyReason = useReadOnlyReason();
  useCommands(
    () =>
      type === 'student'
        ? [
            commandFactory('edit', 'students')('advance', `${t('terms.title')}…`, {
              ...enabledUnless(readOnlyReason),
              icon: IconCalendarTime,
              run: askToAdvance,
            }),
          ]
        : [],
    [t, type, readOnlyReason],
  );
}

function useColumnCommands({ columns, columnActions }: ListContext): void {
  const { t } = useTexts('grid');
  const cursorColumn = useGrid((state) => state.cursor.column);
  const column = columns.placed[Math.min(cursorColumn, columns.placed.length - 1)];
  useCommands(() => {
    if (!column) return [];
    const columnCommand = commandFactory('view', 'column', { menu: false });
    return headActions(column, columnActions).map(({ id, labelKey, icon, run }) =>
      columnCommand(id, `${t(`column.${labelKey}`)}: ${column.label}`, { icon, run }),
    );
  }, [t, column, columnActions]);
}

function useGroupCommands({ view, rows }: ListContext): void {
  const { t } = useTexts('commands');
  const grid = useGridStore();
  const { type, deleted } = view;
  const customFields = useCustomFields(type);
  const groupField = groupFieldOf(view)?.key ?? '';
  const lines = rows.groups?.lines;
  useCommands(() => {
    if (deleted === 'only') return [];
    const listCommand = commandFactory('view', 'list', { menu: false, icon: IconLayoutRows });
    const groupCommands = groupFields(type, customFields).map(({ key }) =>
      listCommand(`groupBy.${key}`, t('list.groupBy', { field: fieldName(key) }), {
        checked: key === groupField,
        run: () => adjustList({ group: key === groupField ? '' : key }),
      }),
    );
    if (groupField === '') return groupCommands;
    const closeAll = (): void =>
      closeGroups(
        grid,
        (lines ?? []).map(({ key }) => key),
      );
    return [
      ...groupCommands,
      listCommand('ungroup', t('list.ungroup'), { run: () => adjustList({ group: '' }) }),
      listCommand('closeGroups', t('list.closeGroups'), { icon: IconChevronsUp, run: closeAll }),
      listCommand('openGroups', t('list.openGroups'), {
        icon: IconChevronsDown,
        run: () => closeGroups(grid, []),
      }),
    ];
  }, [t, grid, type, customFields, deleted, groupField, lines]);
}

export function useListCommands(context: ListContext): { remove: () => unknown } {
  const { t } = useTexts('commands');
  const { view, columns, focusSearch, openFilter } = context;
  const { deleted } = view;
  const isNarrowed = view.search !== '' || view.filters.length > 0;
  const { commands, remove } = useRecordCommands(context);
  useCommands(() => commands, [commands]);
  useCommands(
    () => {
      const listCommand = commandFactory('view', 'list');
      return [
        listCommand('search', t('list.search'), {
          shortcut: 'mod+F',
          everywhere: true,
          icon: IconSearch,
          run: focusSearch,
        }),
        listCommand('filter', t('list.filter'), {
          shortcut: 'mod+shift+F',
          icon: IconFilter,
          run: openFilter,
        }),
        listCommand('deleted', t('list.deleted'), {
          icon: IconArchive,
          checked: deleted === 'only',
          run: () => adjustList({ deleted: deleted === 'only' ? 'without' : 'only', panel: null }),
        }),
        listCommand('clear', t('list.clear'), {
          icon: IconFilterOff,
          enabled: isNarrowed,
          run: () => adjustList({ search: '', filters: [] }),
        }),
        listCommand('network', t('list.network'), {
          icon: IconAffiliate,
          enabled: deleted !== 'only' && (isNetworkType(view.type) || view.type === 'interface'),
          run: () => navigate(networkOfList(view)),
        }),
        listCommand('duplicates', t('merge:duplicates.command'), {
          icon: IconArrowMerge,
          enabled: deleted !== 'only' && nameField(view.type) !== null,
          run: () => showDuplicates(view.type),
        }),
        ...(view.type === 'repair'
          ? [
              listCommand('capture', t('repairs:capture.action'), {
                icon: IconPaperclip,
                enabled: deleted !== 'only',
                run: () => void captureChosenFile(),
              }),
            ]
          : []),
        ...(view.type === 'document'
          ? [
              listCommand('attach', t('documents:attach'), {
                icon: IconPaperclip,
                enabled: deleted !== 'only',
                run: () => void attachFile({ recordIds: [] }),
              }),
            ]
          : []),
        listCommand('resetColumns', t('list.resetColumns'), {
          icon: IconLayoutColumns,
          enabled: columns.isCustomised,
          menu: false,
          run: columns.reset,
        }),
      ];
    },
    // `focusSearch` and `openFilter` do the same after every render.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, view, deleted, isNarrowed, columns.isCustomised, columns.reset],
  );
  useGroupCommands(context);
  useStudentCommands(view);
  useColumnCommands(context);
  return { remove };
}
