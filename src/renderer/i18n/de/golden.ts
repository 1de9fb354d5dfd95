import type golden from '../en/golden.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  publishCommand: 'Goldene Version veröffentlichen…',
  resetCommand: 'Auf eine goldene Version zurücksetzen…',
  compareCommand: 'Live mit der goldenen Version vergleichen',
  check: 'Goldene Versionen prüfen',
  how: 'Live im Vergleich mit der goldenen Version',
  live: {
    same: 'Live entspricht der goldenen Version {{version}}.',
    differing_one:
      '{{count, number}} Datensatz in Live unterscheidet sich von der goldenen Version {{version}}.',
    differing_other:
      '{{count, number}} Datensätze in Live unterscheiden sich von der goldenen Version {{version}}.',
    alike: 'Die Datensätze in Live entsprechen der goldenen Version {{version}}.',
    apart:
      'Ihre Daten und die goldene Version {{version}} haben keinen gemeinsamen Verlauf. Vergleichen Sie sie, um die Unterschiede zu sehen.',
    none: 'Keine goldene Version zum Vergleichen mit Live.',
    instead: 'Prüfen Sie alle Versionen oder wählen Sie eine andere in der Liste.',
  },
  shipped: {
    there: 'Version {{version}} ist das mitgelieferte Beispiel.',
    safe: 'Vorhandene Versionen sind nicht betroffen. Installieren Sie FRAMES neu, um es zu reparieren.',
  },
  current: 'Aktuelle Version',
  comes: 'Mitgeliefert',
  whole: 'unversehrt',
  checkedAt: 'geprüft {{when}}',
  compareNamed: 'Live mit Version {{version}} vergleichen',
  more: 'Mehr zu Version {{version}}',
  resetHere: 'Auf diese Version zurücksetzen…',
  checking: 'Die goldenen Versionen werden geprüft',
  good: 'Alle goldenen Versionen sind unversehrt',
  bad: 'Einige goldene Versionen sind nicht verwendbar',
  publish: {
    title: 'Live als goldene Version veröffentlichen?',
    what: 'Veröffentlicht den aktuellen Stand als Version {{version}} ({{records}}). Veröffentlichte Versionen sind schreibgeschützt.',
    current: 'Sie wird die aktuelle Version. Das lässt sich nicht rückgängig machen.',
    note: 'Notiz (optional)',
    hint: 'Zum Beispiel „Wie im Mai vereinbart“.',
    yes: 'Veröffentlichen',
    running: 'Eine goldene Version wird veröffentlicht',
    done: 'Goldene Version {{version}} veröffentlicht',
  },
  reset: {
    none: 'Keine goldene Version zum Zurücksetzen.',
    title: 'Live auf die goldene Version {{version}} zurücksetzen?',
    sample_one:
      'Ersetzt den einzigen Datensatz von „{{name}}“ durch die {{records, number}} Datensätze des mitgelieferten Beispiels (Version {{version}}).',
    sample_other:
      'Ersetzt alle {{count, number}} Datensätze von „{{name}}“ durch die {{records, number}} Datensätze des mitgelieferten Beispiels (Version {{version}}).',
    sampleAlone: 'Version {{version}} ist das mitgelieferte Beispiel ({{records, number}} Datensätze).',
    noOwn:
      'Veröffentlichen Sie zuerst eine goldene Version, wenn Sie zum aktuellen Stand zurückkehren möchten.',
    see: 'Unterschiede anzeigen',
    yes: 'Zurücksetzen',
    done: 'Live auf goldene Version {{version}} zurückgesetzt',
  },
} satisfies Translation<typeof golden>;
