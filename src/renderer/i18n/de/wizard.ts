import type en from '../en/wizard.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Eine Universität mit ihren Teams und Personen Schritt für Schritt eintragen. */
export default {
  title: 'Von Grund auf beginnen',
  intro: 'Eingeben, was bekannt ist, und den Rest überspringen. Datensätze entstehen im letzten Schritt.',
  step: {
    people: 'Personen',
    review: 'Durchsicht',
  },
  next: 'Weiter: {{step}}',
  startOver: 'Alles leeren',
  editor: 'Nur die Rollen „Forschung“ und „Admin“ fügen Universitäten hinzu. Bitte eine vorhandene wählen.',
  university: {
    text: 'Die Universität dieser Teams und Personen wählen.',
    existing: 'Vorhandene Universität',
    namePlaceholder: 'Universität am Rotholz',
    lead: 'Leitet das Programm',
  },
  teams: {
    text: 'Ein Team pro Zeile eingeben oder eine Spalte aus einer Tabelle einfügen.',
    row: 'Team {{row}}',
  },
  people: {
    text: 'Studierende mit restlichen Semestern und Lehrende eingeben.',
    row: 'Person {{row}}',
    noTeam: 'Kein Team',
    termsOrRole: 'Restsemester oder Rolle',
  },
  links: {
    text: 'Wählen, welche Teams zusammenarbeiten, und ihre Bindung.',
    none: 'Zuerst mindestens zwei Teams oder Personen eingeben.',
    row: 'Verbindung {{row}}',
    choose: 'Wählen',
  },
  remove: 'Zeile {{row}} entfernen',
  review: {
    text: 'Legt diese Datensätze an (lässt sich rückgängig machen):',
    nothing: 'Noch keine Datensätze eingegeben.',
    create: 'Datensätze anlegen',
  },
  problem: {
    universityName: 'Den Namen der Universität eingeben.',
    universityChoice: 'Eine Universität wählen.',
    name: '{{step}}, Zeile {{row}}: Der Name fehlt.',
    size: '{{step}}, Zeile {{row}}: Die Größe muss eine ganze Zahl ab 1 sein.',
    terms: '{{step}}, Zeile {{row}}: Die Restsemester müssen eine ganze Zahl ab 0 sein.',
    ends: 'Zeile {{row}} von {{step}} braucht zwei verschiedene Datensätze.',
    twice: '„{{name}}“ steht zweimal in {{step}}.',
  },
} satisfies Translation<typeof en>;
