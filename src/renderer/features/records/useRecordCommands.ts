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
import { dashboardOf, recordIn } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import type { Rows } from './data/rows.ts';
import type { ColumnActions } from './grid/column-actions.ts';
import type { AllActions } from './useGridActions.ts';
import type { Columns } from './grid/useColumns.ts';
import { whyNothing, useMe } from '../../stores/profile.ts';
import { whyNotNew } from './data/permissions.ts';
import { reportUndeletable, describeSelection, useSelection } from './data/selection.ts';
import type { SelectionState } from './data/selection.ts';
import type { Command } from '../../commands/command.ts';
import { navigate, openRecordTab, showPanel, adjustList, openRecord } from '../../stores/address.ts';
import { copyText } from '../../ui/clipboard.ts';
import { copyLink } from '../../ui/copyLink.ts';
import { inNetwork, showAround } from '../../stores/network.ts';
import { isLinkable } from './linking/links.ts';
import { shell } from '../../api/shell.ts';
import { commandsOf, unlessRefused } from '../../commands/command.ts';
import {
  beginEditing,
  isWide,
  isCellSelection,
  rangeOf,
  letGo,
  useGrid,
  useGridStore,
} from './grid/state.ts';
import type { GridStore } from './grid/state.ts';
import { askForLink } from './panel/LinksTab.tsx';
import { askBack } from '../../stores/moments.ts';
import { inPast, whyNotLive } from '../../stores/target.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { mostMerged } from '#shared/contract/merge.ts';
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
  actions: AllActions;
  focusSearch: () => void;
  openFilter: () => void;
  openBulk: () => void;
  focusRows: () => void;
}

/** Read-only commands for the selected record; disabled without one. `isDeleted`: the list shows deleted records. */
function viewCommands(
  t: Texts,
  { type, one }: SelectionState & { type: EntityType },
  isDeleted: boolean,
): Command[] {
  const enabled = one !== undefined;
  const record = commandsOf('record', 'record', { enabled });
  const tab = (next: PanelTab) => () => one && showPanel({ kind: 'record', id: one.id, tab: next });
  const address = (id: string) =>
    ({ ...recordIn(type, id), deleted: isDeleted ? 'only' : 'without' }) as const;
  return [
    record('open', t('record.open'), {
      shortcut: 'shift+Enter',
      local: true,
      icon: IconLayoutSidebarRight,
      run: tab('details'),
    }),
    record('openAlone', t('record.openAlone'), {
      shortcut: 'Enter',
      local: true,
      icon: IconAppWindow,
      run: () => one && openRecordTab(one.type, one.id),
    }),
    record('links', t('record.links'), {
      enabled: enabled && isLinkable(type),
      icon: IconLink,
      run: tab('links'),
    }),
    record('notes', t('record.notes'), {
      icon: IconNotes,
      enabled: enabled && type !== 'comment',
      run: tab('notes'),
    }),
    record('around', t('record.around'), {
      enabled: enabled && !isDeleted && inNetwork(type),
      icon: IconAffiliate,
      run: () => one && showAround(one.id),
    }),
    ...(type === 'university'
      ? [
          record('dashboard', t('record.dashboard'), {
            enabled: enabled && !isDeleted,
            icon: IconChartBar,
            run: () => one && navigate(dashboardOf(one.id)),
          }),
        ]
      : []),
    record('history', t('record.history'), { icon: IconHistory, run: tab('history') }),
    ...(isPerson(type)
      ? [
          record('personalData', t('people:command'), {
            ...unlessRefused(whyNotLive(), enabled),
            icon: IconShieldLock,
            run: () => one && showPersonalData(one.id),
          }),
        ]
      : []),
    record('copyId', t('record.copyId'), { icon: IconId, run: () => one && copyText(one.id) }),
    record('copyLink', t('record.copyLink'), {
      icon: IconLinkPlus,
      run: () => one && copyLink(address(one.id)),
    }),
  ];
}

interface Around extends Pick<ListContext, 'actions' | 'openBulk' | 'focusRows'> {
  type: EntityType;
  grid: GridStore;
  me: Actor | undefined;
  /** The selection consists of cells, which Delete empties. */
  cells: boolean;
  remove: () => Promise<void>;
}

type Texts = Say<'commands'>;

const isMergeable = (records: SelectionState['records']): boolean =>
  records !== null && records.length > 1 && records.length <= mostMerged;

