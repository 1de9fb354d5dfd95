import type en from '../en/merge.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  command: 'Zusammenführen…',
  short: 'Zusammenführen',
  why: '2 bis {{most}} Datensätze auswählen, um sie zusammenzuführen',
  title: '{{count, number}} Datensätze zusammenführen',
  keep: 'Zu behaltender Datensatz',
  keepMore: 'Dieser Datensatz übernimmt die Verbindungen der anderen. Die anderen werden gelöscht.',
  working: 'Datensätze werden zusammengeführt',
  moved_one: '{{count, number}} Verbindung geht auf den behaltenen Datensatz über',
  moved_other: '{{count, number}} Verbindungen gehen auf den behaltenen Datensatz über',
  dropped_one:
    '{{count, number}} Verbindung wird gelöscht: Es gibt sie schon, oder sie verbindet zusammengeführte Datensätze',
  dropped_other:
    '{{count, number}} Verbindungen werden gelöscht: Es gibt sie schon, oder sie verbinden zusammengeführte Datensätze',
  parallel_one: '{{count, number}} Verbindung wird parallel zu einer abweichenden Verbindung',
  parallel_other: '{{count, number}} Verbindungen werden parallel zu abweichenden Verbindungen',
  done: '{{count, number}} Datensätze zu „{{title}}“ zusammengeführt',
  duplicates: {
    command: 'Duplikate finden…',
    title: '{{types}}: mögliche Duplikate',
    looking: 'Namen werden verglichen',
    what_one: '{{count, number}} Paar hat ähnliche Namen innerhalb einer Universität.',
    what_other: '{{count, number}} Paare haben ähnliche Namen innerhalb einer Universität.',
    none: 'Keine ähnlichen Namen innerhalb einer Universität.',
    dependants: 'Verbindungen: {{links, number}} · Datensätze: {{records, number}}',
  },
} as const satisfies Translation<typeof en>;
