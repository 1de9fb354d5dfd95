import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { shippedFolder } from '#core/kernel/resources.ts';
import { systemServices } from '#core/kernel/system.ts';
import { openCore } from '#core/open.ts';
import { writeNewFileSync } from '#files/open-file.ts';
import type { AnswerQuestion } from '#server/context.ts';
import { Semaphore } from '#shared/domain/semaphore.ts';

/** One copy at a time, because each has all records. */
const copies = new Semaphore(1);

/** Answers a question of a server's user: copies the records into a workspace that is removed afterwards, and asks there. Throws Error. */
export const answerQuestion: AnswerQuestion = ({ state, question }) =>
  copies.run(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'frames-ask-'));
    try {
      const core = await openCore({
        ...systemServices(),
        workspace: join(folder, 'copy'),
        log: silentLog,
        holder: { kind: 'command', label: 'frames serve' },
        resources: shippedFolder(),
        create: { owner: 'FRAMES' },
      });
      try {
        const client = core.client(core.session());
        const file = join(folder, 'records.json');
        writeNewFileSync(file, JSON.stringify(state), { mode: 0o600 });
        const grant = core.grants.issue(file, 'read');
        for await (const _ of await client.transfer.importFile({ grant, backup: false }));
        const { by, way, sentence, parts, unknown } = await client.ask.propose({ question });
        const proposal = {
          question,
          by: by === 'search' ? by : ('builtin' as const),
          understanding: sentence,
        };
        const common = { ...proposal, parts, unknown };
        if (way.kind !== 'sql') return { ...common, sql: null, columns: [], rows: [], truncated: false };
        for await (const event of await client.ask.run({ sql: way.sql }))
          if (event.kind === 'result') {
            const { sql, columns, rows, truncated } = event.result;
            return { ...common, sql, columns: columns.map(({ name }) => name), rows: [...rows], truncated };
          }
        throw new Error('the statement ended without a result');
      } catch (error) {
        // An error of the workspace is none of the server's, and would be answered as one of the request.
        throw new Error('the question could not be answered', { cause: error });
      } finally {
        await core.close();
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
