import type en from '../en/wizard.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  title: 'Von Grund auf beginnen',
  intro:
    'Geben Sie ein, was Sie wissen, und überspringen Sie den Rest. Die Datensätze werden im letzten Schritt erstellt.',
  step: {
    people: 'Personen',
    review: 'Überprüfen',
  },
  next: 'Weiter: {{step}}',
  startOver: 'Alles leeren',
  editor:
    'Nur die Rollen „Forschung“ und „Admin“ können Universitäten hinzufügen. Wählen Sie eine vorhandene.',
  university: {
    text: 'Wählen Sie die Universität dieser Teams und Personen.',
    existing: 'Vorhandene Universität',
    namePlaceholder: 'Universität am Rotholz',
    lead: 'Leitet das Programm',
  },
  teams: {
    text: 'Geben Sie ein Team pro Zeile ein oder fügen Sie eine Spalte aus einer Tabelle ein.',
    row: 'Team {{row}}',
  },
  people: {
    text: 'Geben Sie Studierende mit Restsemestern und Lehrende ein.',
    row: 'Person {{row}}',
    noTeam: 'Kein Team',
    termsOrRole: 'Restsemester oder Rolle',
  },
  links: {
    text: 'Wählen Sie, welche Teams zusammenarbeiten und wie sie Wissen weitergeben.',
    none: 'Geben Sie zuerst mindestens zwei Teams oder Personen ein.',
    row: 'Verbindung {{row}}',
    choose: 'Wählen',
  },
  remove: 'Zeile {{row}} entfernen',
  review: {
    text: 'Erstellt diese Datensätze (Sie können das rückgängig machen):',
    nothing: 'Noch keine Datensätze eingegeben.',
    create: 'Datensätze erstellen',
  },
  problem: {
    universityName: 'Geben Sie den Namen der Universität ein.',
    universityChoice: 'Wählen Sie eine Universität.',
    name: '{{step}}, Zeile {{row}}: Geben Sie einen Namen ein.',
    size: '{{step}}, Zeile {{row}}: Geben Sie als Größe eine ganze Zahl ab 1 ein.',
    terms: '{{step}}, Zeile {{row}}: Geben Sie als Restsemester eine ganze Zahl ab 0 ein.',
    ends: '{{step}}, Zeile {{row}}: Wählen Sie zwei verschiedene Datensätze.',
    twice: '„{{name}}“ steht zweimal in {{step}}.',
  },
} satisfies Translation<typeof en>;
