import { clause } from '#shared/texts/sentence.ts';
import { workspaceFault } from '#shared/contract/faults.ts';
import { jobKinds as declared } from '#shared/contract/jobs.ts';
import type { JobInput, JobKindName } from '#shared/contract/jobs.ts';
import type { Progress, Stream } from '#shared/contract/progress.ts';
import { sumOf } from '#shared/domain/counts.ts';
import type { Json } from '#shared/domain/json.ts';
import { extractMissing } from './documents/missing-texts.ts';
import { answerQuestion } from './analysis/questions/answer.ts';
import { runSimulation } from './analysis/scenarios/simulate.ts';
import { runImport } from './import/json/import.ts';
import type { Written } from './import/run.ts';
import { jobKind } from './jobs/kind.ts';
import type { JobKinds, JobRun } from './jobs/kind.ts';
import type { OnProgress } from './kernel/progress-stream.ts';
import { runToEnd, inTurns, progressStream } from './kernel/progress.ts';
import { verifyOpen } from './log/audit/verify.ts';
import { countRecords } from './log/records/counts.ts';
import { noteDone } from './model/note-done.ts';
import { meaningIndex } from './search/meaning/meaning-index.ts';
import { searchIndex } from './search/search-index.ts';
import { createBackup } from './versions/create.ts';

/** Reads a long operation to its end. */
async function resultOf<R>(stream: Stream<R>, onProgress: OnProgress): Promise<R> {
  let last: { result: R } | undefined;
  for await (const event of stream) {
    if (event.kind === 'progress') onProgress(event);
    else last = event;
  }
  if (!last) throw new Error('the operation ended without a result');
  return last.result;
}

/** The values come from operations of the contract, which are JSON. */
const asJson = (value: object): Json => value as unknown as Json;

const runs: { [K in JobKindName]: (job: JobRun<JobInput<K>>) => Promise<Json> } = {
  async backup({ call, onProgress, signal }) {
    const { files, source, log } = call.services;
    const made = await createBackup({
      files,
      reason: 'asked',
      clock: source.clock,
      log,
      onProgress,
      signal,
    });
    await noteDone(call, 'backups.create', { backup: made.id, reason: made.reason });
    return { backup: made.id };
  },

  async index({ input, call: { services }, onProgress, signal }) {
    const index = searchIndex(services);
    // Keeps the vectors, and whether the index is trained.
    if (input.rebuild) index.expire();
    const total = sumOf(countRecords(services.read));
    const steps = { step: 'indexing', total, clock: services.source.clock, signal };
    await runToEnd<void>(progressStream(index.follow(), steps), (progress: Progress) => onProgress(progress));
    return asJson(index.status());
  },

  async train({ call: { services }, onProgress, signal }) {
    const extracted = await extractMissing(services, signal);
    const steps = { clock: services.source.clock, signal };
    if (extracted.length > 0) await inTurns(searchIndex(services).refresh(extracted), steps);
    const meaning = meaningIndex(services);
    await meaning?.train({ onProgress, signal });
    return asJson({ extracted: extracted.length, ...meaning?.status() });
  },

  async verify({ call: { services }, onProgress, signal }) {
    const report = await resultOf(verifyOpen(services, signal), onProgress);
    if (report.ok) return asJson(report);
    const problems = [report.integrity, report.chain, report.replay].flatMap((part) => part.problems);
    const why = problems[0] ?? clause('couldNotCheck');
    throw workspaceFault(report.damage.length > 0 ? 'damaged' : 'unreadable', { why });
  },

  simulate: async ({ input, call: { services }, onProgress, signal }) =>
    asJson(await runSimulation(services, input, { onProgress, signal })),

  analyze: async ({ input, call: { services }, onProgress, signal }) =>
    asJson(await answerQuestion(services, input, { onProgress, signal })),

  async import({ input, callWith, onProgress, signal }) {
    const { path, options, force, backup } = input;
    // The records and the end of the job are one commit, so a crash never imports twice.
    const call = callWith((write, value) => write.complete(importedBy(value as Written<never>)));
    const { clock } = call.services.source;
    const pace = { clock, onProgress, signal };
    await runImport(call.services, call.session, { path, options, force, backup }, pace);
    return null;
  },
};

function importedBy({ result }: Written<never>): Json {
  const { op_id, created, updated, restored, backup } = result;
  return { op_id, created, updated, restored, backup };
}

/** Every kind of job that this program runs. */
export const jobKinds: JobKinds = Object.fromEntries(
  (Object.keys(declared) as JobKindName[]).map((kind) => {
    const run = runs[kind] as (job: JobRun<unknown>) => Promise<Json>;
    return [kind, jobKind<unknown>({ ...declared[kind], run })];
  }),
);
