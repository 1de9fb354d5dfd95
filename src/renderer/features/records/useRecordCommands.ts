import {
  IconChartBar,
  IconAffiliate,
  IconAppWindow,
  IconHistory,
  IconId,
  IconLayoutSidebarRight,
  IconLink,
  IconLinkPlus,
  IconArrowBarToDown,
  IconArrowMerge,
  IconClipboard,
  IconEdit,
  IconEraser,
  IconPencilCog,
  IconTrash,
  IconCopy,
  IconListCheck,
  IconPlus,
  IconRestore,
  IconNotes,
  IconShieldLock,
} from '@tabler/icons-react';
import type { Say } from '../../i18n/texts.ts';
import { useMemo } from 'react';
import type { ListView, PanelTab } from '#shared/address/view.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import { dashboardOf, listWithRecord } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import type { Rows } from './data/rows.ts';
import type { ColumnActions } from './grid/column-actions.ts';
import type { RowActions } from './useGridActions.ts';
import type { Columns } from './grid/useColumns.ts';
import { writeRefusal, useMe } from '../../stores/profile.ts';
import { creationRefusal } from './data/permissions.ts';
import { reportUndeletable, describeSelection, useSelection } from './data/selection.ts';
import type { SelectionState } from './data/selection.ts';
import type { Command } from '../../commands/command.ts';
import { navigate, openRecordTab, showPanel, adjustList, openRecordId } from '../../stores/address.ts';
import { copyText } from '../../ui/clipboard.ts';
import { copyLink } from '../../ui/copyLink.ts';
import { isNetworkType, showNetworkAround } from '../../stores/network.ts';
import { isLinkable } from './linking/links.ts';
import { shell } from '../../api/shell.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import {
  beginEditing,
  hasSeveralCells,
  isCellSelection,
  rangeOf,
  clearSelection,
  useGrid,
  useGridStore,
} from './grid/state.ts';
import type { GridStore } from './grid/state.ts';
import { askForLink } from './panel/LinksTab.tsx';
import { requestRestore } from '../../stores/open-point.ts';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { maxMergedRecords } from '#shared/contract/merge.ts';
import { showPersonalData } from '../people/PersonalData.tsx';
import { askToMerge } from './merge/MergeForm.tsx';
import { removeSelection } from './data/remove.ts';
import { newName } from '../../text/names.ts';
import { restoreRecords } from './data/restore.ts';

export interface ListContext {
  view: ListView;
  rows: Rows;
  columns: Columns;
  columnActions: ColumnActions;
  actions: RowActions;
  focusSearch: () => void;
  openFilter: () => void;
  openBulk: () => void;
  focusRows: () => void;
}

/** Read-only commands for the selected record; disabled without one. `isDeleted`: the list shows deleted records. */
function viewCommands(
  t: Texts,
  { type, single }: SelectionState & { type: EntityType },
  isDeleted: boolean,
): Command[] {
  const enabled = single !== undefined;
  const recordCommand = commandFactory('record', 'record', { enabled });
  const showTab = (tab: PanelTab) => () => single && showPanel({ kind: 'record', id: single.id, tab });
  const addressOf = (id: string) =>
    ({ ...listWithRecord(type, id), deleted: isDeleted ? 'only' : 'without' }) as const;
  return [
    recordCommand('open', t('record.open'), {
      shortcut: 'shift+Enter',
      local: true,
      icon: IconLayoutSidebarRight,
      run: showTab('details'),
    }),
    recordCommand('openAlone', t('record.openAlone'), {
      shortcut: 'Enter',
      local: true,
      icon: IconAppWindow,
      run: () => single && openRecordTab(single.type, single.id),
    }),
    recordCommand('links', t('record.links'), {
      enabled: enabled && isLinkable(type),
      icon: IconLink,
      run: showTab('links'),
    }),
    recordCommand('notes', t('record.notes'), {
      icon: IconNotes,
      enabled: enabled && type !== 'comment',
      run: showTab('notes'),
    }),
    recordCommand('around', t('record.around'), {
      enabled: enabled && !isDeleted && isNetworkType(type),
      icon: IconAffiliate,
      run: () => single && showNetworkAround(single.id),
    }),
    ...(type === 'university'
      ? [
          recordCommand('dashboard', t('record.dashboard'), {
            enabled: enabled && !isDeleted,
            icon: IconChartBar,
            run: () => single && navigate(dashboardOf(single.id)),
          }),
        ]
      : []),
    recordCommand('history', t('record.history'), { icon: IconHistory, run: showTab('history') }),
    ...(isPerson(type)
      ? [
          recordCommand('personalData', t('people:command'), {
            ...enabledUnless(whyNotLive(), enabled),
            icon: IconShieldLock,
            run: () => single && showPersonalData(single.id),
          }),
        ]
      : []),
    recordCommand('copyId', t('record.copyId'), { icon: IconId, run: () => single && copyText(single.id) }),
    recordCommand('copyLink', t('record.copyLink'), {
      icon: IconLinkPlus,
      run: () => single && copyLink(addressOf(single.id)),
    }),
  ];
}

