import { afterAll, beforeAll, expect, test } from 'vitest';
import { protocols } from './agent.ts';
import { checkTools } from './check.ts';
import { knockOnHttp, knockStatuses, overStdio, serveHttp } from './connections.ts';
import { makeSite } from './site.ts';
import type { Site } from './site.ts';

// The short form of `npm run test:mcp`.
let site: Site;
beforeAll(async () => {
  site = await makeSite();
});
afterAll(() => site.remove());

test.each(protocols)(
  'every tool works, refuses and confirms in protocol %s, and none changes live',
  async (protocol) => {
    const { tools, problems } = await checkTools(site, protocol, overStdio(site, protocol));
    expect(problems).toEqual([]);
    expect(tools).toBe(21);
  },
);

test('HTTP refuses wrong tokens, other hosts and web pages', async () => {
  const serving = await serveHttp(site);
  try {
    expect(await knockOnHttp(serving)).toEqual(knockStatuses);
  } finally {
    await serving.stop();
  }
});
