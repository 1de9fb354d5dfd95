import type en from '../en/matrix.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Die Matrix: Datensätze als Zeilen und Spalten, die Verbindungen zwischen ihnen in den Zellen. */
export default {
  title: 'Matrix',
  grid: 'Matrix aus {{count, number}} Datensätzen',
  help: 'Mit den Pfeiltasten bewegen Sie sich zwischen Zellen, mit Pos1 und Ende an die Enden der Zeile, mit Strg in die Ecken. Enter öffnet eine Verbindung oder einen Datensatz oder fügt eine Verbindung hinzu. Esc schließt den Detailbereich.',
  order: 'Reihenfolge',
  by: {
    name: 'Nach Name',
    cluster: 'Nach Cluster',
  },
  inputs: 'Eingänge',
  convention: { rows: 'Eingänge in Zeilen', columns: 'Eingänge in Spalten' },
  explained: {
    rows: 'Die Zeile empfängt von der Spalte.',
    columns: 'Die Spalte empfängt von der Zeile.',
  },
  corner: { rows: 'Zeile empfängt von Spalte', columns: 'Spalte empfängt von Zeile' },
  sentence: {
    university_one: '{{inside, number}} von {{count, number}} Verbindung bleibt in einer Universität',
    university_other: '{{inside, number}} von {{count, number}} Verbindungen bleiben in einer Universität',
    discipline_one: '{{inside, number}} von {{count, number}} Verbindung bleibt in einem Fachgebiet',
    discipline_other: '{{inside, number}} von {{count, number}} Verbindungen bleiben in einem Fachgebiet',
    lifecycle_one: '{{inside, number}} von {{count, number}} Verbindung bleibt in einer Lebensphase',
    lifecycle_other: '{{inside, number}} von {{count, number}} Verbindungen bleiben in einer Lebensphase',
    cluster_one: '{{inside, number}} von {{count, number}} Verbindung bleibt in einem Cluster',
    cluster_other: '{{inside, number}} von {{count, number}} Verbindungen bleiben in einem Cluster',
  },
  cut: 'Die {{shown, number}} von {{all, number}} Datensätzen mit den meisten Verbindungen. Wählen Sie eine Universität, um alle zu sehen.',
  cluster: 'Cluster {{number}}',
  noCluster: 'Ohne Verbindungen',
  block: '{{name}} · {{count, number}}',
  link: '{{from}} → {{to}}: {{about}}',
  loses: 'verliert {{loss}}\u00a0%',
  more_one: '{{count, number}} weitere Verbindung; öffnen Sie erneut für die nächste',
  more_other: '{{count, number}} weitere Verbindungen; öffnen Sie erneut für die nächste',
  none: '{{from}} → {{to}}: keine Verbindung',
  emptyCell: 'keine Verbindung',
  same: 'derselbe Datensatz',
  add: 'Verbindung hinzufügen…',
  point: 'Zeigen Sie auf eine Markierung, um Einzelheiten zu sehen.',
  legend: 'Energieverlust',
  empty: {
    text: 'Noch keine Teams. Fügen Sie Teams hinzu, um hier ihre Verbindungen zu sehen.',
    filtered: 'Keine Datensätze dieser Typen an dieser Universität.',
  },
} as const satisfies Translation<typeof en>;
