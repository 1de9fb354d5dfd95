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
import { useTexts } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { commandsOf, unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useCurrent, useRefusal } from './current.ts';
import { copyLink, discardViewChanges, openSaved } from './open.ts';
import { deleteView, renameView, saveAs, saveChanges } from './save.tsx';
import { useSavedViews } from './saved.ts';

function useOpenCommands(): readonly Command[] {
  const { t } = useTexts('views');
  const all = useSavedViews();
  return useMemo(
    () =>
      (all ?? []).map((view) =>
        commandsOf('go', 'view.open', { menu: false })(view.id, t('openNamed', { name: view.name }), {
          icon: IconBookmark,
          run: () => openSaved(view),
        }),
      ),
    [all, t],
  );
}

function useCurrentCommands(): readonly Command[] {
  const { t } = useTexts('views');
  const current = useCurrent();
  const { saved = null, modified = false } = current ?? {};
  const [whyNone, whyNot] = [useRefusal(null), useRefusal(saved)];
  // The view is a new object each time; this text changes only with its content.
  const state = JSON.stringify([current?.view, current?.layout, saved?.id, saved?.name, modified]);
  return useMemo(() => {
    if (!current) return [];
    const view = commandsOf('view', 'view');
    const save = view('save', `${t('saveTitle')}…`, {
      ...unlessRefused(whyNone),
      icon: IconBookmarkPlus,
      run: () => saveAs(current),
    });
    if (!saved) return [save];
    const { name } = saved;
    return [
      save,
      view('saveChanges', t('saveChanges', { name }), {
        ...unlessRefused(whyNot, modified),
        icon: IconDeviceFloppy,
        run: () => saveChanges(current),
      }),
      view('discard', t('discard'), {
        enabled: modified,
        icon: IconRestore,
        run: () => discardViewChanges(saved),
      }),
      view('rename', `${t('common:renameNamed', { name })}…`, {
        ...unlessRefused(whyNot),
        icon: IconPencil,
        run: () => renameView(saved),
      }),
      view('copyLink', t('copyLink', { name }), { icon: IconLink, run: () => copyLink(saved) }),
      view('delete', t('network:command.deleteNode', { title: name }), {
        ...unlessRefused(whyNot),
        icon: IconTrash,
        run: () => deleteView(saved),
      }),
    ];
    // oxlint-disable-next-line react/exhaustive-deps
  }, [state, t, whyNone, whyNot]);
}

export function useViewCommands(): void {
  useCommands(useOpenCommands());
  useCommands(useCurrentCommands());
}

export default function ViewsHost() {
  useViewCommands();
  return null;
}