interface EditContext extends Pick<ListContext, 'actions' | 'openBulk' | 'focusRows'> {
  type: EntityType;
  grid: GridStore;
  me: Actor | undefined;
  /** The selection consists of cells, which Delete empties. */
  hasCells: boolean;
  remove: () => Promise<void>;
}

type Texts = Say<'commands'>;

const isMergeable = (records: SelectionState['records']): boolean =>
  records !== null && records.length > 1 && records.length <= maxMergedRecords;

function editCommands(t: Texts, selectionState: SelectionState, context: EditContext): Command[] {
  const { records, count, single, what, editRefusal, removalRefusal } = selectionState;
  const { type, grid, me, hasCells, actions, openBulk, focusRows, remove } = context;
  const linkRefusal = creationRefusal(me, 'interface');
  const recordCommand = commandFactory('record', 'record');
  const cellCommand = commandFactory('edit', 'record', { local: true, menu: false });
  const [from, to] = records ?? [];
  return [
    recordCommand('edit', t('record.edit'), {
      shortcut: 'F2',
      local: true,
      ...enabledUnless(editRefusal, single !== undefined),
      icon: IconEdit,
      run: () => beginEditing(grid, null),
    }),
    recordCommand('editMany', what === '' ? t('record.editMany') : t('record.editManyNamed', { what }), {
      shortcut: 'mod+E',
      ...enabledUnless(editRefusal, count > 0),
      icon: IconPencilCog,
      run: openBulk,
    }),
    recordCommand('linkTo', t('record.linkTo'), {
      ...enabledUnless(linkRefusal, single !== undefined && isLinkable(type)),
      icon: IconLinkPlus,
      run: () => single && askForLink(single.id),
    }),
    recordCommand('linkThese', t('network:command.linkThese'), {
      shortcut: 'mod+L',
      ...enabledUnless(linkRefusal, records?.length === 2 && isLinkable(type)),
      icon: IconLinkPlus,
      run: () => from && to && askForLink(from.id, to),
    }),
    recordCommand('merge', t('merge:command'), {
      ...enabledUnless(editRefusal, isMergeable(records)),
      icon: IconArrowMerge,
      run: () => records && askToMerge(records, () => clearSelection(grid)),
    }),
    cellCommand('paste', t('record.paste'), {
      shortcut: 'mod+V',
      ...enabledUnless(writeRefusal(me), count > 0),
      icon: IconClipboard,
      run: async () => {
        focusRows();
        await shell.paste({});
      },
    }),
    cellCommand('fillDown', t('record.fillDown'), {
      shortcut: 'mod+D',
      ...enabledUnless(editRefusal, count > 0),
      icon: IconArrowBarToDown,
      run: actions.fillDown,
    }),
    cellCommand('empty', t('record.emptyCells'), {
      shortcut: hasCells ? 'Delete' : 'Backspace',
      ...enabledUnless(editRefusal, count > 0),
      icon: IconEraser,
      run: actions.emptyCells,
    }),
    recordCommand('delete', what === '' ? t('record.delete') : t('record.deleteNamed', { what }), {
      ...enabledUnless(removalRefusal, count > 0),
      shortcut: hasCells ? 'mod+Delete' : 'Delete',
      local: true,
      icon: IconTrash,
      run: remove,
    }),
  ];
}

