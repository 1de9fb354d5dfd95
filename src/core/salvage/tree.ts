import { cellOffsets, pageKinds, leafCells, headerOffset, interiorHeaderBytes } from './cells.ts';
import type { Pages } from './pages.ts';

/** The pages of a file by their use: the table of each leaf, the free pages, and damaged tables. */
export interface PageMap {
  tableByLeaf: ReadonlyMap<number, string>;
  /** Free pages, as far as their list is readable: their rows are outdated. */
  freePages: ReadonlySet<number>;
  /** Names of tables with an unreadable part. */
  brokenTables: ReadonlySet<string>;
}

/** Follows the trees of all tables from the schema, as far as they are readable. */
export function readPageMap(pages: Pages): PageMap {
  const tableByLeaf = new Map<number, string>();
  const brokenTables = new Set<string>();
  const seenPages = new Set<number>();
  const schema = new Map<number, string>();
  if (!walkTree(pages, 1, 'sqlite_master', schema, seenPages)) brokenTables.add('sqlite_master');
  for (const number of schema.keys()) {
    const page = pages.page(number);
    if (!page) continue;
    for (const { values } of leafCells(pages, page, number).cells) {
      const [type, name, , root] = values;
      if (type !== 'table' || typeof name !== 'string' || typeof root !== 'number') continue;
      if (!walkTree(pages, root, name, tableByLeaf, seenPages)) brokenTables.add(name);
    }
  }
  return { tableByLeaf, freePages: readFreePages(pages), brokenTables };
}

function walkTree(
  pages: Pages,
  root: number,
  name: string,
  leaves: Map<number, string>,
  seenPages: Set<number>,
): boolean {
  let isComplete = true;
  const pendingPages = [root];
  for (let number = pendingPages.pop(); number !== undefined; number = pendingPages.pop()) {
    const page = seenPages.has(number) ? null : pages.page(number);
    if (!page) {
      isComplete = false;
      continue;
    }
    const start = headerOffset(number);
    const kind = page[start];
    if (kind === pageKinds.leaf) leaves.set(number, name);
    else if (kind === pageKinds.interior) {
      pendingPages.push(page.readUInt32BE(start + 8));
      for (const offset of cellOffsets(page, start, interiorHeaderBytes))
        if (offset + 4 <= page.length) pendingPages.push(page.readUInt32BE(offset));
    } else if (kind !== pageKinds.indexLeaf && kind !== pageKinds.indexInterior) {
      isComplete = false;
      continue;
    }
    seenPages.add(number);
  }
  return isComplete;
}

function readFreePages(pages: Pages): Set<number> {
  const free = new Set<number>();
  const firstPage = pages.page(1);
  if (!firstPage?.toString('latin1', 0, 16).startsWith('SQLite format 3')) return free;
  for (let trunk = firstPage.readUInt32BE(32); trunk !== 0 && !free.has(trunk);) {
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
