import type { AnswerProblem } from '#shared/contract/confirm.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { joinNames, splitNames } from '#shared/domain/name-lists.ts';
import { keepUnshown, personTypes, referencedIds } from '#shared/domain/references.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { readNames } from '../../model/names.ts';
import type { Named } from '../../model/names.ts';
import type { Present } from '../table/present.ts';
import { severalNames } from '../table/several-names.ts';
import type { AnswerRow } from './rows.ts';

/*
 * Bearers and the documented share are corrected in their own cells. A hidden column stores the original values, which distinguishes edited
 * cells from outdated ones.
 */

type Names = ReadonlyMap<string, Named>;

interface Corrected {
  bearers: readonly string[];
  documented: number | null;
}

const isShown = (names: Names, id: string): boolean => names.get(id)?.deleted === false;

/** Names of existing bearers. */
export const bearersText = (ids: readonly string[], names: Names): string =>
  joinNames(ids.flatMap((id) => (isShown(names, id) ? [names.get(id)?.title ?? ''] : [])));

/** The hidden cell with a link's original values. */
export const shownCell = ({ bearers, documented }: Corrected, names: Names): string =>
  JSON.stringify([bearersText(bearers, names), documented]);

function readShown(cell: string): { bearers: string; documented: number | null } | null {
  try {
    const shown: unknown = JSON.parse(cell);
    const [bearers, documented] = Array.isArray(shown) ? (shown as Json[]) : [];
    return typeof bearers === 'string'
      ? { bearers, documented: typeof documented === 'number' ? documented : null }
      : null;
  } catch {
    return null;
  }
}

/** A percentage, null for a blank text, undefined for any other. A fraction is ambiguous and asked about. */
export function percentIn(text: string): number | null | undefined {
  if (text === '') return null;
  const written = text.replace(/\s*%$/, '').replace(',', '.');
  const percent = /^\d+(?:\.\d+)?$/.test(written) ? Number(written) : Number.NaN;
  const isFraction = percent > 0 && percent < 1 && !text.endsWith('%');
  return percent >= 0 && percent <= 100 && !isFraction ? percent : undefined;
}

const sameNames = (one: string, other: string): boolean => {
  const [names, others] = [splitNames(one), splitNames(other)];
  return (
    names.length === others.length &&
    names.every((name, at) => plainHeading(name) === plainHeading(others[at] ?? ''))
  );
};

const sameShare = (text: string, share: number | null): boolean =>
  text === String(share) || percentIn(text) === share;

const nobody = /^[-–—]$/;

/** Which of the two cells were edited. Blank cells were not. */
function editsIn({ bearers, documented, shown }: AnswerRow['cells']): {
  bearers: boolean;
  documented: boolean;
} {
  const was = readShown(shown) ?? { bearers: '', documented: null };
  return {
    bearers: bearers !== '' && !sameNames(bearers, was.bearers),
    documented: documented !== '' && !sameShare(documented, was.documented),
  };
}

export function isEdited({ cells }: AnswerRow): boolean {
  const edits = editsIn(cells);
  return edits.bearers || edits.documented;
}

type Code = Extract<AnswerProblem['code'], 'differs' | 'unknown_bearer' | 'bad_documented'>;

/** Finds the people that sheets name. */
export class People {
  readonly #db: ReadHandle;
  readonly #present: Present;

  constructor(db: ReadHandle, present: Present) {
    this.#db = db;
    this.#present = present;
  }

  /** Changes of a link's bearers and documented share; a link to be added has neither yet. A code is the reason of a refusal. */
  corrections({ cells, team, link }: AnswerRow, payload: JsonObject): JsonObject | Code {
    const edits = editsIn(cells);
    const was = link === null ? null : readShown(cells.shown);
    const set: Record<string, Json> = {};
    if (edits.documented) {
      const now = payload['documented'] ?? null;
      const share = percentIn(cells.documented);
      if (share === undefined) return 'bad_documented';
      if (was && was.documented !== now) return 'differs';
      if (share !== now) set['documented'] = share;
    }
    if (edits.bearers) {
      const stored = referencedIds(payload['bearers']);
      const names = readNames(this.#db, stored);
      if (was && !sameNames(was.bearers, bearersText(stored, names))) return 'differs';
      const ids = nobody.test(cells.bearers) ? [] : this.#idsIn(cells.bearers, team);
      if (ids === null) return 'unknown_bearer';
      set['bearers'] = keepUnshown(ids, stored, (id) => isShown(names, id));
    }
    return set;
  }

  #idsIn(text: string, team: string | null): string[] | null {
    const university = team === null ? undefined : locateUniversity(this.#db, team);
    const idOf = (name: string): string | undefined => {
      const called = this.#present.called(personTypes, name);
      const own = called.filter((one) => one.university === university);
      return (called.length === 1 ? called[0] : own.length === 1 ? own[0] : undefined)?.id;
    };
    const names = splitNames(text).flatMap((name) => {
      const several = idOf(name) === undefined ? severalNames(name, (one) => idOf(one) !== undefined) : [];
      return several.length > 0 ? several : [name];
    });
    const ids = names.map(idOf);
    return ids.every((id) => id !== undefined) ? [...new Set(ids)] : null;
  }
}

const locateUniversity = (db: ReadHandle, team: string): string | null | undefined =>
  readNames(db, [team]).get(team)?.university_id;
