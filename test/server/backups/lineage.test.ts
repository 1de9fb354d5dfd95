import { expect, test } from 'vitest';
import { lineageAfter } from '#server/backups/replace.ts';
import type { HistoryFacts } from '#server/backups/replace.ts';
import { Dice } from '#test/sync/simulator/random.ts';

/** A server in short: its history is a list of hashes, numbered from 1, and every history that was ever in force is remembered. */
interface Server {
  generation: string;
  lineage: HistoryFacts['lineage'];
  history: string[];
}

const factsOf = ({ generation, lineage, history }: Server): HistoryFacts => ({
  generation,
  lineage,
  head_seq: history.length,
  head_hash: history.at(-1) ?? '',
});

const sharedLength = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((hash, index) => b[index] !== hash);
  return at === -1 ? a.length : at;
};

test('whatever is restored, in whatever order, clients of every history that ever was find a number that theirs and the new one share', () => {
  for (let seed = 1; seed <= 300; seed++) {
    const dice = new Dice(seed);
    let server: Server = { generation: 'g0', lineage: [], history: [] };
    const backups: Server[] = [];
    /** What a client may know: a generation with all that it had. */
    const seen = new Map<string, string[]>();
    for (let step = 0; step < 60; step++) {
      const roll = dice.below(10);
      if (roll < 6) server = { ...server, history: [...server.history, `h${seed}-${step}`] };
      else if (roll < 8) backups.push(server);
      else if (backups.length > 0) {
        const backup = dice.pick(backups);
        const fork = sharedLength(server.history, backup.history);
        const current = { ...factsOf(server), fork: { seq: fork, hash: server.history[fork - 1] ?? '' } };
        server = {
          generation: `g${step}`,
          lineage: lineageAfter(factsOf(backup), current),
          history: backup.history,
        };
      }
      seen.set(server.generation, server.history);
      for (const [generation, known] of seen) {
        if (generation === server.generation) continue;
        const at = server.lineage.findIndex((one) => one.generation === generation);
        expect(at, `${generation} of seed ${seed}`).not.toBe(-1);
        // As clients read it: see src/core/sync/rewind.ts.
        const fork = server.lineage.slice(at).reduce((first, one) => (one.seq < first.seq ? one : first));
        expect(fork.seq).toBeLessThanOrEqual(sharedLength(known, server.history));
        expect(fork.hash).toBe(server.history[fork.seq - 1] ?? '');
      }
    }
  }
});

test('a database that was another server’s has no ancestors but the backup’s', () => {
  const backup: Server = {
    generation: 'g2',
    lineage: [{ generation: 'g1', seq: 1, hash: 'a' }],
    history: ['a', 'b'],
  };
  expect(lineageAfter(factsOf(backup), null)).toEqual([
    { generation: 'g1', seq: 1, hash: 'a' },
    { generation: 'g2', seq: 2, hash: 'b' },
  ]);
});
