import { areaKey } from '#shared/domain/fold.ts';
import { importanceWeight } from '#shared/domain/importance.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { NameIndex } from '../model/name-index.ts';
import {
  importanceColumn,
  isActive,
  lifecyclePlace,
  measuresOfStudent,
  noNode,
  studentColumns,
  teamColumns,
} from './organisation.ts';
import type { Collected } from './organisation.ts';

type Columns = Collected['organisation'];

const rowOf = (columns: string, table: string, condition = ''): string =>
  `SELECT ${columns} FROM ${table} r WHERE r.id = ? AND ${visibleCondition('r')}${condition}`;
const rows: Partial<Record<EntityType, string>> = {
  team: rowOf(teamColumns, 'teams'),
  faculty: rowOf('r.id', 'faculty'),
  student: rowOf(studentColumns, 'students', isActive),
  project: rowOf(`r.id, ${importanceColumn}`, 'projects'),
};
/** Records of these types are always nodes; projects and universities only if they have links. */
const alwaysNodes: ReadonlySet<EntityType> = new Set(['team', 'faculty', 'student']);

/** The organisation after changes of records other than interfaces; null if a full read is needed. Does not modify its input. */
export function followRecords(
  { organisation: before, places }: Collected,
  ids: readonly string[],
  { read, names }: { read: Connection; names: NameIndex },
): Columns | null {
  const after = {
    ...before,
    nodes: [...before.nodes],
    importance: before.importance.slice(),
    sizes: before.sizes.slice(),
    lifecycles: before.lifecycles.slice(),
    terms: before.terms.slice(),
    memberWeights: before.memberWeights.slice(),
  };
  for (const id of ids) {
    const name = names.find(id);
    const node = places.get(id);
    if (node === undefined) {
      if (name && alwaysNodes.has(name.type)) return null;
      continue;
    }
    const query = name && rows[name.type];
    const row = query && read.raw.prepare(query).raw(true).get(id);
    if (!name || !row) return null;
    after.nodes[node] = { id, type: name.type, title: name.title, university: name.university_id };
    if (!follow(after, { type: name.type, node, row: row as unknown[] }, places)) return null;
  }
  return after;
}

/** Writes a row into the columns; false if it would change memberships. */
function follow(
  after: Columns,
  { type, node, row }: { type: EntityType; node: number; row: readonly unknown[] },
  places: ReadonlyMap<string, number>,
): boolean {
  if (type === 'team') {
    const [, lifecycle, size, importance] = row;
    after.lifecycles[node] = lifecyclePlace(lifecycle);
    after.sizes[node] = typeof size === 'number' ? size : Number.NaN;
    after.importance[node] = importanceWeight(importance);
  } else if (type === 'project') after.importance[node] = importanceWeight(row[1]);
  else if (type === 'student') return followStudent(after, node, measuresOfStudent(row, places));
  return true;
}

function followStudent(
  after: Columns,
  node: number,
  { teams, terms, weight, area }: ReturnType<typeof measuresOfStudent>,
): boolean {
  const first = after.students.indexOf(node);
  if (first === -1) return false;
  const known = after.expertise[node] as number;
  const former = known === noNode ? '' : areaKey(after.areas[known] ?? '');
  if (former !== areaKey(area ?? '')) return false;
  for (const [at, team] of teams.entries())
    if (after.students[first + at] !== node || after.memberOf[first + at] !== team) return false;
  if (after.students[first + teams.length] === node) return false;
  for (const at of teams.keys()) {
    after.terms[first + at] = terms;
    after.memberWeights[first + at] = weight;
  }
  return true;
}
