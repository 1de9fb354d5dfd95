import type en from '../en/ask.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Fragen in Worten. */
export default {
  title: 'Fragen',
  question: 'Ihre Frage',
  placeholder: 'Softwareteams an der Summit',
  ask: 'Frage stellen',
  intro:
    'Fragen Sie in deutschen oder englischen Worten nach den Datensätzen. Nichts verlässt diesen Computer.',
  examples: 'Zum Beispiel',
  understood: 'So wurde die Frage verstanden',
  unknown: 'Nicht verstanden: {{words}}. Stattdessen wurde nach den Worten gesucht.',
  sql: 'SQL-Abfrage',
  run: 'Ausführen',
  running: 'Die Abfrage läuft…',
  records: 'Datensatz öffnen',
  truncated: 'Nur die ersten {{count, number}} Zeilen werden gezeigt.',
  insight: 'In den Erkenntnissen öffnen',
  nothing: 'Kein Datensatz enthält diese Worte.',
  rows: 'Antwort',
  chart: '{{value}} nach {{label}}',
} satisfies Translation<typeof en>;
