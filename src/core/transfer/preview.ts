import type { ImportPlan } from '#shared/contract/transfer.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { countRecords } from '../entities/counts.ts';
import { streamed } from '../progress.ts';
import type { Services } from '../services.ts';
import { lookupIn } from './existing.ts';
import { importMap } from './map.ts';
import type { ImportMap } from './map.ts';
import { planImport, planSteps } from './plan.ts';
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
  /** What a dry run writes down: every id, every problem. */
  map(): ImportMap;
}

/** Works out what importing a file would do. Nothing is written, and nothing kept. Throws BAD_FILE, CANCELLED. */
export async function* previewImport(services: Services, request: PreviewRequest): Stream<Preview> {
  const { read, source, files } = services;
  const { path, signal, durationUnit } = request;
  const { file, take } = yield* readDocument({ path, clock: source.clock, own: files, signal });
  const document = take();
  const work = planImport(document, { lookup: lookupIn(read), ids: source.ids, durationUnit });
  const prepared = yield* streamed(work, {
    step: 'checking',
    total: planSteps(document),
    clock: source.clock,
    signal,
  });
  const plan = summarize(file, prepared, isEmpty(countRecords(read)));
  yield {
    kind: 'result',
    result: { plan, map: () => importMap(file.name, prepared, 'dry-run', source.clock) },
  };
}

/** No record lives there; deleted ones may. */
export function isEmpty(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).every((count) => count === 0);
}
