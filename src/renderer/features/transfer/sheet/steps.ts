import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { unlessRefused } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { useCommands } from '../../../commands/registry.ts';
import { say } from '../../../i18n/setup.ts';
import { notice } from '../../../ui/notices.tsx';
import { kindBetween, momentOf } from './moments.ts';
import { turn } from './run.ts';
import { tableNow, useSheet } from './state.ts';
import type { SheetState, Table } from './state.ts';

type Direction = 'undo' | 'redo';
const none: readonly Command[] = [];

function nextName(table: Table, direction: Direction): string | null {
  const other = (direction === 'undo' ? table.past : table.future).at(-1);
  return other ? say(`sheets:turn.${kindBetween(momentOf(table), other)}`) : null;
}

function step(direction: Direction): void {
  const table = tableNow();
  const what = table && nextName(table, direction);
  if (what === null) {
    notice({ id: 'undo', title: say(`sheets:turn.${direction}None`), stays: 3000 });
    return;
  }
  turn(direction);
  notice({
    id: 'undo',
    title: say(direction === 'undo' ? 'frame:undid' : 'frame:redid', { what }),
    stays: 3000,
  });
}

const underWay = ({ stage }: SheetState): boolean => ['reading', 'table', 'importing'].includes(stage);

/** While a table is in front and not imported, undo and redo are steps of what is chosen for it, and leave the workspace alone. */
export function useSheetSteps(): void {
  const { t } = useTranslation('commands');
  const state = useSheet();
  const busy = underWay(state) || (state.stage === 'failed' && state.landing?.state !== 'landed');
  const table = state.stage === 'table' ? state.table : null;
  const undo = table && nextName(table, 'undo');
  const redo = table && nextName(table, 'redo');
  useCommands(
    useMemo(() => {
      if (!busy) return none;
      const command = (direction: Direction, what: string | null, shortcut: string): Command => ({
        id: `edit.${direction}`,
        group: 'edit',
        label: what === null ? t(`edit.${direction}`) : t(`edit.${direction}Named`, { what }),
        shortcut,
        icon: direction === 'undo' ? IconArrowBackUp : IconArrowForwardUp,
        ...unlessRefused(what === null ? say(`sheets:turn.${direction}None`) : null),
        run: () => step(direction),
      });
      return [command('undo', undo, 'mod+Z'), command('redo', redo, 'mod+shift+Z')];
    }, [busy, undo, redo, t]),
  );
}
