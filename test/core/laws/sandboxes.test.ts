import { hash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import Database from 'better-sqlite3';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { readLive } from '#test/support/live.ts';
import { refused } from '#test/support/refusal.ts';
import { replayAudit } from '#test/support/replay.ts';
import { clientOf, filesOf, openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { histories, perform, preparePeople } from '#test/support/steps.ts';
import type { Step } from '#test/support/steps.ts';
import { verifyClosed } from '#test/support/tamper.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const template = await makeTemplate(preparePeople);
const sound = { ok: true, chain: { kept: true } };

function inFile<R>(file: string, work: (db: Database.Database) => R): R {
  const db = new Database(file, { readonly: true, timeout: 5000 });
  try {
    return work(db);
  } finally {
    db.close();
  }
}

const opIds = (file: string): Set<string> =>
  inFile(file, (db) => new Set(db.prepare('SELECT op_id FROM audit_transactions').pluck().all() as string[]));

const ada = { actor: 'Ada', through: 0 } as const;
/** Done after each history, because chance seldom does it. */
const always: Step[] = [
  { ...ada, deed: { kind: 'removeMany', type: 'team', picks: [0], also: [], withContents: true } },
  { ...ada, deed: { kind: 'undo', onConflict: 'overwrite' } },
  { ...ada, deed: { kind: 'redo', onConflict: 'overwrite' } },
];

test('nothing that is done in a sandbox touches live, whatever several people do', async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 10, maxLength: 40 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const { id } = await take(workspace.as(), 'Play');
        const [live, head] = [hashTables(workspace.files.live), readFileSync(workspace.files.head, 'utf8')];
        const cores = [await openSandbox(workspace, id), await openSandbox(workspace, id)];
        for (const step of [...steps, ...always]) {
          const outcome = `${step.deed.kind} ${(await perform(cores, step))?.code ?? 'done'}`;
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        }
        const asked = { of: id, terms: 2, runs: 2 };
        for (const core of [workspace.core, ...cores]) {
          const { analysis } = clientOf(core);
          await resultOf(await analysis.simulate(asked));
        }
        await manage(workspace, id);
        for (const core of cores) await core.close();
        expect(hashTables(workspace.files.live)).toBe(live);
        expect(await verifyClosed(filesOf(workspace, id))).toMatchObject(sound);
        await workspace.core.close();
        expect(hashTables(workspace.files.live)).toBe(live);
        expect(readFileSync(workspace.files.head, 'utf8')).toBe(head);
        expect(await verifyClosed(workspace.files)).toMatchObject(sound);
      }),
    ),
    { numRuns: lawRuns(25) },
  );
  for (const kind of ['create', 'update', 'remove', 'undo', 'redo', 'import', 'change', 'edit', 'removeMany'])
    expect(outcomes.get(`${kind} done`), kind).toBeGreaterThan(0);
}, 240_000);

/** What is done with sandboxes themselves, from within one. */
async function manage(workspace: TestWorkspace, id: string): Promise<void> {
  const core = await openSandbox(workspace, id);
  const { sandboxes } = clientOf(core);
  await sandboxes.rename({ id, name: 'Renamed' });
  const other = await take(clientOf(core), 'From live');
  await resultOf(await sandboxes.duplicate({ id, name: 'Again' }));
  await sandboxes.archive({ id });
  await sandboxes.discard({ id: other.id });
  await sandboxes.recover({ id: other.id, name: 'Back' });
  await sandboxes.discard({ id: other.id });
  await sandboxes.emptyTrash({});
  await refused('WORKSPACE', clientOf(core).backups.create({}).then(resultOf));
  await core.close();
}

/** Every file of a workspace but those of its sandboxes and the program's log, byte for byte. */
function outside(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const own = names.filter((name) => !/^(sandboxes|logs)(\/|\\|$)/.test(name));
  return Object.fromEntries(
    own.map((name) => {
      const file = join(folder, name);
      return [name, statSync(file).isFile() ? hash('sha256', readFileSync(file)) : 'folder'];
    }),
  );
}

test('without an open live, nothing outside of the sandboxes changes by a byte', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ maxLength: 15 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const { id } = await take(workspace.as(), 'Play');
        await workspace.core.close();
        const before = outside(workspace.folder);
        const core = await openSandbox(workspace, id);
        for (const step of steps) await perform([core], step);
        await manage(workspace, id);
        await core.close();
        expect(outside(workspace.folder)).toEqual(before);
      }),
    ),
    { numRuns: lawRuns(15) },
  );
}, 240_000);

test('a sandbox created during writes equals live at its base', async () => {
  await fc.assert(
    fc.asyncProperty(histories({ minLength: 5, maxLength: 25 }), (steps) =>
      withWorkspace(template, async (workspace) => {
        const cores = [workspace.core, await workspace.another()];
        const made: Sandbox[] = [];
        const taking = (async () => {
          for (const name of ['one', 'two']) made.push(await take(workspace.as(), name));
        })();
        for (const step of steps) await perform(cores, step);
        await taking;
        for (const { id, base } of made) {
          const played = inFile(filesOf(workspace, id).data, readLive);
          const replayed = inFile(workspace.files.live, (db) => replayAudit(db, base?.id));
          expect(played).toEqual(replayed);
        }
      }),
    ),
    { numRuns: lawRuns(20) },
  );
}, 240_000);

test('the list counts exactly the transactions of a sandbox that live did not have at its base', async () => {
  const runs = fc.array(histories({ minLength: 0, maxLength: 12 }), {
    minLength: 2,
    maxLength: 3,
    size: 'max',
  });
  await fc.assert(
    fc.asyncProperty(runs, histories({ maxLength: 8 }), (played, lived) =>
      withWorkspace(template, async (workspace) => {
        const atBase = opIds(workspace.files.live);
        let from = await take(workspace.as(), 'play 0');
        for (const step of lived) await perform([workspace.core], step);
        for (const [at, steps] of played.entries()) {
          const core = await openSandbox(workspace, from.id);
          for (const step of steps) await perform([core], step);
          await core.close();
          from = await resultOf(
            await workspace.as().sandboxes.duplicate({ id: from.id, name: `play ${at + 1}` }),
          );
        }
        for (const { id, changes } of await workspace.as().sandboxes.list({})) {
          const own = [...opIds(filesOf(workspace, id).data)].filter((op) => !atBase.has(op));
          expect(changes).toBe(own.length);
        }
      }),
    ),
    { numRuns: lawRuns(15) },
  );
}, 240_000);
