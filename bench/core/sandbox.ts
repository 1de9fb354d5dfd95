import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openConnection } from '#core/db/connection.ts';
import { silentLog } from '#core/log.ts';
import { fillSample } from '#core/sample/handlers.ts';
import { pairs, timed } from '../row.ts';
import type { Row } from '../row.ts';
import { openPlace } from './place.ts';

export const sandboxFork: Row = {
  id: 'sandbox-fork',
  name: 'sandbox of 100k records vs a plain copy by the backup API, synced',
  target: 1.2,
  better: 'lower',
  async measure(repetitions) {
    const place = await openPlace();
    const { core, folder } = place;
    try {
      for await (const _ of fillSample(core.services, core.session(), { size: '100k', seed: 1 })) continue;
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
      return await pairs(repetitions, 'lower', fork, copy);
    } finally {
      await place.close();
    }
  },
};
