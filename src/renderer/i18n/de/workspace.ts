import type en from '../en/workspace.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Wie der Arbeitsbereich als solcher heißt. */
export default {
  rename: {
    title: 'Arbeitsbereich umbenennen',
    hint: 'Sichtbar für alle, die ihn öffnen; der Ordner behält seinen Namen.',
    done: 'Arbeitsbereich in „{{name}}“ umbenannt',
  },
} satisfies Translation<typeof en>;
