import { IconCopy, IconHistory, IconListCheck, IconPlus, IconRestore } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { adjustList, openRecord, showPanel } from '../../stores/address.ts';
import { askBack } from '../../stores/moments.ts';
import { useMe } from '../../stores/profile.ts';
import { inPast } from '../../stores/target.ts';
import { frontTab } from '../../stores/tabs/store.ts';
import { aboutOne } from './about-one.ts';
import { changingMeant } from './change-meant.ts';
import { whyNotNew } from './data/mayChange.ts';
import { tellUndeletable } from './data/refused.ts';
import { removeSubjects } from './data/remove.ts';
import { restoreRecords } from './data/restore.ts';
import { subjectsOf } from './data/subjects.ts';
import type { Subjects } from './data/subjects.ts';
import { isWide, meansCells, rangeOf } from './grid/range.ts';
import { letGo, useGrid, useGridStore } from './grid/state.ts';
import type { ListContext } from './list-context.ts';
import { meantBy } from './meant.ts';
import type { Meant } from './meant.ts';

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

/** In the past: makes what is meant what it is here. Of a whole list only what was read is known by id. */
function asThen(
  t: TFunction<readonly ['commands', 'grid', 'network', 'past']>,
  { records, count, what }: Meant,
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
  const subjects = useSubjects(context);
  const wide = useGrid((state) => isWide(rangeOf(state)));
  const cells = useGrid((state) => meansCells(state, placed));
  const { type, deleted } = view;
  return useMemo(() => {
    const meant = meantBy(subjects, type, me);
    const { records, count, one, what, fixed } = meant;
    const gone = deleted === 'only';
    const remove = async (): Promise<void> => {
      if (gone || !subjects) return;
      if (tellUndeletable(me, type, subjects)) return;
      const tab = frontTab();
      const removed = await removeSubjects(type, subjects);
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
      ...aboutOne(t, one, { type, gone }),
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
        : changingMeant(t, meant, { type, grid, me, wide, cells, deeds, openBulk, focusRows, remove })),
    ];
    return { commands, remove };
  }, [t, grid, me, subjects, wide, cells, type, deleted, deeds, openBulk, focusRows]);
}
