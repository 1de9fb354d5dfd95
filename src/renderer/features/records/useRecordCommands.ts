import {
  IconAffiliate,
  IconAppWindow,
  IconHistory,
  IconId,
  IconLayoutSidebarRight,
  IconLink,
  IconLinkPlus,
  IconArrowBarToDown,
  IconClipboard,
  IconEdit,
  IconEraser,
  IconPencilCog,
  IconTrash,
  IconCopy,
  IconListCheck,
  IconPlus,
  IconRestore,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView, PanelTab } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { recordIn } from '#shared/address/view.ts';
import type { Rows } from './data/rows.ts';
import type { ColumnActions } from './grid/column-actions.ts';
import type { AllActions } from './useGridActions.ts';
import type { Columns } from './grid/useColumns.ts';
import { whyNothing, useMe } from '../../stores/profile.ts';
import { whyNotNew } from './data/permissions.ts';
import { reportUndeletable, selectionOf, describeSelection } from './data/selection.ts';
import type { Selection, SelectionState } from './data/selection.ts';
import type { Command } from '../../commands/command.ts';
import { openRecordTab, showPanel, adjustList, openRecord } from '../../stores/address.ts';
import { copyText } from '../../ui/clipboard.ts';
import { copyLink } from '../../ui/copyLink.ts';
import { inNetwork, showAround } from '../../stores/network.ts';
import { linkable } from './linking/links.ts';
import { shell } from '../../api/shell.ts';
import { unlessRefused } from '../../commands/command.ts';
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
import { linkTwo } from './linking/LinkForm.tsx';
import { askForLink } from './panel/LinksTab.tsx';
import { askBack } from '../../stores/moments.ts';
import { inPast } from '../../stores/target.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { removeSelection } from './data/remove.ts';
import { restoreRecords } from './data/restore.ts';

/** What the commands of a list work with. */
export interface ListContext {
  view: ListView;
  rows: Rows;
  columns: Columns;
  columnActions: ColumnActions;
  deeds: AllActions;
  focusSearch: () => void;
  openFilter: () => void;
  openBulk: () => void;
  focusRows: () => void;
}

/** The commands that look at one record of a list and change nothing; they are greyed without one. `gone`: the list is of deleted records. */
function viewCommands(
  t: TFunction<'commands'>,
  one: EntityRecord | undefined,
  { type, gone }: { type: EntityType; gone: boolean },
): Command[] {
  const base = { group: 'record', enabled: one !== undefined } as const;
  const tab = (next: PanelTab) => () => {
    if (one) showPanel({ kind: 'record', id: one.id, tab: next });
  };
  return [
    {
      ...base,
      id: 'record.open',
      label: t('record.open'),
      shortcut: 'shift+Enter',
      local: true,
      icon: IconLayoutSidebarRight,
      run: tab('details'),
    },
    {
      ...base,
      id: 'record.openAlone',
      label: t('record.openAlone'),
      shortcut: 'Enter',
      local: true,
      icon: IconAppWindow,
      run: () => one && openRecordTab(one.type, one.id),
    },
    {
      ...base,
      id: 'record.links',
      label: t('record.links'),
      enabled: base.enabled && linkable(type),
      icon: IconLink,
      run: tab('links'),
    },
    {
      ...base,
      id: 'record.around',
      label: t('record.around'),
      enabled: base.enabled && !gone && inNetwork(type),
      icon: IconAffiliate,
      run: () => one && showAround(one.id),
    },
    { ...base, id: 'record.history', label: t('record.history'), icon: IconHistory, run: tab('history') },
    {
      ...base,
      id: 'record.copyId',
      label: t('record.copyId'),
      icon: IconId,
      run: () => one && copyText(one.id),
    },
    {
      ...base,
      id: 'record.copyLink',
      label: t('record.copyLink'),
      icon: IconLinkPlus,
      run: () => one && copyLink({ ...recordIn(type, one.id), deleted: gone ? 'only' : 'without' }),
    },
  ];
}

interface Around extends Pick<ListContext, 'deeds' | 'openBulk' | 'focusRows'> {
  type: EntityType;
  grid: GridStore;
  me: Actor | undefined;
  wide: boolean;
  /** Cells are meant, not whole records: Delete empties them. */
  cells: boolean;
  remove: () => Promise<void>;
}

type Texts = TFunction<readonly ['commands', 'grid', 'network']>;

function recordCommands(
  t: Texts,
  { records, count, one, what, locked }: SelectionState,
  around: Around,
): Command[] {
  const { type, grid, me, openBulk } = around;
  const noLinks = whyNotNew(me, 'interface');
  return [
    {
      id: 'record.edit',
      group: 'record',
      label: t('record.edit'),
      shortcut: 'F2',
      local: true,
      ...unlessRefused(locked, one !== undefined),
      icon: IconEdit,
      run: () => beginEditing(grid, null),
    },
    {
      id: 'record.editMany',
      group: 'record',
      label: what === '' ? t('record.editMany') : t('record.editManyNamed', { what }),
      shortcut: 'mod+E',
      ...unlessRefused(locked, count > 0),
      icon: IconPencilCog,
      run: openBulk,
    },
    {
      id: 'record.linkTo',
      group: 'record',
      label: t('record.linkTo'),
      ...unlessRefused(noLinks, one !== undefined && linkable(type)),
      icon: IconLinkPlus,
      run: () => one && askForLink(one.id),
    },
    {
      id: 'record.linkThese',
      group: 'record',
      label: t('network:command.linkThese'),
      shortcut: 'mod+L',
      ...unlessRefused(noLinks, records?.length === 2 && linkable(type)),
      icon: IconLinkPlus,
      run: () => {
        const [from, to] = records ?? [];
        if (from && to) linkTwo(from, to);
      },
    },
  ];
}

