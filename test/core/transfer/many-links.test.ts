import { describe, expect, it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { drain, importFile, refusedWith, stateOf, verified, workspaceForEach } from './workspace.ts';

const workspace = workspaceForEach();

const teams = ['a', 'b', 'ü'].map((id) => ({ id, name: `Team ${id}` }));
const link = (n: number) => ({
  id: `link-${n}`,
  from: 'a',
  to: n % 2 === 0 ? 'b' : 'ü',
  energyLoss: 5,
  note: `Weekly meeting number ${n}, of all who write software — 衛星`,
});
/** Enough for the trigger of interfaces to be dropped. */
const many = Array.from({ length: 10_000 }, (_, n) => link(n));
/** More than one block of a file. */
const blocks = many.slice(0, 2500);

/** A file with this text in the place of its last link. */
function endingWith(last: string): string {
  const path = workspace.path('damaged.json');
  writeFileSync(
    path,
    JSON.stringify({ teams, interfaces: [...blocks, 'LAST'] }, null, 1).replace('"LAST"', last),
  );
  return path;
}

const preview = async (path: string) => {
  const grant = workspace.core.grants.issue(path, 'read');
  return (await drain(await workspace.client.transfer.preview({ grant }))).result;
};

describe('a file with many links', () => {
  it('becomes its records, and the workspace is intact', async () => {
    const path = workspace.put({ interfaces: many, teams });
    const plan = await preview(path);
    expect(plan).toMatchObject({ creates: { teams: 3, interfaces: 10_000 }, problems: [] });
    const { result } = await importFile(workspace, path);
    expect(result.created).toMatchObject({ teams: 3, interfaces: 10_000 });
    expect(await verified(workspace)).toMatchObject({ ok: true });
    const state = await stateOf(workspace);
    for (const { id, energyLoss, ...said } of many)
      expect(state.get(id)?.payload).toEqual({ ...said, energy_loss: energyLoss });
    const again = await importFile(workspace, path, { force: true, backup: false });
    expect(again.result).toMatchObject({ op_id: '', updated: { interfaces: 0 } });
  });

  it('leaves out a link with a repeated id, and reports its place', async () => {
    const path = workspace.put({ teams, interfaces: [...blocks, link(3)] });
    const [problem, ...others] = (await preview(path)).problems;
    expect(others).toEqual([]);
    expect(problem).toMatchObject({
      path: '$.interfaces[2500].id',
      code: 'duplicate_id',
      action: 'skipped',
    });
    const { result } = await importFile(workspace, path);
    expect(result.created).toMatchObject({ interfaces: 2500 });
  });

  it.each([
    ['not_json', '{ "id": "x", "from": a }'],
    ['duplicate_key', '{ "id": "x", "from": "a", "from": "b" }'],
    ['inexact_number', '{ "id": "x", "from": "a", "to": "b", "energyLoss": 12345678901234567890 }'],
  ])('is refused for its last link, by line and path, and nothing comes in: %s', async (reason, last) => {
    const path = endingWith(last);
    const refused = { code: 'BAD_FILE', data: { reason, line: 17_517 } };
    expect(await refusedWith(preview(path))).toMatchObject(refused);
    const imported = await refusedWith(importFile(workspace, path));
    expect(imported).toMatchObject(refused);
    expect(imported.data.path).toMatch(/^\$\.interfaces\[2500\]/);
    expect((await stateOf(workspace)).size).toBe(0);
  });

  it('hides links to a team that stays hidden', async () => {
    const { client } = workspace;
    await client.entities.create({ type: 'university', id: 'u', data: { name: 'U' } });
    await client.entities.create({ type: 'team', id: 'a', data: { name: 'Team a', university_id: 'u' } });
    await client.entities.remove({ type: 'university', id: 'u', with_contents: true });
    const path = workspace.put({ teams: [{ id: 'a' }, ...teams.slice(1)], interfaces: many });
    const { result } = await importFile(workspace, path, { force: true, backup: false });
    expect(result.created).toMatchObject({ teams: 2, interfaces: 10_000 });
    expect((await stateOf(workspace)).size).toBe(2);
    expect(await verified(workspace)).toMatchObject({ ok: true });
  });
});
