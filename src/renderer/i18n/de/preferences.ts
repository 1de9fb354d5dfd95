import type en from '../en/preferences.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  intro: 'Änderungen gelten sofort und nur für Sie auf diesem Computer.',
  usual: 'Auf Standard zurücksetzen',
  usualDone: 'Einstellungen auf Standard zurückgesetzt',
  appearance: 'Aussehen',
  theme: {
    label: 'Design',
    hint: '„System“ übernimmt die Einstellung Ihres Computers.',
    system: 'System',
    light: 'Hell',
    dark: 'Dunkel',
  },
  density: {
    label: 'Dichte',
    hint: 'Zeilenhöhe in Listen.',
    comfortable: 'Großzügig',
    compact: 'Kompakt',
  },
  zoom: {
    label: 'Zoom',
    hint: 'Auch {{larger}} und {{smaller}}; {{usual}} setzt zurück.',
    percent: '{{value}}\u00a0%',
  },
  motion: {
    label: 'Bewegung',
    hint: '„Reduziert“ schaltet Animationen aus.',
    system: 'System',
    reduced: 'Reduziert',
  },
  language: {
    title: 'Sprache und Schreibweise',
    label: 'Sprache',
    system: 'System ({{name}})',
    hint: 'Für Fenster und Menüs; Datensätze werden nicht übersetzt.',
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
    hint: 'Für Listen, Anzahlen und Größen.',
    comma: '1,250.5',
    point: '1.250,5',
    space: '1 250,5',
  },
  starting: 'Start',
  start: {
    label: 'Beim Start',
    hint: 'Offene Tabs bleiben immer erhalten.',
    resume: 'Letzte Ansicht öffnen',
    home: 'Startseite öffnen',
  },
  files: {
    title: 'Dateien',
    hint: 'Dieser Ordner enthält alle Datensätze, den Verlauf und das Protokoll.',
    here: 'Auf diesem Computer',
    seat: 'Diese Einstellungen',
    seatHint: 'Auf diesem Computer gespeichert, außerhalb der Arbeitsbereiche.',
  },
  networks: {
    title: 'Netzwerke',
    label: 'CA-Zertifikate',
    system:
      'Servern wird wie in Ihrem System vertraut. Wählen Sie eine PEM-Datei, wenn Ihr Campus eine eigene CA hat.',
    chosen: 'Vertraut auf diesem Computer auch {{names}}.',
    valid: '„{{name}}“ (bis {{day}})',
    expired: '„{{name}}“ (abgelaufen am {{day}})',
    damaged:
      'Die gewählte Datei ist nicht lesbar, deshalb schlagen verschlüsselte Verbindungen fehl. Wählen Sie eine andere oder entfernen Sie sie.',
    choose: 'Datei wählen…',
    remove: 'Entfernen',
  },
} satisfies Translation<typeof en>;
