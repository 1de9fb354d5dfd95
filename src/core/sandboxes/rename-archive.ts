import { beginImmediate } from '../kernel/db/begin-immediate.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { registerHolder } from '../kernel/db/holders.ts';
import type { HolderRegistry } from '../kernel/db/holders.ts';
import { lockShared } from '../kernel/db/lock.ts';
import { assertCanEditSandbox } from '../model/permissions.ts';
import { retryWhileBusy } from '../kernel/retry-while-busy.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { isoTime } from '../kernel/system.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { withNamesLock, sandboxPaths } from '../kernel/db/sandbox-folder.ts';
import { readSandboxFile } from '../log/read-sandbox-file.ts';
import { checkName } from './names.ts';
import { checkSandboxFiles } from '../kernel/db/check-sandbox-files.ts';

const holder = { kind: 'command', label: 'FRAMES' } as const;

/** Renames a sandbox. Throws NOT_FOUND, FORBIDDEN, BUSY, INVALID for a name that is taken, and WORKSPACE for a damaged one. */
export async function renameSandbox(call: CallContext, id: string, name: string): Promise<void> {
  const { files } = call.services;
  readFactsToChange(call, id);
  // Locks the sandbox before the names, so that a wait for its writers does not block other sandboxes.
  await writeFacts(call, id, { name }, (write) =>
    withNamesLock(files, () => {
      checkName(files, name, id);
      write();
    }),
  );
}

/** Archives or unarchives a sandbox. Throws like `renameSandbox`. */
export async function setArchived(call: CallContext, id: string, isArchived: boolean): Promise<void> {
  const facts = readFactsToChange(call, id);
  if (isArchived === (facts.archived_at !== '')) return;
  const now = isoTime(call.services.source.clock.now());
  await writeFacts(call, id, { archived_at: isArchived ? now : '' });
}

/** Returns the sandbox's facts. Throws FORBIDDEN unless the caller can change the sandbox. */
function readFactsToChange({ services, session }: CallContext, id: string): SandboxFacts {
  const facts = readSandboxFile(
    sandboxPaths(services.files, 'sandboxes', id),
    id,
    (_db, sandboxFacts) => sandboxFacts,
  );
  assertCanEditSandbox(actorOf(actingProfile(services.read, session)), id, facts.made_by);
  return facts;
}

/** Writes facts into a sandbox that others can have open. `runLocked` calls `write` once the sandbox is locked for writing. */
export async function writeFacts(
  { services }: CallContext,
  id: string,
  facts: Partial<SandboxFacts>,
  runLocked: (write: () => void) => void | Promise<void> = (write) => write(),
): Promise<void> {
  const { source, log } = services;
  const paths = sandboxPaths(services.files, 'sandboxes', id);
  const lock = await retryWhileBusy(() => lockShared(paths.lock));
  let holders: HolderRegistry | undefined;
  try {
    // The sandbox can have been discarded before the lock was taken.
    checkSandboxFiles(paths, id);
    holders = registerHolder(paths.holders, holder, source.ids.uuid().slice(-6), isoTime(source.clock.now()));
    using db = openConnection(paths.data, { mode: 'write', log });
    db.pragma('busy_timeout = 0');
    await beginImmediate(db, holders);
    await runLocked(() => {
      writeSandboxFacts(db.write, facts);
      db.exec('COMMIT');
    });
  } finally {
    holders?.unregister();
    lock.release();
  }
}
