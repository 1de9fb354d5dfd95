import { afterAll, beforeAll, expect, test } from 'vitest';
import { protocols, startAgent } from './agent.ts';
import { checkTools } from './check.ts';
import { knockOnHttp, knockStatuses, overStdio, serveHttp } from './connections.ts';
import { startFrames } from '#test/cli/frames.ts';
import { makeSite } from './site.ts';
import type { Site } from './site.ts';

// The short form of `npm run test:mcp`, which runs all tools in each protocol.
let site: Site;
beforeAll(async () => {
  site = await makeSite();
});
afterAll(() => site.remove());

test.each(protocols.slice(-1))(
  'every tool works, refuses and confirms in protocol %s, and none changes live',
  async (protocol) => {
    const { tools, problems } = await checkTools(site, protocol, overStdio(site, protocol));
    expect(problems).toEqual([]);
    expect(tools).toBe(26);
  },
  300_000,
);

test('the map of a repository has neither its folder nor names that nobody confirmed', async () => {
  const agent = await startAgent({ workspace: site.workspace, protocol: '2026-07-28' });
  const { data, text } = await agent.call('show_code_map', { repository: 'fsw' });
  await agent.close();
  const { map } = data as { map: { authors: { name: string | null }[] } };
  expect(map.authors.map(({ name }) => name)).toEqual([null, null, null, null]);
  expect(text).not.toContain(site.repository);
  expect(text).not.toMatch(/Ann Arden|dependabot/);
});

test('HTTP refuses wrong tokens, other hosts and web pages', async () => {
  const serving = await serveHttp(site);
  try {
    expect(await knockOnHttp(serving)).toEqual(knockStatuses);
  } finally {
    await serving.stop();
  }
});

test('ends when its client closes standard input, and writes nothing but the protocol', async () => {
  const { ended } = startFrames(site.workspace, ['mcp', '--workspace', site.workspace]);
  expect(await ended).toEqual({ code: 0, stdout: '', stderr: '' });
});

test.each(protocols)(
  'the name that an agent gives itself is one short line in protocol %s',
  async (protocol) => {
    const title = `Ada\u202e\n\u0007${'x'.repeat(200)}`;
    const agent = await startAgent({ workspace: site.workspace, protocol, title });
    const [sandbox, id] = [`Names ${protocol}`, `team_${protocol}`];
    await agent.call('create_sandbox', { name: sandbox });
    await agent.call('create_record', { type: 'team', id, data: { name: 'Named' }, sandbox });
    const { data } = await agent.call('record_history', { id, sandbox });
    await agent.close();
    const { rows } = data as { rows: { transaction: { actor: { agent: string } } }[] };
    expect(rows[0]?.transaction.actor.agent).toBe(`Ada ${'x'.repeat(76)}`);
  },
);
