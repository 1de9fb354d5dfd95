import { filledField } from '#shared/contract/sheets.ts';
import type { ColumnTarget, SheetType, SheetView } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { parseNumberText } from '#shared/domain/number-text.ts';
import type { ColumnValues } from './column-values.ts';
import { cellText } from '../cell.ts';

type Role = NonNullable<SheetView['doubts']['roles'][SheetType]>[number];

interface RoleOf {
  field: string;
  /** Fields that tell the same. */
  alternatives?: readonly string[];
  fits: (values: ColumnValues) => boolean;
}

/** What a table of a type is mostly made for: without it the answers of FRAMES are empty. */
const rolesByType: Partial<Record<SheetType, readonly RoleOf[]>> = {
  student: [
    { field: 'team_id', alternatives: ['other_team_ids', 'project_id'], fits: areGroups },
    { field: 'graduation_term', alternatives: ['terms_remaining', 'graduated_at'], fits: areTerms },
  ],
  interface: [
    { field: 'energy_loss', alternatives: ['bond_type'], fits: areShares },
    { field: 'documented', fits: areShares },
  ],
};

const maxCandidates = 6;
const minRows = 4;

/**
 * The roles of a type that no column has, each with the columns of unknown meaning whose values can have it. A person decides: their
 * headings say nothing.
 */
export function findUnreadRoles(
  type: SheetType,
  targets: readonly ColumnTarget[],
  samples: readonly ColumnValues[],
  isUnknown: (column: number) => boolean,
): Role[] {
  return (rolesByType[type] ?? []).flatMap(({ field, alternatives = [], fits }) => {
    const isRead = targets.some((target) => [field, ...alternatives].includes(filledField(target) ?? ''));
    if (isRead || !fieldOf(type, field)) return [];
    const columns = [...samples.keys()].filter(
      (column) => targets[column]?.to === 'own' && isUnknown(column) && fits(samples[column] as ColumnValues),
    );
    return columns.length === 0 ? [] : [{ field, columns: columns.slice(0, maxCandidates) }];
  });
}

const excluded = [
  'person',
  'email',
  'url',
  'day',
  'term',
  'salutation',
  'degree',
  'prose',
  'code',
  'yes_no',
] as const;

/** Names that many rows share. */
function areGroups(values: ColumnValues): boolean {
  if (values.count < minRows || values.share('letters') < 0.9 || values.distinct > 0.5) return false;
  if (excluded.some((kind) => values.share(kind) > 0.3) || values.distinctCount < 2) return false;
  // Sizes of shirts and sexes are short.
  return values.shareOf((text) => text.length > 2) > 0.8;
}

function areTerms(values: ColumnValues): boolean {
  return values.count >= minRows && values.share('term') > 0.6;
}

/** Fractions of one, or percentages that are no whole numbers of something else. */
function areShares(values: ColumnValues): boolean {
  const numbers = values.cells.flatMap((cell) => {
    const number = typeof cell === 'number' ? cell : parseNumberText(cellText(cell), 'percent')?.values['.'];
    return number === undefined ? [] : [number];
  });
  if (numbers.length < minRows || numbers.length < values.count * 0.7) return false;
  const isFraction = numbers.every((number) => number >= 0 && number <= 1);
  const isPercent =
    numbers.every((number) => number >= 0 && number <= 100) && numbers.some((number) => number > 5);
  return (
    (isFraction && numbers.some((number) => !Number.isInteger(number))) ||
    (isPercent && values.distinct < 0.8)
  );
}
