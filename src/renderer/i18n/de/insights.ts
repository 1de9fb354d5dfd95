import analysis from '#shared/texts/de/analysis.ts';
import type { Translation } from '#shared/shell/translation.ts';
import type insights from '../en/insights.ts';

export default {
  title: 'Erkenntnisse',
  questions: 'Fragen',
  pages: 'Seiten der Erkenntnisse',
  chooseQuestion: 'Frage',
  question: {
    leaving: 'Was verlieren wir bis Ende des nächsten Semesters?',
    leavers: 'Wessen Weggang würde am meisten schaden?',
    degrading: 'Welche Verbindungen werden in diesem Semester schwächer?',
    weak: 'Welche Verbindungen sind schon schwach?',
    undocumented: 'Welches Wissen ist nicht dokumentiert?',
    cohorts: 'Welche Teams verlieren viele Mitglieder auf einmal?',
    expertise: 'Welche Fachkenntnis fehlt oder hat nur eine Person?',
    changes: 'Was hat sich seit dem letzten Semester geändert?',
  },
  tab: {
    leaving: 'Geht bald',
    leavers: 'Weggänge',
    degrading: 'Schwindende',
    weak: 'Schwache',
    undocumented: 'Undokumentiert',
    cohorts: 'Jahrgänge',
    expertise: 'Fachkenntnis',
    changes: 'Änderungen',
  },
  heading: {
    leaving_team:
      '„{{title}}“ verliert bis Ende des nächsten Semesters {{leaving}} von {{people}} Mitgliedern: {{value}} des genutzten Wissens',
    leaving_team_now:
      '„{{title}}“ verliert in diesem Semester {{leaving}} von {{people}} Mitgliedern: {{value}} des genutzten Wissens',
    leaving_person: 'Wenn „{{title}}“ im nächsten Semester geht, fehlen {{value}} des genutzten Wissens',
    leaving_person_now: 'Wenn „{{title}}“ in diesem Semester geht, fehlen {{value}} des genutzten Wissens',
    leaving_unknown: '„{{title}}“ könnte gehen, die Semester sind unbekannt: {{value}} des genutzten Wissens',
    leaving_unknown_team:
      'Bei {{leaving}} von {{people}} Mitgliedern von „{{title}}“ sind die Semester unbekannt: {{value}} des genutzten Wissens',
    leaving_link:
      '„{{title}}“ verliert bis Ende des nächsten Semesters mindestens die Hälfte dessen, was ihre Personen weitergeben: {{value}} des genutzten Wissens',
    leavers: 'Ohne „{{title}}“ würden {{value}} des genutzten Wissens fehlen',
    leaversTeam: 'Ohne das Team „{{title}}“ würden {{value}} des genutzten Wissens fehlen',
    leaversAlike: 'Ohne ein Mitglied von „{{team}}“ würden {{value}} des genutzten Wissens fehlen',
    degrading: '„{{title}}“ kostet bis zum Ende dieses Semesters {{value}} des genutzten Wissens',
    weak: 'Gestärkt würde „{{title}}“ das genutzte Wissen um {{value}} erhöhen',
    undocumented: '{{value}} des genutzten Wissens hängen an einer undokumentierten Verbindung: {{title}}',
    cohorts:
      '„{{title}}“ verliert {{leaving}} von {{people}} Mitgliedern auf einmal: {{value}} des genutzten Wissens',
    expertise: 'Nur eine Person kennt „{{area}}“: {{value}} des genutzten Wissens',
    needed_nobody: '„{{title}}“ braucht „{{area}}“, das niemand kennt',
    needed_leaving_now:
      'Alle, die „{{area}}“ kennen, gehen in diesem Semester: {{value}} des genutzten Wissens',
    needed_leaving_next:
      'Alle, die „{{area}}“ kennen, gehen bis Ende des nächsten Semesters: {{value}} des genutzten Wissens',
    changes_one: '{{count}} Änderung seit dem {{since}}',
    changes_other: '{{count}} Änderungen seit dem {{since}}',
  },
  likely: 'Ohne „{{title}}“ fielen {{value}} des genutzten Wissens weg (Rang unsicher)',
  alike: {
    member: 'Eines der {{count}} Mitglieder von „{{team}}“',
    other: '{{title}} (eines von {{count}} gleichen)',
    repairs: 'Für den ersten Datensatz; jeder andere braucht eine eigene.',
  },
  none: {
    noLinks: 'Noch keine Verbindungen. Fügen Sie Verbindungen hinzu, um zu sehen, wer am wichtigsten ist.',
    links: 'Noch keine Verbindungen, die sich beurteilen lassen.',
    members: 'Noch kein Team hat Mitglieder mit Semesterangabe.',
    areas: 'Noch niemand hat ein Spezialgebiet eingetragen.',
    leaving: 'Bis Ende des nächsten Semesters geht niemand, dessen Wissen andere nutzen.',
    leavers: 'Nichts fällt auf. Kein einzelner Weggang würde genutztes Wissen kosten.',
    degrading: 'Nichts fällt auf. Keine Verbindung verliert in diesem Semester mehr Personen als üblich.',
    weak: 'Nichts fällt auf. Keine Verbindung, die Wissen trägt, verliert 35\u00a0% oder mehr.',
    undocumented:
      'Nichts fällt auf. Jede Verbindung, die Wissen trägt, ist mindestens zur Hälfte dokumentiert.',
    cohorts: 'Nichts fällt auf. Kein Team verliert mehr Mitglieder auf einmal als üblich.',
    expertise: 'Nichts fällt auf. Jedes Spezialgebiet teilen sich mehrere Personen.',
    changes: 'Keine Änderungen seit dem {{since}}',
    changesToday: 'Der Verlauf beginnt heute. Noch gibt es kein früheres Semester zum Vergleichen.',
    changesYoung: 'Der Verlauf beginnt am {{begins}}. Noch gibt es kein früheres Semester zum Vergleichen.',
    changesNever: 'Noch keine früheren Daten zum Vergleichen.',
  },
  how: 'So wird das berechnet',
  formula: {
    leaving:
      'Aufgeführt sind Teams mit den Mitgliedern, die bis Ende dieses oder des nächsten Semesters gehen, Studierende ohne Team, und Verbindungen, die die Hälfte ihrer Personen nur verlieren, weil mehrere Teams Mitglieder verlieren. Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Wenn Personen gehen, bleibt von dem, was sie tragen, nur der dokumentierte Anteil. Der Wert ist der Anteil von alldem, der den anderen fehlen wird. Mitglieder ohne Semesterangabe stehen für sich, mal der Wahrscheinlichkeit, dass ein Mitglied bis dahin geht. „Mehr als üblich“ kennzeichnet Teams, bei denen so viele auf einmal in einem gleichmäßigen Programm nur bei weniger als einem von zehn Teams gehen.',
    leavers:
      'Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Eine Verbindung gibt 100\u00a0% minus ihren Verlust weiter und wird umso mehr genutzt, je öfter sich ihre beiden Enden treffen; Verluste multiplizieren sich über höchstens zwei Verbindungen. Wenn Personen gehen, bleibt von dem, was sie tragen, nur der dokumentierte Anteil. Kontakte und Zeit im Team zeigen, wie viel jemand trägt. Der Wert ist der Anteil von alldem, der den anderen ohne diese Person oder dieses Team fehlen würde. Was die eigenen Mitglieder eines Teams verlieren, das geht, zählt nicht mit.',
    degrading:
      'Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Eine Verbindung gibt 100\u00a0% minus ihren Verlust weiter und wird umso mehr genutzt, je öfter sich ihre beiden Enden treffen; Verluste multiplizieren sich über höchstens zwei Verbindungen. Wenn Personen gehen, bleibt von dem, was sie tragen, nur der dokumentierte Anteil. Der Wert ist der Anteil von alldem, der über diese Verbindung verloren geht, wenn die Personen gehen, deren Semester enden. Aufgeführt sind nur Verbindungen, die mehr Personen verlieren als üblich.',
    weak: 'Eine schwache Verbindung verliert 35\u00a0% oder mehr. Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Eine Verbindung gibt 100\u00a0% minus ihren Verlust weiter und wird umso mehr genutzt, je öfter sich ihre beiden Enden treffen; Verluste multiplizieren sich über höchstens zwei Verbindungen. Der Wert ist der Anteil von alldem, der hinzukäme, wenn sie wie eine mittlere nur 15\u00a0% verlöre.',
    undocumented:
      'Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Eine Verbindung gibt 100\u00a0% minus ihren Verlust weiter und wird umso mehr genutzt, je öfter sich ihre beiden Enden treffen; Verluste multiplizieren sich über höchstens zwei Verbindungen. Wenn Personen gehen, bleibt von dem, was sie tragen, nur der dokumentierte Anteil. Der Wert ist der Anteil von alldem, der über diese Verbindung ohne die Personen dahinter verloren ginge. Undokumentiert heißt: Weniger als die Hälfte ist dokumentiert.',
    cohorts:
      'Nimmt ein Programm jedes Semester gleich viele Personen auf, gehen auch jedes Semester gleich viele. Aufgeführt ist ein Team, wenn binnen einem oder zwei Semestern so viele Mitglieder gehen, wie es durch Zufall bei weniger als einem von zehn solcher Teams vorkommt. Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Der Wert ist der Anteil von alldem, der den anderen ohne diese Mitglieder fehlen würde.',
    expertise:
      'Ein Spezialgebiet ist aufgeführt, wenn nur eine aktive studierende Person es hat, oder wenn ein Projekt oder Team es braucht und niemand es hat oder alle, die es haben, bis Ende des nächsten Semesters gehen. Personen nutzen, was sie über Verbindungen erreicht, und ebenso sehr, was ihr eigenes Team weiß; ein Spezialgebiet zählt wie eine Person. Der Wert ist der Anteil von alldem, der den anderen ohne diese Person oder diese Personen fehlen würde, einschließlich des Gebiets; bei einem Gebiet, das niemand hat, der Anteil, mit dem ein Gebiet zählt.',
    changes:
      'Vergleicht das Ende des letzten Semesters (Juni oder Dezember) mit jetzt: wer kam oder ging, und wie stark jede Verbindung ist.',
  },
  who: { label: 'Wer', all: 'Teams und Personen', people: 'Personen' },
  naming: {
    on: 'Personen werden genannt',
    off: 'Nur Teams werden genannt',
    label: 'Personen in Ranglisten nennen',
    what: 'Ranglisten mit Namen dienen der Planung von Übergaben, nicht der Beurteilung von Personen. Sagen Sie den Betroffenen, dass Sie sie verwenden.',
    saved: 'Ranglisten nennen jetzt Personen',
    savedOff: 'Ranglisten nennen jetzt nur noch Teams',
  },
  only: 'Nur {{name}}',
  worst: 'Kritischste Gruppe von {{count}}: {{title}} ({{value}})',
  worstMost: 'Schrittweise gefunden; keine Dreiergruppe übersteigt {{most}}.',
  findWorst: 'Kritischste Dreiergruppe finden',
  ranking: 'Antworten',
  sure: {
    high: 'Sehr sicher',
    medium: 'Ziemlich sicher',
    low: '≈ Unsicher',
    top_one: 'am größten in {{share}} von {{runs}} Stresstests',
    top_other: 'unter den ersten {{count}} in {{share}} von {{runs}} Stresstests',
    rank: 'Rang hält in {{share}} von {{runs}} Stresstests',
  },
  tests: 'Ein Stresstest wiederholt die Rangfolge mit leicht veränderten Daten.',
  unrecorded: {
    assumed: 'Nimmt an, dass {{share}} der Verbindungen nie eingetragen wurden.',
    measured_one:
      'Nimmt an, dass {{share}} der Verbindungen nie eingetragen wurden ({{low}} bis {{high}}; {{added}} von {{count, number}} Verbindung beim Bestätigen war neu).',
    measured_other:
      'Nimmt an, dass {{share}} der Verbindungen nie eingetragen wurden ({{low}} bis {{high}}; {{added}} von {{count, number}} Verbindungen beim Bestätigen waren neu).',
    measure: 'Mit „Verbindungen bestätigen“ messen',
    update: 'Verbindungen bestätigen',
  },
  computing: 'Sicherheit und Abhilfen werden geprüft…',
  checking: 'Sicherheit wird geprüft…',
  reason: {
    leaving_team:
      '{{leaving}} von {{people}} Mitgliedern gehen bis Ende des nächsten Semesters, {{soon}} schon in diesem',
    leaving_team_now: '{{leaving}} von {{people}} Mitgliedern gehen in diesem Semester',
    leaving_team_next: '{{leaving}} von {{people}} Mitgliedern gehen im nächsten Semester',
    leaving_person: 'Geht im nächsten Semester',
    leaving_person_now: 'Geht in diesem Semester',
    leaving_unknown:
      'Semester unbekannt; {{chance}}\u00a0% der Mitglieder gehen bis Ende des nächsten Semesters',
    leaving_unknown_team:
      'Bei {{leaving}} von {{people}} Mitgliedern sind die Semester unbekannt; {{chance}}\u00a0% der Mitglieder gehen bis Ende des nächsten',
    leaving_link:
      '{{leaving}} von {{bearers}} Personen dahinter gehen bis Ende des nächsten Semesters: Der Verlust steigt von {{now}}\u00a0% auf {{later}}\u00a0%',
    unusual: 'mehr als üblich',
    team_one:
      '{{leaving}} von {{people}} Mitgliedern gehen in diesem Semester · {{count}} Verbindung, {{undocumented}} undokumentiert',
    team_other:
      '{{leaving}} von {{people}} Mitgliedern gehen in diesem Semester · {{count}} Verbindungen, {{undocumented}} undokumentiert',
    team_unlisted_one: 'Keine Mitglieder eingetragen · {{count}} Verbindung, {{undocumented}} undokumentiert',
    team_unlisted_other:
      'Keine Mitglieder eingetragen · {{count}} Verbindungen, {{undocumented}} undokumentiert',
    person_one: '{{count}} Verbindung, {{undocumented}} undokumentiert',
    person_other: '{{count}} Verbindungen, {{undocumented}} undokumentiert',
    onlyAreas_one: '{{count}} Spezialgebiet, das sonst niemand hat',
    onlyAreas_other: '{{count}} Spezialgebiete, die sonst niemand hat',
    member: 'Eines von {{members}} Mitgliedern hinter den Verbindungen von „{{team}}“',
    only: 'Einziges eingetragenes Mitglied von „{{team}}“ ({{links}} Verbindungen)',
    bearers_leave:
      '{{leaving}} von {{bearers}} Personen dahinter gehen in diesem Semester: Der Verlust steigt von {{now}}\u00a0% auf {{later}}\u00a0%',
    weak: 'Heute {{now}}\u00a0% Verlust über {{link}}',
    weakUnbonded: 'Heute {{now}}\u00a0% Verlust',
    in_heads_one: '{{link}}; {{count}} Person kennt sie',
    in_heads_other: '{{link}}; {{count}} Personen kennen sie',
    in_headsUnbonded_one: '{{count}} Person kennt sie',
    in_headsUnbonded_other: '{{count}} Personen kennen sie',
    unrated: 'Bindung und Verlust sind unbekannt: zählt als ein Drittel Verlust und nichts dokumentiert',
    leave_together_one:
      '{{leaving}} von {{people}} Mitgliedern gehen in diesem Semester; üblich wären etwa {{expected}}',
    leave_together_other:
      '{{leaving}} von {{people}} Mitgliedern gehen binnen {{count}} Semestern; üblich wären etwa {{expected}}',
    only_holder: 'Kennt als einzige Person „{{area}}“',
    only_holder_terms_one: 'Kennt als einzige Person „{{area}}“ und geht nach diesem Semester',
    only_holder_terms_other: 'Kennt als einzige Person „{{area}}“; noch {{count}} Semester',
    needed_nobody: 'Niemand kennt „{{area}}“: jemanden finden oder anlernen',
    needed_leaving_now: 'Alle {{people}} Personen, die „{{area}}“ kennen, gehen in diesem Semester',
    needed_leaving_next:
      'Alle {{people}} Personen, die „{{area}}“ kennen, gehen bis Ende des nächsten Semesters',
    neededBy: 'benötigt von „{{needed}}“',
    team_holder: 'Nur ein Mitglied kennt „{{area}}“',
    team_holder_terms_one: 'Nur ein Mitglied kennt „{{area}}“ und geht nach diesem Semester',
    team_holder_terms_other: 'Nur ein Mitglied kennt „{{area}}“; noch {{count}} Semester',
    left: 'Gegangen',
    joined: 'Gekommen',
    link_new: 'Neue Verbindung, verliert {{after}}\u00a0%',
    link_gone: 'Gelöscht; sie verlor {{before}}\u00a0%',
    weaker: 'Verlust stieg von {{before}}\u00a0% auf {{after}}\u00a0%',
    stronger: 'Verlust sank von {{before}}\u00a0% auf {{after}}\u00a0%',
  },
  link: {
    ...analysis.bondLinks,
    other: 'eine Verbindung („{{bond}}“)',
  },
  repairs: 'Simulierte Abhilfen',
  repair: {
    pair: '„{{from}}“ mit „{{to}}“ zusammenbringen',
    learn_one: '„{{from}}“ in „{{area}}“ einarbeiten',
    learn_member_one: 'Ein Mitglied von „{{from}}“ in „{{area}}“ einarbeiten',
    learn_member_other: '{{count}} Spezialgebiete weiteren Personen beibringen: {{area}}',
    learn_other: '{{count}} Spezialgebiete weiteren Personen beibringen: {{area}}',
    write_down: 'Übergabe zwischen „{{from}}“ und „{{to}}“ dokumentieren',
    write_down_all_one: '{{count}} Verbindung dokumentieren',
    write_down_all_other: '{{count}} Verbindungen dokumentieren',
    strengthen: 'Verbindung zwischen „{{from}}“ und „{{to}}“ stärken',
    restore: 'Frühere Stärke von „{{from}}“ wiederherstellen',
    keep_member: '„{{from}}“ um ein Mitglied erweitern, das bleibt',
    incoming: '„{{from}}“ ein neues Mitglied zuordnen',
    both: '„{{from}}“ ein bleibendes und ein neues Mitglied zuordnen',
    take_over_one: '„{{from}}“ mit {{count}} neuer Verbindung zur Vertretung machen',
    take_over_other: '„{{from}}“ mit {{count}} neuen Verbindungen zur Vertretung machen',
  },
  tried: {
    write_down:
      'Half in den meisten simulierten Fällen und schadete nie. Rettete ein bis drei Viertel davon.',
    learn: 'Half in drei von vier simulierten Fällen, schadete in einem. Rettete im Mittel etwa so viel.',
    pair: 'Hält andere in Kontakt, aber nicht das Wissen derer, die gehen. Rechnen Sie mit weniger.',
    joins: 'Ein weiteres Mitglied, das erst gefunden werden muss; nicht in Simulationen erprobt.',
    take_over:
      'Hält andere in Kontakt, aber nicht das Wissen derer, die gehen. Schadete in zwei von fünf simulierten Fällen.',
  },
  cost: {
    links_one: '{{count}} neue Verbindung',
    links_other: '{{count}} neue Verbindungen',
    changed_one: '{{count}} geänderte Verbindung',
    changed_other: '{{count}} geänderte Verbindungen',
  },
  newMember: 'Neues Mitglied von {{team}} – Name offen',
  tryInPlay: 'In Spielwiese ausprobieren',
  noRepair: 'Keine wirksame Abhilfe gefunden.',
  noRepairOfGap:
    'Für fehlende Fachkenntnis schlägt FRAMES nichts vor. Suchen Sie jemanden, der sie hat, oder lassen Sie sie lernen.',
  fromTo: '{{before}} → {{after}}',
  against: {
    title: 'Live und diese Spielwiese',
    values: '{{live}} in Live → {{here}} hier',
    gone: '„{{title}}“: {{live}} in Live → hier nicht mehr aufgeführt',
    unranked: 'nicht unter den ersten {{count}}',
    reading: 'Live wird gelesen…',
  },
  records: 'Zugrunde liegende Datensätze',
  inMatrix: 'In Matrix zeigen',
  areaInMatrix: '„{{area}}“ in Matrix zeigen',
  areaUnlisted: '„{{area}}“ ist nicht unter diesen Antworten.',
  more_one: '{{count}} weiterer',
  more_other: '{{count}} weitere',
  estimate: 'Die Werte sind aus einer Zufallsstichprobe geschätzt, weil das Netzwerk dicht ist.',
  unknownLinks_one: '{{count}} Verbindung wird nicht berücksichtigt: Verlust und Bindung sind unbekannt.',
  unknownLinks_other:
    '{{count}} Verbindungen werden nicht berücksichtigt: Verlust und Bindung sind unbekannt.',
  unknownAreas_one:
    '{{count}} benötigtes Spezialgebiet wird nicht berücksichtigt: Wie lange diese Personen bleiben, ist unbekannt.',
  unknownAreas_other:
    '{{count}} benötigte Spezialgebiete werden nicht berücksichtigt: Wie lange diese Personen bleiben, ist unbekannt.',
  unknownTeams_one: '{{count}} Team wird nicht berücksichtigt: Es hat keine Mitglieder mit Semesterangabe.',
  unknownTeams_other:
    '{{count}} Teams werden nicht berücksichtigt: Sie haben keine Mitglieder mit Semesterangabe.',
  guess: {
    terms_one: '{{count}} Studierende/r ohne Semesterangabe: gilt als bleibend.',
    terms_other: '{{count}} Studierende ohne Semesterangabe: gelten als bleibend.',
    termsByChance_one: '{{count}} Person hat keine Semesterangabe und zählt mit ihrer Wahrscheinlichkeit.',
    termsByChance_other:
      '{{count}} Personen haben keine Semesterangabe und zählen mit ihrer Wahrscheinlichkeit.',
    termsLeft_one: '{{count}} Studierende/r ohne Semesterangabe: nicht berücksichtigt.',
    termsLeft_other: '{{count}} Studierende ohne Semesterangabe: nicht berücksichtigt.',
    losses_one: '{{count}} Verbindung ohne Verlust und Bindung: zählt mit einem Drittel Verlust.',
    losses_other: '{{count}} Verbindungen ohne Verlust und Bindung: zählen mit einem Drittel Verlust.',
    teams_one: '{{count}} Team ohne eingetragene Mitglieder: gilt als anwesend.',
    teams_other: '{{count}} Teams ohne eingetragene Mitglieder: gelten als anwesend.',
  },
  network: 'Netzwerk um „{{title}}“',
  evidence: {
    label: 'Nachweis (PDF)',
    one: 'Diese Frage…',
    all: 'Alle acht Fragen…',
    making: 'Alle acht Fragen werden beantwortet',
    failed: 'Das PDF wurde nicht gespeichert',
    title: 'Acht Fragen zu {{workspace}}',
    records: 'Datensätze von {{when}}: Protokollkopf {{id}}, {{hash}}',
    noRecords: 'Kein Verlauf',
    measures: 'Maße Version {{version}}, Startwert {{seed}}',
    runs_one: '{{count, number}} Stresstest',
    runs_other: '{{count, number}} Stresstests',
    repair: '{{repair}}: {{effect}}',
  },
  itemNotListed: 'Wofür die Abhilfe gedacht ist, steht nicht unter diesen Ergebnissen.',
  beyond:
    'Außerdem ohne Rang aufgeführt: Teams, die über undokumentierte Verbindungen mindestens die Hälfte verlieren, und benötigte Fachkenntnis, die niemand behält.',
  shown: '{{shown}} von {{all}} angezeigt',
  showMore: '10 weitere zeigen',
} satisfies Translation<typeof insights>;
