import type { ImportPlan } from '#shared/contract/transfer.ts';
import type { Stream } from '#shared/contract/progress.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { countRecords } from '../log/records/counts.ts';
import { streamed } from '../kernel/progress.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import { lookupIn } from './existing.ts';
import { importMap } from './map.ts';
import type { ImportMap } from './map.ts';
import { planImport, planSteps } from './plan.ts';
import type { Prepared } from './plan.ts';
import { readDocument } from './read-document.ts';
import { summarize } from './summary.ts';

export interface PreviewRequest {
  /** The file; never one that a window has named. */
  path: string;
  durationUnit: 'guess' | 'years' | 'months';
  signal?: AbortSignal | undefined;
}

export interface Preview {
  plan: ImportPlan;
  prepared: Prepared;
  /** What a dry run writes down: every id, every problem. */
  map(): ImportMap;
}

/** What a preview needs of a workspace: an open one's services have it. */
export interface Previewing {
  files: WorkspaceFiles;
  read: ReadHandle;
  source: { clock: Clock; ids: Ids };
}

/** Works out what importing a file would do. Nothing is written, and nothing kept. Throws BAD_FILE, CANCELLED. */
export async function* previewImport(workspace: Previewing, request: PreviewRequest): Stream<Preview> {
  const { read, source, files } = workspace;
  const { path, signal, durationUnit } = request;
  const { file, take } = yield* readDocument({ path, clock: source.clock, own: files, signal });
  const document = take();
  const steps = { step: 'checking', clock: source.clock, signal };
  const lookup = yield* streamed(lookupIn(read), { ...steps, total: null });
  const work = planImport(document, { lookup, ids: source.ids, durationUnit });
  const prepared = yield* streamed(work, { ...steps, total: planSteps(document) });
  const plan = summarize(file, prepared, isEmpty(countRecords(read)));
  yield {
    kind: 'result',
    result: { plan, prepared, map: () => importMap(file.name, prepared, 'dry-run', source.clock) },
  };
}

/** No record lives there; deleted ones may. */
export function isEmpty(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).every((count) => count === 0);
}
