import { Checkbox } from '@mantine/core';
import type { Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { distinctionsOf } from '../../../text/distinctions.ts';
import { isLeftOut, noChoices } from './choices.ts';
import type { Choices, ChoicesUpdate } from './choices.ts';
import { DifferenceRows } from './DifferenceRows.tsx';
import type { Side } from './DifferenceRows.tsx';
import type { FindOpening } from './openings.ts';

const allSides: readonly Side[] = ['base', 'live', 'play'];

/** Selecting records and deciding conflicts. */
export interface Picking {
  choices: Choices;
  onChange: (step: ChoicesUpdate) => void;
  onPick: (row: Difference, isSelected: boolean) => void;
  /** Selects all or none, including those on further pages. */
  onPickAll: (isSelected: boolean) => void;
  /** Whether records can be selected. */
  choosing: boolean;
  /** Whether conflicts can be decided. */
  deciding: boolean;
}

const noPicking: Picking = {
  choices: noChoices,
  onChange: () => {},
  onPick: () => {},
  onPickAll: () => {},
  choosing: false,
  deciding: false,
};

export interface TableProps {
  rows: readonly Difference[];
  /** Titles of all differing records by id; by default only the titles of `rows`. */
  known?: ReadonlyMap<string, string> | undefined;
  picking?: Picking;
  opens: FindOpening;
  /** The compared sides and their headings; by default the three of live and a sandbox. */
  columns?: Partial<Record<Side, string>>;
}

/** Differing records with their values at the base, in live and in the sandbox, or on the sides named by `columns`. */
export function DifferenceTable({
  rows,
  known: knownTitles,
  picking = noPicking,
  opens,
  columns,
}: TableProps) {
  const { choices, onChange, onPick, onPickAll, choosing, deciding } = picking;
  const { t } = useTexts('compare');
  const sides = allSides.filter((side) => !columns || columns[side] !== undefined);
  const titles = knownTitles ?? new Map(rows.map(({ id, title }) => [id, title]));
  const distinctions = distinctionsOf(rows);
  const includedCount = rows.filter((row) => !isLeftOut(choices, row)).length;
  const isAllIncluded = rows.every((row) => !isLeftOut(choices, row));
  return (
    <table className="small full compare-table">
      <thead>
        <tr>
          {choosing && (
            <th className="compare-pick">
              <Checkbox
                aria-label={t('pickAll')}
                checked={isAllIncluded}
                indeterminate={!isAllIncluded && includedCount > 0}
                onChange={() => onPickAll(!isAllIncluded)}
              />
            </th>
          )}
          <th className="compare-head-record">{t('whatif:form.choose.end')}</th>
          <th className="compare-head-field">{t('column.field')}</th>
          {sides.map((side) => (
            <th key={side}>{columns?.[side] ?? t(`column.${side}`)}</th>
          ))}
        </tr>
      </thead>
      {rows.map((row) => (
        <DifferenceRows
          key={`${row.type} ${row.id}`}
          row={row}
          choices={choices}
          onChange={onChange}
          onPick={(isSelected) => onPick(row, isSelected)}
          titles={titles}
          distinctions={distinctions}
          choosing={choosing}
          deciding={deciding}
          sides={sides}
          opens={opens}
        />
      ))}
    </table>
  );
}
