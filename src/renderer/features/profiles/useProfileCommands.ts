import { IconPencil } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Profile } from '#shared/contract/workspace.ts';
import { useTexts } from '../../i18n/setup.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused, keywordsOf } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { useReadOnly } from '../../stores/profile.ts';
import { permissionText } from '../../text/faults.ts';
import { addProfile, changeProfile } from './ProfileForm.tsx';
import { renameMe, switchTo } from './switchTo.ts';

/** Commands for one profile; each label has its name, so they are not in a menu. */
const plain = { group: 'file', menu: false } as const;

export function useProfileCommands(me: Profile | undefined, profiles: readonly Profile[]): void {
  const { t } = useTexts('profiles');
  const readOnly = useReadOnly();
  useCommands(
    useMemo((): Command[] => {
      if (!me) return [];
      const admin = me.role === 'admin' && readOnly === null;
      const forAdmins = unlessRefused(readOnly ?? (admin ? null : permissionText('profiles_need_admin')));
      const actAs = ({ id, name }: Profile): Command => {
        return { ...plain, id: `profile.as.${id}`, label: t('form.act', { name }), run: () => switchTo(id) };
      };
      const change = ({ id, name }: Profile): Command => ({
        ...plain,
        id: `profile.change.${id}`,
        label: t('change.one', { name }),
        keywords: keywordsOf({ id: 'profile.change' }),
        run: () => changeProfile(id),
      });
      return [
        {
          id: 'profile.rename',
          group: 'file',
          label: `${t('rename.title')}…`,
          icon: IconPencil,
          ...unlessRefused(readOnly),
          run: () => renameMe(me),
        },
        { id: 'profile.add', group: 'file', label: `${t('form.title')}…`, ...forAdmins, run: addProfile },
        {
          id: 'profile.change',
          group: 'file',
          label: t('change.command'),
          ...forAdmins,
          run: () => changeProfile(),
        },
        ...profiles.filter(({ id }) => id !== me.id).map(actAs),
        ...(admin ? profiles.map(change) : []),
      ];
    }, [t, me, profiles, readOnly]),
  );
}
