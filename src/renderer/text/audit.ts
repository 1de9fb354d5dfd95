import { fileActs } from '#shared/domain/administrative-acts.ts';
import type { AuditTransaction } from '#shared/contract/history.ts';
import {
  deletedText as sayDeleted,
  describeLabel,
  missingText as sayMissing,
} from '#shared/texts/label-text.ts';
import type { LabelWords } from '#shared/texts/label-words.ts';
import type { MissingChanges } from '#shared/contract/salvage.ts';
import { say } from '../i18n/setup.ts';
import { dateTimeToSecond } from './formats.ts';
import {
  countedRecords,
  countedAll,
  fieldName,
  inSentence,
  joinWithAnd,
  quoteName,
  roleName,
  typeName,
} from './names.ts';
import { exactTime } from './time.ts';
import { fieldNamed, valueText } from './values.ts';

const labelWords: LabelWords = {
  say: (key, values) => (say as (key: string, values?: object) => string)(`audit:${key}`, values),
  records: (count) => say('common:count', { count }),
  counted: countedRecords,
  countAll: countedAll,
  type: (type) => inSentence(typeName(type)),
  field: fieldName,
  value: (value, type, key) => {
    const field = fieldNamed(type, key);
    const text = valueText(value, field);
    return typeof value === 'string' && field?.kind !== 'choice' ? quoteName(text) : text;
  },
  role: roleName,
  time: dateTimeToSecond,
  joinParts: joinWithAnd,
  quote: quoteName,
};

const asNumber = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Describes a transaction as a sentence without full stop: "Deleted Thermal and 3 links". */
export const describeTransaction = (label: string, params: Readonly<Record<string, unknown>>): string =>
  describeLabel(label, params, labelWords);

/** "Deleted 2 teams", and the number of students set inactive in the same change. */
export const deletedText = (title: string, retired: number): string => sayDeleted(title, retired, labelWords);

/** The range of lost changes, as far as it is known. */
export const missingText = (missing: MissingChanges): string =>
  sayMissing(missing, { ...labelWords, time: exactTime });

/** The number of records of a transaction: changed ones, and dependants that its sentence counts. */
export function recordCount({
  label,
  params,
  changes,
}: Pick<AuditTransaction, 'label' | 'params' | 'changes'>): number {
  // An undo or redo has the label and params of the change that it reverses.
  const nestedParams = params.params;
  if (typeof params.label === 'string' && typeof nestedParams === 'object' && nestedParams !== null)
    return recordCount({ label: params.label, params: nestedParams as AuditTransaction['params'], changes });
  if (fileActs.includes(label)) return 0;
  const countsDependants = ['delete', 'remove', 'restore'].includes(label.slice(label.lastIndexOf('.') + 1));
  return countsDependants ? changes + asNumber(params.links) + asNumber(params.contents) : changes;
}
