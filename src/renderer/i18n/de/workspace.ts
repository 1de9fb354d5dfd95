import type en from '../en/workspace.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  rename: {
    title: 'Arbeitsbereich umbenennen',
    hint: 'Sichtbar für alle, die ihn öffnen; der Ordner behält seinen Namen.',
    done: 'Arbeitsbereich in „{{name}}“ umbenannt',
  },
} satisfies Translation<typeof en>;
