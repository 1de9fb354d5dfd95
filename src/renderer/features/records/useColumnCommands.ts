import { IconArrowLeft, IconArrowRight, IconArrowsSort, IconEyeOff, IconPin } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useGrid } from './grid/state.ts';
import type { ListContext } from './list-context.ts';

/** What can be done with the column that the cursor is in, for the palette; its heading has the same in a menu. */
export function useColumnCommands({ columns, columnDeeds: deeds }: ListContext): void {
  const { t } = useTranslation('commands');
  const at = useGrid((state) => state.cursor.column);
  const column = columns.placed[Math.min(at, columns.placed.length - 1)];
  useCommands(
    useMemo((): Command[] => {
      if (!column) return [];
      const { key, label: field } = column;
      const base = { group: 'view', menu: false } as const;
      const sorts: Command[] = column.sortable
        ? [
            {
              ...base,
              id: 'column.up',
              label: t('column.up', { field }),
              icon: IconArrowsSort,
              run: () => deeds.order(key, 'asc'),
            },
            {
              ...base,
              id: 'column.down',
              label: t('column.down', { field }),
              icon: IconArrowsSort,
              run: () => deeds.order(key, 'desc'),
            },
          ]
        : [];
      const hides: Command[] = column.naming
        ? []
        : [
            {
              ...base,
              id: 'column.hide',
              label: t('column.hide', { field }),
              icon: IconEyeOff,
              run: () => deeds.hide(key),
            },
          ];
      const pinned = column.pin !== null;
      return [
        ...sorts,
        {
          ...base,
          id: 'column.pin',
          label: t(pinned ? 'column.unpin' : 'column.pin', { field }),
          icon: IconPin,
          run: () => deeds.pin(key, !pinned),
        },
        {
          ...base,
          id: 'column.left',
          label: t('column.left', { field }),
          icon: IconArrowLeft,
          run: () => deeds.move(key, -1),
        },
        {
          ...base,
          id: 'column.right',
          label: t('column.right', { field }),
          icon: IconArrowRight,
          run: () => deeds.move(key, 1),
        },
        ...hides,
      ];
    }, [t, column, deeds]),
  );
}
