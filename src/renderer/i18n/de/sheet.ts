import type en from '../en/sheet.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Zellen kopieren, einfügen und ausfüllen. */
export default {
  noRecord: 'So heißt nichts dieser Art: „{{text}}“.',
  severalCalled_one: '{{count, number}} Datensatz heißt „{{text}}“.',
  severalCalled_other: '{{count, number}} Datensätze heißen „{{text}}“: Jeder davon könnte gemeint sein.',
  copied_one: '{{count, number}} Zeile kopiert',
  copied_other: '{{count, number}} Zeilen kopiert',
  tooManyToCopy:
    'Höchstens {{count, number}} Zeilen lassen sich auf einmal kopieren. Für mehr die Liste exportieren.',
  tooManyToPaste:
    'Höchstens {{count, number}} Zeilen lassen sich auf einmal einfügen. Für mehr eine Datei importieren.',
  nothingToPaste: 'Nichts zum Einfügen',
  nothingToPasteMore: 'Die Zwischenablage enthält keinen Text.',
  alreadySo: 'Nichts geändert: Die Zellen enthalten diese Werte schon.',
  pasted: 'In {{what}} eingefügt',
  added: '{{what}} hinzugefügt',
  pastedAndAdded: 'In {{what}} eingefügt, {{more}} hinzugefügt',
  leftOut_one: '{{count, number}} Zelle blieb, wie sie war.',
  leftOut_other: '{{count, number}} Zellen blieben, wie sie waren.',
  filledSeveral: 'Nach unten ausgefüllt: {{what}}',
  emptiedSeveral_one: '{{count, number}} Zelle geleert',
  emptiedSeveral_other: '{{count, number}} Zellen geleert',
  nameStays: '{{field}} lässt sich nicht leeren',
  nameStaysMore: '{{keys}} löscht den ganzen Datensatz.',
  required: '{{field}} muss ausgefüllt sein und lässt sich nicht leeren.',
  preview: {
    title_one: '{{count, number}} Zeile einfügen: {{types}}',
    title_other: '{{count, number}} Zeilen einfügen: {{types}}',
    changes_one: '{{count, number}} Zelle ändert sich ({{what}}).',
    changes_other: '{{count, number}} Zellen ändern sich ({{what}}).',
    noChanges: 'Keine Zelle eines vorhandenen Datensatzes ändert sich.',
    create_one: 'Die {{count, number}} Zeile hinter dem Ende als neuen Datensatz hinzufügen',
    create_other: 'Die {{count, number}} Zeilen hinter dem Ende als neue Datensätze hinzufügen',
    problems_one: '{{count, number}} Zelle lässt sich nicht einfügen und bleibt, wie sie ist:',
    problems_other: '{{count, number}} Zellen lassen sich nicht einfügen und bleiben, wie sie sind:',
    row: 'Zeile',
    column: 'Spalte',
    text: 'Text',
    why: 'Warum nicht',
    skipped: '{{columns}}: wird berechnet, dort wird nichts eingefügt.',
  },
} satisfies Translation<typeof en>;
