import type en from '../en/notices.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Was das Fenster mitteilt, und die Liste, in der es sich wieder lesen lässt; Adressen und Dateien von außen. */
export default {
  bell: 'Mitteilungen',
  bellUnread_one: 'Mitteilungen, {{count, number}} neue',
  bellUnread_other: 'Mitteilungen, {{count, number}} neue',
  title: 'Mitteilungen',
  empty: 'Meldungen dieses Fensters stehen hier.',
  clear: 'Leeren',
  bad: 'Problem',
  plain: 'Hinweis',
  copyDetails: 'Einzelheiten kopieren',
  copied: 'Kopiert',
  traceId: 'Trace-ID',
  dismiss: 'Ausblenden',
  cancelled: '{{what}}: abgebrochen',
  failed: '{{what}}: fehlgeschlagen',
  link: {
    copy: 'Adresse kopieren',
    copied: 'Adresse kopiert',
    copiedRecord: 'Adresse von {{title}} kopiert',
    notCopied: 'Die Adresse ließ sich nicht kopieren',
    malformed: 'Diese Adresse ist nicht zu verstehen',
    malformedMore: 'Sie ist vielleicht unvollständig. Bitte ganz kopieren oder neu anfordern.',
    target: 'Diese Adresse führt zu einer Kopie der Daten, die nicht hier ist',
    targetMore: 'Sie nennt „{{target}}“; dieses Fenster zeigt Live.',
    gone: 'Wohin diese Adresse führt, gibt es hier nicht',
    goneRecord:
      'In diesem Arbeitsbereich gibt es keinen Datensatz {{id}}. Vielleicht liegt er in einem anderen.',
    goneChange: 'Im Verlauf dieses Arbeitsbereichs gibt es keine solche Änderung.',
    goneView: 'In diesem Arbeitsbereich gibt es keine solche gespeicherte Ansicht.',
    elsewhere: 'Diese Adresse gehört zu einem anderen Arbeitsbereich',
    elsewhereMore:
      'Ihr wurde nicht gefolgt, denn „{{here}}“ ist offen. Den Arbeitsbereich öffnen, in dem sie kopiert wurde, und ihr erneut folgen.',
    elsewhereKnown: 'Offen ist „{{here}}“. Die Adresse führt zu „{{name}}“.',
    openThere: '{{name}} öffnen',
    sample: 'Beispiel',
    tooLong: 'Diese Adresse ist zu lang, um eine von FRAMES zu sein',
  },
  file: {
    missing: '„{{name}}“ lässt sich nicht öffnen',
    missingMore: 'Es ist nicht mehr da oder keine lesbare Datei.',
  },
  recent: {
    under: 'Zuletzt geöffnet',
    open: 'Zuletzt geöffnet: {{name}}',
    within: '{{name}} (in {{within}})',
    missing: '{{name}} – nicht mehr da',
    gone: 'Der Arbeitsbereich „{{name}}“ ist nicht mehr dort, wo er war',
    goneMore: 'Er wurde vielleicht verschoben oder umbenannt, oder sein Laufwerk ist nicht angeschlossen.',
    goneSample: 'An seiner Stelle ist das Beispiel geöffnet; geändert wurde nichts.',
    forget: 'Von der Liste nehmen',
    forgotten: '„{{name}}“ steht nicht mehr auf der Liste; gelöscht wurde nichts',
  },
} satisfies Translation<typeof en>;
