import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { generateSample, sampleTotal } from '#core/sample/generate.ts';
import { fillSample } from '#core/sample/handlers.ts';
import type { Filled } from '#core/sample/handlers.ts';
import { createIds, systemClock, systemRandom } from '#core/kernel/system.ts';
import type { Progress } from '#shared/contract/progress.ts';

let folder = '';
let core: Core;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frames-sample-'));
  core = await openCore({
    workspace: join(folder, 'w'),
    clock: systemClock,
    random: systemRandom,
    ids: createIds(systemClock, systemRandom),
    log: silentLog,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label: 'test' },
  });
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

async function fill(
  size: 'small' | '100k',
  signal?: AbortSignal,
): Promise<{ progress: Progress[]; result: Filled | undefined }> {
  const progress: Progress[] = [];
  let result: Filled | undefined;
  for await (const event of fillSample(core.services, core.session(), { size, seed: 3, signal })) {
    if (event.kind === 'progress') progress.push(event);
    else result = event.result;
  }
  return { progress, result };
}

const counts = (): Promise<Record<string, number>> =>
  core.client(core.session()).entities.counts({ deleted: 'without' });

async function verified(): Promise<boolean | undefined> {
  let ok: boolean | undefined;
  for await (const event of await core.client(core.session()).workspace.verify({}))
    if (event.kind === 'result') ok = event.result.ok;
  return ok;
}

describe('filling a workspace with sample data', () => {
  test('writes exactly the sample, as one audited change that verifies and can be undone', async () => {
    const { result } = await fill('small');
    expect(result?.total).toBe(sampleTotal('small'));
    const client = core.client(core.session());
    const stored = await client.entities.get({ type: 'student', id: 'stud_summit-001' });
    const made = [...generateSample({ size: 'small', seed: 3, now: systemClock.now() })];
    expect(stored.payload).toEqual(made.find(({ id }) => id === stored.id)?.payload);
    const log = await client.history.list({});
    expect(log.rows.map(({ label, changes }) => [label, changes])).toEqual([
      ['seed', sampleTotal('small')],
      ['workspace.create', 1],
    ]);
    expect((await client.workspace.info({})).sample).toBe(true);
    expect(await verified()).toBe(true);
    await client.history.undo({});
    expect(Object.values(await counts()).every((count) => count === 0)).toBe(true);
    expect(await verified()).toBe(true);
  });

  test('fills in the university of every record, that of its first end for an interface', async () => {
    await fill('small');
    const client = core.client(core.session());
    const { rows } = await client.history.changes({ id: 2, limit: 1000 });
    const bare = rows.filter(
      ({ university_id, type }) => university_id === null && !['risk-factor', 'factor-model'].includes(type),
    );
    expect(bare.map(({ entity_id }) => entity_id)).toEqual(['proj_pathfinder', 'proj_open-ground-network']);
    const { rows: links } = await client.entities.links({ id: 'team_summit-flight-software' });
    const link = links.find(({ direction }) => direction === 'out');
    expect(rows.find(({ entity_id }) => entity_id === link?.link.id)?.university_id).toBe('univ_summit');
  });

  test('is refused where there is anything, deleted records included', async () => {
    const client = core.client(core.session());
    await client.entities.create({ type: 'team', id: 'team_mine', data: { name: 'Mine' } });
    await client.entities.remove({ type: 'team', id: 'team_mine' });
    await expect(fill('small')).rejects.toMatchObject({ code: 'NOT_EMPTY', data: { counts: { teams: 1 } } });
  });

  test('leaves nothing when it is cancelled, nor when nobody listens any more', async () => {
    const controller = new AbortController();
    const stopped = fill('100k', controller.signal);
    setTimeout(() => controller.abort(), 50);
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    for await (const event of fillSample(core.services, core.session(), { size: '100k', seed: 3 })) {
      expect(event.kind).toBe('progress');
      break;
    }
    expect(await fill('small')).toMatchObject({ result: { total: sampleTotal('small') } });
    expect(await verified()).toBe(true);
  });

  test('tells how far it is', async () => {
    const { progress, result } = await fill('100k');
    expect(result?.total).toBe(100_000);
    const done = progress.map((event) => event.done);
    expect(done.length).toBeGreaterThan(2);
    expect(done).toEqual(done.toSorted((a, b) => a - b));
    expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([100_000]));
  });
});
