import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runHere } from '#test/cli/frames.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { protocols, startAgent } from './agent.ts';

const folder = mkdtempSync(join(tmpdir(), 'frames-mcp-'));
const workspace = join(folder, 'w');
const live = join(workspace, 'frames.sqlite');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  await runHere(folder, ['seed', '--workspace', 'w', '--size', 'small']);
});

describe.each(protocols)('an agent in protocol %s', (protocol) => {
  test('finds and reads a record, and changes it in a sandbox in the name of its person', async () => {
    const agent = await startAgent({ workspace, protocol });
    const before = hashTables(live);
    try {
      const team = 'team_summit-attitude-control';
      const found = await agent.call('search_records', { text: 'attitude' });
      const { hits } = found.data as { hits: { id: string }[] };
      expect(hits.map(({ id }) => id)).toContain(team);
      expect((await agent.call('read_record', { id: team })).data).toMatchObject({
        id: team,
        address: `frames://live/teams/${team}`,
      });
      const name = `Try ${protocol}`;
      const { data } = await agent.call('create_sandbox', { name });
      expect(data).toMatchObject({ name });
      const change = { type: 'team', id: team, data: { size: 9 }, sandbox: name };
      expect((await agent.call('update_record', change)).data).toMatchObject({
        record: { payload: { size: 9 } },
        sandbox: { name },
      });
      const { data: history } = await agent.call('record_history', { id: team, sandbox: name });
      const { rows } = history as { rows: { transaction: { actor: { agent?: string } } }[] };
      expect(rows[0]?.transaction.actor.agent).toBe('Tester');
    } finally {
      await agent.close();
    }
    expect(hashTables(live)).toBe(before);
  });
});
