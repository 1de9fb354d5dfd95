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
  neededColumn,
  noNode,
  readAreas,
  readStudentRow,
  studentColumns,
  teamColumns,
} from './organisation.ts';
import type { OrganisationState } from './organisation.ts';

type Columns = OrganisationState['organisation'];

const rowQuery = (columns: string, table: string, condition = ''): string =>
  `SELECT ${columns} FROM ${table} r WHERE r.id = ? AND ${visibleCondition('r')}${condition}`;
const rowQueries: Partial<Record<EntityType, string>> = {
  team: rowQuery(`${teamColumns}, r.project_id, ${neededColumn}`, 'teams'),
  faculty: rowQuery('r.id', 'faculty'),
  student: rowQuery(studentColumns, 'students', activeCondition),
  project: rowQuery(`r.id, ${importanceColumn}, ${neededColumn}`, 'projects'),
  organisation: rowQuery(`r.id, ${importanceColumn}`, 'organisations'),
};
/** Records of these types are always nodes; others only if they have links. */
const alwaysNodes: ReadonlySet<EntityType> = new Set(['team', 'faculty', 'student']);

/** The organisation after changes of records other than interfaces; null if a full read is needed. Does not modify its input. */
export function applyRecordChanges(
  { organisation: columns, nodeById }: OrganisationState,
  ids: readonly string[],
  { read, names }: { read: Connection; names: NameIndex },
): Columns | null {
  const newColumns = {
    ...columns,
    nodes: [...columns.nodes],
    importance: columns.importance.slice(),
    sizes: columns.sizes.slice(),
    lifecycles: columns.lifecycles.slice(),
    terms: columns.terms.slice(),
    memberWeights: columns.memberWeights.slice(),
  };
  for (const id of ids) {
    const name = names.find(id);
    const node = nodeById.get(id);
    if (name && node === undefined && alwaysNodes.has(name.type)) return null;
    const query = name && rowQueries[name.type];
    const row = query && read.raw.prepare(query).raw(true).get(id);
    if (node === undefined) {
      // A project that states a need becomes a node.
      if (name?.type === 'project' && row && readAreas((row as unknown[])[2]).length > 0) return null;
      continue;
    }
    if (!name || !row) return null;
    newColumns.nodes[node] = { id, type: name.type, title: name.title, university: name.university_id };
    if (!writeRow(newColumns, { type: name.type, node, row: row as unknown[] }, nodeById)) return null;
  }
  return newColumns;
}

/** Whether a project or team needs these areas, as before. */
function hasSameNeeds({ needs, areas }: Columns, node: number, text: unknown): boolean {
  const keysBefore = new Set<string>();
  for (const [row, needer] of needs?.needers.entries() ?? [])
    if (needer === node) keysBefore.add(areaKey(areas[needs?.areas[row] as number] ?? ''));
  return hasSameItems(keysBefore, new Set(readAreas(text).map(areaKey)));
}

const hasSameItems = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size === b.size && [...a].every((item) => b.has(item));

/** Writes a row into the columns; false if it would change memberships, or areas of expertise held or needed. */
function writeRow(
  columns: Columns,
  { type, node, row }: { type: EntityType; node: number; row: readonly unknown[] },
  nodeById: ReadonlyMap<string, number>,
): boolean {
  if (type === 'team') {
    const [, lifecycle, size, importance, project, needed] = row;
    const projectNode = nodeById.get(project as string) ?? noNode;
    const isMoved = columns.needs !== undefined && columns.needs.teamProjects[node] !== projectNode;
    if (isMoved || !hasSameNeeds(columns, node, needed)) return false;
    columns.lifecycles[node] = lifecycleIndex(lifecycle);
    columns.sizes[node] = typeof size === 'number' ? size : Number.NaN;
    columns.importance[node] = importanceWeight(importance);
  } else if (type === 'project' || type === 'organisation') {
    columns.importance[node] = importanceWeight(row[1]);
    return hasSameNeeds(columns, node, row[2]);
  } else if (type === 'student') return writeStudentRow(columns, node, readStudentRow(row, nodeById));
  return true;
}

function writeStudentRow(
  columns: Columns,
  node: number,
  { teams, terms, weight, areas }: ReturnType<typeof readStudentRow>,
): boolean {
  const firstRow = columns.students.indexOf(node);
  if (firstRow === -1) return false;
  const previousAreas = new Set<string>();
  for (let at = columns.holders.indexOf(node); columns.holders[at] === node && at !== -1; at++)
    previousAreas.add(areaKey(columns.areas[columns.heldAreas[at] as number] ?? ''));
  if (!hasSameItems(previousAreas, new Set(areas.map(areaKey)))) return false;
  for (const [offset, team] of teams.entries())
    if (columns.students[firstRow + offset] !== node || columns.memberOf[firstRow + offset] !== team)
      return false;
  if (columns.students[firstRow + teams.length] === node) return false;
  for (const offset of teams.keys()) {
    columns.terms[firstRow + offset] = terms;
    columns.memberWeights[firstRow + offset] = weight;
  }
  return true;
}
