import {
  IconArrowBarToDown,
  IconClipboard,
  IconCopy,
  IconEdit,
  IconEraser,
  IconLinkPlus,
  IconListCheck,
  IconPencilCog,
  IconPlus,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../commands/command.ts';
import { adjustList, openRecord, showPanel } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { counted, titleOr } from '../../text/names.ts';
import { shell } from '../../api/shell.ts';
import { aboutOne } from './about-one.ts';
import { whyNot, whyNotNew } from './data/mayChange.ts';
import { removeSubjects } from './data/remove.ts';
import { restoreRecords } from './data/restore.ts';
import { subjectsOf } from './data/subjects.ts';
import type { Subjects } from './data/subjects.ts';
import { isWide, meansCells, rangeOf } from './grid/range.ts';
import { beginEditing, letGo, useGrid, useGridStore } from './grid/state.ts';
import { linkable } from './linkable.ts';
import { askForLink } from './panel/asked-link.ts';
import { linkTwo } from './linkTwo.tsx';
import type { ListContext } from './list-context.ts';

/** What a command acts on: what is picked, else what the cursor is on. */
function useSubjects({ view, rows }: ListContext): Subjects | null {
  const picked = useGrid((state) => state.picked);
  const allBut = useGrid((state) => state.allBut);
  const cursor = useGrid((state) => state.cursor);
  const away = useGrid((state) => state.away);
  return useMemo(
    () => subjectsOf({ picked, allBut, cursor, away }, rows, view),
    [picked, allBut, cursor, away, rows, view],
  );
}

/** The commands of what is picked or under the cursor in a list. */
export function useRecordCommands(context: ListContext): {
  commands: readonly Command[];
  remove: () => unknown;
} {
  const { t } = useTranslation(['commands', 'grid', 'network']);
  const { view, deeds, openBulk, focusRows } = context;
  const { placed } = context.columns;
  const grid = useGridStore();
  const me = useMe();
  const subjects = useSubjects(context);
  const wide = useGrid((state) => isWide(rangeOf(state)));
  const cells = useGrid((state) => meansCells(state, placed));
  const { type, deleted } = view;
  return useMemo(() => {
    const records = subjects?.records ?? null;
    const count = subjects?.count ?? 0;
    const one = records?.length === 1 ? records[0] : undefined;
    const gone = deleted === 'only';
    const what = count > 1 ? counted(type, count) : one ? titleOr(one.title, type) : '';
    const viewer = me?.role === 'viewer';
    const locked = records ? records.every((record) => whyNot(me, record) !== null) : viewer;
    const fixed = records ? records.some((record) => whyNot(me, record, true) !== null) : viewer;
    const remove = async (): Promise<void> => {
      if (gone || !subjects) return;
      if (one && deeds.refuse(one)) return;
      const tab = frontTab();
      const removed = await removeSubjects(type, subjects);
      if (removed?.length !== 0) letGo(grid);
      const open = openRecord(tab);
      if (open !== null && (removed === null || removed.includes(open))) showPanel(null, tab);
    };
    const base = { group: 'record', enabled: one !== undefined } as const;
    const local = { group: 'edit', local: true, menu: false } as const;
    const commands: Command[] = [
      {
        id: 'record.new',
        group: 'record',
        label: t(`grid:new.${type}`),
        shortcut: 'mod+N',
        everywhere: true,
        palette: false,
        icon: IconPlus,
        enabled: whyNotNew(me, type) === null,
        run: () => adjustList({ deleted: 'without', panel: { kind: 'new' } }),
      },
      ...aboutOne(t, one, { type, gone }),
      {
        ...local,
        id: 'record.copy',
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
    ];
    if (gone) {
      commands.push({
        id: 'record.restore',
        group: 'record',
        label: what === '' ? t('record.restore') : t('record.restoreNamed', { what }),
        enabled: count > 0 && !fixed,
        icon: IconRestore,
        run: async () => {
          await restoreRecords(records ?? []);
          letGo(grid);
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
          enabled: base.enabled && !locked,
          icon: IconEdit,
          run: () => beginEditing(grid, null),
        },
        {
          id: 'record.editMany',
          group: 'record',
          label: what === '' ? t('record.editMany') : t('record.editManyNamed', { what }),
          shortcut: 'mod+E',
          enabled: count > 0 && !locked,
          icon: IconPencilCog,
          run: openBulk,
        },
        {
          ...base,
          id: 'record.linkTo',
          label: t('record.linkTo'),
          enabled: base.enabled && linkable(type) && whyNotNew(me, 'interface') === null,
          icon: IconLinkPlus,
          run: () => one && askForLink(one.id),
        },
        {
          id: 'record.linkThese',
          group: 'record',
          label: t('network:command.linkThese'),
          shortcut: 'mod+L',
          enabled: linkable(type) && records?.length === 2 && whyNotNew(me, 'interface') === null,
          icon: IconLinkPlus,
          run: () => {
            const [from, to] = records ?? [];
            if (from && to) linkTwo(from, to);
          },
        },
        {
          ...local,
          id: 'record.paste',
          label: t('record.paste'),
          shortcut: 'mod+V',
          enabled: count > 0 && !viewer,
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
          enabled: count > 0 && !locked,
          icon: IconArrowBarToDown,
          run: deeds.fillDown,
        },
        {
          ...local,
          id: 'record.empty',
          label: t(wide ? 'record.emptyCells' : 'record.emptyCell'),
          shortcut: cells ? 'Delete' : 'Backspace',
          enabled: count > 0 && !locked,
          icon: IconEraser,
          run: deeds.empty,
        },
        {
          id: 'record.delete',
          group: 'record',
          label: what === '' ? t('record.delete') : t('record.deleteNamed', { what }),
          enabled: count > 0 && !fixed,
          shortcut: cells ? 'mod+Delete' : 'Delete',
          local: true,
          icon: IconTrash,
          run: remove,
        },
      );
    }
    return { commands, remove };
  }, [t, grid, me, subjects, wide, cells, type, deleted, deeds, openBulk, focusRows]);
}
