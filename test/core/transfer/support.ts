import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { defaultImportOptions } from '#shared/contract/transfer.ts';
import type { Problem } from '#shared/contract/transfer.ts';
import type { ExistingRecord } from '#core/import/planned-record.ts';
import { exportChunks } from '#core/export/records.ts';
import { parseJson } from '#core/import/json/parse.ts';
import { planImport } from '#core/import/json/plan.ts';
import type { FilePlan } from '#core/import/json/plan.ts';
import type { PlannedRecord } from '#core/import/planned-record.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Clock, Random } from '#core/kernel/system.ts';
import { runSync } from '#core/kernel/progress.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';

export const stillClock: Clock = { now: () => 1_700_000_000_000, elapsed: () => 0 };
export const noRandom: Random = { fill: (bytes) => void bytes.fill(7) };

/** A clock on which long work is always due for a pause, so that tests see each of its steps however fast the machine is. */
export function hastyClock(): Clock {
  let elapsed = 0;
  return { now: () => systemClock.now(), elapsed: () => (elapsed += 30) };
}

export function open(folder: string, clock: Clock = systemClock): Promise<Core> {
  return openCore({
    workspace: join(folder, 'workspace'),
    clock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: silentLog,
    create: { owner: 'Tester' },
    holder: { kind: 'test', label: 'a test' },
  });
}

/** A file of our own in the original's shape: 8 teams, 3 faculty, 3 projects, 11 interfaces. */
export const fixturePath = new URL('../../fixtures/frames_data.json', import.meta.url);
export const fixtureText = (): string => readFileSync(fixturePath, 'utf8');

export function parse(text: string, limit?: number): Json {
  return runSync(parseJson(text, limit === undefined ? {} : { limit }));
}

export interface PlanOptions {
  workspace?: Readonly<Record<string, ExistingRecord>>;
  durationUnit?: 'guess' | 'years' | 'months';
  lossUnit?: 'guess' | 'percent' | 'fraction';
}

/** The plan for a document given as text or as a value. */
export function plan(document: string | Json, options: PlanOptions = {}): FilePlan {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  const workspace = new Map(Object.entries(options.workspace ?? {}));
  return runSync(
    planImport(parse(text), {
      lookup: (id) => workspace.get(id),
      ids: createIds(stillClock, noRandom),
      options: {
        ...defaultImportOptions,
        duration_unit: options.durationUnit ?? 'guess',
        loss_unit: options.lossUnit ?? 'guess',
      },
    }),
  );
}

export const live = (type: EntityType, payload: JsonObject): ExistingRecord => ({
  type,
  deleted: false,
  hidden: false,
  payload,
});
export const gone = (type: EntityType, payload: JsonObject): ExistingRecord => ({
  type,
  deleted: true,
  hidden: false,
  payload,
});

/** Problems by where they are and what is done about them. */
export function told(prepared: FilePlan): Pick<Problem, 'path' | 'code' | 'action'>[] {
  return prepared.problems.list.map(({ path, code, action }) => ({ path, code, action }));
}

export function recordOf(prepared: FilePlan, id: string): PlannedRecord | undefined {
  return prepared.records.find((record) => record.id === id);
}

export function payloadOf(prepared: FilePlan, id: string): JsonObject | undefined {
  return recordOf(prepared, id)?.payload;
}

/** The fault that some work throws. */
export function faultOf(work: () => unknown): Fault<'BAD_FILE'> {
  try {
    work();
  } catch (error) {
    if (isFault(error) && error.code === 'BAD_FILE') return error as Fault<'BAD_FILE'>;
    throw error;
  }
  throw new Error('no fault was thrown');
}

/** The text of an export of the given records. */
export function exported(records: readonly { type: EntityType; id: string; payload: JsonObject }[]): string {
  const source = (type: EntityType) => [
    records.filter((record) => record.type === type).map(({ id, payload }) => ({ id, payload })),
  ];
  return [...exportChunks(source)].map(({ text }) => text).join('');
}
