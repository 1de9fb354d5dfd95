import type { JsonObject } from '#shared/domain/json.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Drawing } from '#shared/contract/network.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { Connection, ReadHandle } from '../kernel/db/connection.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { locateRecord, locateIn } from '../log/records/locate.ts';
import type { Located } from '../log/records/locate.ts';
import { assertMayChange } from '../model/permissions.ts';
import { titleOf } from '#shared/domain/title.ts';
import { invalidFault } from '../model/validate.ts';
import { pagesOf } from './pages.ts';

/** The position of a node, in units of the drawing. */
export interface Place {
  readonly node: string;
  readonly x: number;
  readonly y: number;
}

/** A node has one position record, with fields for each drawing. */
const axes: Readonly<Record<Drawing, readonly [x: string, y: string]>> = {
  network: ['x', 'y'],
  molecule: ['molecule_x', 'molecule_y'],
};

const listed =
  'SELECT payload FROM positions WHERE deleted_at IS NULL AND node_id IN (SELECT value FROM json_each(?))';
/** Below this number, positions are read by node; above, all are read. */
const few = 500;

/** The positions of the nodes in a drawing, in pages; may include others, live or not. */
export function* placesOf(
  db: Connection,
  nodes: readonly { id: string }[],
  drawing: Drawing,
): Generator<readonly Place[], void, void> {
  const [xField, yField] = axes[drawing];
  const read = (text: unknown): Place[] => {
    const { node, [xField]: x, [yField]: y } = JSON.parse(text as string) as JsonObject;
    return typeof x === 'number' && typeof y === 'number' ? [{ node: node as string, x, y }] : [];
  };
  if (nodes.length < few) {
    yield db.column<string>(listed, [JSON.stringify(nodes.map(({ id }) => id))]).flatMap(read);
    return;
  }
  const all = { select: 'r.payload', table: 'positions', condition: 'r.deleted_at IS NULL' };
  for (const rows of pagesOf(db, all)) yield rows.flatMap(([text]) => read(text));
}

const ofNode = 'SELECT id FROM positions WHERE node_id = ?';

/** The position record of a node, deleted or not. */
function positionOf(db: ReadHandle, node: string): Located<'position'> | undefined {
  const id = db.column<string>(ofNode, [node])[0];
  return id === undefined ? undefined : locateIn(db, 'position', id);
}

export interface Arranged {
  op_id: string | null;
  changed: number;
}

/** Stores positions of nodes; deleted ones are left out. Yields the number done. Throws FORBIDDEN, and INVALID for an id of no node. */
export function* arrangeNodes(
  write: WriteContext,
  places: readonly { id: string; x: number; y: number }[],
  drawing: Drawing,
): Generator<number, Arranged, void> {
  permitPositions(write);
  const last = new Map(places.map((place, at) => [place.id, { ...place, at }]));
  let [done, changed] = [0, 0];
  let title = '';
  for (const { id: node, x, y, at } of last.values()) {
    const found = locateRecord(write.db, node);
    if (!found || !nodeType.safeParse(found.type).success) {
      throw invalidFault([
        { path: `places.${at}.id`, code: 'no_node', message: `there is no node "${node}"` },
      ]);
    }
    if (!found.deleted && put(write, { node, x, y }, drawing)) {
      changed += 1;
      title = titleOf(found.type, found.payload);
    }
    yield ++done;
  }
  return writeLabel(write, 'positions.arrange', changed, title);
}

function put(write: WriteContext, { node, x, y }: Place, drawing: Drawing): boolean {
  const known = positionOf(write.db, node);
  const [xField, yField] = axes[drawing];
  const payload = { node, [xField]: x, [yField]: y };
  if (!known) {
    write.records.create({ type: 'position', id: `${idPrefix.position}_${write.ids.uuid()}`, payload });
    return true;
  }
  if (known.deleted) write.records.restore(known);
  // Positions released in another drawing stay released.
  const others = Object.values(axes).flatMap((fields) => (fields[0] === xField ? [] : fields));
  const isChanged = write.records.update(known, payload, known.deleted ? others : []) !== null;
  return isChanged || known.deleted;
}

/** Releases the positions of nodes, or of all nodes, in a drawing. Yields the number done. Throws FORBIDDEN. */
export function* releasePins(
  write: WriteContext,
  nodes: readonly string[] | null,
  drawing: Drawing,
): Generator<number, Arranged, void> {
  permitPositions(write);
  const all = 'SELECT node_id FROM positions WHERE deleted_at IS NULL ORDER BY rowid';
  let [done, changed] = [0, 0];
  let title = '';
  for (const node of nodes ? new Set(nodes) : write.db.column<string>(all)) {
    const known = positionOf(write.db, node);
    if (known && forget(write, known, drawing)) {
      changed += 1;
      const found = locateRecord(write.db, node);
      title = found ? titleOf(found.type, found.payload) : '';
    }
    yield ++done;
  }
  return writeLabel(write, 'positions.release', changed, title);
}

function forget(write: WriteContext, known: Located<'position'>, drawing: Drawing): boolean {
  const [xField, yField] = axes[drawing];
  if (known.deleted || known.payload[xField] === undefined) return false;
  const isElsewhere = Object.values(axes).some(([x]) => x !== xField && typeof known.payload[x] === 'number');
  if (isElsewhere) write.records.update(known, {}, [xField, yField]);
  else write.records.remove(known);
  return true;
}

function permitPositions(write: WriteContext): void {
  assertMayChange(write.db, write.actor, { type: 'position', id: '', before: null, after: {} });
}

function writeLabel(
  write: WriteContext,
  label: 'positions.arrange' | 'positions.release',
  count: number,
  title: string,
): Arranged {
  write.audit.label(label, count === 1 ? { count, title } : { count });
  return { op_id: count === 0 ? null : write.audit.op_id, changed: count };
}
