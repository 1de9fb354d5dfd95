import { issueOf } from '#shared/texts/issues.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Drawing } from '#shared/contract/network.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { assertCanChange } from '../model/permissions.ts';
import { titleOf } from '#shared/domain/title.ts';
import { invalidFault } from '../model/validate.ts';
import { pagesOf } from './pages.ts';

/** The position of a node, in units of the drawing. */
export interface NodePosition {
  readonly node: string;
  readonly x: number;
  readonly y: number;
}

/** A node has one position record, with fields for each drawing. */
const axes: Readonly<Record<Drawing, readonly [x: string, y: string]>> = {
  network: ['x', 'y'],
  molecule: ['molecule_x', 'molecule_y'],
};

const byNodesQuery =
  'SELECT payload FROM positions WHERE deleted_at IS NULL AND node_id IN (SELECT value FROM json_each(?))';
/** Below this number of nodes, positions are read by node; from this number, all positions are read. */
const minNodesForAll = 500;

/** The positions of the nodes in a drawing, in pages; can include positions of other nodes, also of deleted or hidden ones. */
export function* readPositions(
  db: Connection,
  nodes: readonly { id: string }[],
  drawing: Drawing,
): Generator<readonly NodePosition[], void, void> {
  const [xField, yField] = axes[drawing];
  const parsePosition = (text: unknown): NodePosition[] => {
    const { node, [xField]: x, [yField]: y } = JSON.parse(text as string) as JsonObject;
    return typeof x === 'number' && typeof y === 'number' ? [{ node: node as string, x, y }] : [];
  };
  if (nodes.length < minNodesForAll) {
    yield db.column<string>(byNodesQuery, [JSON.stringify(nodes.map(({ id }) => id))]).flatMap(parsePosition);
    return;
  }
  const allPositions = { select: 'r.payload', table: 'positions', condition: 'r.deleted_at IS NULL' };
  for (const rows of pagesOf(db, allPositions)) yield rows.flatMap(([text]) => parsePosition(text));
}

const positionQuery = 'SELECT id FROM positions WHERE node_id = ?';

/** The position record of a node, deleted or not. */
function findPosition(db: ReadHandle, node: string): LocatedRecord<'position'> | undefined {
  const id = db.column<string>(positionQuery, [node])[0];
  return id === undefined ? undefined : locateIn(db, 'position', id);
}

export interface PositionsResult {
  op_id: string | null;
  changed: number;
}

/** Stores positions of nodes; skips deleted nodes. Yields the number done. Throws FORBIDDEN, and INVALID for an id of no node. */
export function* arrangeNodes(
  write: WriteContext,
  positions: readonly { id: string; x: number; y: number }[],
  drawing: Drawing,
): Generator<number, PositionsResult, void> {
  assertCanPosition(write);
  const positionById = new Map(positions.map((position, index) => [position.id, { ...position, index }]));
  let [done, changedCount] = [0, 0];
  let title = '';
  for (const { id: node, x, y, index } of positionById.values()) {
    const record = locateRecord(write.db, node);
    if (!record || !nodeType.safeParse(record.type).success) {
      throw invalidFault([issueOf(`places.${index}.id`, 'no_node', { id: node })]);
    }
    if (!record.deleted && storePosition(write, { node, x, y }, drawing)) {
      changedCount += 1;
      title = titleOf(record.type, record.payload);
    }
    yield ++done;
  }
  return labelResult(write, 'positions.arrange', changedCount, title);
}

function storePosition(write: WriteContext, { node, x, y }: NodePosition, drawing: Drawing): boolean {
  const position = findPosition(write.db, node);
  const [xField, yField] = axes[drawing];
  const payload = { node, [xField]: x, [yField]: y };
  if (!position) {
    write.records.create({ type: 'position', id: `${idPrefix.position}_${write.ids.uuid()}`, payload });
    return true;
  }
  if (position.deleted) write.records.restore(position);
  // Positions removed in another drawing stay removed.
  const otherAxes = Object.values(axes).flatMap((fields) => (fields[0] === xField ? [] : fields));
  const isChanged = write.records.update(position, payload, position.deleted ? otherAxes : []) !== null;
  return isChanged || position.deleted;
}

/** Removes the positions of some or all nodes in a drawing, so that the layout computes them. Yields the number done. Throws FORBIDDEN. */
export function* removePositions(
  write: WriteContext,
  nodes: readonly string[] | null,
  drawing: Drawing,
): Generator<number, PositionsResult, void> {
  assertCanPosition(write);
  const allNodesQuery = 'SELECT node_id FROM positions WHERE deleted_at IS NULL ORDER BY rowid';
  let [done, changedCount] = [0, 0];
  let title = '';
  for (const node of nodes ? new Set(nodes) : write.db.column<string>(allNodesQuery)) {
    const position = findPosition(write.db, node);
    if (position && clearPosition(write, position, drawing)) {
      changedCount += 1;
      const record = locateRecord(write.db, node);
      title = record ? titleOf(record.type, record.payload) : '';
    }
    yield ++done;
  }
  return labelResult(write, 'positions.release', changedCount, title);
}

function clearPosition(write: WriteContext, position: LocatedRecord<'position'>, drawing: Drawing): boolean {
  const [xField, yField] = axes[drawing];
  if (position.deleted || position.payload[xField] === undefined) return false;
  const isInOtherDrawing = Object.values(axes).some(
    ([x]) => x !== xField && typeof position.payload[x] === 'number',
  );
  if (isInOtherDrawing) write.records.update(position, {}, [xField, yField]);
  else write.records.remove(position);
  return true;
}

function assertCanPosition(write: WriteContext): void {
  assertCanChange(write.db, write.actor, { type: 'position', id: '', before: null, after: {} });
}

function labelResult(
  write: WriteContext,
  label: 'positions.arrange' | 'positions.release',
  count: number,
  title: string,
): PositionsResult {
  write.audit.label(label, count === 1 ? { count, title } : { count });
  return { op_id: count === 0 ? null : write.audit.op_id, changed: count };
}
