import type { QueryKey } from '@tanstack/react-query';
import { nodeType } from '#shared/contract/network.ts';
import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';

/** What a record shows of others (titles, counts of links, a student's status) may hang on any type of record. */
const records: readonly AuditedType[] = entityTypes;
const inNetwork: readonly AuditedType[] = [...nodeType.options, 'interface', 'position'];

/** Read anew only with these; what is not named hangs on records. Names of people stand nearly everywhere. */
const origins: Readonly<Record<string, readonly AuditedType[]>> = {
  network: inNetwork,
  profiles: [],
  // They are other files: looking at them anew is theirs who shows them.
  sandboxes: [],
  backups: [],
  care: [],
  views: ['view'],
};
/** Every change is a line more. */
const always: readonly unknown[] = ['history', 'info', 'moments'];

/** Whether what was read under a key may be another after a change of these types. */
export function isConcerned([root]: QueryKey, types: ReadonlySet<AuditedType>): boolean {
  if (always.includes(root) || types.has('profile')) return true;
  const hangsOn = (typeof root === 'string' ? origins[root] : undefined) ?? records;
  return hangsOn.some((type) => types.has(type));
}
