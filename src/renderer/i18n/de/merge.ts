import type en from '../en/merge.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  command: 'Zusammenführen…',
  short: 'Zusammenführen',
  all: 'Alle zusammenführen',
  allCommand: 'Alle zusammenführen…',
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
  done: '{{what}} zu „{{title}}“ zusammengeführt',
  contents: {
    merge: 'Übereinstimmende Teams, Personen und Verbindungen auch zusammenführen',
    without: 'Sie gehen auf die behaltene Universität über und bleiben dort doppelt.',
    counts: '{{before}} werden zu {{after}}',
    pairs_one: '{{count, number}} übereinstimmender Datensatz',
    pairs_other: '{{count, number}} übereinstimmende Datensätze',
    differing_one: '{{count, number}} weicht ab: Der behaltene Wert bleibt',
    differing_other: '{{count, number}} weichen ab: Die behaltenen Werte bleiben',
    list: 'Übereinstimmende Datensätze',
    difference: '{{field}}: behält {{kept}}, verwirft {{dropped}}',
    ambiguous_one: '{{count, number}} Datensatz hat einen mehrdeutigen Namen und bleibt getrennt.',
    ambiguous_other: '{{count, number}} Datensätze haben mehrdeutige Namen und bleiben getrennt.',
    sameName: '{{count, number}} Datensätze, die verschiedene Personen oder Teams sein können',
    more: '{{count, number}} weitere anzeigen',
  },
  duplicates: {
    command: 'Duplikate finden…',
    title: '{{types}}: mögliche Duplikate',
    looking: 'Namen werden verglichen',
    what_one: '{{count, number}} Paar hat ähnliche Namen.',
    what_other: '{{count, number}} Paare haben ähnliche Namen.',
    none: 'Keine ähnlichen Namen innerhalb einer Universität.',
    dependants: 'Verbindungen: {{links, number}} · Datensätze: {{records, number}}',
  },
} as const satisfies Translation<typeof en>;
