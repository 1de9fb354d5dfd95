import { compareNames } from '#shared/domain/sort-key.ts';
import type { Answer, Insight, Intervention, NamedRecord } from '#shared/contract/analysis.ts';
import { defaultEnergyLoss } from '#shared/domain/interfaces.ts';
import type { SideAction } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isFault } from '#shared/contract/faults.ts';
import { actionOf } from '../../compare/classify.ts';
import type { RecordDifference } from '../../compare/classify.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import type { Point } from '../../model/point-in-time.ts';
import type { Services } from '../../model/services.ts';
import { universityOf } from '../../log/records/university.ts';
import { readTitle, readUniversityTitle } from '../../model/titles.ts';
import { differencesBetween } from '../../compare/between.ts';
import { newestPoint, pointAt } from '../../moments/point.ts';
import { sentenceOf } from './sentences.ts';
import { nodeType } from '#shared/contract/network.ts';

/** The strength of a link, 0 to 1: 1 − loss; 0 if it does not exist, null if unknown. */
function strengthOf(payload: JsonObject | null): number | null {
  if (!payload) return 0;
  const { energy_loss: loss, bond_type: bond } = payload;
  const bondLoss = typeof bond === 'string' ? defaultEnergyLoss[bond] : undefined;
  const lossPercent = typeof loss === 'number' ? loss : bondLoss;
  return lossPercent === undefined ? null : 1 - lossPercent / 100;
}

function linkChangeCode(action: SideAction | null, value: number): string {
  if (action === 'deleted') return 'link_gone';
  if (action !== 'updated') return 'link_new';
  return value < 0 ? 'weaker' : 'stronger';
}

const isNodeType = (type: EntityType): boolean => nodeType.safeParse(type).success;

/** The change of a record: for a link of what passes, otherwise creation or deletion. Null if nothing relevant changed. */
function changeOf({ type, base, theirs }: RecordDifference): Pick<Insight, 'value' | 'because'> | null {
  const action = actionOf(base, theirs);
  if (type === 'interface') {
    const [before, after] = [strengthOf(base.payload), strengthOf(theirs.payload)];
    if (before === null || after === null || before === after) return null;
    const value = after - before;
    const code = linkChangeCode(action, value);
    return { value, because: { code, params: { before: 100 * (1 - before), after: 100 * (1 - after) } } };
  }
  if (!isEntityType(type) || !isNodeType(type)) return null;
  const isAbsent = (payload: JsonObject | null): boolean => payload === null || payload['active'] === false;
  const [wasAbsent, isNowAbsent] = [isAbsent(base.payload), isAbsent(theirs.payload)];
  if (wasAbsent === isNowAbsent) return null;
  return isNowAbsent
    ? { value: -1, because: { code: 'left', params: {} } }
    : { value: 1, because: { code: 'joined', params: {} } };
}

function restoreIntervention(
  { id, title }: { id: string; title: string },
  payloadBefore: JsonObject | null,
): Intervention[] {
  const { bond_type, energy_loss } = payloadBefore ?? {};
  if (typeof bond_type !== 'string') return [];
  const code = 'restore';
  const params = { from: title, to: '', count: 1 };
  const strength = typeof energy_loss === 'number' ? { bond_type, energy_loss } : { bond_type };
  return [
    {
      title: sentenceOf({ code, params }),
      code,
      params,
      value: 0,
      changes: [{ do: 'strengthen', id, ...strength }],
    },
  ];
}

const pointSince = (db: ReadHandle, since: string): Point => {
  try {
    return pointAt(db, since);
  } catch (error) {
    if (!isFault(error) || error.code !== 'NOT_FOUND') throw error;
    return firstPoint(db);
  }
};

const firstLinkQuery = `SELECT t.id FROM audit_transactions t
  WHERE EXISTS (SELECT 1 FROM audit_logs l WHERE l.id >= t.id AND l.id < t.id + t.changes AND l.entity_type = 'interface')
  ORDER BY t.id LIMIT 1`;

/** Comparisons with a time before the history start at the transaction that added the first links, usually an import. */
const firstPoint = (db: ReadHandle): Point =>
  pointAt(db, db.column<number>(firstLinkQuery)[0] ?? newestPoint(db).id);

/** The description of a link for the line below its ends; nothing for other records. */
export const aboutLink = (type: EntityType, { description }: JsonObject): { about?: string } =>
  type === 'interface' && typeof description === 'string' && description !== '' ? { about: description } : {};

interface ChangesRequest {
  since: string;
  /** The caller gave no time: if the history begins later than `since`, nothing is compared. */
  isDefault: boolean;
  limit: number;
  university: string | null;
}

/** The changes since a time, worst first. Yields the number of log rows visited. */
export function* findChanges(
  { read }: Pick<Services, 'read'>,
  { since, isDefault, limit, university: universityId }: ChangesRequest,
): Generator<number, Pick<Answer, 'items' | 'ranked' | 'since' | 'begins'>, void> {
  const newest = newestPoint(read);
  if (newest.id === 0) return { items: [], ranked: 0, since: null, begins: null };
  const begins = pointAt(read, 'first').created_at;
  if (isDefault && begins > since) return { items: [], ranked: 0, since: null, begins };
  const start = pointSince(read, since);
  const items: (Insight & { type: EntityType })[] = [];
  yield* differencesBetween({ ours: read, theirs: read, from: start, to: newest }, (difference) => {
    const change = changeOf(difference);
    if (!change || !isEntityType(difference.type)) return;
    const { type, id } = difference;
    const payload = difference.theirs.payload ?? difference.base.payload ?? {};
    if (universityId !== null && universityOf(read, { type, id, payload }) !== universityId) return;
    const about = aboutLink(type, payload);
    const title = readTitle(
      read,
      type,
      about.about === undefined ? payload : { ...payload, description: null },
    );
    const record: NamedRecord = { id, type, title: readTitle(read, type, payload) };
    const university = readUniversityTitle(read, { type, id, payload });
    items.push({
      id,
      type,
      title,
      ...about,
      alike: 1,
      university,
      ...change,
      reason: sentenceOf(change.because),
      confidence: null,
      in_top: null,
      records: [record],
      record_count: 1,
      interventions:
        change.because.code === 'weaker' ? restoreIntervention(record, difference.base.payload) : [],
    });
  });
  items.sort((a, b) => a.value - b.value || compareNames(a.title, b.title));
  // Declines first, largest first; then improvements, largest first.
  const declines = items.filter(({ value }) => value < 0);
  const improvements = items.filter(({ value }) => value > 0).toReversed();
  return {
    items: [...declines, ...improvements].slice(0, limit),
    ranked: items.length,
    since: start.created_at,
    begins: null,
  };
}
