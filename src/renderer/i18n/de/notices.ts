import type en from '../en/notices.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  bell: 'Mitteilungen',
  bellUnread: 'Mitteilungen, {{count, number}} neue',
  empty: 'Keine Mitteilungen.',
  clear: 'Leeren',
  bad: 'Problem',
  plain: 'Hinweis',
  copyDetails: 'Einzelheiten kopieren',
  cancelled: '{{what}}: abgebrochen',
  failed: '{{what}}: fehlgeschlagen',
  link: {
    copy: 'Adresse kopieren',
    copied: 'Adresse kopiert',
    copiedRecord: 'Adresse von „{{title}}“ kopiert',
    notCopied: 'Die Adresse wurde nicht kopiert',
    malformed: 'Ungültige Adresse',
    malformedMore:
      'Vielleicht ist sie abgeschnitten. Kopieren Sie die ganze Adresse und versuchen Sie es erneut.',
    target: 'Diese Adresse öffnet Daten, die nicht hier sind',
    targetMore: 'Sie öffnet „{{target}}“; dieses Fenster zeigt Live.',
    gone: 'Nicht gefunden',
    goneRecord:
      'Der Datensatz {{id}} ist nicht in diesem Arbeitsbereich. Vielleicht ist er in einem anderen.',
    goneChange: 'Der Verlauf enthält diese Änderung nicht.',
    goneView: 'Diese gespeicherte Ansicht gibt es hier nicht.',
    elsewhere: 'Diese Adresse öffnet einen anderen Arbeitsbereich',
    elsewhereMore:
      '„{{here}}“ ist offen. Öffnen Sie den Arbeitsbereich dieser Adresse und versuchen Sie es erneut.',
    elsewhereKnown: '„{{here}}“ ist offen; die Adresse gehört zu „{{name}}“.',
    sample: 'Beispiel',
    tooLong: 'Diese Adresse ist zu lang für FRAMES',
  },
  file: {
    missing: '„{{name}}“ lässt sich nicht öffnen',
    missingMore: 'Sie wurde verschoben, gelöscht oder ist nicht lesbar.',
  },
  recent: {
    under: 'Zuletzt geöffnet',
    open: 'Zuletzt geöffnet: {{name}}',
    within: '{{name}} (in {{within}})',
    missing: '{{name}} – nicht gefunden',
    gone: 'Arbeitsbereich „{{name}}“ nicht gefunden',
    goneMore: 'Er wurde verschoben oder umbenannt, oder sein Laufwerk ist nicht angeschlossen.',
    goneSample: 'FRAMES hat stattdessen das Beispiel geöffnet.',
    forget: 'Aus Liste entfernen',
    forgotten: '„{{name}}“ aus der Liste entfernt; keine Dateien wurden gelöscht',
  },
} satisfies Translation<typeof en>;
