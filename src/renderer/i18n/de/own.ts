import type en from '../en/own.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  tip: 'Felder, die FRAMES nicht vorgibt, etwa Spalten einer importierten Tabelle.',
  add: 'Eigenes Feld hinzufügen…',
  name: 'Feldname',
  use: 'Hinzufügen',
  readAs: 'Wird als {{day}} gelesen und als {{stored}} gespeichert.',
} satisfies Translation<typeof en>;
