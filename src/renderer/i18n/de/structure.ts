import type { Translation } from '#shared/shell/translation.ts';
import type structure from '../en/structure.ts';

/** Wie das Netz zusammenhält: was zerfällt, wo sich ein Ausfall ausbreitet, was in der Mitte liegt. */
export default {
  title: 'Struktur',
  measuring: 'Misst die Struktur',
  measure: 'Messen',
  none: 'Hier steht, wie das Netz zusammenhält. Noch gibt es keine Verbindungen.',
  heading_one:
    'Das halbe Netz zerfällt, wenn {{count, number}} von {{all, number}} verbundenen Datensätzen geht',
  heading_other:
    'Das halbe Netz zerfällt, wenn {{count, number}} von {{all, number}} verbundenen Datensätzen gehen',
  within: '{{share}} der Verbindungen bleiben in ihrer Universität',
  modularity: 'Modularität {{declared}} vorgegeben, {{found}} gefunden',
  parts_one: '{{count, number}} Teil',
  parts_other: '{{count, number}} Teile',
  links_one: '{{count, number}} Verbindung',
  links_other: '{{count, number}} Verbindungen',
  more_one: '{{count, number}} weiterer',
  more_other: '{{count, number}} weitere',
  chart: {
    title: 'Was bleibt, wenn Datensätze gehen',
    axis: 'Gegangene Datensätze',
    betweenness: 'Zentralste zuerst',
    degree: 'Meiste Verbindungen zuerst',
    random: 'Zufällig',
  },
  first: {
    some: 'Die ersten {{count}} davon:',
    title: 'Wessen Weggang es halbiert',
    text_one:
      'Ohne diesen Datensatz behält der größte Teil höchstens die Hälfte seiner Datensätze. Zufällig braucht es {{random, number}}.',
    text_other:
      'Ohne diese {{count, number}} behält der größte Teil höchstens die Hälfte seiner Datensätze. Zufällig braucht es {{random, number}}.',
  },
  spread: {
    title: 'Wo sich ein Ausfall am weitesten ausbreitet',
    note_one: 'kann {{count, number}} Datensatz erreichen',
    note_other: 'kann {{count, number}} Datensätze erreichen',
    none: 'Kein Ausfall breitet sich aus: Von keiner Verbindung ist bekannt, dass etwas durchkommt.',
    tried_one: 'Nur der stärkste Datensatz wurde durchgespielt.',
    tried_other: 'Nur die {{count, number}} stärksten Datensätze wurden durchgespielt.',
  },
  cuts: {
    title: 'Was allein Teile zusammenhält',
    points_one: 'Ohne {{count, number}} Datensatz sind andere abgeschnitten:',
    points_other: 'Ohne einen von {{count, number}} Datensätzen sind andere abgeschnitten:',
    bridges_one: '{{count, number}} Verbindung ist die einzige zwischen zwei Teilen:',
    bridges_other: 'Jede von {{count, number}} Verbindungen ist die einzige zwischen zwei Teilen:',
    none: 'Nichts: Was auch wegfällt, die anderen bleiben verbunden.',
  },
  central: { title: 'Am zentralsten' },
  core: {
    title: 'Der dichteste Kern',
    text_one:
      '{{count, number}} Datensatz hat mindestens {{links, number}} Verbindungen zu anderen von diesen:',
    text_other:
      '{{count, number}} Datensätze haben je mindestens {{links, number}} Verbindungen zu anderen von diesen:',
  },
  estimated_one: 'Geschätzt aus den kürzesten Wegen von {{count, number}} Datensatz.',
  estimated_other: 'Geschätzt aus den kürzesten Wegen von {{count, number}} Datensätzen.',
  rounds_one: 'Wer am zentralsten ist, wurde für {{removals, number}} Weggänge einmal berechnet.',
  rounds_other:
    'Wer am zentralsten ist, wurde für {{removals, number}} Weggänge {{count, number}}-mal berechnet.',
  how: {
    heading:
      'Datensätze gehen einer nach dem anderen: immer der zentralste der verbliebenen (Betweenness), oder der nächste nach der Zahl seiner Verbindungen, je nachdem, was schneller wirkt. Gezählt wird, wie viele gegangen sind, wenn der größte zusammenhängende Teil höchstens die Hälfte seiner Datensätze hat. Nach Albert, Jeong und Barabási (2000) und Holme u. a. (2002).',
    within:
      'Verbindungen mit beiden Enden an einer Universität, von allen; mehrere zwischen denselben Datensätzen zählen einmal. Je weniger hinausführen, desto mehr kann jede Universität allein ändern: Sie ist nahezu zerlegbar (Simon 1962). Ein Datensatz ohne Universität steht für sich; hat keiner eine, gehören Datensätze eines Typs zusammen.',
    modularity:
      'Der Anteil der Verbindungen innerhalb von Gruppen, minus dem, was der Zufall dorthin legte: 0 ist Zufall, über 0,3 sind Gruppen deutlich (Newman und Girvan 2004). Vorgegeben sind die Universitäten; gefunden sind die Gruppen, die am besten zu den Verbindungen passen (Leiden). Viel mehr gefunden als vorgegeben heißt: Man arbeitet anders zusammen, als die Universitäten sagen.',
    parts: 'Teile, die keine Verbindung verbindet. Ein Datensatz ohne Verbindungen zählt hier nirgends.',
    robustness:
      'Der größte zusammenhängende Teil als Anteil aller verbundenen Datensätze, wenn so viele gegangen sind. Die Zufallslinie ist das Mittel aus {{count, number}} zufälligen Reihenfolgen. Fällt eine Linie früh, hängt das Netz an wenigen.',
    spread:
      'Ein Ausfall geht über eine Verbindung mit der Wahrscheinlichkeit dessen, was durchkommt (100\u00a0% minus Verlust), über einen Weg mit dem Produkt, über höchstens drei Verbindungen; der wahrscheinlichste Weg zählt. Die Wirkung auf einen Datensatz ist, was er trägt: was über alle seine Verbindungen durchkommt. Der Wert ist Wahrscheinlichkeit mal Wirkung, zusammengezählt, als Anteil von dem, was alle anderen tragen. Nach Clarkson, Simons und Eckert (2004).',
    cuts: 'Artikulationspunkte sind Datensätze, ohne die andere nicht mehr verbunden sind; Brücken sind Verbindungen, für die dasselbe gilt (Tarjan 1974). Abhilfe ist eine zweite Verbindung daran vorbei.',
    central:
      'Betweenness (Freeman 1977): der Anteil der kürzesten Wege zwischen allen anderen, die durch den Datensatz führen. Was auf vielen liegt, da geht viel durch, und vielen fehlt es.',
    core: 'Der k-Kern (Seidman 1983): die Datensätze, die bleiben, wenn man immer wieder die mit weniger als k Verbindungen zu den übrigen wegnimmt, für das größte k, bei dem welche bleiben.',
  },
} satisfies Translation<typeof structure>;
