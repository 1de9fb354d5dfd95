import type en from '../en/workspace.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Wie der Arbeitsbereich als solcher heißt. */
export default {
  rename: {
    command: 'Arbeitsbereich umbenennen…',
    title: 'Diesen Arbeitsbereich umbenennen',
    needed: 'Ein Arbeitsbereich braucht einen Namen.',
    hint: 'Alle, die ihn öffnen, sehen diesen Namen. Der Ordner, in dem er liegt, behält seinen eigenen.',
    save: 'Umbenennen',
    done: 'Der Arbeitsbereich heißt jetzt {{name}}',
  },
} satisfies Translation<typeof en>;
