import type { Stream } from '#shared/contract/progress.ts';
import type { Verification } from '#shared/contract/workspace.ts';
import { openConnection } from '../db/connection.ts';
import type { WorkspaceFiles } from '../db/files.ts';
import { countRecords } from '../entities/counts.ts';
import type { Log } from '../log.ts';
import { streamed } from '../progress.ts';
import type { Services } from '../services.ts';
import type { Clock } from '../system.ts';
import { keptHead } from './head.ts';
import { verifyChain } from './verify-chain.ts';
import { verifyIntegrity } from './verify-integrity.ts';
import { verifyReplay } from './verify-replay.ts';

interface Place {
  files: WorkspaceFiles;
  clock: Clock;
  log: Log;
}

/** Verifies the open workspace while others go on reading and writing. */
export function verifyOpen({ files, source, log }: Services, signal?: AbortSignal): Stream<Verification> {
  return verifyFile({ files, clock: source.clock, log }, signal);
}

/**
 * Verifies a live file through a connection of its own, in one snapshot: SQLite's check, the chain of the audit and its kept head,
 * and the replay. The file must be ours (see `inspect`); damage found on the way makes the report not ok.
 */
export async function* verifyFile({ files, clock, log }: Place, signal?: AbortSignal): Stream<Verification> {
  const kept = keptHead(files.head);
  const db = openConnection(files.live, { mode: 'read', log, slow: 60_000 });
  try {
    db.exec('BEGIN');
    const total = db.get<{ n: number }>('SELECT coalesce(max(id), 0) AS n FROM audit_logs')?.n ?? 0;
    const integrity = yield* streamed(verifyIntegrity(db), { step: 'integrity', total: 3, clock, signal });
    const chain = yield* streamed(verifyChain(db, kept), { step: 'chain', total, clock, signal });
    const replay = yield* streamed(verifyReplay(db), { step: 'replay', total, clock, signal });
    const counts = countRecords(db);
    yield {
      kind: 'result',
      result: { ok: integrity.ok && chain.ok && replay.ok, integrity, chain, replay, counts },
    };
  } finally {
    db.close();
  }
}
