import type en from '../en/profiles.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Texte der Profile: wer handelt. */
export default {
  button: 'Sie handeln als {{name}}',
  menu: 'Wer handelt',
  now: 'Sie handeln als',
  switchTo: 'Wechseln zu',
  add: 'Profil hinzufügen…',
  denied: 'Profile fügt die Rolle „Admin“ hinzu, und sie ändert sie. {{name}} hat sie nicht.',
  note: 'Profile schützen vor Versehen und halten fest, wer was getan hat. Ein Schloss sind sie nicht: Wer die Datei hat, kann unter jedem Profil handeln.',
  switched: 'Sie handeln jetzt als {{name}}',
  switchedMore: '{{role}}: {{may}}',
  gone: 'Das bisherige Profil gibt es nicht mehr',
  refused: {
    title: 'Wer handelt hier?',
    why: 'Nach einer Unterbrechung wurde das Profil dieses Fensters nicht mehr angenommen.',
    safe: 'Unter einem anderen Namen wird nur gespeichert, wenn Sie ihn wählen. Die Eingaben sind noch da.',
    choose: 'Weiter als',
  },
  role: { admin: 'Admin', researcher: 'Forschung', editor: 'Bearbeitung', viewer: 'Nur Lesen' },
  may: {
    admin: 'ändert alles, auch Profile.',
    researcher: 'ändert jeden Datensatz.',
    editor: 'ändert, was zur eigenen Universität gehört, und deren Verbindungen.',
    viewer: 'liest alles, ändert keinen Datensatz.',
  },
  rename: {
    command: 'Eigenen Namen ändern…',
    title: 'Eigenen Namen ändern',
    hint: 'Diesen Namen sehen andere im Verlauf und bei gespeicherten Ansichten, auch bei dem, was Sie früher getan haben.',
    save: 'Namen ändern',
    done: 'Sie heißen jetzt {{name}}',
  },
  change: {
    command: 'Profile ändern…',
    one: '{{name}} ändern…',
    title: 'Profil ändern',
    which: 'Profil',
    label: '{{name}} · {{role}}',
    done: 'Profil {{name}} geändert',
    last: 'Nur Sie haben die Rolle „Admin“, und jemand muss sie haben. Geben Sie sie zuerst einem anderen Profil.',
    less: {
      researcher:
        'Profile könnten Sie dann nicht mehr hinzufügen oder ändern. Zurück führt nur ein anderes Profil mit der Rolle „Admin“.',
      editor:
        'Profile und Datensätze anderer Universitäten könnten Sie dann nicht mehr ändern. Zurück führt nur ein anderes Profil mit der Rolle „Admin“.',
      viewer:
        'Sie könnten dann nur noch den eigenen Namen ändern. Zurück führt nur ein anderes Profil mit der Rolle „Admin“.',
    },
  },
  form: {
    title: 'Profil hinzufügen',
    name: 'Name',
    role: 'Rolle',
    university: 'Universität',
    universityHint:
      'Was zu ihr gehört, darf die Rolle „Bearbeitung“ ändern. Neue Datensätze gehören von selbst zu ihr.',
    universityNeeded: 'Ohne Universität kann die Rolle „Bearbeitung“ nichts ändern. Bitte eine wählen.',
    universityUnclear: 'Eine Universität aus der Liste wählen oder das Feld leeren.',
    nameNeeded: 'Ein Profil braucht einen Namen.',
    save: 'Profil hinzufügen',
    added: 'Profil {{name}} hinzugefügt',
    act: 'Als {{name}} handeln',
  },
} satisfies Translation<typeof en>;
