import type en from '../en/wizard.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Eine Universität mit ihren Teams und Personen Schritt für Schritt eintragen. */
export default {
  title: 'Von Grund auf beginnen',
  intro:
    'Eintragen, was bekannt ist; jeder Schritt darf leer bleiben, und man kann zurückkommen. Es bleibt hier stehen; erst der letzte Schritt legt Datensätze an.',
  step: {
    university: 'Universität',
    teams: 'Teams',
    people: 'Personen',
    links: 'Verbindungen',
    review: 'Durchsicht',
  },
  next: 'Weiter: {{step}}',
  startOver: 'Alles leeren',
  viewer:
    'Dieses Profil hat die Rolle „Nur Lesen“ und ändert keine Datensätze. Zum Beginnen zu einem anderen Profil wechseln.',
  editor:
    'Eine Universität fügen nur die Rollen „Forschung“ und „Admin“ hinzu. Bitte eine vorhandene wählen.',
  university: {
    text: 'Zu welcher Universität gehören die Teams und Personen?',
    new: 'Zu einer neuen',
    existing: 'Zu einer, die schon hier ist',
    name: 'Name der Universität',
    namePlaceholder: 'Universität am Rotholz',
    lead: 'Sie leitet das Programm',
  },
  teams: {
    text: 'Eine Zeile je Team. Neue Zeilen kommen von selbst; eine aus einer Tabelle eingefügte Spalte füllt mehrere.',
    row: 'Team {{row}}',
  },
  people: {
    text: 'Studierende mit ihren Restsemestern und die Lehrenden, die bleiben.',
    row: 'Person {{row}}',
    kind: 'Gehört zu',
    student: 'Studierende',
    noTeam: 'Kein Team',
    termsOrRole: 'Restsemester oder Rolle',
  },
  links: {
    text: 'Welche Teams geben einander etwas weiter, und wie wird das gehalten?',
    none: 'Erst zwei Teams oder Personen eintragen; dann lassen sie sich hier verbinden.',
    row: 'Verbindung {{row}}',
    choose: 'Wählen',
  },
  remove: 'Zeile {{row}} entfernen',
  review: {
    text: 'Das wird angelegt, als ein Schritt, der sich rückgängig machen lässt:',
    nothing: 'Noch ist nichts eingetragen.',
    create: 'Alles anlegen',
    problems: 'Noch zu beheben',
    go: 'Dorthin',
    created: '{{what}} angelegt',
  },
  problem: {
    universityName: 'Die Universität braucht einen Namen.',
    universityChoice: 'Bitte die Universität wählen.',
    name: '{{step}}, Zeile {{row}}: Der Name fehlt.',
    size: '{{step}}, Zeile {{row}}: Die Größe muss eine ganze Zahl ab 1 sein.',
    terms: '{{step}}, Zeile {{row}}: Die Restsemester müssen eine ganze Zahl ab 0 sein.',
    ends: '{{step}}, Zeile {{row}}: Es braucht zwei verschiedene Enden.',
    twice: '„{{name}}“ steht zweimal unter {{step}}.',
  },
} satisfies Translation<typeof en>;
