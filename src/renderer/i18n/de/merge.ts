import type en from '../en/merge.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Datensätze zusammenführen, die dasselbe meinen. */
export default {
  command: 'Zusammenführen…',
  short: 'Zusammenführen',
  why: '2 bis {{most}} Datensätze auswählen, um sie zusammenzuführen',
  title_one: '{{count, number}} Datensatz zusammenführen',
  title_other: '{{count, number}} Datensätze zusammenführen',
  keep: 'Welcher bleibt',
  keepMore: 'Verbindungen und Verweise der anderen gehen auf ihn über, und sie werden gelöscht.',
  button: 'Datensätze zusammenführen',
  working: 'Datensätze werden zusammengeführt',
  moved_one: '{{count, number}} Verbindung geht auf den bleibenden Datensatz über',
  moved_other: '{{count, number}} Verbindungen gehen auf den bleibenden Datensatz über',
  dropped_one:
    '{{count, number}} Verbindung entfällt: Es gibt sie schon, oder sie verbindet zwei dieser Datensätze',
  dropped_other:
    '{{count, number}} Verbindungen entfallen: Es gibt sie schon, oder sie verbinden zwei dieser Datensätze',
  parallel_one:
    '{{count, number}} Verbindung verbindet dann dieselben zwei Datensätze wie eine andere, abweichend von ihr',
  parallel_other:
    '{{count, number}} Verbindungen verbinden dann dieselben zwei Datensätze wie andere, abweichend von ihnen',
  done_one: '{{count, number}} Datensatz zu {{title}} zusammengeführt',
  done_other: '{{count, number}} Datensätze zu {{title}} zusammengeführt',
  duplicates: {
    command: 'Doppelte finden…',
    title: '{{types}}: vielleicht doppelt',
    looking: 'Namen werden verglichen',
    what_one: '{{count, number}} Paar einer Universität hat ähnliche Namen.',
    what_other: '{{count, number}} Paare einer Universität haben ähnliche Namen.',
    none: '{{types}}: Keine zwei einer Universität haben ähnliche Namen.',
    dependants: 'Verbindungen: {{links, number}} · Datensätze: {{records, number}}',
    merge: 'Zusammenführen…',
  },
} as const satisfies Translation<typeof en>;
