import type { Stream } from '#shared/contract/progress.ts';
import { streamed } from '../kernel/progress.ts';
import type { Clock, Ids } from '../kernel/system.ts';
import { importMap } from './map.ts';
import { planImport, planSteps } from './plan.ts';
import type { Preview, PreviewRequest } from './preview.ts';
import { readDocument } from './read-document.ts';
import { summarize } from './summary.ts';

/**
 * As `previewImport` for a workspace that does not exist yet, without making one: every record of the file is new. Throws
 * BAD_FILE, CANCELLED.
 */
export async function* previewNew(
  request: PreviewRequest,
  parts: { clock: Clock; ids: Ids },
): Stream<Preview> {
  const { path, durationUnit, signal } = request;
  const { clock, ids } = parts;
  const { file, take } = yield* readDocument({ path, clock, signal });
  const document = take();
  const work = planImport(document, { lookup: () => undefined, ids, durationUnit });
  const prepared = yield* streamed(work, { step: 'checking', total: planSteps(document), clock, signal });
  const plan = summarize(file, prepared, true);
  yield {
    kind: 'result',
    result: { plan, prepared, map: () => importMap(file.name, prepared, 'dry-run', clock) },
  };
}
