import type { ImportResult, Problem } from '#shared/contract/transfer.ts';
import type { Services } from '../../model/services.ts';
import type { Session } from '../../log/session.ts';
import { reportOf } from '../notices.ts';
import { runPlans } from '../run.ts';
import { refuseNonEmpty } from '../write.ts';
import { fileSteps, planFile, refuseUndecided } from './plan.ts';
import type { Prepared } from './plan.ts';
import { importMap, parsedDocuments, readContent } from './preview.ts';
import type { ImportMap, PreviewRequest } from './preview.ts';
import type { JobPace } from '../../kernel/progress.ts';

export interface ImportRequest extends PreviewRequest {
  /** Without it, a workspace with live records is refused. */
  force: boolean;
  /** See `wantsBackup`. */
  backup?: boolean | undefined;
  sha256?: string | undefined;
}

export interface Imported {
  result: ImportResult;
  /** The first problems of the file. */
  problems: readonly Problem[];
  map(): ImportMap;
}

/** Imports a file of records or a graph, as `runPlans` does. Updates records of the same id; deletes nothing. Also throws NOT_EMPTY. */
export async function runImport(
  services: Services,
  session: Session,
  request: ImportRequest,
  pace: JobPace,
): Promise<Imported> {
  const { path, options, force, backup, sha256 } = request;
  const { ids } = services.source;
  const parsed = parsedDocuments(services);
  const { format } = options;
  const { file, content, textBytes } = await readContent({ path, format, own: services.files, parsed }, pace);
  const { plans, result } = await runPlans<Prepared>(
    services,
    session,
    {
      file,
      bytes: textBytes,
      backup,
      sha256,
      check: (before) => (force ? undefined : refuseNonEmpty(before)),
      parts: [
        async ({ db }, lookup, run) => {
          const work = planFile(content, { db, lookup, ids, options });
          const prepared = await run('checking', work, fileSteps(content));
          refuseUndecided(prepared, options);
          return prepared;
        },
      ],
      label: ({ audit }, made) => audit.label('import', { source: file.name, count: audit.changes, made }),
    },
    pace,
  );
  const prepared = plans[0] as Prepared;
  const { problems } = prepared;
  parsed.clear();
  const report = reportOf(problems.notices, problems.counts);
  return {
    result: { ...result, problems: problems.total, report, skipped: 0 },
    problems: problems.list,
    map: () => importMap(file.name, prepared, 'import', pace.clock),
  };
}
