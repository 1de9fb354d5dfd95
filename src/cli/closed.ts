import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { Replacing } from '#core/restore/replace.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Context } from './command.ts';
import { pathOf } from './files.ts';
import { workspaceLog } from './log.ts';
import { actorFor } from './workspace.ts';
import type { Chosen } from './workspace.ts';

/** What work on the closed file of a workspace needs; `label` tells others who holds it. Progress is shown until it ends. */
export async function onClosed<T>(
  context: Context,
  chosen: Chosen,
  label: string,
  work: (how: Replacing & { actor: string | undefined }) => Promise<T>,
): Promise<T> {
  const { output, signal } = context;
  const folder = pathOf(context, chosen.workspace);
  return work({
    files: workspaceFiles(folder),
    actor: actorFor(context, chosen, false),
    clock: systemClock,
    ids: createIds(systemClock, systemRandom),
    random: systemRandom,
    log: workspaceLog(folder),
    holder: { kind: 'command', label: `frames ${label}` },
    tell: output.progress.bind(output),
    signal,
  }).finally(() => output.endProgress());
}
