import {
  IconBookmark,
  IconBookmarkPlus,
  IconDeviceFloppy,
  IconLink,
  IconPencil,
  IconRestore,
  IconTrash,
} from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { commandFactory, enabledUnless } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useCurrentView, useSaveRefusal } from './current.ts';
import { copyLink, discardViewChanges, openSaved } from './open-saved.ts';
import { deleteView, renameView, saveAs, saveChanges } from './save.tsx';
import { useSavedViews } from './saved.ts';

function useOpenCommands(): void {
  const { t } = useTexts('views');
  const views = useSavedViews();
  useCommands(
    () =>
      (views ?? []).map((view) =>
        commandFactory('go', 'view.open', { menu: false })(view.id, t('openNamed', { name: view.name }), {
          icon: IconBookmark,
          run: () => openSaved(view),
        }),
      ),
    [views, t],
  );
}

function useCurrentCommands(): void {
  const { t } = useTexts('views');
  const current = useCurrentView();
  const { saved = null, isModified = false } = current ?? {};
  const [saveRefusal, changeRefusal] = [useSaveRefusal(null), useSaveRefusal(saved)];
  // Each render creates a new view object; this text changes only with the content.
  const contentKey = JSON.stringify([current?.view, current?.layout, saved?.id, saved?.name, isModified]);
  useCommands(() => {
    if (!current) return [];
    const viewCommand = commandFactory('view', 'view');
    const save = viewCommand('save', `${t('saveTitle')}…`, {
      ...enabledUnless(saveRefusal),
      icon: IconBookmarkPlus,
      run: () => saveAs(current),
    });
    if (!saved) return [save];
    const { name } = saved;
    return [
      save,
      viewCommand('saveChanges', t('saveChanges', { name }), {
        ...enabledUnless(changeRefusal, isModified),
        icon: IconDeviceFloppy,
        run: () => saveChanges(current),
      }),
      viewCommand('discard', t('discard'), {
        enabled: isModified,
        icon: IconRestore,
        run: () => discardViewChanges(saved),
      }),
      viewCommand('rename', `${t('common:renameNamed', { name })}…`, {
        ...enabledUnless(changeRefusal),
        icon: IconPencil,
        run: () => renameView(saved),
      }),
      viewCommand('copyLink', t('copyLink', { name }), { icon: IconLink, run: () => copyLink(saved) }),
      viewCommand('delete', t('network:command.deleteNode', { title: name }), {
        ...enabledUnless(changeRefusal),
        icon: IconTrash,
        run: () => deleteView(saved),
      }),
    ];
    // oxlint-disable-next-line react/exhaustive-deps
  }, [contentKey, t, saveRefusal, changeRefusal]);
}

export function useViewCommands(): void {
  useOpenCommands();
  useCurrentCommands();
}

export default function ViewsHost() {
  useViewCommands();
  return null;
}
