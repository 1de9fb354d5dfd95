import type en from '../en/profiles.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Texte der Profile: wer handelt. */
export default {
  button: 'Sie handeln als {{name}}',
  now: 'Sie handeln als',
  switchTo: 'Wechseln zu',
  denied: 'Nur Admins fügen Profile hinzu oder ändern sie; {{name}} ist kein Admin.',
  note: 'Profile halten fest, wer was getan hat; sie schützen nicht. Wer die Datei hat, kann jedes Profil verwenden.',
  switched: 'Sie handeln jetzt als {{name}}',
  gone: 'Ihr Profil gibt es nicht mehr',
  refused: {
    title: 'Profil wählen',
    why: 'Nach einer Unterbrechung hat FRAMES Ihr Profil nicht angenommen.',
    safe: 'Ihre nicht gespeicherten Eingaben sind noch da.',
    choose: 'Fortfahren als',
  },
  may: {
    admin: 'ändert alles, auch Profile.',
    researcher: 'ändert jeden Datensatz.',
    editor: 'ändert Datensätze und Verbindungen der eigenen Universität.',
    viewer: 'liest alles, ändert nichts.',
  },
  rename: {
    title: 'Eigenen Namen ändern',
    hint: 'Steht im Verlauf und bei gespeicherten Ansichten, auch bei früheren Änderungen.',
    save: 'Namen ändern',
    done: 'Name in {{name}} geändert',
  },
  change: {
    command: 'Profile ändern…',
    one: '{{name}} ändern…',
    title: 'Profil ändern',
    done: 'Profil {{name}} geändert',
    last: 'Sie sind der einzige Admin. Machen Sie zuerst ein anderes Profil zum Admin.',
    less: {
      researcher: 'Sie könnten keine Profile mehr ändern. Nur ein anderer Admin kann das zurücknehmen.',
      editor:
        'Sie könnten keine Profile und keine anderen Universitäten mehr ändern. Nur ein anderer Admin kann das zurücknehmen.',
      viewer: 'Sie könnten nur noch Ihren Namen ändern. Nur ein anderer Admin kann das zurücknehmen.',
    },
  },
  form: {
    title: 'Profil hinzufügen',
    universityHint: 'Die Rolle „Bearbeitung“ darf deren Datensätze ändern; neue gehören standardmäßig dazu.',
    universityNeeded: 'Die Rolle „Bearbeitung“ braucht eine Universität. Bitte eine wählen.',
    universityUnclear: 'Eine Universität aus der Liste wählen oder das Feld leeren.',
    added: 'Profil {{name}} hinzugefügt',
    act: 'Als {{name}} handeln',
  },
} satisfies Translation<typeof en>;
