import type en from '../en/profiles.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  button: 'Sie arbeiten als {{name}}',
  switchTo: 'Wechseln zu',
  denied: 'Nur Admins können Profile hinzufügen oder ändern; {{name}} ist kein Admin.',
  note: 'Profile halten fest, wer was getan hat. Sie schränken den Zugriff nicht ein: Wer die Datei hat, kann jedes Profil verwenden.',
  switched: 'Sie arbeiten jetzt als {{name}}',
  gone: 'Ihr Profil gibt es nicht mehr',
  refused: {
    title: 'Profil wählen',
    why: 'Nach einer Unterbrechung hat FRAMES Ihr Profil nicht angenommen.',
    safe: 'Ihre nicht gespeicherten Eingaben sind noch da.',
    choose: 'Fortfahren als',
  },
  may: {
    admin: 'Kann alles ändern, auch Profile.',
    researcher: 'Kann jeden Datensatz ändern.',
    editor: 'Kann Datensätze und Verbindungen der eigenen Universität ändern.',
    viewer: 'Kann alles lesen und nichts ändern.',
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
    universityHint: 'Die Rolle „Bearbeitung“ ändert ihre Datensätze; neue gehören standardmäßig zu ihr.',
    universityNeeded: 'Die Rolle „Bearbeitung“ braucht eine Universität. Wählen Sie eine.',
    universityUnclear: 'Wählen Sie eine Universität aus der Liste oder leeren Sie das Feld.',
    added: 'Profil {{name}} hinzugefügt',
    act: 'Als {{name}} arbeiten',
  },
} satisfies Translation<typeof en>;
