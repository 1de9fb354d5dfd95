import type en from '../en/common.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Wörter, die im ganzen Fenster vorkommen. */
export default {
  app: 'FRAMES',
  open: 'Öffnen',
  close: 'Schließen',
  cancel: 'Abbrechen',
  discard: 'Verwerfen',
  save: 'Speichern',
  retry: 'Erneut versuchen',
  undo: 'Rückgängig',
  redo: 'Wiederholen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  details: 'Einzelheiten',
  traceId: 'Trace-ID',
  yes: 'Ja',
  no: 'Nein',
  unknown: '–',
  notAssigned: 'Nicht zugeordnet',
  none: 'Keine',
  loading: 'Wird geladen…',
  clear: 'Auswahl aufheben',
  you: 'Sie',
  count_one: '{{count, number}} Datensatz',
  count_other: '{{count, number}} Datensätze',
  links_one: '{{count, number}} Verbindung',
  links_other: '{{count, number}} Verbindungen',
  bytes_one: '{{count, number}} Byte',
  bytes_other: '{{count, number}} Byte',
  and: '{{a}} und {{b}}',
  exact: '{{when}} (Ihre Ortszeit)',
  justNow: 'gerade eben',
  day: {
    /** How a day is written in figures. */
    form: { 'day-month': 'Tag.Monat.Jahr', 'month-day': 'Monat/Tag/Jahr', iso: 'Jahr-Monat-Tag' },
    read: 'Wird als {{day}} gelesen.',
    none: 'Kein Tag. Zum Beispiel so: {{example}}.',
  },
} satisfies Translation<typeof en>;
