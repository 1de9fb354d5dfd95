import type Database from 'better-sqlite3';
import type { Difference } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { Lost } from './followers.ts';
import { readLive } from './live.ts';

/** A record that is there. */
export interface Held {
  type: AuditedType;
  payload: JsonObject;
}
export type State = Map<string, Held>;

/** By what records are told apart: a position by its node, and there is one workspace. */
function keyOf(type: AuditedType, id: string, payload: JsonObject): string {
  if (type === 'position') return `position of ${payload.node as string}`;
  return type === 'workspace' ? 'workspace' : `${type} ${id}`;
}

/** Everything that is there in a file. */
export function stateIn(db: Database.Database): State {
  const rows = [...readLive(db).values()].filter(({ deleted_at }) => deleted_at === null);
  return new Map(
    rows.map(({ type, id, payload }) => {
      const held = JSON.parse(payload) as JsonObject;
      return [keyOf(type, id, held), { type, payload: held }];
    }),
  );
}

/** The node of every position. */
export function nodesIn(db: Database.Database): [id: string, node: string][] {
  return db.prepare('SELECT id, node_id FROM positions').raw().all() as [string, string][];
}

export const plain = (state: State): unknown =>
  [...state].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, held]) => ({ key, ...held }));

export interface Model {
  state: State;
  /** It must be refused: something would refer to what is not there, or an id is another's. */
  refused: boolean;
  /** Anything is other than before. */
  changed: boolean;
}

type Side = 'play' | 'live';
const references: Partial<Record<AuditedType, Record<string, AuditedType | 'any'>>> = {
  project: { university_id: 'university' },
  team: { university_id: 'university', project_id: 'project' },
  faculty: { university_id: 'university' },
  student: { university_id: 'university', team_id: 'team' },
  outcome: { university_id: 'university', project_id: 'project' },
  'risk-factor': { university_id: 'university' },
  'factor-model': { university_id: 'university' },
  profile: { university_id: 'university' },
  interface: { from: 'any', to: 'any' },
};
/** What is emptied when the record goes that it names. */
const emptied: Partial<Record<AuditedType, string[]>> = {
  profile: ['university_id'],
  student: ['team_id'],
  team: ['project_id'],
  outcome: ['project_id'],
};

/** What followed on either side from deletions of records that stay, or come back; and what of it somebody decides by itself. */
export interface Followed {
  all: readonly Difference[];
  /** Where live counts in all that was not chosen either: those in conflict. */
  beside: readonly Difference[];
  /** Whether the side that changes come from ever had a record. */
  known: (id: string) => boolean;
  lost: Readonly<Record<Side, ReadonlyMap<string, Lost>>>;
  isOwn: (id: string) => boolean;
}

/**
 * What a state becomes by changes of one side, said as plainly as can be: fields are set, records come and go; then what hangs on those that
 * went goes too.
 */
