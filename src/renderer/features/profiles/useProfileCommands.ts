import { IconPencil } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/contract/workspace.ts';
import type { Command } from '../../commands/command.ts';
import { unlessRefused } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { permissionText } from '../../text/faults.ts';
import { addProfile } from './addProfile.tsx';
import { renameMe, renameOther } from './rename.ts';
import { switchTo } from './switchTo.ts';

/** What can be done about another profile; it is named in each, so that it needs no menu. */
function aboutOther(t: (key: 'form.act' | 'rename.other', words: { name: string }) => string, me: Profile) {
  return (profile: Profile): Command[] => {
    const { id, name } = profile;
    const plain = { group: 'file', menu: false } as const;
    const act = { ...plain, id: `profile.as.${id}`, label: t('form.act', { name }), run: () => switchTo(id) };
    if (me.role !== 'admin') return [act];
    const label = t('rename.other', { name });
    return [act, { ...plain, id: `profile.name.${id}`, label, run: () => renameOther(profile) }];
  };
}

/** Switching, adding and renaming by palette and native menu too. */
export function useProfileCommands(me: Profile | undefined, others: readonly Profile[]): void {
  const { t } = useTranslation('profiles');
  useCommands(
    useMemo((): Command[] => {
      if (!me) return [];
      return [
        {
          id: 'profile.rename',
          group: 'file',
          label: t('rename.command'),
          icon: IconPencil,
          run: () => renameMe(me),
        },
        {
          id: 'profile.add',
          group: 'file',
          label: t('add'),
          ...unlessRefused(me.role === 'admin' ? null : permissionText('profiles_need_admin')),
          run: addProfile,
        },
        ...others.flatMap(aboutOther(t, me)),
      ];
    }, [t, me, others]),
  );
}
