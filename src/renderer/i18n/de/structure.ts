import type { Translation } from '#shared/shell/translation.ts';
import type structure from '../en/structure.ts';

export default {
  title: 'Struktur',
  measure: 'Messen',
  none: 'Noch keine Verbindungen. Fügen Sie Verbindungen hinzu, um zu sehen, wie das Netzwerk zusammenhält.',
  heading:
    'Ohne {{count, number}} von {{all, number}} verbundenen Datensätzen zerfällt das Netzwerk in zwei Hälften',
  within: '{{share}} der Verbindungen bleiben in ihrer Universität',
  modularity: 'Modularität: {{declared}} nach Universität, {{found}} bei der besten gefundenen Gruppierung',
  parts_one: '{{count, number}} Komponente',
  parts_other: '{{count, number}} Komponenten',
  chart: {
    title: 'Größte Komponente beim Entfernen von Datensätzen',
    axis: 'Entfernte Datensätze',
    betweenness: 'Zentralste zuerst',
    degree: 'Meiste Verbindungen zuerst',
    random: 'Zufällig',
  },
  first: {
    some: 'Die ersten {{count}}:',
    title: 'Kleinste Menge, die das Netzwerk teilt',
    text_one: 'Ohne diesen Datensatz halbiert sich die größte Komponente (zufällig: {{random, number}}).',
    text_other:
      'Ohne diese {{count, number}} Datensätze halbiert sich die größte Komponente (zufällig: {{random, number}}).',
  },
  spread: {
    title: 'Weiteste Ausbreitung eines Ausfalls',
    note_one: 'kann {{count, number}} Datensatz erreichen',
    note_other: 'kann {{count, number}} Datensätze erreichen',
    none: 'Kein Ausfall breitet sich aus: Der Verlust jeder Verbindung ist unbekannt oder vollständig.',
    tried_one: 'Nur für den stärksten Datensatz berechnet.',
    tried_other: 'Nur für die {{count, number}} stärksten Datensätze berechnet.',
  },
  cuts: {
    title: 'Einzelne Schwachstellen',
    points_one: 'Fällt {{count, number}} Datensatz weg, sind andere abgeschnitten:',
    points_other: 'Fällt einer von {{count, number}} Datensätzen weg, sind andere abgeschnitten:',
    bridges_one: '{{count, number}} Verbindung ist der einzige Weg zwischen zwei Teilen:',
    bridges_other: 'Jede von {{count, number}} Verbindungen ist der einzige Weg zwischen zwei Teilen:',
    none: 'Keine: Das Netzwerk bleibt verbunden, auch wenn ein Datensatz oder eine Verbindung wegfällt.',
  },
  central: { title: 'Am zentralsten' },
  core: {
    title: 'Dichtester Kern',
    text_one: '{{count, number}} Datensatz hat mindestens {{links, number}} Verbindungen im Kern:',
    text_other: '{{count, number}} Datensätze haben je mindestens {{links, number}} Verbindungen im Kern:',
  },
  estimated_one:
    'Geschätzt aus den kürzesten Wegen von {{count, number}} Datensatz. Fehler bis {{error}} des größten Werts.',
  estimated_other:
    'Geschätzt aus den kürzesten Wegen von {{count, number}} Datensätzen. Fehler bis {{error}} des größten Werts.',
  rounds_one:
    'Die Zentralität wurde für {{removals, number}} Entfernungen einmal berechnet, aus {{sources, number}} Datensätzen.',
  rounds_other:
    'Die Zentralität wurde für {{removals, number}} Entfernungen {{count, number}}-mal berechnet, jeweils aus höchstens {{sources, number}} Datensätzen.',
  how: {
    heading:
      'Datensätze werden nacheinander entfernt, nach Betweenness (neu berechnet) oder nach Zahl der Verbindungen, je nachdem, was schneller wirkt. Gezählt wird, bis die größte Komponente höchstens die Hälfte ihrer Datensätze hat. Nach Albert, Jeong und Barabási (2000) und Holme u. a. (2002).',
    within:
      'Der Anteil der Verbindungen mit beiden Enden an einer Universität; parallele zählen einmal. Je weniger hinausführen, desto mehr kann jede Universität allein ändern (Simon 1962). Datensätze ohne Universität zählen einzeln; hat keiner eine, wird nach Typ gruppiert.',
    modularity:
      'Der Anteil der Verbindungen innerhalb von Gruppen, abzüglich des Zufalls: 0 ist Zufall, über 0,3 sind Gruppen deutlich (Newman und Girvan 2004). Die beste gefundene Gruppierung ist die von Leiden; kein Verfahren findet sicher die beste. Ist sie viel höher, arbeitet man über Universitäten hinweg zusammen.',
    parts:
      'Komponenten sind Teile, die keine Verbindung verbindet. Datensätze ohne Verbindungen zählen nicht.',
    robustness:
      'Die größte Komponente als Anteil aller verbundenen Datensätze, nach jeder Entfernung. Die Zufallslinie ist das Mittel aus {{count, number}} Reihenfolgen. Fällt eine Linie früh, hängt das Netzwerk von wenigen Datensätzen ab.',
    spread:
      'Ein Ausfall geht mit der Wahrscheinlichkeit 100\u00a0% minus Verlust über eine Verbindung; auf dem wahrscheinlichsten Weg aus höchstens drei Verbindungen wird multipliziert. Die Wirkung auf einen Datensatz ist die Stärke aller seiner Verbindungen. Der Wert summiert Wahrscheinlichkeit mal Wirkung, als Anteil aller anderen Datensätze. Nach Clarkson, Simons und Eckert (2004).',
    cuts: 'Artikulationspunkte sind Datensätze, Brücken sind Verbindungen, deren Wegfall andere abtrennt (Tarjan 1974). Abhilfe schafft eine zweite Verbindung an ihnen vorbei.',
    central:
      'Betweenness (Freeman 1977): der Anteil der kürzesten Wege zwischen allen anderen Datensätzen, die durch diesen führen.',
    core: 'Der k-Kern (Seidman 1983): die Datensätze, die bleiben, wenn man immer wieder die mit weniger als k Verbindungen zum Rest entfernt, für das größte mögliche k.',
  },
} satisfies Translation<typeof structure>;
