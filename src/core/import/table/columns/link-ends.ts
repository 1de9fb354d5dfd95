import type { ColumnTarget } from '#shared/contract/sheets.ts';
import { typeWords } from '../../../model/interchange/type-words.ts';
import type { ColumnValues } from './column-values.ts';

/** Headings of people other than the person of the row. */
export const otherPeople =
  /\b(?:assignee|supervisor|manager|owner|reporter|responsible|author|advisor|adviser|contact|sponsor|examiner|coordinator|instructor|lead|leader|head|chair|mentor|tutor|vorgesetzte|verantwortlich|ansprechpartner|betreuer|betreuerin|prufer|pruferin|dozent|dozentin|leitung|leiter|leiterin|chef|responsable|jefe|coordinador|coordenador|responsabile|referente|relatore|opiekun|kierownik|vedouci|danisman|begeleider|handledare|created by|assigned to|reporting to|reports to|approved by)\b/;

const isTypeWord = (heading: string): boolean =>
  Object.values(typeWords).some((words) => words.includes(heading));

/** Finds ends of links without a heading for them: "Subsystem A" and "Subsystem B", columns with the same names, or one end's partner. */
export function findEnds(
  headings: readonly string[],
  targets: readonly ColumnTarget[],
  samples: readonly ColumnValues[],
  isTaken: (column: number) => boolean,
): [field: 'from' | 'to', column: number][] {
  const columnOf = (field: string): number =>
    targets.findIndex((target) => target.to === 'field' && target.field === field);
  const [from, to] = [columnOf('from'), columnOf('to')];
  const open = [...headings.keys()].filter((column) => {
    const values = samples[column] as ColumnValues;
    if (otherPeople.test(headings[column] ?? '')) return false;
    return (
      !isTaken(column) &&
      values.share('letters') > 0.5 &&
      values.share('prose') < 0.3 &&
      values.share('email') === 0
    );
  });
  if (from >= 0 && to >= 0) return [];
  if (from >= 0 || to >= 0) {
    const [end, other] = from >= 0 ? [from, 'to' as const] : [to, 'from' as const];
    const same = open.find(
      (column) => (samples[column] as ColumnValues).sharedWith(samples[end] as ColumnValues) > 0.2,
    );
    const column = same ?? open.find((one) => isTypeWord(headings[one] ?? ''));
    return column === undefined ? [] : [[other, column]];
  }
  for (const [index, first] of open.entries())
    for (const second of open.slice(index + 1)) {
      const stem = (column: number, suffix: RegExp): string | null =>
        suffix.test(headings[column] ?? '') ? (headings[column] ?? '').replace(suffix, '') : null;
      const isPair =
        stem(first, / (?:a|1|one|from|von)$/) !== null &&
        stem(first, / (?:a|1|one|from|von)$/) === stem(second, / (?:b|2|two|to|nach)$/);
      const [values, others] = [samples[first] as ColumnValues, samples[second] as ColumnValues];
      const isShared =
        /\p{L}/u.test(headings[first] ?? '') &&
        /\p{L}/u.test(headings[second] ?? '') &&
        Math.min(values.distinct, others.distinct) > 0.3 &&
        Math.min(values.sharedWith(others), others.sharedWith(values)) > 0.3;
      if (isPair || isShared)
        return [
          ['from', first],
          ['to', second],
        ];
    }
  return [];
}
