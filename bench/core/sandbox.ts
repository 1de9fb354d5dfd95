import { sinceBase } from '#shared/domain/points-in-time.ts';
import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Core } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { generated } from '#scripts/sample/generate.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openForBench } from './open.ts';
import { openPlace } from './place.ts';

export const sandboxFork: Row = {
  id: 'sandbox-fork',
  name: 'sandbox of 100k records vs a plain copy by the backup API, synced',
  target: 1.2,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    const { core, folder } = place;
    try {
      await fillSample(core.services, core.session(), {
        sample: generated({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) }),
      });
      core.services.queue.checkpoint();
      const { sandboxes } = core.client(core.session());
      const fork = async (round: number): Promise<number> => {
        const took = await timed(async () => {
          for await (const _ of await sandboxes.create({ name: `round ${round}` })) continue;
        });
        for (const { id } of await sandboxes.list({})) await sandboxes.discard({ id });
        await sandboxes.emptyTrash({});
        return took;
      };
      const copy = async (): Promise<number> => {
        const file = join(folder, 'copy.sqlite');
        const took = await timed(async () => {
          const source = openConnection(core.services.files.live, { mode: 'read', log: silentLog });
          await source.raw.backup(file, { progress: () => 0x7fffffff });
          source.close();
          const handle = openSync(file, 'r+');
          fsyncSync(handle);
          closeSync(handle);
        });
        rmSync(file);
        return took;
      };
      return await pairs(run, 'lower', { ours: fork, theirs: copy });
    } finally {
      await place.close();
    }
  },
};

/** Links that live has changed, and those that the sandbox has: both have changed 500 of them. */
const sides = (run: Run) =>
  ({ live: [0, run.scaled(750)], play: [run.scaled(250), run.scaled(1000)] }) as const;

async function changeLinks(
  core: Core,
  [from, until]: readonly [number, number],
  loss: number,
): Promise<void> {
  const { entities } = core.client(core.session());
  const { rows } = await entities.list({ type: 'interface', sort: [], limit: 1000 });
  const which = { kind: 'ids' as const, ids: rows.slice(from, until).map(({ id }) => id) };
  for await (const _ of await entities.setFields({ type: 'interface', which, data: { energy_loss: loss } }))
    continue;
}

export const sandboxDiff: Row = {
  id: 'sandbox-diff',
  name: 'exact difference of 100k records, 750 changed on each side, vs making the sandbox',
  target: 1,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    const { core, folder } = place;
    try {
      await fillSample(core.services, core.session(), {
        sample: generated({ size: run.sample, seed: 1, now: Date.UTC(2026, 0, 1) }),
      });
      core.services.queue.checkpoint();
      const { compare: comparing, sandboxes } = core.client(core.session());
      const take = async (name: string): Promise<void> => {
        for await (const _ of await sandboxes.create({ name })) continue;
      };
      await take('compared');
      const id = (await sandboxes.list({}))[0]?.id ?? '';
      const play = await openForBench(join(folder, 'workspace'), id);
      await changeLinks(core, sides(run).live, 11);
      await changeLinks(play, sides(run).play, 12);
      await play.close();
      const compare = (): Promise<number> =>
        timed(async () => {
          for await (const _ of await comparing.between(sinceBase(id))) continue;
        });
      const fork = async (round: number): Promise<number> => {
        const took = await timed(() => take(`round ${round}`));
        for (const one of await sandboxes.list({}))
          if (one.id !== id) await sandboxes.discard({ id: one.id });
        await sandboxes.emptyTrash({});
        return took;
      };
      return await pairs(run, 'lower', { ours: compare, theirs: fork });
    } finally {
      await place.close();
    }
  },
};
