import {
  IconCopy,
  IconEdit,
  IconFilter,
  IconFilterOff,
  IconHistory,
  IconLayoutSidebarRight,
  IconLink,
  IconPlus,
  IconRestore,
  IconSearch,
  IconTrash,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView, PanelTab } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { adjustList, openRecord, showPanel } from '../../stores/address.ts';
import { counted, titleOr } from '../../text/names.ts';
import { copyText } from '../../ui/clipboard.ts';
import { removeRecords } from './data/remove.ts';
import { restoreRecords } from './data/restore.ts';
import type { Rows } from './data/useRows.ts';
import { linkable } from './linkable.ts';
import { beginEditing, letGo, useGrid } from './grid/state.ts';

interface Context {
  view: ListView;
  rows: Rows;
  focusSearch: () => void;
  openFilter: () => void;
}

/** What a command acts on: what is picked, else what the cursor is on. */
function useSubjects(rows: Rows): readonly EntityRecord[] {
  const picked = useGrid((grid) => grid.picked);
  const row = useGrid((grid) => grid.cursor.row);
  const away = useGrid((grid) => grid.away);
  const under = away ? undefined : rows.at(row);
  return useMemo(() => (picked.size > 0 ? [...picked.values()] : under ? [under] : []), [picked, under]);
}

function useRecordCommands({ view, rows }: Context): { commands: readonly Command[]; remove: () => void } {
  const { t } = useTranslation(['commands', 'grid']);
  const subjects = useSubjects(rows);
  const { type, deleted } = view;
  return useMemo(() => {
    const [first] = subjects;
    const one = subjects.length === 1 ? first : undefined;
    const gone = deleted === 'only';
    const what =
      subjects.length > 1 ? counted(type, subjects.length) : first ? titleOr(first.title, type) : '';
    const tab = (next: PanelTab) => () => {
      if (one) showPanel({ kind: 'record', id: one.id, tab: next });
    };
    const remove = async (): Promise<void> => {
      if (gone) return;
      const removed = await removeRecords(subjects);
      letGo();
      const open = openRecord();
      if (open !== null && removed.includes(open)) showPanel(null);
    };
    const base = { group: 'record', enabled: one !== undefined } as const;
    const commands: Command[] = [
      {
        id: 'record.new',
        group: 'record',
        label: t(`grid:new.${type}`),
        shortcut: 'mod+N',
        everywhere: true,
        palette: false,
        icon: IconPlus,
        run: () => adjustList({ deleted: 'without', panel: { kind: 'new' } }),
      },
      {
        ...base,
        id: 'record.open',
        label: t('record.open'),
        shortcut: 'Enter',
        local: true,
        icon: IconLayoutSidebarRight,
        run: tab('details'),
      },
      {
        ...base,
        id: 'record.links',
        label: t('record.links'),
        enabled: base.enabled && linkable(type),
        icon: IconLink,
        run: tab('links'),
      },
      { ...base, id: 'record.history', label: t('record.history'), icon: IconHistory, run: tab('history') },
      {
        ...base,
        id: 'record.copyId',
        label: t('record.copyId'),
        icon: IconCopy,
        run: () => one && copyText(one.id),
      },
    ];
    if (gone) {
      commands.push({
        id: 'record.restore',
        group: 'record',
        label: what === '' ? t('record.restore') : t('record.restoreNamed', { what }),
        enabled: subjects.length > 0,
        icon: IconRestore,
        run: async () => {
          await restoreRecords(subjects);
          letGo();
        },
      });
    } else {
      commands.push(
        {
          ...base,
          id: 'record.edit',
          label: t('record.edit'),
          shortcut: 'F2',
          local: true,
          icon: IconEdit,
          run: () => beginEditing(null),
        },
        {
          id: 'record.delete',
          group: 'record',
          label: what === '' ? t('record.delete') : t('record.deleteNamed', { what }),
          enabled: subjects.length > 0,
          shortcut: 'Delete',
          local: true,
          icon: IconTrash,
          run: remove,
        },
      );
    }
    return { commands, remove: () => void remove() };
  }, [t, subjects, type, deleted]);
}

/** The commands of a list and of the records in it. */
export function useListCommands(context: Context): { remove: () => void } {
  const { t } = useTranslation('commands');
  const { view, focusSearch, openFilter } = context;
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
        icon: IconTrash,
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
    ],
    // The two functions only reach for elements of the page.
    // oxlint-disable-next-line react/exhaustive-deps
    [t, deleted, narrowed],
  );
  useCommands(commands);
  useCommands(listCommands);
  return { remove };
}
