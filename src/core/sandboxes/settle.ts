import { beginImmediate } from '../kernel/db/begin-immediate.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { joinBoard } from '../kernel/db/holders.ts';
import type { HolderBoard } from '../kernel/db/holders.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { permitSandbox } from '../model/permissions.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { isoTime } from '../kernel/system.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { withNamesLock, placeOf } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/sandbox-look.ts';
import { checkName } from './names.ts';
import { checkPlace } from '../kernel/db/sandbox-place.ts';

const holder = { kind: 'command', label: 'FRAMES' } as const;

/** Renames a sandbox. Throws NOT_FOUND, FORBIDDEN, BUSY, INVALID for a name that is taken, and WORKSPACE for a damaged one. */
export async function renameSandbox(call: CallContext, id: string, name: string): Promise<void> {
  const { files } = call.services;
  mayBeSettled(call, id);
  // Waits for its writers first, without the lock of the folder.
  await writeFacts(call, id, { name }, (write) =>
    withNamesLock(files, () => {
      checkName(files, name, id);
      write();
    }),
  );
}

/** Archives a sandbox or brings it back. Throws as renaming. */
export async function archiveSandbox(call: CallContext, id: string, aside: boolean): Promise<void> {
  const facts = mayBeSettled(call, id);
  if (aside === (facts.archived_at !== '')) return;
  const now = isoTime(call.services.source.clock.now());
  await writeFacts(call, id, { archived_at: aside ? now : '' });
}

/** The sandbox's description of itself, if the caller may change it. */
function mayBeSettled({ services, session }: CallContext, id: string): SandboxFacts {
  const facts = readSandboxFile(placeOf(services.files, 'sandboxes', id), id, (_db, own) => own);
  permitSandbox(actorOf(actingProfile(services.read, session)), id, facts.made_by);
  return facts;
}

/** Writes facts into a sandbox that others may have open. `around` runs once it is locked for writing. */
export async function writeFacts(
  { services }: CallContext,
  id: string,
  facts: Partial<SandboxFacts>,
  around: (write: () => void) => void | Promise<void> = (write) => write(),
): Promise<void> {
  const { source, log } = services;
  const place = placeOf(services.files, 'sandboxes', id);
  const lock = await retryWhileBusy(() => lockShared(place.lock));
  let board: HolderBoard | undefined;
  try {
    // It may have been discarded just before.
    checkPlace(place, id);
    board = joinBoard(place.holders, holder, source.ids.uuid().slice(-6), isoTime(source.clock.now()));
    const db = openConnection(place.data, { mode: 'write', log });
    try {
      db.pragma('busy_timeout = 0');
      await beginImmediate(db, board);
      await around(() => {
        writeSandboxFacts(db.write, facts);
        db.exec('COMMIT');
      });
    } finally {
      db.close();
    }
  } finally {
    board?.leave();
    lock.release();
  }
}
