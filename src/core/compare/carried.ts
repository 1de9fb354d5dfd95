import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../db/connection.ts';
import type { AuditLogRow, AuditTransactionRow } from '../db/schema.ts';
import { applyPatch } from '../entities/patch.ts';
import { parse } from '../history/effect.ts';
import { nowhere } from './classify.ts';
import type { State } from './classify.ts';
import { wentByItself } from './followed.ts';
import { goneByRefresh } from './gone.ts';
import { refreshed } from './moves.ts';

/** The label of the transaction that brings a sandbox's changes into live. */
export const promoted = 'sandbox.promoted';

/** A transaction of live's log that brought work of Play in, or took such work back; or one that undid or redid that. */
export interface Carrying {
  id: number;
  /** The row of the log that comes after it. */
  end: number;
  takes: boolean;
  /** Of what it is about itself, or of what it undid or did again. */
  root: number;
  /** It went back on all that was done after that transaction, whoever did it; null where it is about a promotion alone. */
  moment: number | null;
  /** Where it is about a promotion: the newest transaction of Play's log then. */
  play: number;
}

/** Play's log from a refresh until that was last undone, or done again. */
interface SteppedOver {
  refresh: number;
  /** The transaction that undid it, or did it again, and how many rows of the log are about that. */
  id: number;
  changes: number;
}

/** What moves the base of single records. */
export interface Carryings {
  /** In live's log, oldest first. */
  inLive: readonly Carrying[];
  /** What these were about is as it was before or after the refresh, whatever was promoted in between. */
  stepped: readonly SteppedOver[];
}

export const nothingCarried: Carryings = { inLive: [], stepped: [] };

type Entry = Pick<AuditTransactionRow, 'id' | 'op_id' | 'label' | 'undoes' | 'redoes' | 'changes' | 'params'>;
type Play = { db: ReadHandle; id: string };

const columns = 'id, op_id, label, undoes, redoes, changes, params';
/** What brings work of a sandbox in, and what goes back on what was done. */
const roots = `SELECT ${columns} FROM audit_transactions WHERE id >= :common AND undoes IS NULL AND redoes IS NULL
  AND label IN ('${promoted}', 'moment.restored', 'backups.records') ORDER BY id`;
const steppedOver = `SELECT ${columns} FROM audit_transactions WHERE undoes = :op OR redoes = :op ORDER BY id`;
const steppedOverRefreshes = `SELECT refresh.id AS refresh, step.id, step.changes FROM audit_transactions refresh
  JOIN audit_transactions step ON step.undoes = refresh.op_id OR step.redoes = refresh.op_id
  WHERE refresh.id >= ? AND refresh.label = '${refreshed}'`;
const isAbout = 'SELECT 1 AS one FROM audit_logs WHERE entity_id = ? AND id >= ? AND id < ?';
const hashOf = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** Everything by which work of Play came into live or was taken back there, since both logs part. */
export function carryingsOf(live: ReadHandle, play: Play, common: number): Carryings {
  const inLive = carryingIn(live, play, common);
  if (inLive.length === 0) return nothingCarried;
  return { inLive, stepped: play.db.all<SteppedOver>(steppedOverRefreshes, [common]) };
}

function carryingIn(live: ReadHandle, play: Play, common: number): Carrying[] {
  const found: Carrying[] = [];
  for (const root of live.all<Entry>(roots, { common })) {
    const steps = live.all<Entry>(steppedOver, { op: root.op_id });
    const said = parse(root.params);
    if (root.label !== promoted) {
      // A backup of another workspace, or of what a restore displaced, is no moment of this log.
      if (typeof said['at'] !== 'number') continue;
      for (const one of [root, ...steps]) found.push(spanOf(one, root.id, one.undoes === null, said['at']));
    } else if (isOf(play, said)) {
      for (const one of [root, ...steps])
        found.push(spanOf(one, root.id, one.undoes !== null, null, headIn(said).id));
    } else if (said['id'] === play.id && said['play'] === undefined) {
      // Of a former version, which does not say what Play was: it may be another by now, but what is undone is not brought by anything.
      const last = steps.at(-1);
      if (last && last.undoes !== null) found.push(spanOf(last, root.id, true, null));
    }
  }
  return found.sort((one, other) => one.id - other.id);
}

const spanOf = (
  { id, changes }: Entry,
  root: number,
  takes: boolean,
  moment: number | null,
  play = Number.MAX_SAFE_INTEGER,
): Carrying => ({ id, root, end: id + changes, takes, moment, play });

const headIn = ({ play }: JsonObject) => (play ?? {}) as { id?: number; hash?: string };

