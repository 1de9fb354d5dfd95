import {
  IconBookmark,
  IconBookmarkPlus,
  IconDeviceFloppy,
  IconLink,
  IconPencil,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useCurrent, useRefusal } from './current.ts';
import { copyLink, discard, openSaved } from './open.ts';
import { remove, rename, saveAs, saveChanges } from './save.tsx';
import { useSavedViews } from './saved.ts';

function useOpenCommands(): readonly Command[] {
  const { t } = useTranslation('views');
  const all = useSavedViews();
  return useMemo(
    () =>
      (all ?? []).map((view): Command => ({
        id: `view.open.${view.id}`,
        group: 'go',
        label: t('openNamed', { name: view.name }),
        icon: IconBookmark,
        menu: false,
        run: () => openSaved(view),
      })),
    [all, t],
  );
}

function useCurrentCommands(): readonly Command[] {
  const { t } = useTranslation('views');
  const current = useCurrent();
  const { saved = null, modified = false } = current ?? {};
  const [whyNone, whyNot] = [useRefusal(null), useRefusal(saved)];
  // What is shown is a new object each time, but these say when it is another.
  const state = JSON.stringify([current?.view, current?.layout, saved?.id, saved?.name, modified]);
  return useMemo(() => {
    if (!current) return [];
    const base = { group: 'view' } as const;
    const commands: Command[] = [
      {
        ...base,
        id: 'view.save',
        label: t('save'),
        ...unlessRefused(whyNone),
        icon: IconBookmarkPlus,
        run: () => saveAs(current),
      },
    ];
    if (!saved) return commands;
    const { name } = saved;
    return [
      ...commands,
      {
        ...base,
        id: 'view.saveChanges',
        label: t('saveChanges', { name }),
        ...unlessRefused(whyNot, modified),
        icon: IconDeviceFloppy,
        run: () => saveChanges(current),
      },
      {
        ...base,
        id: 'view.discard',
        label: t('discard'),
        enabled: modified,
        icon: IconRestore,
        run: () => discard(saved),
      },
      {
        ...base,
        id: 'view.rename',
        label: t('rename', { name }),
        ...unlessRefused(whyNot),
        icon: IconPencil,
        run: () => rename(saved),
      },
      {
        ...base,
        id: 'view.copyLink',
        label: t('copyLink', { name }),
        icon: IconLink,
        run: () => copyLink(saved),
      },
      {
        ...base,
        id: 'view.delete',
        label: t('delete', { name }),
        ...unlessRefused(whyNot),
        icon: IconTrash,
        run: () => remove(saved),
      },
    ];
    // oxlint-disable-next-line react/exhaustive-deps
  }, [state, t, whyNone, whyNot]);
}

/** Saved views by palette, native menu and buttons. */
export function useViewCommands(): void {
  useCommands(useOpenCommands());
  useCommands(useCurrentCommands());
}

/** Offers saved views and what can be done with them wherever one is. Draws nothing. */
export default function ViewsHost() {
  useViewCommands();
  return null;
}
