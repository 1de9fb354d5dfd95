import type en from '../en/search.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  onPage: '{{field}}, Seite {{page, number}}',
  label: 'Alles durchsuchen',
  results: 'Treffer',
  recent: 'Zuletzt besucht',
  texts: 'In Texten',
  showMore: '{{count, number}} weitere zeigen',
  notShown_one: '{{count, number}} weiterer Treffer wird nicht gezeigt',
  notShown_other: '{{count, number}} weitere Treffer werden nicht gezeigt',
  narrow: 'Ergänzen Sie ein Wort, um genauer zu suchen.',
  earlier: 'Frühere Werte',
  until: '{{field}} bis {{when}}',
  meaning: 'Nach Bedeutung (Englisch)',
  similar: '{{percent, number}}\u00a0% ähnlich',
  similarRecords: 'Ähnliche Datensätze',
  byWords: 'Nach gemeinsamen Wörtern',
  shares: 'Gemeinsam: {{words}}',
  noneShared: 'Kein anderer Datensatz enthält dieselben seltenen Wörter.',
  meaningOff: 'Die Suche nach Bedeutung ist aus.',
  archivedSandbox: 'Archivierte Spielwiese',
  commands: 'Befehle',
  terms: 'Begriffe',
  nothing: 'Nichts gefunden für „{{query}}“',
  nothingMore:
    'Suchen Sie nach Name, Text oder Universität. Verbindungen finden Sie bei den Datensätzen, die sie verbinden.',
  searching: 'Wird gesucht…',
  failed: 'Datensätze lassen sich gerade nicht durchsuchen. Befehle funktionieren weiterhin.',
  found_one: '{{count, number}} Treffer',
  found_other: '{{count, number}} Treffer',
  hint: {
    open: 'öffnen',
    tab: 'in neuem Tab öffnen',
    commands: 'nur Befehle',
    close: 'schließen',
  },
} satisfies Translation<typeof en>;
