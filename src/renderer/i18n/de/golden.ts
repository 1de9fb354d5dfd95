import type golden from '../en/golden.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Die goldene Kopie und ihre Versionen: veröffentlichen, damit vergleichen, darauf zurücksetzen. */
export default {
  publishCommand: 'Goldene Version veröffentlichen…',
  resetCommand: 'Auf eine goldene Version zurücksetzen…',
  compareCommand: 'Live mit der goldenen Kopie vergleichen',
  check: 'Goldene Versionen prüfen',
  how: 'Wie Live dazu steht',
  live: {
    same: 'Live ist wie die goldene Version {{version}}.',
    differing_one:
      '{{count, number}} Datensatz in Live unterscheidet sich von der goldenen Version {{version}}.',
    differing_other:
      '{{count, number}} Datensätze in Live unterscheiden sich von der goldenen Version {{version}}.',
    alike: 'Kein Datensatz in Live unterscheidet sich von der goldenen Version {{version}}.',
    apart:
      'Live geht nicht aus der goldenen Version {{version}} hervor: Ein Vergleich zeigt, was sich unterscheidet.',
    none: 'Es gibt keine goldene Version, mit der sich Live vergleichen ließe.',
    unusable: 'Die aktuelle goldene Version {{version}} ist nicht zu gebrauchen: {{problem}}',
    instead:
      'Keine andere tritt von selbst an ihre Stelle: Prüfen Sie alle Versionen, oder wählen Sie in der Liste eine andere.',
  },
  shipped: {
    there: 'Was mit FRAMES kommt, ist hier Version {{version}}.',
    refused: 'Was mit FRAMES kommt, wird abgelehnt: {{problem}}',
    safe: 'Daraus entsteht nichts. Versionen, die schon hier sind, bleiben nutzbar; FRAMES neu zu installieren behebt es.',
  },
  current: 'Aktuelle Version',
  comes: 'Kommt mit FRAMES',
  by: 'durch {{who}}',
  whole: 'unversehrt',
  refused: 'Sie ist nicht zu gebrauchen',
  damaged: 'Sie ist beschädigt',
  checkedAt: 'geprüft {{when}}',
  compare: 'Vergleichen',
  compareNamed: 'Live mit Version {{version}} vergleichen',
  resetNamed: 'Auf Version {{version}} zurücksetzen…',
  more: 'Mehr zu Version {{version}}',
  resetHere: 'Auf diese Version zurücksetzen…',
  tryIt: 'In einer Spielwiese ausprobieren…',
  checking: 'Die goldenen Versionen werden geprüft',
  good: 'Alle goldenen Versionen sind unversehrt',
  goodMore: 'Jedes Byte wurde mit dem verglichen, was bei ihrem Entstehen festgehalten wurde.',
  bad: 'Nicht jede goldene Version ist zu gebrauchen',
  publish: {
    title: 'Live als goldene Version veröffentlichen?',
    what: 'Live, wie es jetzt ist, wird als Version {{version}} aufbewahrt, die nichts mehr ändern kann: {{records}}.',
    current:
      'Sie wird die aktuelle Version, mit der Vergleichen und Zurücksetzen beginnen. Frühere bleiben. Das lässt sich nicht zurücknehmen.',
    note: 'Ein Wort dazu (nicht nötig)',
    hint: 'Etwa „Wie im Mai vereinbart“. Es steht in der Liste der Versionen.',
    yes: 'Veröffentlichen',
    running: 'Eine goldene Version wird veröffentlicht',
    done: 'Die goldene Version {{version}} ist veröffentlicht',
  },
  reset: {
    none: 'Es gibt keine goldene Version, auf die sich zurücksetzen ließe.',
    title: 'Live auf die goldene Version {{version}} zurücksetzen?',
    sample_one:
      'Version {{version}} ist das erfundene Beispiel, das mit FRAMES kommt. Seine {{records, number}} Datensätze ersetzen den einzigen Datensatz von „{{name}}“.',
    sample_other:
      'Version {{version}} ist das erfundene Beispiel, das mit FRAMES kommt. Seine {{records, number}} Datensätze ersetzen alle {{count, number}} Datensätze von „{{name}}“.',
    sampleAlone:
      'Version {{version}} ist das erfundene Beispiel, das mit FRAMES kommt: {{records, number}} Datensätze.',
    noOwn:
      'Von den eigenen Datensätzen ist keine goldene Version veröffentlicht. Wer zu ihnen zurückkehren will, wie sie jetzt sind, veröffentlicht zuerst eine.',
    see: 'Unterschiede ansehen',
    yes: 'Zurücksetzen',
    done: 'Live ist jetzt wie die goldene Version {{version}}',
  },
  resetTo: 'Auf diese Version zurücksetzen…',
  origin: 'Goldene Version {{version}}',
} satisfies Translation<typeof golden>;
