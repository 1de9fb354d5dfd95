import type { SheetType } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isPerson } from '#shared/domain/person-name.ts';
import type { ColumnValues } from './column-values.ts';
import { knownValue } from '../synonyms.ts';
import { cellText } from '../cell.ts';
import { readFlag, readNumber } from '../values.ts';

/** The part of the values that a list has; 1 for a column without values. */
export const listedShare = ({ list }: Field, values: ColumnValues): number =>
  values.count === 0 ? 1 : values.shareOf((text) => list !== undefined && knownValue(list, text) !== null);

/** How well values can be names of records of a type, from -1 (never) to 1 (nothing else). */
export function fitsNames(type: SheetType, values: ColumnValues): number {
  if (values.count === 0 || values.share('letters') < 0.5) return -1;
  if (values.share('email') > 0.3 || values.share('url') > 0.3 || values.share('day') > 0.5) return -1;
  if (values.share('code') > 0.6 || values.share('yes_no') > 0.6) return -0.8;
  if (values.share('prose') > 0.5 || values.share('degree') > 0.5 || values.share('salutation') > 0.5)
    return -0.8;
  const people = Math.max(values.share('person'), values.share('name_like') * 0.7);
  const organisations = values.share('organisation');
  if (isPerson(type)) {
    if (organisations > 0.5) return -0.6;
    if (values.share('person') > 0.3) return 1;
    return people > 0.4 ? 0.5 : values.share('given') > 0.4 ? 0.3 : 0;
  }
  if (type === 'university') return organisations > 0.3 ? 1 : values.share('person') > 0.5 ? -0.8 : 0;
  return values.share('person') > 0.5 ? -0.8 : organisations > 0.5 ? -0.5 : 0.1;
}

/** How well values suit a field, from -1 (they cannot be read as such) to 1. */
export function fitsField(type: SheetType, field: Field, values: ColumnValues): number {
  if (values.count === 0) return 0;
  if (field.key === 'name') return fitsNames(type, values);
  if (field.key === 'graduation_term') return fitsTerms(values);
  switch (field.kind) {
    case 'number':
      return values.shareOf(
        (text, cell) => typeof cell === 'number' || readNumber(text, field, { decimalComma: false }) !== null,
      ) > 0.4
        ? 0.2
        : -1;
    case 'boolean':
      return values.shareOf((_, cell) => readFlag(field, cell) !== null) > 0.5 ? 0.2 : -1;
    case 'choice':
      // Codes are no words of a list.
      if (listedShare(field, values) === 0 && Math.max(values.share('code'), values.share('number')) > 0.8)
        return -1;
      return listedShare(field, values) > 0.3 ? 0.3 : 0;
    case 'reference':
    case 'references':
      return fitsReference(field, values);
    case 'longtext':
      // "Note 1,7" is a grade.
      return values.share('number') > 0.7 ? -1 : 0;
    case 'date':
      return values.shareOf((text) => /\d/.test(cellText(text))) > 0.5 ? 0.2 : -0.6;
    default:
      return 0;
  }
}

/** Terms have a year: "Abschluss" above "Bachelor" is a degree. */
const fitsTerms = (values: ColumnValues): number =>
  values.shareOf((text) => /\d{2}/.test(text)) > 0.3 ? 0.2 : -0.7;

function fitsReference({ key }: Field, values: ColumnValues): number {
  if (key === 'university_id')
    return values.share('organisation') > 0.3 ? 0.4 : values.share('person') > 0.5 ? -0.8 : 0;
  if (key === 'team_id' || key === 'project_id')
    return values.share('person') > 0.5 ||
      (values.share('family_first') > 0.5 && values.share('one_word') === 0)
      ? -0.9
      : 0;
  return 0;
}
