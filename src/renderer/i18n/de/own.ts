import type en from '../en/own.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Eigene Felder: was Datensätze enthalten und wofür FRAMES kein Feld hat. */
export default {
  heading: 'Eigene Felder',
  tip: 'Felder, die Ihre Daten haben und FRAMES nicht: Spalten einer importierten Tabelle oder selbst hinzugefügte.',
  add: 'Eigenes Feld hinzufügen…',
  name: 'Name des neuen Felds',
  use: 'Hinzufügen',
  readAs: 'Wird als {{day}} gelesen und als {{stored}} gespeichert.',
  taken: 'FRAMES hat ein Feld dieses Namens. Bitte einen anderen wählen.',
} satisfies Translation<typeof en>;