/**
 * Whether Play has what was promoted: its log has the transaction that was the newest of the sandbox then. Ids do not tell: a duplicate has
 * another and the same work, and one that was brought back from before has the same and less.
 */
function isOf({ db }: Play, said: JsonObject): boolean {
  const { id, hash } = headIn(said);
  return id !== undefined && db.get<{ hash: string }>(hashOf, [id])?.hash === hash;
}

type Past = Pick<AuditLogRow, 'id' | 'action' | 'payload_before' | 'payload_after' | 'meta'>;
const about = `SELECT id, action, payload_before, payload_after, meta FROM audit_logs
  WHERE entity_id = ? AND id >= ? ORDER BY id`;

/** A row of live's log about a record, and what carried it. */
interface Carried extends Past {
  by: Carrying;
}

interface Record {
  /** Its id in live. */
  id: string;
  /** What it was at the base. */
  base: State;
  /** The row of live's log that comes after the base. */
  from: number;
}

/**
 * What a record is compared with, where its base is that: what live got from Play since then, and what it took back of that, is no change
 * of live's own. So work that live took back is Play's again, and what Play did to it after it was promoted is Play's.
 */
export function withCarried(
  sides: { live: ReadHandle; play: ReadHandle; carrying: Carryings },
  { id, base, from }: Record,
): State {
  const { live, play, carrying } = sides;
  const { inLive } = carrying;
  const first = inLive[0];
  if (!first || (inLive.at(-1)?.end ?? 0) <= from) return base;
  const rows = live.all<Past>(about, [id, first.id]);
  const between = betweenIn(play, carrying.stepped, id);
  const carried = rows.flatMap((row): Carried[] => {
    const by = inLive.find((one) => one.id <= row.id && row.id < one.end);
    return by && !between(by.play) ? [{ ...row, by }] : [];
  });
  const broughtIn = rows[0]?.action === 'create' && carried[0]?.id === rows[0].id && !carried[0].by.takes;
  let state = base;
  /** What it was before each promotion: an undone one leaves it so, also where a conflict was decided in it. */
  const former = new Map<number, State>();
  const brought: Carried[] = [];
  for (const row of carried) {
    if (row.id >= from && wentByItself(row, state)) continue;
    brought.push(row);
    if (row.id < from) continue;
    const part = row.by.moment === null ? row : partOf(row, row.by.moment, brought);
    if (!part || (row.by.takes && goneByRefresh(play, id))) continue;
    const before = row.by.takes && row.by.moment === null ? former.get(row.by.root) : undefined;
    if (!row.by.takes) former.set(row.by.root, state);
    state = before ? backTo(before, state, part) : stepped(state, part);
    if (part.action === 'delete' && row.by.takes && broughtIn) state = nowhere;
  }
  return state;
}

/** Tells whether a transaction of Play's log lies between a refresh of a record and its undo or redo. */
function betweenIn(play: ReadHandle, all: readonly SteppedOver[], record: string): (at: number) => boolean {
  const about = all.filter(({ id, changes }) => play.get(isAbout, [record, id, id + changes]));
  return (at) => about.some(({ refresh, id }) => refresh <= at && at < id);
}

/** Of a row that goes back to a moment, what is about work of Play that came since: null where nothing is. */
function partOf(row: Past, moment: number, before: readonly Carried[]): Past | null {
  const brought = before.filter(({ id, by }) => by.moment === null && by.id > moment && id < row.id);
  if (row.action !== 'update') return brought.some(({ action }) => action !== 'update') ? row : null;
  const fields = new Set(
    brought.flatMap(({ payload_before, payload_after }) =>
      [payload_before, payload_after].flatMap((side) => Object.keys(parse(side))),
    ),
  );
  const only = (side: string | null): string =>
    JSON.stringify(Object.fromEntries(Object.entries(parse(side)).filter(([field]) => fields.has(field))));
  return { ...row, payload_before: only(row.payload_before), payload_after: only(row.payload_after) };
}

/** Undone, a promotion leaves what it changed as it was before it. */
function backTo(before: State, state: State, { action, payload_before, payload_after }: Past): State {
  if (action !== 'update' || !before.payload || !state.payload) return before;
  const touched = new Set([payload_before, payload_after].flatMap((side) => Object.keys(parse(side))));
  const only = (payload: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(payload).filter(([field]) => touched.has(field)));
  return { ...state, payload: applyPatch(state.payload, only(state.payload), only(before.payload)) };
}

function stepped(state: State, { action, payload_before, payload_after }: Past): State {
  if (action === 'delete') return { ...state, payload: null };
  if (action !== 'update') return { id: state.id ?? '', payload: parse(payload_after) };
  if (!state.payload) return state;
  return { ...state, payload: applyPatch(state.payload, parse(payload_before), parse(payload_after)) };
}