export function applied(
  before: State,
  chosen: readonly Difference[],
  from: Side,
  nodes: ReadonlyMap<string, string>,
  take: (one: Difference, field: string | null) => Side,
  followed: Followed,
): Model {
  const to: Side = from === 'play' ? 'live' : 'play';
  const state: State = new Map(
    [...before].map(([key, { type, payload }]) => [key, { type, payload: { ...payload } }]),
  );
  const gone = new Set<string>();
  const checks: { key: string; fields: string[] }[] = [];
  // What somebody decided is to stay as it is, all of it (null) or by field: it is not to go along with anything.
  const kept = new Map<string, Set<string | null>>();
  for (const one of followed.beside) {
    const clashing = one.fields.filter((f) => f.class === 'conflict').map(({ field }) => field);
    const key = keyOf(one.type, one.id, { node: nodes.get(one.id) ?? '' });
    kept.set(key, new Set<string | null>(one.conflict === 'deleted' ? [null] : clashing));
  }
  let refused = false;
  for (const one of chosen) {
    if (one.class === 'same' || one.class === to) continue;
    const side = (which: Side): JsonObject =>
      Object.fromEntries(one.fields.flatMap((f) => (f[which] === undefined ? [] : [[f.field, f[which]]])));
    const has = (which: Side): boolean => {
      const done = one[which] ?? (wasThere(one) ? 'updated' : 'deleted');
      return done !== 'deleted';
    };
    const key = keyOf(one.type, one.id, { node: nodes.get(one.id) ?? '' });
    const lost = followed.isOwn(one.id) ? undefined : followed.lost[from].get(one.id);
    if (lost?.whole && !has(from)) continue;
    if (one.conflict === 'other_type' || !has(from) || !has(to)) {
      if (one.class === 'conflict' && take(one, null) !== from) {
        kept.set(key, new Set([null]));
        continue;
      }
      if (!has(from)) {
        state.delete(key);
        gone.add(one.id);
      } else {
        refused ||= one.conflict === 'other_type';
        const payload = side(from);
        state.set(key, { type: one.type, payload });
        checks.push({ key, fields: Object.keys(payload) });
      }
      continue;
    }
    const held = state.get(key) as { payload: Record<string, unknown> };
    const fields = one.fields.filter(
      (f) =>
        !lost?.fields.has(f.field) &&
        (f.class === from || (f.class === 'conflict' && take(one, f.field) === from)),
    );
    const left = one.fields.filter((f) => f.class === 'conflict' && take(one, f.field) !== from);
    if (left.length > 0) kept.set(key, new Set(left.map(({ field }) => field)));
    for (const f of fields) {
      if (f[from] === undefined) delete held.payload[f.field];
      else held.payload[f.field] = f[from];
    }
    checks.push({ key, fields: fields.map(({ field }) => field) });
  }
  bringBack(state, from, followed);
  const idOf = (key: string): string => key.slice(key.indexOf(' ') + 1);
  for (const [key, { type, payload }] of state) {
    const ends = type === 'interface' ? [payload.from, payload.to] : [];
    if (ends.some((end) => gone.has(end as string))) {
      state.delete(key);
      refused ||= kept.has(key);
    }
    const checked = new Set(checks.filter((one) => one.key === key).flatMap(({ fields }) => fields));
    for (const field of emptied[type] ?? []) {
      if (!gone.has(payload[field] as string) || checked.has(field)) continue;
      (payload as Record<string, unknown>)[field] = null;
      refused ||= kept.get(key)?.has(field) === true || kept.get(key)?.has(null) === true;
    }
    const university = payload.university_id as string;
    refused ||= type !== 'profile' && type !== 'position' && type !== 'view' && gone.has(university);
  }
  const types = new Map([...state].map(([key, { type }]) => [idOf(key), type]));
  const was = new Map(chosen.map((one) => [`${one.type} ${one.id}`, one]));
  for (const { key, fields } of checks) {
    const held = state.get(key);
    const one = was.get(key);
    const all = held?.payload ?? (one ? Object.fromEntries(one.fields.map((f) => [f.field, f[from]])) : {});
    const type = (held?.type ?? one?.type) as AuditedType;
    for (const field of fields) {
      const wanted = new Map(Object.entries(references[type] ?? {})).get(field);
      const id = (all as JsonObject)[field];
      if (!wanted || typeof id !== 'string') continue;
      const found = types.get(id);
      refused ||= wanted === 'any' ? found === undefined || found === 'interface' : found !== wanted;
    }
    refused ||= type === 'interface' && all.from === all.to && all.from !== undefined;
  }
  return { state, refused, changed: JSON.stringify(plain(state)) !== JSON.stringify(plain(before)) };
}

const order = [
  'university',
  'project',
  'team',
  'faculty',
  'student',
  'outcome',
  'risk-factor',
  'factor-model',
];
const placeOf = ({ type }: Lost): number => (order.indexOf(type) + 1 || 100) - 1;

/** What had gone, or lost a reference, with what comes back comes back as far as it can, unless the other side has it no more either. */
function bringBack(state: State, from: Side, { all, known, lost, isOwn }: Followed): void {
  const to: Side = from === 'play' ? 'live' : 'play';
  const here = (id: unknown): boolean =>
    [...state].some(([key, { type }]) => type !== 'position' && key.slice(key.indexOf(' ') + 1) === id);
  for (const one of [...lost[to].values()].toSorted((a, b) => placeOf(a) - placeOf(b))) {
    if (isOwn(one.id)) continue;
    const found = all.find(({ id }) => id === one.id);
    const key = keyOf(one.type, one.id, {});
    if (one.whole && !state.has(key)) {
      const theirs = found ? found[from] !== 'deleted' && found.class !== 'conflict' : !known(one.id);
      const dead = Object.keys(references[one.type] ?? {}).filter(
        (field) => typeof one.whole?.[field] === 'string' && !here(one.whole[field]),
      );
      const stuck = one.type === 'interface' || dead.includes('university_id');
      if (!theirs || (stuck && dead.length > 0)) continue;
      const emptiedNow = Object.fromEntries(dead.map((field) => [field, null]));
      state.set(key, { type: one.type, payload: { ...one.whole, ...emptiedNow } });
    }
    const held = state.get(key) as { payload: Record<string, unknown> } | undefined;
    for (const [field, was] of one.whole ? [] : one.fields) {
      const of = found?.fields.find((each) => each.field === field)?.class ?? to;
      if (held && of === to && (held.payload[field] ?? null) === null && here(was)) held.payload[field] = was;
    }
  }
}

/** Whether the base has the record: one side did nothing to it then, and the other changed or deleted it. */
function wasThere({ play, live }: Difference): boolean {
  return [play, live].some((action) => action === 'updated' || action === 'deleted');
}
