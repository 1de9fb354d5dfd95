import { areaKey } from '#shared/domain/fold.ts';
import { importanceWeight } from '#shared/domain/importance.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Connection } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import type { NameIndex } from '../model/name-index.ts';
import {
  importanceColumn,
  activeCondition,
  lifecycleIndex,
  measuresOfStudent,
  noNode,
  studentColumns,
  teamColumns,
} from './organisation.ts';
import type { OrganisationState } from './organisation.ts';

type Columns = OrganisationState['organisation'];

const selectRow = (columns: string, table: string, condition = ''): string =>
  `SELECT ${columns} FROM ${table} r WHERE r.id = ? AND ${visibleCondition('r')}${condition}`;
const rowQueries: Partial<Record<EntityType, string>> = {
  team: selectRow(teamColumns, 'teams'),
  faculty: selectRow('r.id', 'faculty'),
  student: selectRow(studentColumns, 'students', activeCondition),
  project: selectRow(`r.id, ${importanceColumn}`, 'projects'),
};
/** Records of these types are always nodes; projects and universities only if they have links. */
const alwaysNodes: ReadonlySet<EntityType> = new Set(['team', 'faculty', 'student']);

/** The organisation after changes of records other than interfaces; null if a full read is needed. Does not modify its input. */
export function followRecords(
  { organisation: before, nodeById }: OrganisationState,
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
    const node = nodeById.get(id);
    if (node === undefined) {
      if (name && alwaysNodes.has(name.type)) return null;
      continue;
    }
    const query = name && rowQueries[name.type];
    const row = query && read.raw.prepare(query).raw(true).get(id);
    if (!name || !row) return null;
    after.nodes[node] = { id, type: name.type, title: name.title, university: name.university_id };
    if (!writeRow(after, { type: name.type, node, row: row as unknown[] }, nodeById)) return null;
  }
  return after;
}

/** Writes a row into the columns; false if it would change memberships or areas of expertise. */
function writeRow(
  after: Columns,
  { type, node, row }: { type: EntityType; node: number; row: readonly unknown[] },
  nodeById: ReadonlyMap<string, number>,
): boolean {
  if (type === 'team') {
    const [, lifecycle, size, importance] = row;
    after.lifecycles[node] = lifecycleIndex(lifecycle);
    after.sizes[node] = typeof size === 'number' ? size : Number.NaN;
    after.importance[node] = importanceWeight(importance);
  } else if (type === 'project') after.importance[node] = importanceWeight(row[1]);
  else if (type === 'student') return writeStudentRow(after, node, measuresOfStudent(row, nodeById));
  return true;
}

function writeStudentRow(
  after: Columns,
  node: number,
  { teams, terms, weight, area }: ReturnType<typeof measuresOfStudent>,
): boolean {
  const firstRow = after.students.indexOf(node);
  if (firstRow === -1) return false;
  const areaIndex = after.expertise[node] as number;
  const previousArea = areaIndex === noNode ? '' : areaKey(after.areas[areaIndex] ?? '');
  if (previousArea !== areaKey(area ?? '')) return false;
  for (const [at, team] of teams.entries())
    if (after.students[firstRow + at] !== node || after.memberOf[firstRow + at] !== team) return false;
  if (after.students[firstRow + teams.length] === node) return false;
  for (const at of teams.keys()) {
    after.terms[firstRow + at] = terms;
    after.memberWeights[firstRow + at] = weight;
  }
  return true;
}
