import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../../api/client.ts';
import { say } from '../../i18n/setup.ts';
import { askForName } from '../../ui/RenameForm.tsx';

/** Asks what the one who acts wants to be called. */
export function renameMe({ id, name: now }: Profile): void {
  askForName({
    now,
    title: say('profiles:rename.title'),
    hint: say('profiles:rename.hint'),
    needed: say('profiles:form.nameNeeded'),
    button: say('profiles:rename.save'),
    failed: say('profiles:rename.failed'),
    rename: (name: string) => api.workspace.renameProfile({ profile: id, name }),
    done: (name) => say('profiles:rename.done', { name }),
  });
}
