import type { Connection } from '../kernel/db/connection.ts';
import { ColumnStore } from './columns/store.ts';
import { ListCache } from './list-cache.ts';
import { NameIndex } from './name-index.ts';
import { Singletons } from './services.ts';
import type { Services } from './services.ts';

type Indexes = Pick<Services, 'lists' | 'names' | 'columns' | 'singletons'>;

export function createIndexes(read: Connection): Indexes {
  const names = new NameIndex(read);
  return {
    lists: new ListCache(),
    names,
    columns: new ColumnStore(read, names),
    singletons: new Singletons(read),
  };
}
