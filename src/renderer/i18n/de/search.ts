import type en from '../en/search.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Das Suchfeld: was es findet und wie man es benutzt. */
export default {
  label: 'Alles durchsuchen',
  results: 'Treffer',
  recent: 'Zuletzt besucht',
  records: 'Datensätze',
  sandboxes: 'Spielwiesen',
  sandbox: 'Spielwiese',
  sandboxAside: 'Spielwiese · beiseitegelegt',
  commands: 'Befehle',
  terms: 'Erklärte Begriffe',
  nothing: 'Nichts gefunden für „{{query}}“',
  nothingMore:
    'Datensätze werden an ihrem Namen gefunden, Verbindungen bei dem, was sie verbinden. In anderen Feldern sucht der Filter einer Liste.',
  searching: 'Wird gesucht…',
  failed: 'Datensätze lassen sich gerade nicht durchsuchen; Befehle gehen weiterhin.',
  deleted: 'gelöscht',
  found_one: '{{count, number}} Treffer',
  found_other: '{{count, number}} Treffer',
  hint: {
    open: 'öffnen',
    tab: 'in neuem Tab öffnen',
    commands: 'nur Befehle',
    close: 'schließen',
  },
} satisfies Translation<typeof en>;
