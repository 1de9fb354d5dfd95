import type { Stream } from '#shared/contract/progress.ts';
import type { ImportResult, Problem } from '#shared/contract/transfer.ts';
import type { Services } from '../../model/services.ts';
import type { Session } from '../../log/session.ts';
import { reportOf } from '../notices.ts';
import { runPlans } from '../run.ts';
import { Present } from '../table/present.ts';
import { refuseNonEmpty } from '../write.ts';
import { fileSteps, planFile, refuseUndecided } from './plan.ts';
import type { Prepared } from './plan.ts';
import { importMap, parsedDocuments, readContent, typesByName } from './preview.ts';
import type { ImportMap, PreviewRequest } from './preview.ts';

export interface ImportRequest extends PreviewRequest {
  /** Without it, a workspace with live records is refused. */
  force: boolean;
  /** See `wantsBackup`. */
  backup?: boolean | undefined;
  /** The SHA-256 from the preview. */
  sha256?: string | undefined;
}

export interface Imported {
  result: ImportResult;
  /** The first problems of the file. */
  problems: readonly Problem[];
  map(): ImportMap;
}

/** Imports a file of records or a graph, as `runPlans` does. Updates records of the same id; deletes nothing. Also throws NOT_EMPTY. */
export async function* runImport(
  services: Services,
  session: Session,
  request: ImportRequest,
): Stream<Imported> {
  const { path, signal, options, force, backup, sha256 } = request;
  const { clock, ids } = services.source;
  const parsed = parsedDocuments(services);
  const { format } = options;
  const reading = { path, format, clock, own: services.files, parsed, signal };
  const { file, content, textBytes } = yield* readContent(reading);
  const running = runPlans<Prepared>(services, session, {
    file,
    bytes: textBytes,
    backup,
    sha256,
    signal,
    check: (before) => (force ? undefined : refuseNonEmpty(before)),
    parts: [
      async ({ db }, lookup, run) => {
        const present = new Present();
        await run('checking', present.load(db, typesByName(content)), null);
        const work = planFile(content, { lookup, ids, options, present });
        const prepared = await run('checking', work, fileSteps(content));
        refuseUndecided(prepared, options);
        return prepared;
      },
    ],
    label: ({ audit }, made) => audit.label('import', { source: file.name, count: audit.changes, made }),
  });
  for await (const event of running) {
    if (event.kind === 'progress') {
      yield event;
      continue;
    }
    const { plans, result } = event.result;
    const prepared = plans[0] as Prepared;
    const { problems } = prepared;
    parsed.clear();
    yield {
      kind: 'result',
      result: {
        result: {
          ...result,
          problems: problems.total,
          report: reportOf(problems.notices, problems.counts),
          skipped: 0,
        },
        problems: problems.list,
        map: () => importMap(file.name, prepared, 'import', clock),
      },
    };
  }
}