function cellCommands(t: Texts, { count, locked }: SelectionState, around: Around): Command[] {
  const { me, wide, cells, deeds, focusRows } = around;
  const local = { group: 'edit', local: true, menu: false } as const;
  return [
    {
      ...local,
      id: 'record.paste',
      label: t('record.paste'),
      shortcut: 'mod+V',
      ...unlessRefused(whyNothing(me), count > 0),
      icon: IconClipboard,
      run: async () => {
        focusRows();
        await shell.paste({});
      },
    },
    {
      ...local,
      id: 'record.fillDown',
      label: t('record.fillDown'),
      shortcut: 'mod+D',
      ...unlessRefused(locked, count > 0),
      icon: IconArrowBarToDown,
      run: deeds.fillDown,
    },
    {
      ...local,
      id: 'record.empty',
      label: t(wide ? 'record.emptyCells' : 'record.emptyCell'),
      shortcut: cells ? 'Delete' : 'Backspace',
      ...unlessRefused(locked, count > 0),
      icon: IconEraser,
      run: deeds.empty,
    },
  ];
}

function editCommands(t: Texts, meant: SelectionState, around: Around): Command[] {
  const { count, what, fixed } = meant;
  return [
    ...recordCommands(t, meant, around),
    ...cellCommands(t, meant, around),
    {
      id: 'record.delete',
      group: 'record',
      label: what === '' ? t('record.delete') : t('record.deleteNamed', { what }),
      ...unlessRefused(fixed, count > 0),
      shortcut: around.cells ? 'mod+Delete' : 'Delete',
      local: true,
      icon: IconTrash,
      run: around.remove,
    },
  ];
}

/** What a command acts on: what is picked, else what the cursor is on. */
function useSelection({ view, rows }: ListContext): Selection | null {
  const picked = useGrid((state) => state.picked);
  const allBut = useGrid((state) => state.allBut);
  const cursor = useGrid((state) => state.cursor);
  const away = useGrid((state) => state.away);
  return useMemo(
    () => selectionOf({ picked, allBut, cursor, away }, rows, view),
    [picked, allBut, cursor, away, rows, view],
  );
}

/** In the past: makes what is meant what it is here. Of a whole list only what was read is known by id. */
function asThen(
  t: TFunction<readonly ['commands', 'grid', 'network', 'past']>,
  { records, count, what }: SelectionState,
): Command {
  return {
    id: 'record.asThen',
    group: 'record',
    label: what === '' ? t('past:restore.one') : t('past:restore.some', { what }),
    icon: IconHistory,
    ...unlessRefused(records === null && count > 0 ? t('past:restore.tooMany') : null, count > 0),
    run: () => askBack((records ?? []).map(({ id }) => id)),
  };
}

/** The commands of what is picked or under the cursor in a list. */
export function useRecordCommands(context: ListContext): {
  commands: readonly Command[];
  remove: () => unknown;
} {
  const { t } = useTranslation(['commands', 'grid', 'network', 'past']);
  const { view, deeds, openBulk, focusRows } = context;
  const { placed } = context.columns;
  const grid = useGridStore();
  const me = useMe();
  const selection = useSelection(context);
  const wide = useGrid((state) => isWide(rangeOf(state)));
  const cells = useGrid((state) => isCellSelection(state, placed));
  const { type, deleted } = view;
  return useMemo(() => {
    const meant = describeSelection(selection, type, me);
    const { records, count, one, what, fixed } = meant;
    const gone = deleted === 'only';
    const remove = async (): Promise<void> => {
      if (gone || !selection) return;
      if (reportUndeletable(me, type, selection)) return;
      const tab = frontTab();
      const removed = await removeSelection(type, selection);
      if (removed?.length !== 0) letGo(grid);
      const open = openRecord(tab);
      if (open !== null && (removed === null || removed.includes(open))) showPanel(null, tab);
    };
    const restore: Command = {
      id: 'record.restore',
      group: 'record',
      label: what === '' ? t('record.restore') : t('record.restoreNamed', { what }),
      ...unlessRefused(fixed, count > 0),
      icon: IconRestore,
      run: async () => {
        if (await restoreRecords(records ?? [])) letGo(grid);
      },
    };
    const commands: Command[] = [
      {
        id: 'record.new',
        group: 'record',
        label: t(`grid:new.${type}`),
        shortcut: 'mod+N',
        everywhere: true,
        palette: false,
        icon: IconPlus,
        ...unlessRefused(whyNotNew(me, type)),
        run: () => adjustList({ deleted: 'without', panel: { kind: 'new' } }),
      },
      ...viewCommands(t, one, { type, gone }),
      {
        id: 'record.copy',
        group: 'edit',
        local: true,
        menu: false,
        label: t(wide ? 'record.copyCells' : count > 1 ? 'record.copyRows' : 'record.copyCell'),
        shortcut: 'mod+C',
        enabled: count > 0,
        icon: IconCopy,
        run: deeds.copySelection,
      },
      {
        id: 'record.copyRows',
        group: 'edit',
        menu: false,
        label: t('record.copyRows'),
        enabled: count > 0,
        icon: IconCopy,
        run: deeds.copyRows,
      },
      {
        id: 'record.pickAll',
        group: 'edit',
        label: t('record.pickAll'),
        shortcut: 'mod+A',
        menu: false,
        icon: IconListCheck,
        run: deeds.pickAll,
      },
      ...(inPast() ? [asThen(t, meant)] : []),
      ...(gone
        ? [restore]
        : editCommands(t, meant, { type, grid, me, wide, cells, deeds, openBulk, focusRows, remove })),
    ];
    return { commands, remove };
  }, [t, grid, me, selection, wide, cells, type, deleted, deeds, openBulk, focusRows]);
}
