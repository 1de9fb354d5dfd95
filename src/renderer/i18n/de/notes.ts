import type en from '../en/notes.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Angaben zu einem Datensatz: je ein Name und was dazu vermerkt ist. */
export default {
  name: 'Name, etwa Treffen',
  nameOf: 'Name der Angabe',
  value: 'Angabe',
  valueOf: 'Was unter „{{name}}“ vermerkt ist',
  add: 'Angabe hinzufügen',
  remove: '„{{name}}“ entfernen',
  removeNew: 'Diese Zeile entfernen',
  unnamed: 'Braucht einen Namen, um zu bleiben',
  twice: 'Dieser Name ist schon da',
  nested: 'Eine Liste oder Angaben in einer Angabe. Sie lassen sich als Text ändern.',
  asText: 'Als Text bearbeiten',
} satisfies Translation<typeof en>;
