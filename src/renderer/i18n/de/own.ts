import type en from '../en/own.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Eigene Felder: was Datensätze enthalten und wofür FRAMES kein Feld hat. */
export default {
  heading: 'Eigene Felder',
  tip: 'Felder, die FRAMES nicht hat: behaltene Spalten einer Tabelle oder Felder, die jemand hinzugefügt hat. Sie lassen sich wie alle anderen zeigen, sortieren, filtern und bearbeiten.',
  add: 'Eigenes Feld hinzufügen…',
  name: 'Name des neuen Felds',
  use: 'Hinzufügen',
  readAs: 'Wird als {{day}} gelesen und als {{stored}} gespeichert.',
  taken: 'FRAMES hat ein Feld dieses Namens. Bitte einen anderen wählen.',
  unsaved:
    'Früher eingegeben und nicht gespeichert. Beim Verlassen des Felds wird es gespeichert, mit Esc verworfen.',
} satisfies Translation<typeof en>;
