import { foldText } from '#shared/domain/fold.ts';
import type { Difference, DifferenceClass, SideAction } from '#shared/contract/compare.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { readHead } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Compared, Copies } from './between.ts';
import type { Differing } from './classify.ts';
import { compareAgain } from './comparison-cache.ts';
import type { Found, KeptComparison } from './comparison-cache.ts';
import { shownTitle, titleOf, toDifference } from './rows.ts';

/** Filters and page of a comparison; an empty list means all. */
export interface PageInput {
  types: readonly AuditedType[];
  classes?: readonly DifferenceClass[];
  actions?: readonly SideAction[];
  ids?: readonly string[];
  restorable?: boolean;
  text: string;
  offset: number;
  limit: number;
}

interface Page {
  matched: number;
  rows: Difference[];
}

/** A page of a comparison without reading the compared states. Null if its rows are not kept. */
export function pageOfKept({ found, rows }: KeptComparison, request: PageInput): Page | null {
  if (!rows) return null;
  const meets = filterOfFound(request);
  const contains = containing(request.text);
  const matching = rows.filter((row, at) => meets(found[at] as Found) && contains(row.id, () => row.title));
  return { matched: matching.length, rows: matching.slice(request.offset, request.offset + request.limit) };
}

/** A page of a comparison. Yields the number of records read. */
export function* pageOf(
  compared: Compared,
  kept: KeptComparison,
  input: PageInput,
): Generator<number, Page, void> {
  const quick = pageOfKept(kept, input);
  if (quick) return quick;
  const { offset, limit } = input;
  const matching = yield* withText(compared, kept, kept.found.filter(filterOfFound(input)), input.text);
  const rows: Difference[] = [];
  for (const row of compareAgain(compared, kept, matching.slice(offset, offset + limit))) {
    rows.push(toDifference(compared, row));
    yield rows.length;
  }
  return { matched: matching.length, rows };
}

/** The newest transaction of a log. */
export function headOf(db: ReadHandle): { id: number; hash: string } {
  const { id, hash } = readHead(db);
  return { id, hash };
}

const meetsList = <V>(list: readonly V[] | undefined, value: V): boolean =>
  !list || list.length === 0 || list.includes(value);

function filterOfFound({ types, classes, actions, ids, restorable }: PageInput): (one: Found) => boolean {
  const selected = new Set(ids);
  return (one) =>
    (selected.size === 0 || selected.has(one.id)) &&
    meetsList(types, one.type) &&
    meetsList(classes, one.class) &&
    meetsList<SideAction | null>(actions, one.action) &&
    (!restorable || one.restorable);
}

function containing(text: string): (id: string, title: () => string) => boolean {
  const folded = foldText(text);
  const contains = (value: string): boolean => foldText(value).includes(folded);
  return (id, title) => folded === '' || contains(id) || contains(title());
}

/** Tests whether a difference meets the filters. */
export function filterOf(
  copies: Copies,
  { types, classes, text }: Pick<PageInput, 'types' | 'classes' | 'text'>,
): (found: Differing) => boolean {
  const contains = containing(text);
  return (found) =>
    meetsList(types, found.type) &&
    meetsList(classes, found.class) &&
    contains(found.id, () => titleOf(copies, found));
}

/** Records whose id or title contains a text; reads the titles again. */
function* withText(
  compared: Compared,
  kept: KeptComparison,
  list: readonly Found[],
  text: string,
): Generator<number, readonly Found[], void> {
  if (foldText(text) === '') return list;
  const contains = containing(text);
  const matching: Found[] = [];
  let at = 0;
  for (const found of compareAgain(compared, kept, list)) {
    const one = list[at] as Found;
    if (contains(one.id, () => shownTitle(compared, found))) matching.push(one);
    yield ++at;
  }
  return matching;
}
