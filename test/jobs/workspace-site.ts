import { JobQueue } from '#core/jobs/queue.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import type { Lease } from '#shared/domain/jobs.ts';
import { Child } from '#test/support/child.ts';
import type { JobRow, KillSite } from './kills.ts';

const worker = new URL('./worker.ts', import.meta.url);
const rows = `SELECT id, state, attempts, max_attempts, input ->> '$.steps' AS steps, coalesce(CAST(checkpoint AS INTEGER), 0) AS checkpoint FROM jobs`;

/** A new workspace in a folder; effects are audited records. */
export async function workspaceSite(folder: string, lease: number): Promise<KillSite> {
  const core = await openCore({
    workspace: folder,
    create: { owner: 'Ada' },
    ...systemServices(),
    log: silentLog,
    holder: { kind: 'test', label: 'test jobs' },
  });
  const { read } = core.services;
  const queue = new JobQueue(core.services);
  const createdBy = core.session().profile;
  return {
    start: (mode) => new Child(worker, [folder, String(lease), ...(mode === undefined ? [] : [mode])]),
    openJobs: async () => {
      const { counts } = queue.overview();
      return counts.pending + counts.running + counts.failed;
    },
    enqueue: (input, priority) =>
      queue.enqueue({ kind: 'count', input, maxAttempts: 3, createdBy, priority }),
    heldBy: async (name) =>
      read.all<Lease>("SELECT id, token FROM jobs WHERE state = 'running' AND worker = ?", [name]),
    isHeld: async (held) => queue.holds(read, held),
    jobs: async () => read.all<JobRow>(rows),
    effects: async () =>
      read.column<string>(
        "SELECT payload ->> '$.name' FROM projects WHERE payload ->> '$.name' GLOB 'job_*/*'",
      ),
    async problems() {
      const problems: string[] = [];
      for await (const event of await core.client(core.session()).workspace.verify({}))
        if (event.kind === 'result' && !event.result.ok) problems.push('the workspace has problems');
      return problems;
    },
    close: () => core.close(),
  };
}
