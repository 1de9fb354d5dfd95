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
import type { Core } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import type { Sample } from '#core/sample/fill.ts';

/** `now` is the time of the workspace's clock, in milliseconds since 1970; its files are in `folder` until they are removed. */
interface WorkspaceOptions {
  now: number;
  folder?: string;
}

/** Opens a real workspace with these records for as long as `use` takes. */
export async function withRecords<T>(
  sample: Sample,
  { now, folder = tmpdir() }: WorkspaceOptions,
  use: (core: Core, session: ReturnType<Core['session']>) => Promise<T>,
): Promise<T> {
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
      return await use(core, session);
    } finally {
      await core.close();
    }
  } finally {
    rmSync(workspaceFolder, { recursive: true, force: true });
  }
}

/** The organisation of a workspace with these records, after every proposal from its contacts was applied. */
export const organisationOfRecords = (
  sample: Sample,
  options: WorkspaceOptions,
): Promise<NamedOrganisation> =>
  withRecords(sample, options, async (core, session) => {
    for await (const _ of await core.client(session).contacts.applyProposals({ dry: false }));
    const read = core.services.read;
    return runSync(readOrganisation({ read, ...createIndexes(read) }));
  });
