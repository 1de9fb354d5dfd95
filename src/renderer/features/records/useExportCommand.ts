import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListView } from '#shared/address/view.ts';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { typeNames } from '../../text/names.ts';
import { pickedCount, useGridStore } from './grid/state.ts';
import { useCurrent } from '../views/current.ts';
import type { Shown } from '../export/columns.ts';
import { askToExport } from '../export/exportList.tsx';
import type { Listed } from '../export/listed.ts';

interface Context {
  view: ListView;
  columns: { all: readonly Shown[]; placed: readonly Shown[] };
  /** How many records match; null until that is known. */
  matched: number | null;
}

/** Offers to export the list that is shown, or what is selected of it. */
export function useExportCommand({ view, columns, matched }: Context): void {
  const { t } = useTranslation('transfer');
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
        {
          id: 'list.export',
          group: 'file',
          label: t('export.list'),
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
        },
      ];
    }, [t, grid, view, name, columns, matched]),
  );
}
