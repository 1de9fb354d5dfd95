import type { ServerRow } from '../sync/storage.ts';

type Ancestors = ServerRow['lineage'];
export type HistoryFacts = Pick<ServerRow, 'generation' | 'lineage' | 'head_seq' | 'head_hash'>;

/**
 * Returns the ancestors of the history that a restore begins, oldest first, each with the last number shared with the backup. `current` is the history
 * before the restore; `fork` is the last number it shares with the backup. Clients of every earlier history can so find where theirs diverges. Null if
 * the database was empty or belongs to another server.
 */
export function lineageAfter(
  backup: HistoryFacts,
  current: (HistoryFacts & { fork: { seq: number; hash: string } }) | null,
): Ancestors {
  const ancestors: Ancestors = [
    ...backup.lineage,
    { generation: backup.generation, seq: backup.head_seq, hash: backup.head_hash },
  ];
  if (!current) return ancestors;
  const { fork } = current;
  const isKnown = (generation: string): boolean =>
    ancestors.some((ancestor) => ancestor.generation === generation);
  const currentAncestors = [...current.lineage, { generation: current.generation, ...fork }]
    .filter(({ generation }) => !isKnown(generation))
    .map((ancestor) => (ancestor.seq <= fork.seq ? ancestor : { ...ancestor, ...fork }));
  return [...ancestors, ...currentAncestors];
}
