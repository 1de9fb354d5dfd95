import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { allowed } from '#test/support/permission-model.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);

const people = fc.nat({ max: 4 });
const renames = fc.array(fc.record({ by: people, of: people, name: fc.constantFrom('Ada', 'Kim', 'Noor') }), {
  minLength: 1,
  maxLength: 12,
});

test.prop([renames], { numRuns: lawRuns(15) })(
  'everybody names oneself, but not as another, and an admin all; undoing every name, last first, gives all back, and redoing gives them again',
  async (steps) => {
    const workspace = await testWorkspace({ template });
    const profiles = () => workspace.as().workspace.profiles({});
    const before = await profiles();
    const clients = before.map(({ id }) => workspace.as(id));
    const names = before.map(({ name }) => name);
    const done: number[] = [];
    for (const { by, of, name } of steps) {
      const role = before[by]?.role ?? 'viewer';
      const may = allowed(role, { what: 'name of a profile', whose: by === of ? 'own' : 'other' });
      const call = clients[by]?.workspace.renameProfile({ profile: before[of]?.id ?? '', name });
      const code = await call?.then(
        ({ op_id }) => (op_id === null ? 'same' : 'done'),
        (error: unknown) => refusalIn(error).code,
      );
      const taken = role !== 'admin' && names.some((other, at) => at !== of && other === name);
      expect(code).toBe(!may ? 'FORBIDDEN' : names[of] === name ? 'same' : taken ? 'INVALID' : 'done');
      if (code !== 'done') continue;
      names[of] = name;
      done.push(by);
    }
    const after = await profiles();
    expect(after).toEqual(before.map((profile, at) => ({ ...profile, name: names[at] })));
    for (const by of done.toReversed()) await clients[by]?.history.undo({ on_conflict: 'ask' });
    expect(await profiles()).toEqual(before);
    for (const by of done) await clients[by]?.history.redo({ on_conflict: 'ask' });
    expect(await profiles()).toEqual(after);
    expect((await workspace.verify()).ok).toBe(true);
  },
);
