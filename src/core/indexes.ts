import type { Connection } from './db/connection.ts';
import { ColumnStore } from './entities/columns/store.ts';
import { ListCache } from './entities/list-cache.ts';
import { NameIndex } from './entities/name-index.ts';
import { LogFacets } from './history/facets.ts';
import { LinkIndex } from './network/link-index.ts';
import type { Services } from './services.ts';

export type Indexes = Pick<Services, 'lists' | 'names' | 'columns' | 'links' | 'facets'>;

/** What follows a log in memory, as yet of nothing. */
export function indexesOn(read: Connection): Indexes {
  const names = new NameIndex(read);
  return {
    lists: new ListCache(),
    names,
    columns: new ColumnStore(read, names),
    links: new LinkIndex(read),
    facets: new LogFacets(read),
  };
}

/** Reads ahead what they will be asked for, a little at each step. */
export function* readAhead(
  read: Connection,
  { names, columns, links, facets }: Indexes,
): Generator<void, void, void> {
  if (!read.raw.open) return;
  for (const steps of [names.readAhead(), columns.warmUp(), links.readAhead(), facets.follow()]) {
    for (const _ of steps) {
      yield;
      if (!read.raw.open) return;
    }
  }
}
