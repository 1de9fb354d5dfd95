import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { fillSample, shippedSample } from '#core/sample/fill.ts';
import type { FillResult } from '#core/sample/fill.ts';
import { systemClock, systemServices } from '#core/kernel/system.ts';
import { generated } from '#scripts/sample/generate.ts';

let folder = '';
let core: Core;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'frames-sample-'));
  core = await openCore({
    workspace: join(folder, 'w'),
    ...systemServices(),
    log: silentLog,
    create: { owner: 'Ada' },
    holder: { kind: 'test', label: 'test' },
  });
});

afterEach(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

const { total, records } = shippedSample();

const fill = (options: Parameters<typeof fillSample>[2] = {}): Promise<FillResult> =>
  fillSample(core.services, core.session(), options);

const counts = (): Promise<Record<string, number>> =>
  core.client(core.session()).entities.counts({ deleted: 'without' });

async function verified(): Promise<boolean | undefined> {
  let ok: boolean | undefined;
  for await (const event of await core.client(core.session()).workspace.verify({}))
    if (event.kind === 'result') ok = event.result.ok;
  return ok;
}

describe('filling a workspace with sample data', () => {
  test('writes exactly the sample, as one audited change that verifies', async () => {
    expect((await fill()).total).toBe(total);
    const client = core.client(core.session());
    const stored = await client.entities.get({ type: 'student', id: 'stud_summit-001' });
    expect(stored.payload).toEqual([...records].find(({ id }) => id === stored.id)?.payload);
    const log = await client.history.list({});
    expect(log.rows.map(({ label, changes }) => [label, changes])).toEqual([
      ['seed', total],
      ['workspace.create', 1],
    ]);
    expect((await client.workspace.info({})).sample).toBe(true);
    expect(await verified()).toBe(true);
  });

  test('is skipped by undo: later changes are undone, and then nothing', async () => {
    await fill();
    const { entities, history } = core.client(core.session());
    await entities.create({ type: 'team', data: { name: 'Mine' } });
    expect(await history.undo({})).toMatchObject({ label: 'team.create' });
    await expect(history.undo({})).rejects.toMatchObject({ code: 'NOTHING_TO_UNDO' });
    expect(await counts()).toMatchObject({ teams: 64 });
  });

  test('fills in the university of every record, that of its first end for an interface', async () => {
    await fill();
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

  test('is refused if there is any record, even a deleted one', async () => {
    const client = core.client(core.session());
    await client.entities.create({ type: 'team', id: 'team_mine', data: { name: 'Mine' } });
    await client.entities.remove({ type: 'team', id: 'team_mine' });
    await expect(fill()).rejects.toMatchObject({ code: 'NOT_EMPTY', data: { counts: { teams: 1 } } });
  });

  test('leaves nothing behind if cancelled', async () => {
    const controller = new AbortController();
    const sample = generated({ size: '100k', seed: 3, now: systemClock.now() });
    const stopped = fill({ sample, signal: controller.signal, onProgress: () => controller.abort() });
    await expect(stopped).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await fill()).toMatchObject({ total });
    expect(await verified()).toBe(true);
  });
});
