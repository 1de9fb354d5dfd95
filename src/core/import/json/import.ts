import type { ImportResult, Problem } from '#shared/contract/transfer.ts';
import type { Services } from '../../model/services.ts';
import type { Session } from '../../log/session.ts';
import { reportOf } from '../notices.ts';
import { runPlans } from '../run.ts';
import { refuseNonEmpty } from '../write.ts';
import { countFileSteps, planFile, refuseUndecided } from './plan.ts';
import type { FilePlan } from './plan.ts';
import {
  importMap,
  noteEncoding,
  parsedDocumentCache,
  readContent,
  refuseUnclearEncoding,
} from './preview.ts';
import type { ImportMap, PreviewRequest } from './preview.ts';
import type { JobPace } from '../../kernel/progress.ts';

export interface ImportRequest extends PreviewRequest {
  /** If false, a workspace with visible records is refused. */
  force: boolean;
  /** See `wantsBackup`. */
  backup?: boolean | undefined;
  sha256?: string | undefined;
}

export interface ImportOutcome {
  result: ImportResult;
  problems: readonly Problem[];
  map(): ImportMap;
}

/** Imports a file of records or a graph, as `runPlans` does. Updates records of the same id; deletes nothing. Also throws NOT_EMPTY. */
export async function runImport(
  services: Services,
  session: Session,
  request: ImportRequest,
  pace: JobPace,
): Promise<ImportOutcome> {
  const { path, options, force, backup, sha256 } = request;
  const { ids } = services.source;
  const cache = parsedDocumentCache(services);
  const { file, content, textBytes } = await readContent(
    { path, options, db: services.read, openWorkspace: services.files, cache },
    pace,
  );
  refuseUnclearEncoding(file);
  const { plans, result } = await runPlans<FilePlan>(
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
          const steps = planFile(content, { db, lookup, ids, options });
          const plan = await run('checking', steps, countFileSteps(content));
          refuseUndecided(plan, options);
          return plan;
        },
      ],
      label: ({ audit }, createdCount) =>
        audit.label('import', { source: file.name, count: audit.changes, made: createdCount }),
    },
    pace,
  );
  const filePlan = plans[0] as FilePlan;
  const { problems } = filePlan;
  noteEncoding(file, filePlan);
  cache.clear();
  const report = reportOf(problems.notices, problems.counts);
  return {
    result: { ...result, problems: problems.total, report, skipped: 0 },
    problems: problems.list,
    map: () => importMap(file.name, filePlan, 'import', pace.clock),
  };
}
