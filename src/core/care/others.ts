import type { Finding } from '#shared/contract/care.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { boardOf } from '../kernel/db/holders.ts';

/** The windows of other processes in which the workspace is open too; nothing where there is none. Writing side by side is safe. */
export function otherWindows({ holders }: WorkspaceFiles): Finding[] {
  const windows = boardOf(holders, { kind: 'window', but: process.pid });
  if (windows.length === 0) return [];
  const params = { count: windows.length, who: windows.join(', ') };
  return [{ id: 'others', state: 'good', code: 'others.open', params }];
}
