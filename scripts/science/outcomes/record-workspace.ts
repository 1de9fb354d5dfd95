import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NamedOrganisation } from '#core/analysis/organisation.ts';
import { readOrganisation } from '#core/analysis/read-organisation.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { runSync } from '#core/kernel/progress.ts';
import { systemServices } from '#core/kernel/system.ts';
import { createIndexes } from '#core/model/indexes.ts';
import { openCore } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Sample } from '#core/sample/fill.ts';

/**
 * The organisation of a real workspace with these records, after every proposal from its contacts was applied. `now` is the time of its
 * clock, in milliseconds since 1970; its files are in `folder` until they are removed.
 */
export async function organisationOfRecords(
  sample: Sample,
  { now, folder = tmpdir() }: { now: number; folder?: string },
): Promise<NamedOrganisation> {
  const workspaceFolder = mkdtempSync(join(folder, 'frames-outcomes-'));
  const system = systemServices();
  try {
    const core = await openCore({
      workspace: join(workspaceFolder, 'workspace'),
      ...system,
      clock: { ...system.clock, now: () => now },
      log: silentLog,
      create: { owner: 'Outcomes' },
      holder: { kind: 'test', label: 'outcomes' },
    });
    try {
      const session = core.session();
      await fillSample(core.services, session, { sample });
      for await (const _ of await core.client(session).contacts.applyProposals({ dry: false }));
      const read = core.services.read;
      return runSync(readOrganisation({ read, ...createIndexes(read) }));
    } finally {
      await core.close();
    }
  } finally {
    rmSync(workspaceFolder, { recursive: true, force: true });
  }
}
