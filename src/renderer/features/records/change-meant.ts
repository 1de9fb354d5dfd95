import {
  IconArrowBarToDown,
  IconClipboard,
  IconEdit,
  IconEraser,
  IconLinkPlus,
  IconPencilCog,
  IconTrash,
} from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Actor } from '#shared/domain/permissions.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { shell } from '../../api/shell.ts';
import type { Command } from '../../commands/command.ts';
import { whyNothing } from '../../stores/profile.ts';
import { unlessRefused } from '../../commands/command.ts';
import { whyNotNew } from './data/mayChange.ts';
import { beginEditing } from './grid/state.ts';
import type { GridStore } from './grid/state.ts';
import { linkable } from './linkable.ts';
import { linkTwo } from './linking/linkTwo.tsx';
import type { ListContext } from './list-context.ts';
import type { Meant } from './meant.ts';
import { askForLink } from './panel/asked-link.ts';

interface Around extends Pick<ListContext, 'deeds' | 'openBulk' | 'focusRows'> {
  type: EntityType;
  grid: GridStore;
  me: Actor | undefined;
  /** Several cells are selected. */
  wide: boolean;
  /** Cells are meant, not whole records: Delete empties them. */
  cells: boolean;
  remove: () => Promise<void>;
}

type Texts = TFunction<readonly ['commands', 'grid', 'network']>;

/** The commands that change what is meant in a list as a whole: its records, and the links between them. */
function changingRecords(t: Texts, { records, count, one, what, locked }: Meant, around: Around): Command[] {
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

/** The commands that change what stands in the cells that are meant. */
function changingCells(t: Texts, { count, locked }: Meant, around: Around): Command[] {
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

/** The commands of a list of live records that change what is meant. */
export function changingMeant(t: Texts, meant: Meant, around: Around): Command[] {
  const { count, what, fixed } = meant;
  return [
    ...changingRecords(t, meant, around),
    ...changingCells(t, meant, around),
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