export function useRecordCommands(context: ListContext): {
  commands: readonly Command[];
  remove: () => unknown;
} {
  const { t } = useTexts('commands');
  const { view, actions, openBulk, focusRows } = context;
  const { placed } = context.columns;
  const grid = useGridStore();
  const me = useMe();
  const selection = useSelection(context.rows, view);
  const isRange = useGrid((state) => hasSeveralCells(rangeOf(state)));
  const hasCells = useGrid((state) => isCellSelection(state, placed));
  const { type, deleted } = view;
  return useMemo(() => {
    const selectionState = describeSelection(selection, type, me);
    const { records, count, what, removalRefusal } = selectionState;
    const isDeleted = deleted === 'only';
    const remove = async (): Promise<void> => {
      if (isDeleted || !selection) return;
      if (reportUndeletable(me, type, selection)) return;
      const tab = frontTab();
      const removedIds = await removeSelection(type, selection);
      if (removedIds?.length !== 0) clearSelection(grid);
      const openId = openRecordId(tab);
      if (openId !== null && (removedIds === null || removedIds.includes(openId))) showPanel(null, tab);
    };
    const recordCommand = commandFactory('record', 'record');
    const editCommand = commandFactory('edit', 'record', { menu: false });
    // At a point in time only the rows read so far have known ids.
    const unreadReason = records === null && count > 0 ? t('past:restore.tooMany') : null;
    const restoreAsThen = recordCommand(
      'asThen',
      what === '' ? t('past:restore.one') : t('past:restore.some', { what }),
      {
        icon: IconHistory,
        ...enabledUnless(unreadReason, count > 0),
        run: () => requestRestore((records ?? []).map(({ id }) => id)),
      },
    );
    const restore = recordCommand(
      'restore',
      what === '' ? t('record.restore') : t('record.restoreNamed', { what }),
      {
        ...enabledUnless(removalRefusal, count > 0),
        icon: IconRestore,
        run: async () => {
          if (await restoreRecords(records ?? [])) clearSelection(grid);
        },
      },
    );
    const commands: Command[] = [
      recordCommand('new', newName(type), {
        shortcut: 'mod+N',
        everywhere: true,
        palette: false,
        icon: IconPlus,
        ...enabledUnless(creationRefusal(me, type)),
        run: () => adjustList({ deleted: 'without', panel: { kind: 'new' } }),
      }),
      ...viewCommands(t, { ...selectionState, type }, isDeleted),
      editCommand(
        'copy',
        t(isRange ? 'record.copyCells' : count > 1 ? 'record.copyRows' : 'record.copyCell'),
        {
          local: true,
          shortcut: 'mod+C',
          enabled: count > 0,
          icon: IconCopy,
          run: actions.copySelection,
        },
      ),
      editCommand('copyRows', t('record.copyRows'), {
        enabled: count > 0,
        icon: IconCopy,
        run: actions.copyRows,
      }),
      editCommand('pickAll', t('record.pickAll'), {
        shortcut: 'mod+A',
        icon: IconListCheck,
        run: actions.pickAll,
      }),
      ...(inPast() ? [restoreAsThen] : []),
      ...(isDeleted
        ? [restore]
        : editCommands(t, selectionState, {
            type,
            grid,
            me,
            hasCells,
            actions,
            openBulk,
            focusRows,
            remove,
          })),
    ];
    return { commands, remove };
  }, [t, grid, me, selection, isRange, hasCells, type, deleted, actions, openBulk, focusRows]);
}
