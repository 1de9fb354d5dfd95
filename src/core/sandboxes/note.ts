import { Fault } from '#shared/contract/faults.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { explainOpening } from '../kernel/db/inspect.ts';
import type { Log } from '../kernel/logger.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { logSize } from './moving.ts';
import type { Place } from '../kernel/db/sandbox-place.ts';

/**
 * Writes facts into a locked sandbox and empties its write-ahead log, so that the files can be moved one by one. Throws BUSY while someone
 * reads it without a lock; WORKSPACE if it cannot be written.
 */
export async function noteDown(place: Place, facts: Partial<SandboxFacts>, log: Log): Promise<void> {
  await retryWhileBusy(() => {
    try {
      write(place.data, facts, log);
    } catch (error) {
      throw explainOpening(error, place.data);
    }
    if (logSize(place) > 0) throw isRead();
  });
}

function write(file: string, facts: Partial<SandboxFacts>, log: Log): void {
  const db = openConnection(file, { mode: 'write', log });
  try {
    // Waits for readers without blocking this process.
    db.pragma('busy_timeout = 0');
    db.exec('BEGIN IMMEDIATE');
    writeSandboxFacts(db.write, facts);
    db.exec('COMMIT');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

function isRead(): Fault<'BUSY'> {
  return new Fault('BUSY', { holder: null, waited_ms: 0 });
}
