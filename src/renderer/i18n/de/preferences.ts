import type en from '../en/preferences.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Einstellungen: was eine Person an diesem Computer vorzieht. */
export default {
  title: 'Einstellungen',
  intro: 'Was hier gewählt wird, gilt sofort, für Sie an diesem Computer. Die Datensätze bleiben unberührt.',
  usual: 'Zurück zur Voreinstellung',
  usualDone: 'Alle Einstellungen sind wie am Anfang',
  appearance: 'Aussehen',
  theme: {
    label: 'Design',
    hint: 'Mit „System“ wechselt das Fenster mit dem Computer zwischen Hell und Dunkel.',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
  },
  density: {
    label: 'Dichte',
    hint: 'Wie hoch die Zeilen von Listen sind.',
    comfortable: 'Großzügig',
    compact: 'Kompakt',
  },
  zoom: {
    label: 'Größe von Schrift und Bedienelementen',
    hint: 'Auch mit {{larger}} und {{smaller}}; {{usual}} ist die normale Größe.',
    percent: '{{value}}\u00a0%',
  },
  motion: {
    label: 'Bewegung',
    hint: 'Reduziert: Nichts gleitet oder blendet.',
    system: 'Wie im System',
    reduced: 'Reduziert',
  },
  language: {
    title: 'Sprache und Schreibweise',
    label: 'Sprache',
    system: 'Wie im System ({{name}})',
    hint: 'Des Fensters und seiner Menüs. Datensätze bleiben, wie sie geschrieben wurden.',
  },
  dates: {
    label: 'Datum',
    hint: 'Heute ist {{today}}.',
    'day-month': 'Tag zuerst',
    'month-day': 'Monat zuerst',
    iso: 'Jahr zuerst (ISO 8601)',
  },
  numbers: {
    label: 'Zahlen',
    hint: 'In Listen, Anzahlen und Größen.',
    comma: '1,250.5',
    point: '1.250,5',
    space: '1 250,5',
  },
  starting: 'Start',
  start: {
    label: 'Wenn FRAMES startet',
    hint: 'Die zuletzt offenen Tabs bleiben in beiden Fällen.',
    resume: 'Dort öffnen, wo ich war',
    home: 'Startseite öffnen',
  },
  files: {
    title: 'Dateien',
    workspace: 'Arbeitsbereich',
    hint: 'Alle Datensätze, ihr Verlauf und das Protokoll liegen in diesem Ordner.',
    show: 'Im Ordner zeigen',
    here: 'Auf diesem Computer',
    seat: 'Diese Einstellungen',
    seatHint: 'Werden für Sie auf diesem Computer aufbewahrt, in keinem Arbeitsbereich.',
  },
} satisfies Translation<typeof en>;
