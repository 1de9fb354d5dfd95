import { i18n, say } from '../i18n/setup.ts';

/** Patterns of core's messages about check findings, by catalogue key in `reasons:found`. */
const sentences: Readonly<Record<string, RegExp>> = {
  unread: /^SQLite cannot read all of the file \((?<code>\w+)\)$/,
  file: /^(?<file>\S+) is damaged: .+$/,
  strayRow: /^row (?<row>\d+) belongs to no transaction$/,
  firstRow: /^transaction (?<id>\d+) has lost its first row$/,
  digest: /^row (?<row>\d+) does not match its digest: its contents were changed$/,
  author: /^row (?<row>\d+) names another actor or time than its transaction$/,
  rows: /^transaction (?<id>\d+) has (?<has>\d+) rows and should have (?<should>\d+)$/,
  order: /^transaction (?<id>\d+) does not follow the one before it$/,
  label: /^the label of transaction (?<id>\d+) was changed$/,
  hash: /^transaction (?<id>\d+) does not match its hash$/,
  end: /^the log ends before transaction (?<id>\d+), which was its head when it was last written down/,
  notOurs: /^(?<part>(?:index|table|trigger|view) .+) is not ours$/,
  missing: /^(?<part>(?:index|table|trigger|view) .+) is missing$/,
  changed: /^(?<part>(?:index|table|trigger|view) .+) is not as it should be$/,
  reference: /^row (?<row>\S+) of (?<table>\S+) refers to a record that does not exist$/,
  deleted: /^(?<id>\S+) in (?<table>\S+) refers to a record that is deleted$/,
  linkEnd: /^interface (?<id>\S+) has an end that is not there$/,
  onlyLog: /^(?<type>\S+) (?<id>\S+) is in the log but not in its table$/,
  onlyTable: /^(?<type>\S+) (?<id>\S+) is in its table but not in the log$/,
  replay: /^(?<type>\S+) (?<id>\S+) is not what the log says it is$/,
  more: /^… and (?<count>\d+) more$/,
};

/** A finding of a check in the window's language; messages without a catalogue text, such as SQLite's, stay as they are. */
export function foundText(problem: string): string {
  if (i18n.language === 'en') return problem;
  for (const [code, sentence] of Object.entries(sentences)) {
    const found = sentence.exec(problem);
    if (found)
      return (say as (key: string, values: object) => string)(`reasons:found.${code}`, { ...found.groups });
  }
  return problem;
}
