import type Database from 'better-sqlite3';
import type { Difference } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { readLive } from './live.ts';

/** A record that is there. */
interface Held {
  type: AuditedType;
  payload: JsonObject;
}
export type State = Map<string, Held>;

/** By what records are told apart: a position by its node, and there is one workspace. */
function keyOf(type: AuditedType, id: string, payload: JsonObject): string {
  if (type === 'position') return `position of ${payload.node as string}`;
  return type === 'workspace' ? 'workspace' : `${type} ${id}`;
}

/** Everything that is not deleted in a file, hidden or not. */
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

const ends = [
  'team',
  'faculty',
  'student',
  'project',
  'university',
  'outcome',
  'risk-factor',
  'factor-model',
];
const dangling: Partial<Record<AuditedType, [field: string, to: AuditedType]>> = {
  team: ['project_id', 'project'],
  student: ['team_id', 'team'],
  outcome: ['project_id', 'project'],
  profile: ['university_id', 'university'],
};

/** Records by id, as `essence` gives them. */
export const stateOfRecords = (records: Readonly<Record<string, unknown>>): State =>
  new Map(
    Object.entries(records as Record<string, Held>).map(([id, held]) => [
      keyOf(held.type, id, held.payload),
      held,
    ]),
  );

/** The rule of the derived cascade, said as plainly as can be. */
export function isVisible(state: State, key: string): boolean {
  const held = state.get(key);
  if (!held) return false;
  const { type, payload } = held;
  if (type === 'interface') {
    return [payload.from, payload.to].every((id) =>
      ends.some((end) => isVisible(state, `${end} ${id as string}`)),
    );
  }
  const university = payload.university_id;
  return type === 'university' || typeof university !== 'string' || state.has(`university ${university}`);
}

const isDangling = (state: State, key: string): boolean => {
  const held = state.get(key);
  const [field, to] = (held && dangling[held.type]) ?? [];
  const id = field && held?.payload[field];
  return typeof id === 'string' && !isVisible(state, `${to} ${id}`);
};

interface Model {
  state: State;
  /** It must be refused: something that is written would be hidden or refer to nothing here alone, or makes no sense. */
  refused: boolean;
}

type Side = 'play' | 'live';

/** What a state becomes by the changes of one side, `source`: fields are set, records come and go, and nothing follows from it. */
export function applied(
  before: State,
  source: State,
  chosen: readonly Difference[],
  from: Side,
  nodes: ReadonlyMap<string, string>,
  take: (one: Difference, field: string | null) => Side,
): Model {
  const to: Side = from === 'play' ? 'live' : 'play';
  const state: State = new Map(before);
  /** What is written, with its fields; null for all of them. */
  const written = new Map<string, ReadonlySet<string> | null>();
  for (const one of chosen) {
    if (one.class === 'same' || one.class === to) continue;
    const key = keyOf(one.type, one.id, { node: nodes.get(one.id) ?? '' });
    const [theirs, ours] = [source.get(key), before.get(key)];
    if (theirs && ours) {
      const fields = one.fields.filter(
        (f) => f.class === from || (f.class === 'conflict' && take(one, f.field) === from),
      );
      if (fields.length === 0) continue;
      const payload: Record<string, unknown> = { ...ours.payload };
      for (const { field, [from]: value } of fields)
        if (value === undefined) delete payload[field];
        else payload[field] = value;
      state.set(key, { type: one.type, payload: payload as JsonObject });
      written.set(key, new Set(fields.map(({ field }) => field)));
    } else if (one.class !== 'conflict' || take(one, null) === from) {
      if (theirs) written.set(key, null);
      if (theirs) state.set(key, theirs);
      else state.delete(key);
    }
  }
  const refused = [...written].some(([key, fields]) => {
    const { type, payload } = state.get(key) as Held;
    if (type === 'interface' && payload.from === payload.to) return true;
    const [field = ''] = dangling[type] ?? [];
    const hidden = isEntityType(type) && !isVisible(state, key) && isVisible(source, key);
    const empty =
      (fields === null || fields.has(field)) && isDangling(state, key) && !isDangling(source, key);
    return hidden || empty;
  });
  return { state, refused };
}
