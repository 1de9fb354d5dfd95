import { cellOffsets, pageKinds, leafCells, startOf } from './cells.ts';
import type { Pages } from './pages.ts';

/** Knowledge about pages. */
export interface Forest {
  leaves: ReadonlyMap<number, string>;
  /** Free pages, as far as their list is readable: their rows are outdated. */
  free: ReadonlySet<number>;
  /** Root pages of tables with an unreadable part. */
  broken: ReadonlySet<string>;
}

/** Follows the trees of all tables from the schema, as far as they are readable. */
export function readForest(pages: Pages): Forest {
  const leaves = new Map<number, string>();
  const broken = new Set<string>();
  const seen = new Set<number>();
  const schema = new Map<number, string>();
  if (!walk(pages, 1, 'sqlite_master', schema, seen)) broken.add('sqlite_master');
  for (const number of schema.keys()) {
    const page = pages.page(number);
    if (!page) continue;
    for (const { values } of leafCells(pages, page, number).cells) {
      const [type, name, , root] = values;
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number') continue;
      if (!walk(pages, root, name, leaves, seen)) broken.add(name);
    }
  }
  return { leaves, free: freePages(pages), broken };
}

function walk(
  pages: Pages,
  root: number,
  name: string,
  leaves: Map<number, string>,
  seen: Set<number>,
): boolean {
  let whole = true;
  const open = [root];
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const page = seen.has(number) ? null : pages.page(number);
    if (!page) {
      whole = false;
      continue;
    }
    const start = startOf(number);
    const kind = page[start];
    if (kind === pageKinds.leaf) leaves.set(number, name);
    else if (kind === pageKinds.interior) {
      open.push(page.readUInt32BE(start + 8));
      for (const offset of cellOffsets(page, start, 12))
        if (offset + 4 <= page.length) open.push(page.readUInt32BE(offset));
    } else if (kind !== pageKinds.indexLeaf && kind !== pageKinds.indexInterior) {
      whole = false;
      continue;
    }
    seen.add(number);
  }
  return whole;
}

function freePages(pages: Pages): Set<number> {
  const free = new Set<number>();
  const first = pages.page(1);
  if (!first?.toString('latin1', 0, 16).startsWith('SQLite format 3')) return free;
  for (let trunk = first.readUInt32BE(32); trunk !== 0 && !free.has(trunk);) {
    const page = pages.page(trunk);
    if (!page) break;
    const count = page.readUInt32BE(4);
    // A longer list than fits into a page is damage.
    if (count > pages.bytes / 4 - 2) break;
    free.add(trunk);
    for (let index = 0; index < count; index += 1) free.add(page.readUInt32BE(8 + index * 4));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
