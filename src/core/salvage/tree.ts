import { cellOffsets, pageKinds, leafCells, headerOffset } from './cells.ts';
import type { Pages } from './pages.ts';

/** The pages of a file by their use: the table of each leaf, the free pages, and damaged tables. */
export interface PageMap {
  leaves: ReadonlyMap<number, string>;
  /** Free pages, as far as their list is readable: their rows are outdated. */
  free: ReadonlySet<number>;
  /** Names of tables with an unreadable part. */
  broken: ReadonlySet<string>;
}

/** Follows the trees of all tables from the schema, as far as they are readable. */
export function readPageMap(pages: Pages): PageMap {
  const leaves = new Map<number, string>();
  const broken = new Set<string>();
  const seen = new Set<number>();
  const schema = new Map<number, string>();
  if (!walkTree(pages, 1, 'sqlite_master', schema, seen)) broken.add('sqlite_master');
  for (const number of schema.keys()) {
    const page = pages.page(number);
    if (!page) continue;
    for (const { values } of leafCells(pages, page, number).cells) {
      const [type, name, , root] = values;
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number') continue;
      if (!walkTree(pages, root, name, leaves, seen)) broken.add(name);
    }
  }
  return { leaves, free: freePages(pages), broken };
}

function walkTree(
  pages: Pages,
  root: number,
  name: string,
  leaves: Map<number, string>,
  seen: Set<number>,
): boolean {
  let isComplete = true;
  const pending = [root];
  for (let number = pending.pop(); number !== undefined; number = pending.pop()) {
    const page = seen.has(number) ? null : pages.page(number);
    if (!page) {
      isComplete = false;
      continue;
    }
    const start = headerOffset(number);
    const kind = page[start];
    if (kind === pageKinds.leaf) leaves.set(number, name);
    else if (kind === pageKinds.interior) {
      pending.push(page.readUInt32BE(start + 8));
      for (const offset of cellOffsets(page, start, 12))
        if (offset + 4 <= page.length) pending.push(page.readUInt32BE(offset));
    } else if (kind !== pageKinds.indexLeaf && kind !== pageKinds.indexInterior) {
      isComplete = false;
      continue;
    }
    seen.add(number);
  }
  return isComplete;
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
    if (count > pages.pageBytes / 4 - 2) break;
    free.add(trunk);
    for (let index = 0; index < count; index += 1) free.add(page.readUInt32BE(8 + index * 4));
    trunk = page.readUInt32BE(0);
  }
  return free;
}
