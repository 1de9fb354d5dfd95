import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { jobKinds as kindDeclarations } from '#shared/contract/jobs.ts';
import type { JobInput, JobKindName } from '#shared/contract/jobs.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { extractMissing } from './documents/missing-texts.ts';
import { answerQuestion } from './analysis/questions/answer.ts';
import { scanRepository } from './code-maps/scan.ts';
import { runSimulation } from './analysis/scenarios/simulate.ts';
import { runImport } from './import/json/import.ts';
import type { PlansResult } from './import/run.ts';
import { jobKind } from './jobs/kind.ts';
import type { JobKinds, JobRun } from './jobs/kind.ts';
import { runSteps, runYielding } from './kernel/progress.ts';
import { verifyOpen } from './log/audit/verify.ts';
import { countRecords } from './log/records/counts.ts';
import { auditAct } from './model/audit-act.ts';
import { meaningIndex } from './search/meaning/meaning-index.ts';
import { searchIndex } from './search/search-index.ts';
import { createBackup } from './versions/create.ts';

/** The values come from operations of the contract, which are JSON. */
const asJson = (value: object): Json => value as unknown as Json;

const runByKind: { [K in JobKindName]: (job: JobRun<JobInput<K>>) => Promise<Json> } = {
  async backup({ call, onProgress, signal }) {
    const { files, source, log } = call.services;
    const backup = await createBackup({
      files,
      reason: 'asked',
      clock: source.clock,
      log,
      onProgress,
      signal,
    });
    await auditAct(call, 'backups.create', { backup: backup.id, reason: backup.reason });
    return { backup: backup.id };
  },

  async index({ input, call: { services }, onProgress, signal }) {
    const index = searchIndex(services);
    // The vectors and the training stay.
    if (input.rebuild) index.expire();
    const pace = { clock: services.source.clock, onProgress, signal };
    await runSteps(pace, 'indexing', index.catchUp(), sumOf(countRecords(services.read)));
    return asJson(index.status());
  },

  async train({ call: { services }, onProgress, signal }) {
    const extracted = await extractMissing(services, signal);
    const pace = { clock: services.source.clock, signal };
    if (extracted.length > 0) await runYielding(searchIndex(services).reindex(extracted), pace);
    const meaning = meaningIndex(services);
    await meaning?.train({ onProgress, signal });
    return asJson({ extracted: extracted.length, ...meaning?.status() });
  },

  async verify({ call: { services }, onProgress, signal }) {
    const report = await verifyOpen(services, { onProgress, signal });
    if (report.ok) return asJson(report);
    const problems = [report.integrity, report.chain, report.replay].flatMap((part) => part.problems);
    const why = problems[0];
    if (why === undefined && !report.documents.ok)
      throw workspaceFault('documents', { why: report.documents.problems[0] });
    throw workspaceFault(report.damage.length > 0 ? 'damaged' : 'unreadable', {
      why: why ?? clause('couldNotCheck'),
    });
  },

  scan: async ({ input, call, onProgress, signal }) =>
    asJson(await scanRepository(call, input.repository, { onProgress, signal })),

  simulate: async ({ input, call: { services }, onProgress, signal }) =>
    asJson(await runSimulation(services, input, { onProgress, signal })),

  analyze: async ({ input, call: { services }, onProgress, signal }) =>
    asJson(await answerQuestion(services, input, { onProgress, signal })),

  async import({ input, callWith, onProgress, signal }) {
    const { path, options, force, backup } = input;
    // The records and the end of the job are one commit, so a crash never imports twice.
    const call = callWith((write, value) => write.complete(importResult(value as PlansResult<never>)));
    const { clock } = call.services.source;
    const pace = { clock, onProgress, signal };
    await runImport(call.services, call.session, { path, options, force, backup }, pace);
    return null;
  },
};

function importResult({ result }: PlansResult<never>): Json {
  const { op_id, created, updated, restored, backup } = result;
  return { op_id, created, updated, restored, backup };
}

/** Every kind of job that this program runs. */
export const jobKinds: JobKinds = Object.fromEntries(
  (Object.keys(kindDeclarations) as JobKindName[]).map((kind) => {
    const run = runByKind[kind] as (job: JobRun<unknown>) => Promise<Json>;
    return [kind, jobKind<unknown>({ ...kindDeclarations[kind], run })];
  }),
);
