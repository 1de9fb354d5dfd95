import type { Translation } from '#shared/shell/translation.ts';
import type share from '../en/share.ts';

export default {
  command: 'Als Seite teilen…',
  title: 'Als Seite teilen',
  what: 'Speichert eine HTML-Datei, die sich in jedem Browser öffnen lässt, offline und ohne FRAMES.',
  include: 'Inhalt',
  part: {
    people: 'Namen von Personen',
    universities: 'Namen von Universitäten',
    repairs: 'Simulierte Maßnahmen',
    network: 'Netzwerk',
  },
  hint: {
    people: 'Sonst Person 1, Person 2…',
    universities: 'Sonst Universität 1, Universität 2…',
  },
  within:
    'Nur ganze Namen werden ersetzt. Prüfen Sie Namen von Teams und Projekten, die einen Teil davon enthalten.',
  person: 'Person\u00a0{{number}}',
  university: 'Universität\u00a0{{number}}',
  name: 'Bezeichnung',
  type: 'Art',
  links: 'Verbindungen',
  asOf: 'Stand: {{when}}',
  failed: 'Die Seite wurde nicht gespeichert',
  tooManyNames: 'Mehr als {{most}} Namen müssten ersetzt werden. Nehmen Sie sie stattdessen auf.',
  values: 'Werte',
  valuesAndLive: 'Werte hier und in Live (umrandet)',
  inLive: 'in Live {{value}}',
} satisfies Translation<typeof share>;
