import { plainHeading } from '../../model/interchange/headings.ts';

export const sheetLanguages = ['en', 'de'] as const;
export type Language = (typeof sheetLanguages)[number];

/** The columns in order. The last two are hidden: the original values and the ids. */
export const sheetColumns = [
  'other',
  'kind',
  'bond',
  'loss',
  'bearers',
  'documented',
  'answer',
  'new_bond',
  'new_loss',
  'by',
  'shown',
  'id',
] as const;
export type Column = (typeof sheetColumns)[number];

export type Answer = 'yes' | 'no' | 'changed';

interface SheetTexts {
  firstSheet: string;
  instructions: readonly string[];
  bondsHeading: string;
  columns: Readonly<Record<Column, string>>;
  answers: Readonly<Record<Answer, string>>;
  bondLabels: Readonly<Record<string, string>>;
  typeLabels: Readonly<Record<string, string>>;
  newLink: string;
}

export const sheetTexts: Readonly<Record<Language, SheetTexts>> = {
  en: {
    firstSheet: 'How to answer',
    instructions: [
      'Each sheet has the links of one team. Answer "yes", "no" or "changed" for each under "Still true?".',
      'Changed: choose the correct bond, or write how many per cent are lost. No: the link is taken out.',
      '"Carried by" names the people who carry the link: change the names, with semicolons between them; "-" names nobody. "Documented %" is the share that is written down: write the correct value over it.',
      'In the last rows add links that are missing: with whom, and the correct bond. Leave blank what you do not know.',
      'Write your name under "Answered by" once, save the workbook and send it back. Leave the headings as they are.',
    ],
    bondsHeading: 'Bonds',
    columns: {
      other: 'Linked with',
      kind: 'What it is',
      bond: 'Bond',
      loss: 'Knowledge lost %',
      bearers: 'Carried by',
      documented: 'Documented %',
      answer: 'Still true?',
      new_bond: 'Correct bond',
      new_loss: 'Correct knowledge lost %',
      by: 'Answered by',
      shown: 'FRAMES values',
      id: 'FRAMES id',
    },
    answers: { yes: 'yes', no: 'no', changed: 'changed' },
    bondLabels: {
      'codified-strong': 'in reviewed documents',
      'codified-moderate': 'in notes and routines',
      'institutional-weak': 'from person to person',
      'fragile-temporary': 'by chance',
    },
    typeLabels: {
      team: 'team',
      faculty: 'faculty',
      project: 'project',
      student: 'student',
      university: 'university',
    },
    newLink: 'new link',
  },
  de: {
    firstSheet: 'So antworten Sie',
    instructions: [
      'Jedes Blatt hat die Verbindungen eines Teams. Antworten Sie zu jeder unter „Noch richtig?“ mit „ja“, „nein“ oder „anders“.',
      'Anders: Wählen Sie die richtige Bindung, oder schreiben Sie, wie viel Prozent verloren gehen. Nein: Die Verbindung wird entfernt.',
      '„Getragen von“ nennt die Personen, die die Verbindung tragen: Ändern Sie die Namen, mit Semikolon dazwischen; „-“ nennt niemanden. „Dokumentiert %“ ist der Anteil, der aufgeschrieben ist: Überschreiben Sie ihn mit dem richtigen Wert.',
      'Ergänzen Sie in den letzten Zeilen fehlende Verbindungen: mit wem, und die richtige Bindung. Lassen Sie leer, was Sie nicht wissen.',
      'Schreiben Sie einmal Ihren Namen unter „Beantwortet von“, speichern Sie, und senden Sie die Mappe zurück. Lassen Sie die Überschriften stehen.',
    ],
    bondsHeading: 'Bindungen',
    columns: {
      other: 'Verbunden mit',
      kind: 'Was es ist',
      bond: 'Bindung',
      loss: 'Wissensverlust %',
      bearers: 'Getragen von',
      documented: 'Dokumentiert %',
      answer: 'Noch richtig?',
      new_bond: 'Richtige Bindung',
      new_loss: 'Richtiger Wissensverlust %',
      by: 'Beantwortet von',
      shown: 'FRAMES-Werte',
      id: 'FRAMES-Kennung',
    },
    answers: { yes: 'ja', no: 'nein', changed: 'anders' },
    bondLabels: {
      'codified-strong': 'in geprüften Dokumenten',
      'codified-moderate': 'in Notizen und Routinen',
      'institutional-weak': 'von Person zu Person',
      'fragile-temporary': 'zufällig',
    },
    typeLabels: {
      team: 'Team',
      faculty: 'Lehrperson',
      project: 'Projekt',
      student: 'Studierende',
      university: 'Universität',
    },
    newLink: 'neue Verbindung',
  },
};

/** Headings of sheets that were handed out earlier. */
const earlierHeadings: Readonly<Partial<Record<Column, readonly string[]>>> = {
  loss: ['Energy lost %', 'Energieverlust %'],
  bearers: ['Bearers'],
  new_loss: ['Correct energy lost %', 'Richtiger Energieverlust %'],
};

const columnByHeading = new Map(
  sheetColumns.flatMap((column) =>
    [
      ...sheetLanguages.map((language) => sheetTexts[language].columns[column]),
      ...(earlierHeadings[column] ?? []),
    ].map((heading) => [plainHeading(heading), column] as const),
  ),
);

/** The column of a heading, in either language, also as it was called earlier. */
export const columnOfHeading = (heading: string): Column | undefined =>
  columnByHeading.get(plainHeading(heading));

const answerSynonyms: Readonly<Record<Answer, readonly string[]>> = {
  yes: ['y', 'true', 'wahr', 'x', 'ok', 'j', '✓', '✔'],
  no: ['n', 'false', 'falsch', 'gone'],
  changed: ['change', 'geandert', 'verandert'],
};

const answerByWord = new Map(
  (Object.keys(answerSynonyms) as Answer[]).flatMap((answer) =>
    [
      ...answerSynonyms[answer],
      ...sheetLanguages.map((language) => sheetTexts[language].answers[answer]),
    ].map((word) => [plainHeading(word) || word, answer] as const),
  ),
);

/** The answer that a word under "Still true?" gives; undefined if unknown. */
export const answerOf = (text: string): Answer | undefined =>
  answerByWord.get(plainHeading(text) || text.trim());

/** Prefix of the team's id in rows for added links. */
export const addedLinkPrefix = 'new link of ';
