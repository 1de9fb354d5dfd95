import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { testFolder } from '#test/support/folder.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, openSeeded, testWorkspace } from '#test/support/workspace.ts';
import { everythingIn, openByData } from '../../../damage/opening.ts';

const template = await makeTemplate(preparePeople);

/** What the file was before each change and at the end. */
const states: Buffer[] = [];
const made = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  for (let at = 0; at < 6; at += 1) {
    await workspace.core.close();
    states.push(readFileSync(workspace.files.live));
    await workspace.reopen();
    await workspace.as().entities.create({ type: 'team', id: `t${at}`, data: { name: `Team ${at}` } });
  }
  await workspace.core.close();
  states.push(readFileSync(workspace.files.live));
  await workspace.reopen();
});
const until = (JSON.parse(readFileSync(join(made.folder, 'head.json'), 'utf8')) as { created_at: string })
  .created_at;

/** The workspace with another file in the place of its own. */
function withFile(file: Buffer | undefined): string {
  const folder = join(testFolder(), 'w');
  cpSync(made.folder, folder, { recursive: true });
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `frames.sqlite${end}`), { force: true });
  writeFileSync(join(folder, 'frames.sqlite'), file ?? '');
  return folder;
}

test('for any earlier state of its file, opening reports what is missing and since when, and changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: states.length - 2 }), async (at) => {
      const folder = withFile(states[at]);
      const before = everythingIn(folder);
      const { said } = await openByData(folder);
      expect(said).toMatchObject({ kind: 'failed', reason: 'behind' });
      const { refused } = said as Extract<typeof said, { kind: 'failed' }>;
      const { values: _, ...stated } = refused.data as { values?: unknown };
      expect(stated).toEqual({ reason: 'behind', until });
      expect(refused.message).toContain(`until ${until.slice(0, 19).replace('T', ' ')} (UTC)`);
      expect(everythingIn(folder)).toEqual(before);
    }),
    { numRuns: 8 },
  );
});

test("another workspace's file is refused too, also where its history is longer", async () => {
  const other = await testWorkspace({ template, seed: 9 });
  for (let at = 0; at < 20; at += 1)
    await other.as().entities.create({ type: 'team', id: `o${at}`, data: { name: `Other ${at}` } });
  await other.core.close();
  const folder = withFile(readFileSync(other.files.live));
  const refusal = await openSeeded({ folder }).catch(refusalIn);
  expect(refusal).toMatchObject({
    code: 'WORKSPACE',
    data: { reason: 'another_line', until },
  });
});

test('a head that was written down late is no reason to refuse', async () => {
  const folder = withFile(states.at(-1));
  cpSync(join(folder, 'head.json'), join(folder, 'late.json'));
  const first = await openSeeded({ folder, seed: 2 });
  await first.client(first.session()).entities.create({ type: 'team', id: 'more', data: { name: 'More' } });
  await first.close();
  cpSync(join(folder, 'late.json'), join(folder, 'head.json'));
  const { said } = await openByData(folder);
  expect(said.kind).toBe('ready');
});

test('an altered head that is not in the log refuses opening, and the next one that is there is written again', async () => {
  const head = readFileSync(join(made.folder, 'head.json'), 'utf8');
  for (const altered of [`${head} `, head.slice(0, -3), head.replace('"check"', '"chesk"')]) {
    const folder = withFile(states[3]);
    writeFileSync(join(folder, 'head.json'), altered);
    expect(await openSeeded({ folder }).catch(refusalIn), altered).toMatchObject({
      code: 'WORKSPACE',
      data: { reason: 'behind' },
      message: expect.stringContaining('head.json') as string,
    });
    expect(readFileSync(join(folder, 'head.json'), 'utf8')).toBe(altered);
    // The file that the head names is opened, and the head is whole again.
    writeFileSync(join(folder, 'frames.sqlite'), states.at(-1) ?? '');
    await (await openSeeded({ folder })).close();
    expect(readFileSync(join(folder, 'head.json'), 'utf8')).toBe(head);
  }
});
