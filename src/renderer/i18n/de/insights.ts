import type { Translation } from '#shared/shell/translation.ts';
import type insights from '../en/insights.ts';

/** Die fünf Fragen, ihre Antworten, und wie sie berechnet werden. */
export default {
  title: 'Erkenntnisse',
  questions: 'Fragen',
  pages: 'Seiten der Erkenntnisse',
  chooseQuestion: 'Frage',
  question: {
    leavers: 'Wessen Weggang träfe am meisten?',
    degrading: 'Welche Verbindungen zerfallen?',
    undocumented: 'Was ist nicht dokumentiert?',
    cohorts: 'Wo fehlen Jahrgänge?',
    changes: 'Was ist seit dem letzten Semester anders?',
  },
  heading: {
    leavers: 'Geht {{title}}, verliert {{value}} des Wissens seinen Weg',
    degrading_one: '{{count}} Verbindung verliert bis zum Ende des nächsten Semesters 35\u00a0% oder mehr',
    degrading_other:
      '{{count}} Verbindungen verlieren bis zum Ende des nächsten Semesters 35\u00a0% oder mehr',
    undocumented: '{{value}} des Wissens geht über eine Verbindung, die nicht aufgeschrieben ist: {{title}}',
    cohorts_one: '{{count}} Team hat eine Lücke zwischen den Jahrgängen',
    cohorts_other: '{{count}} Teams haben eine Lücke zwischen den Jahrgängen',
    changes_one: '{{count}} Änderung seit {{since}}',
    changes_other: '{{count}} Änderungen seit {{since}}',
  },
  likely: 'Unter den kritischsten: {{title}} mit {{value}} des Wissens',
  none: {
    leavers: 'Niemandes Weggang schneidet Wissen ab: Es gibt noch keine Verbindungen.',
    degrading: 'Keine Verbindung verliert bis zum Ende des nächsten Semesters 35\u00a0% oder mehr.',
    undocumented: 'Jede Verbindung ist aufgeschrieben.',
    cohorts: 'Kein Team mit bekannten Mitgliedern hat eine Lücke zwischen den Jahrgängen.',
    changes: 'Seit {{since}} kam und ging niemand, und keine Verbindung wurde schwächer oder stärker.',
    changesNever: 'Es gibt noch keinen Verlauf zum Vergleichen.',
  },
  how: 'So wird das berechnet',
  formula: {
    leavers:
      'Über eine Verbindung geht 100\u00a0% minus ihr Verlust, über einen Weg das Produkt, über höchstens drei Verbindungen. Was jemanden erreicht, kommt auf dem besten Weg. Der Wert ist der Anteil von allem, was irgendwen erreicht, der fehlt, sobald dieses Team oder diese Person gegangen ist. Mitglieder eines Teams tragen seine Verbindungen zu gleichen Teilen.',
    degrading:
      'Was jetzt durchkommt (100\u00a0% minus Verlust), mal dem Anteil der Mitglieder beider Enden, die noch mehr als ein Semester haben. Der Wert ist, was dann verloren ist. Wo ein Verlust unbekannt ist, zählt der übliche der Bindung.',
    undocumented:
      'Jeder beste Weg zwischen zwei Datensätzen über höchstens drei Verbindungen zählt für die Verbindungen darauf mit dem, was am anderen Ende ankommt. Der Wert ist der Anteil von allem, was irgendwen erreicht, der über diese Verbindung geht. Nicht aufgeschrieben heißt: Ihre Bindung ist nicht kodifiziert.',
    cohorts:
      'Wer noch vier oder mehr Semester hat, kommt neu; mit zwei oder drei ist man etabliert, mit einem oder keinem geht man. Alle drei braucht es, um Wissen weiterzugeben. Niemand Etabliertes zwischen Gehenden und Neuen, oder alle gehen: hoch; niemand geht oder niemand ist neu: mittel.',
    changes:
      'Verglichen wird mit dem Ende des letzten Semesters (Juni oder Dezember): wer ging und kam, und was über jede Verbindung durchkommt, vorher und nachher.',
  },
  who: { label: 'Wer', all: 'Teams und Personen', people: 'Personen', teams: 'Teams' },
  only: 'Nur {{name}}',
  worst: 'Schlimmste Gruppe von {{count}}: {{title}} ({{value}})',
  worstMost: 'Keine Gruppe von dreien richtet mehr als {{most}} an; einer nach dem anderen gefunden.',
  findWorst: 'Schlimmste Dreiergruppe suchen',
  ranking: 'Antworten',
  level: { high: 'Hoch', moderate: 'Mittel', low: 'Gering' },
  sure: '✓ gleicher Rang in {{share}} von {{runs}} gestörten Netzwerken',
  unsure: '≈ gleicher Rang in nur {{share}} von {{runs}} gestörten Netzwerken',
  computing: 'Prüft, wie sicher das ist und was sich tun lässt',
  asking: 'Sucht die Antwort',
  reason: {
    team_one:
      '{{leaving}} von {{people}} Mitgliedern gehen binnen eines Semesters; {{count}} Verbindung, {{undocumented}} nicht aufgeschrieben',
    team_other:
      '{{leaving}} von {{people}} Mitgliedern gehen binnen eines Semesters; {{count}} Verbindungen, {{undocumented}} nicht aufgeschrieben',
    team_unlisted_one:
      '{{count}} Verbindung endet hier, {{undocumented}} nicht aufgeschrieben; keine Mitglieder bekannt',
    team_unlisted_other:
      '{{count}} Verbindungen enden hier, {{undocumented}} nicht aufgeschrieben; keine Mitglieder bekannt',
    person_one: '{{count}} Verbindung endet hier, {{undocumented}} nicht aufgeschrieben',
    person_other: '{{count}} Verbindungen enden hier, {{undocumented}} nicht aufgeschrieben',
    member: 'Eines von {{members}} Mitgliedern, die die Verbindungen von {{team}} tragen',
    only: 'Das einzige bekannte Mitglied von {{team}}, das {{links}} Verbindungen hat',
    bearers_leave_one:
      'Verliert jetzt {{now}}\u00a0%; {{count}} Person, die sie trägt, geht binnen eines Semesters',
    bearers_leave_other:
      'Verliert jetzt {{now}}\u00a0%; {{count}} Personen, die sie tragen, gehen binnen eines Semesters',
    weak: 'Verliert jetzt {{now}}\u00a0%; von niemandem, der sie trägt, ist bekannt, dass er geht',
    in_heads_one: '{{bond}}; {{count}} Person kennt sie',
    in_heads_other: '{{bond}}; {{count}} Personen kennen sie',
    unrated: 'Weder ihr Verlust noch ihre Bindung ist bekannt',
    no_established: '{{outgoing}} gehen, {{incoming}} sind neu, niemand Etabliertes dazwischen',
    all_leave_one: 'Das einzige Mitglied geht binnen eines Semesters',
    all_leave_other: 'Alle {{count}} Mitglieder gehen binnen eines Semesters',
    no_outgoing: '{{incoming}} neu und {{established}} etabliert: niemand Gehendes, von dem man lernt',
    no_incoming: '{{established}} etabliert und {{outgoing}} gehen, niemand ist neu',
    left: 'Gegangen',
    joined: 'Gekommen',
    link_new: 'Neue Verbindung, verliert {{after}}\u00a0%',
    link_gone: 'Weg; sie verlor {{before}}\u00a0%',
    weaker: 'Verlor {{before}}\u00a0%, jetzt {{after}}\u00a0%',
    stronger: 'Verlor {{before}}\u00a0%, jetzt {{after}}\u00a0%',
  },
  repairs: 'Was sich tun lässt, jeweils simuliert',
  repair: {
    pair: '{{from}} und {{to}} arbeiten zusammen',
    write_down: '{{from}} und {{to}} schreiben auf, was sie übergeben',
    restore: '{{from}} wird wieder, was es war',
    keep_member: 'Ein Mitglied, das bleibt, kommt zu {{from}}',
    established: 'Ein eingearbeitetes Mitglied kommt zu {{from}}',
    incoming: 'Neue Studierende kommen zu {{from}}',
    both: 'Ein eingearbeitetes und ein neues Mitglied kommen zu {{from}}',
    take_over_one: '{{from}} übernimmt {{count}} Verbindung',
    take_over_other: '{{from}} übernimmt {{count}} Verbindungen',
  },
  cost: {
    links_one: '{{count}} neue Verbindung',
    links_other: '{{count}} neue Verbindungen',
    changed_one: '{{count}} geänderte Verbindung',
    changed_other: '{{count}} geänderte Verbindungen',
    people_one: '{{count}} Person',
    people_other: '{{count}} Personen',
  },
  newMember: 'Neues Mitglied von {{team}}',
  tryInPlay: 'In Spielwiese probieren',
  noRepair: 'Nichts, was FRAMES simulieren kann, hilft hier.',
  fromTo: '{{before}} → {{after}}',
  records: 'Datensätze hinter dem Wert',
  more_one: '{{count}} weiterer',
  more_other: '{{count}} weitere',
  estimate:
    'Die Werte sind Schätzungen: Das Netzwerk ist so dicht, dass zufällig gezogene Datensätze für alle stehen.',
  unknownLinks_one:
    '{{count}} Verbindung ließ sich nicht beurteilen: Weder Verlust noch Bindung ist bekannt.',
  unknownLinks_other:
    '{{count}} Verbindungen ließen sich nicht beurteilen: Weder Verlust noch Bindung ist bekannt.',
  unknownTeams_one: '{{count}} Team ließ sich nicht beurteilen: keine Mitglieder mit Semestern bekannt.',
  unknownTeams_other: '{{count}} Teams ließen sich nicht beurteilen: keine Mitglieder mit Semestern bekannt.',
  network: 'Das Netzwerk um {{title}}',
  noNetwork: 'Das Netzwerk wird um das Gewählte gezeichnet.',
  evidence: {
    label: 'Nachweis (PDF)',
    one: 'Diese Frage…',
    all: 'Alle fünf Fragen…',
    making: 'Alle fünf Fragen werden beantwortet',
    failed: 'Die Seite wurde nicht gespeichert',
    title: 'Fünf Fragen zu {{workspace}}',
    repair: '{{repair}}: {{before}} → {{after}}',
    records: 'Datensätze von {{when}}: Protokollkopf {{id}}, {{hash}}',
    noRecords: 'Ein leeres Protokoll',
    measures: 'Maße Version {{version}}, Startwert {{seed}}',
    runs_one: '{{count, number}} gestörtes Netzwerk',
    runs_other: '{{count, number}} gestörte Netzwerke',
  },
  shown: '{{shown}} von {{all}} gezeigt',
} satisfies Translation<typeof insights>;
