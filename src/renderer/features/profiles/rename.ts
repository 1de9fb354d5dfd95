import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { askForName } from '../../ui/RenameForm.tsx';

const kept = (id: string) => ({
  needed: say('profiles:form.nameNeeded'),
  button: say('profiles:rename.save'),
  failed: say('profiles:rename.failed'),
  rename: (name: string) => api.workspace.renameProfile({ profile: id, name }),
});

/** Asks what the one who acts wants to be called. */
export function renameMe({ id, name: now }: Profile): void {
  askForName({
    ...kept(id),
    now,
    title: say('profiles:rename.title'),
    hint: say('profiles:rename.hint'),
    done: (name) => say('profiles:rename.done', { name }),
  });
}

/** Asks what somebody else shall be called. */
export function renameOther({ id, name: now }: Profile): void {
  askForName({
    ...kept(id),
    now,
    title: say('profiles:rename.otherTitle', { name: now }),
    hint: say('profiles:rename.otherHint'),
    done: (name) => say('profiles:rename.otherDone', { was: now, name }),
  });
}
