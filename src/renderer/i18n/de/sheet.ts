import type en from '../en/sheet.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  noRecord: 'Kein Datensatz heißt „{{text}}“.',
  ambiguous: '{{count, number}} Datensätze heißen „{{text}}“.',
  copied_one: '{{count, number}} Zeile kopiert',
  copied_other: '{{count, number}} Zeilen kopiert',
  tooManyToCopy:
    'Sie können höchstens {{count, number}} Zeilen kopieren. Exportieren Sie die Liste für mehr.',
  tooManyToPaste:
    'Sie können höchstens {{count, number}} Zeilen einfügen. Importieren Sie eine Datei für mehr.',
  nothingToPaste: 'Nichts einzufügen',
  nothingToPasteMore: 'Die Zwischenablage enthält keinen Text.',
  alreadySo: 'Nichts geändert: Die Zellen enthalten diese Werte schon.',
  pasted: 'In {{what}} eingefügt',
  pastedAndAdded: 'In {{what}} eingefügt, {{more}} hinzugefügt',
  leftOut_one: '{{count, number}} Zelle ist unverändert.',
  leftOut_other: '{{count, number}} Zellen sind unverändert.',
  filledSeveral: 'Nach unten ausgefüllt: {{what}}',
  emptiedSeveral_one: '{{count, number}} Zelle geleert',
  emptiedSeveral_other: '{{count, number}} Zellen geleert',
  required: '{{field}} darf nicht leer sein',
  requiredMore: '{{keys}} löscht den ganzen Datensatz.',
  preview: {
    title_one: '{{count, number}} Zeile einfügen: {{types}}',
    title_other: '{{count, number}} Zeilen einfügen: {{types}}',
    changes_one: '{{count, number}} Zelle ändert sich ({{what}}).',
    changes_other: '{{count, number}} Zellen ändern sich ({{what}}).',
    noChanges: 'Keine Zelle eines vorhandenen Datensatzes ändert sich.',
    create_one: '{{count, number}} Zeile als neuen Datensatz hinzufügen',
    create_other: '{{count, number}} Zeilen als neue Datensätze hinzufügen',
    problems_one: '{{count, number}} Zelle lässt sich nicht einfügen:',
    problems_other: '{{count, number}} Zellen lassen sich nicht einfügen:',
    row: 'Zeile',
    column: 'Spalte',
    text: 'Text',
    skipped: 'Berechnete Spalten werden übersprungen: {{columns}}.',
  },
} satisfies Translation<typeof en>;
