import type { AnswerProblem } from '#shared/contract/confirm.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { parseNumber } from '#shared/domain/number-text.ts';
import { joinNames, splitNames } from '#shared/domain/name-lists.ts';
import { keepHiddenIds, personTypes, referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { readNames } from '../../model/names.ts';
import type { RecordName } from '../../model/names.ts';
import { uniqueMatch } from '../table/rows/reference.ts';
import type { VisibleRecords } from '../table/rows/visible-records.ts';
import { severalNames } from '../table/rows/several-names.ts';
import type { AnswerRow } from './rows.ts';

/*
 * Bearers and the documented share are corrected in their own cells. A hidden column stores the original values, which show whether a cell
 * was edited or is outdated.
 */

type Names = ReadonlyMap<string, RecordName>;

interface LinkValues {
  bearers: readonly string[];
  documented: number | null;
}

const isVisible = (names: Names, id: string): boolean => names.get(id)?.deleted === false;

/** Names of the visible bearers. */
export const bearersText = (ids: readonly string[], names: Names): string =>
  joinNames(ids.flatMap((id) => (isVisible(names, id) ? [names.get(id)?.title ?? ''] : [])));

/** The hidden cell with a link's original values. */
export const originalCell = ({ bearers, documented }: LinkValues, names: Names): string =>
  JSON.stringify([bearersText(bearers, names), documented]);

function readOriginal(cell: string): { bearers: string; documented: number | null } | null {
  try {
    const values: unknown = JSON.parse(cell);
    const [bearers, documented] = Array.isArray(values) ? (values as Json[]) : [];
    return typeof bearers === 'string'
      ? { bearers, documented: typeof documented === 'number' ? documented : null }
      : null;
  } catch {
    return null;
  }
}

/** A percentage; null for a blank text. Undefined for any other text, and for a fraction without a sign, which is ambiguous. */
export function percentIn(text: string): number | null | undefined {
  if (text === '') return null;
  const percent = parseNumber(text, '.', { unit: 'percent', min: 0, max: 100 }) ?? Number.NaN;
  const isFraction = percent > 0 && percent < 1 && !text.includes('%');
  return percent >= 0 && percent <= 100 && !isFraction ? percent : undefined;
}

const areSameNames = (one: string, other: string): boolean => {
  const [names, others] = [splitNames(one), splitNames(other)];
  return (
    names.length === others.length &&
    names.every((name, index) => plainHeading(name) === plainHeading(others[index] ?? ''))
  );
};

const isSameShare = (text: string, share: number | null): boolean =>
  text === String(share) || percentIn(text) === share;

const nobodyPattern = /^[-–—]$/;

/** Which of the two cells were edited. A blank cell is no edit. */
function editsIn({ bearers, documented, shown }: AnswerRow['cells']): {
  bearers: boolean;
  documented: boolean;
} {
  const original = readOriginal(shown) ?? { bearers: '', documented: null };
  return {
    bearers: bearers !== '' && !areSameNames(bearers, original.bearers),
    documented: documented !== '' && !isSameShare(documented, original.documented),
  };
}

export function isEdited({ cells }: AnswerRow): boolean {
  const edits = editsIn(cells);
  return edits.bearers || edits.documented;
}

type SkipCode = Extract<AnswerProblem['code'], 'differs' | 'unknown_bearer' | 'bad_documented'>;

/** Reads the corrected bearers and documented shares of answer rows. */
export class LinkCorrector {
  readonly #db: ReadHandle;
  readonly #visible: VisibleRecords;

  constructor(db: ReadHandle, visible: VisibleRecords) {
    this.#db = db;
    this.#visible = visible;
  }

  /** Changes of a link's bearers and documented share; a new link has neither. A code says why the row is skipped. */
  correctionsOf({ cells, team, link }: AnswerRow, payload: JsonObject): JsonObject | SkipCode {
    const edits = editsIn(cells);
    const original = link === null ? null : readOriginal(cells.shown);
    const changes: Record<string, Json> = {};
    if (edits.documented) {
      const current = payload['documented'] ?? null;
      const share = percentIn(cells.documented);
      if (share === undefined) return 'bad_documented';
      if (original && original.documented !== current) return 'differs';
      if (share !== current) changes['documented'] = share;
    }
    if (edits.bearers) {
      const stored = referencedIds(payload['bearers']);
      const names = readNames(this.#db, stored);
      if (original && !areSameNames(original.bearers, bearersText(stored, names))) return 'differs';
      const ids = nobodyPattern.test(cells.bearers) ? [] : this.#idsIn(cells.bearers, team);
      if (ids === null) return 'unknown_bearer';
      changes['bearers'] = keepHiddenIds(ids, stored, (id) => isVisible(names, id));
    }
    return changes;
  }

  #idsIn(text: string, team: string | null): string[] | null {
    const university = team === null ? undefined : locateUniversity(this.#db, team);
    const idOf = (name: string): string | undefined =>
      uniqueMatch(this.#visible.recordsNamed(personTypes, name), university)?.id;
    const names = splitNames(text).flatMap((name) => {
      const splitName = idOf(name) === undefined ? severalNames(name, (one) => idOf(one) !== undefined) : [];
      return splitName.length > 0 ? splitName : [name];
    });
    const ids = names.map(idOf);
    return ids.every((id) => id !== undefined) ? [...new Set(ids)] : null;
  }
}

const locateUniversity = (db: ReadHandle, team: string): string | null | undefined =>
  readNames(db, [team]).get(team)?.university_id;
