import type { ServerRow } from '../sync/history.ts';

type Ancestors = ServerRow['lineage'];
export type HistoryFacts = Pick<ServerRow, 'generation' | 'lineage' | 'head_seq' | 'head_hash'>;

/**
 * The histories that a restored one goes on from, the oldest first, each with the last number that it has in common with the backup's. `current` is the
 * one that was in force until now, and `fork` what it and the backup's have in common: so clients of every history that there ever was, also of those
 * that began after the backup, find where theirs parts from the new one. Null where the database was no server yet, or another one.
 */
export function lineageAfter(
  backup: HistoryFacts,
  current: (HistoryFacts & { fork: { seq: number; hash: string } }) | null,
): Ancestors {
  const known: Ancestors = [
    ...backup.lineage,
    { generation: backup.generation, seq: backup.head_seq, hash: backup.head_hash },
  ];
  if (!current) return known;
  const { fork } = current;
  const isKnown = (generation: string): boolean => known.some((one) => one.generation === generation);
  const later = [...current.lineage, { generation: current.generation, ...fork }]
    .filter(({ generation }) => !isKnown(generation))
    .map((one) => (one.seq <= fork.seq ? one : { ...one, ...fork }));
  return [...known, ...later];
}
