import type en from '../en/notes.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  name: 'Name, etwa „Besprechungstag“',
  nameOf: 'Name der Angabe',
  value: 'Angabe',
  valueOf: 'Angabe „{{name}}“',
  add: 'Angabe hinzufügen',
  remove: 'Angabe „{{name}}“ löschen',
  removeNew: 'Angabe löschen',
  unnamed: 'Geben Sie einen Namen ein, um die Angabe zu speichern',
  twice: 'Diesen Namen gibt es schon',
  nested: 'Listen und verschachtelte Angaben lassen sich als Text bearbeiten.',
  asText: 'Als Text bearbeiten',
} satisfies Translation<typeof en>;
