import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drain, fixtureFile, refusedWith, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();

const codeOf = (settled: PromiseSettledResult<unknown>): unknown =>
  settled.status === 'rejected' ? (settled.reason as { code?: unknown }).code : 'done';

describe('a ticket', () => {
  it('is taken while an import uses it: of two at once one is refused and changes nothing', async () => {
    // A record without an id is a new one each time.
    const grant = workspace.core.grants.issue(workspace.put({ teams: [{ name: 'A' }] }), 'read');
    const once = async () => drain(await workspace.client.transfer.importFile({ grant, force: true }));
    const both = await Promise.allSettled([once(), once()]);
    expect(new Set(both.map(codeOf))).toEqual(new Set(['GRANT_EXPIRED', 'done']));
    const { rows } = await workspace.client.history.list({});
    expect(rows.map(({ label }) => label)).toEqual(['import', 'workspace.create']);
    expect(await refusedWith(once())).toMatchObject({ code: 'GRANT_EXPIRED' });
  });

  it('is taken while an export uses it', async () => {
    const grant = workspace.core.grants.issue(workspace.path('out.json'), 'write');
    const once = async () => drain(await workspace.client.transfer.exportFile({ grant }));
    const both = await Promise.allSettled([once(), once()]);
    expect(new Set(both.map(codeOf))).toEqual(new Set(['GRANT_EXPIRED', 'done']));
    expect(JSON.parse(readFileSync(workspace.path('out.json'), 'utf8'))).toMatchObject({ teams: [] });
  });

  it('stays good after a refusal', async () => {
    const path = workspace.path('in-the-way');
    mkdirSync(path);
    const grant = workspace.core.grants.issue(path, 'write');
    const once = async () => drain(await workspace.client.transfer.exportFile({ grant }));
    expect(await refusedWith(once())).toMatchObject({ code: 'BAD_FILE', data: { reason: 'unwritable' } });
    rmSync(path, { recursive: true });
    await once();
    expect(existsSync(path)).toBe(true);
  });

  it('stays valid if the caller leaves early', async () => {
    const grant = workspace.core.grants.issue(fixtureFile, 'read');
    for await (const event of await workspace.client.transfer.importFile({ grant })) {
      expect(event).toMatchObject({ kind: 'progress' });
      const meanwhile = workspace.client.transfer.preview({ grant }).then((stream) => drain(stream));
      expect(await refusedWith(meanwhile)).toMatchObject({ code: 'GRANT_EXPIRED' });
      break;
    }
    expect((await workspace.client.history.list({})).total).toBe(1);
    const { result } = await drain(await workspace.client.transfer.importFile({ grant }));
    expect(result.created.teams).toBe(8);
  });
});
