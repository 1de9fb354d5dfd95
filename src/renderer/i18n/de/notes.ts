import type en from '../en/notes.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Angaben zu einem Datensatz: je ein Name und was dazu vermerkt ist. */
export default {
  name: 'Name, etwa „Besprechungstag“',
  nameOf: 'Name der Angabe',
  value: 'Angabe',
  valueOf: 'Notiz unter „{{name}}“',
  add: 'Angabe hinzufügen',
  remove: '„{{name}}“ entfernen',
  removeNew: 'Zeile entfernen',
  unnamed: 'Zum Speichern einen Namen eingeben',
  twice: 'Diesen Namen gibt es schon',
  nested: 'Listen und verschachtelte Notizen lassen sich als Text bearbeiten.',
  asText: 'Als Text bearbeiten',
} satisfies Translation<typeof en>;
