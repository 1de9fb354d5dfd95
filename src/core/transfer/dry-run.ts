import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { workspaceFiles } from '../kernel/db/files.ts';
import { countRecords } from '../log/records/counts.ts';
import { streamed } from '../kernel/progress.ts';
import { findActing } from '../sandboxes/guest.ts';
import { silentLog } from '../kernel/logger.ts';
import { actorOf } from '../log/session.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import { refuseStrangers } from '../workspace/create.ts';
import type { Looking } from '../workspace/read-only.ts';
import { refuseNonEmpty } from './import.ts';
import { previewNew } from './preview-new.ts';
import { previewImport } from './preview.ts';
import type { Preview, PreviewRequest } from './preview.ts';
import { permitAll } from './write-records.ts';

export interface DryRun extends Preview {
  /** What an import with the same choices would be refused with; null when nothing that can be told by now is in its way. */
  refusedWith: Fault | null;
}

export interface DryRunRequest extends PreviewRequest {
  /** Id or name of the profile that would import; undefined for the workspace's first. */
  actor: string | undefined;
  force: boolean;
}

interface Parts {
  clock: Clock;
  ids: Ids;
}

/**
 * Plays an import through on a workspace that is only looked at: what would come, and whether it would be refused. Throws
 * BAD_FILE, UNKNOWN_ACTOR, CANCELLED.
 */
export async function* dryRun(workspace: Looking, request: DryRunRequest, source: Parts): Stream<DryRun> {
  const { read, files } = workspace;
  const actor = actorOf(findActing(read, files, request.actor, silentLog).profile);
  for await (const event of previewImport({ read, files, source }, request)) {
    if (event.kind === 'progress') {
      yield event;
      continue;
    }
    const preview = event.result;
    const total = preview.prepared.records.length;
    const steps = { step: 'checking', total, clock: source.clock, signal: request.signal };
    let refusedWith: Fault | null = null;
    try {
      if (!request.force) refuseNonEmpty(countRecords(read));
      yield* streamed(permitAll(actor, preview.prepared), steps);
    } catch (error) {
      refusedWith = asRefusal(error);
    }
    yield { kind: 'result', result: { ...preview, refusedWith } };
  }
}

/** As `dryRun` for a workspace that does not exist yet and would be made in the folder; whoever makes it has every right. */
export async function* dryRunNew(folder: string, request: PreviewRequest, parts: Parts): Stream<DryRun> {
  for await (const event of previewNew(request, parts)) {
    if (event.kind === 'progress') {
      yield event;
      continue;
    }
    let refusedWith: Fault | null = null;
    try {
      refuseStrangers(workspaceFiles(folder));
    } catch (error) {
      refusedWith = asRefusal(error);
    }
    yield { kind: 'result', result: { ...event.result, refusedWith } };
  }
}

/** What an import would be refused with. That somebody cancels is no such thing, and is thrown on. */
function asRefusal(error: unknown): Fault {
  if (isFault(error) && error.code !== 'CANCELLED') return error;
  throw error;
}
