import type { Finding } from '#shared/contract/care.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { describeHolders } from '../kernel/db/holders.ts';

/** The finding about windows of other processes in which the workspace is open. Writing at the same time is safe. */
export function otherWindowFindings({ holders }: WorkspaceFiles): Finding[] {
  const windows = describeHolders(holders, { kind: 'window', exceptPid: process.pid });
  if (windows.length === 0) return [];
  const params = { count: windows.length, who: windows.join(', ') };
  return [{ id: 'others', state: 'good', code: 'others.open', params }];
}