function editCommands(t: Texts, selected: SelectionState, around: Around): Command[] {
  const { records, count, one, what, locked, fixed } = selected;
  const { type, grid, me, cells, actions, openBulk, focusRows, remove } = around;
  const noLinks = whyNotNew(me, 'interface');
  const record = commandsOf('record', 'record');
  const cell = commandsOf('edit', 'record', { local: true, menu: false });
  const [from, to] = records ?? [];
  return [
    record('edit', t('record.edit'), {
      shortcut: 'F2',
      local: true,
      ...unlessRefused(locked, one !== undefined),
      icon: IconEdit,
      run: () => beginEditing(grid, null),
    }),
    record('editMany', what === '' ? t('record.editMany') : t('record.editManyNamed', { what }), {
      shortcut: 'mod+E',
      ...unlessRefused(locked, count > 0),
      icon: IconPencilCog,
      run: openBulk,
    }),
    record('linkTo', t('record.linkTo'), {
      ...unlessRefused(noLinks, one !== undefined && isLinkable(type)),
      icon: IconLinkPlus,
      run: () => one && askForLink(one.id),
    }),
    record('linkThese', t('network:command.linkThese'), {
      shortcut: 'mod+L',
      ...unlessRefused(noLinks, records?.length === 2 && isLinkable(type)),
      icon: IconLinkPlus,
      run: () => from && to && askForLink(from.id, to),
    }),
    record('merge', t('merge:command'), {
      ...unlessRefused(locked, isMergeable(records)),
      icon: IconArrowMerge,
      run: () => records && askToMerge(records, () => letGo(grid)),
    }),
    cell('paste', t('record.paste'), {
      shortcut: 'mod+V',
      ...unlessRefused(whyNothing(me), count > 0),
      icon: IconClipboard,
      run: async () => {
        focusRows();
        await shell.paste({});
      },
    }),
    cell('fillDown', t('record.fillDown'), {
      shortcut: 'mod+D',
      ...unlessRefused(locked, count > 0),
      icon: IconArrowBarToDown,
      run: actions.fillDown,
    }),
    cell('empty', t('record.emptyCells'), {
      shortcut: cells ? 'Delete' : 'Backspace',
      ...unlessRefused(locked, count > 0),
      icon: IconEraser,
      run: actions.empty,
    }),
    record('delete', what === '' ? t('record.delete') : t('record.deleteNamed', { what }), {
      ...unlessRefused(fixed, count > 0),
      shortcut: cells ? 'mod+Delete' : 'Delete',
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
  const wide = useGrid((state) => isWide(rangeOf(state)));
  const cells = useGrid((state) => isCellSelection(state, placed));
  const { type, deleted } = view;
  return useMemo(() => {
    const selected = describeSelection(selection, type, me);
    const { records, count, what, fixed } = selected;
    const isDeleted = deleted === 'only';
    const remove = async (): Promise<void> => {
      if (isDeleted || !selection) return;
      if (reportUndeletable(me, type, selection)) return;
      const tab = frontTab();
      const removed = await removeSelection(type, selection);
      if (removed?.length !== 0) letGo(grid);
      const open = openRecord(tab);
      if (open !== null && (removed === null || removed.includes(open))) showPanel(null, tab);
    };
    const record = commandsOf('record', 'record');
    const edit = commandsOf('edit', 'record', { menu: false });
    // At a point in time only the rows read so far have known ids.
    const unread = records === null && count > 0 ? t('past:restore.tooMany') : null;
    const asThen = record('asThen', what === '' ? t('past:restore.one') : t('past:restore.some', { what }), {
      icon: IconHistory,
      ...unlessRefused(unread, count > 0),
      run: () => askBack((records ?? []).map(({ id }) => id)),
    });
    const restore = record(
      'restore',
      what === '' ? t('record.restore') : t('record.restoreNamed', { what }),
      {
        ...unlessRefused(fixed, count > 0),
        icon: IconRestore,
        run: async () => {
          if (await restoreRecords(records ?? [])) letGo(grid);
        },
      },
    );
    const commands: Command[] = [
      record('new', newName(type), {
        shortcut: 'mod+N',
        everywhere: true,
        palette: false,
        icon: IconPlus,
        ...unlessRefused(whyNotNew(me, type)),
        run: () => adjustList({ deleted: 'without', panel: { kind: 'new' } }),
      }),
      ...viewCommands(t, { ...selected, type }, isDeleted),
      edit('copy', t(wide ? 'record.copyCells' : count > 1 ? 'record.copyRows' : 'record.copyCell'), {
        local: true,
        shortcut: 'mod+C',
        enabled: count > 0,
        icon: IconCopy,
        run: actions.copySelection,
      }),
      edit('copyRows', t('record.copyRows'), { enabled: count > 0, icon: IconCopy, run: actions.copyRows }),
      edit('pickAll', t('record.pickAll'), { shortcut: 'mod+A', icon: IconListCheck, run: actions.pickAll }),
      ...(inPast() ? [asThen] : []),
      ...(isDeleted
        ? [restore]
        : editCommands(t, selected, { type, grid, me, cells, actions, openBulk, focusRows, remove })),
    ];
    return { commands, remove };
  }, [t, grid, me, selection, wide, cells, type, deleted, actions, openBulk, focusRows]);
}
