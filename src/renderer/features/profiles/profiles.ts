import { useQuery } from '@tanstack/react-query';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../../api/client.ts';
import { queryFor } from '../../stores/queries.ts';
import { say } from '../../i18n/setup.ts';
import { askForName } from '../../ui/RenameForm.tsx';
import { actAs } from '../../stores/profile.ts';
import { roleName } from '../../text/names.ts';
import { dropNotice, notice, reportErrors } from '../../ui/notices.tsx';

/** All profiles, oldest first; empty until loaded. */
export function useProfiles(): readonly Profile[] {
  const { data = [] } = useQuery(queryFor('workspace.profiles', {}));
  return data;
}

export function renameMe({ id, name: currentName }: Profile): void {
  askForName({
    currentName,
    title: say('profiles:rename.title'),
    hint: say('profiles:rename.hint'),
    button: say('profiles:rename.save'),
    rename: (name: string) => api.workspace.renameProfile({ profile: id, name }),
    doneText: (name) => say('profiles:rename.done', { name }),
  });
}

export function initialsOf(name: string): string {
  const words = name.split(/[\s._-]+/u).filter((word) => word !== '');
  const firstLetter = (word = ''): string => /^\P{M}\p{M}*/u.exec(word)?.[0] ?? '';
  const letters =
    words.length > 1 ? firstLetter(words[0]) + firstLetter(words.at(-1)) : firstLetter(words[0]);
  return letters.toUpperCase() || '?';
}

/** The id of the notice that offers to act as a profile. `actAsProfile` removes the notice. */
export function offerNoticeId(profile: string): string {
  return `act-as:${profile}`;
}

export async function actAsProfile(profile: string): Promise<void> {
  await reportErrors(async () => {
    const { name, role } = await actAs(profile);
    dropNotice(offerNoticeId(profile));
    const more = say('grid:opShort.is', {
      field: roleName(role),
      value: say(`profiles:may.${role}`),
    });
    notice({ id: 'profile', title: say('profiles:switched', { name }), more });
  });
}
