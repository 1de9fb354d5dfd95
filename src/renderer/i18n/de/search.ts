import type en from '../en/search.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Das Suchfeld: was es findet und wie man es benutzt. */
export default {
  label: 'Alles durchsuchen',
  results: 'Treffer',
  recent: 'Zuletzt besucht',
  records: 'Datensätze',
  texts: 'In Texten',
  sandboxes: 'Spielwiesen',
  sandbox: 'Spielwiese',
  sandboxAside: 'Spielwiese · beiseitegelegt',
  commands: 'Befehle',
  terms: 'Erklärte Begriffe',
  nothing: 'Nichts gefunden für „{{query}}“',
  nothingMore:
    'Datensätze werden nach Namen und Texten gefunden, auch mit Tippfehlern und dem Namen ihrer Universität daneben; Verbindungen bei den Datensätzen, die sie verbinden.',
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
