import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { systemServices } from '#core/kernel/system.ts';

/** Opens a workspace for measuring, and makes it when it is missing; a sandbox of it, or a moment. */
export function openForBench(workspace: string, sandbox?: string, at?: number): Promise<Core> {
  return openCore({
    workspace,
    ...(sandbox === undefined ? {} : { target: { kind: 'sandbox', id: sandbox } }),
    ...(at === undefined ? {} : { target: { kind: 'moment', at, sandbox: null } }),
    ...systemServices(),
    log: silentLog,
    create: { owner: 'Bench' },
    holder: { kind: 'test', label: 'bench' },
  });
}
