import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { classifyRecord } from '#core/compare/classify.ts';
import type { RecordDifference } from '#core/compare/classify.ts';
import type { State } from '#core/compare/states.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { found, ids, steps } from '#test/support/base-steps.ts';
import type { Step } from '#test/support/base-steps.ts';
import { comparedBy } from '#test/support/compare.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { sidesOf } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const runs = lawRuns(30);

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  for (const id of ids.slice(0, 3))
    await workspace.as().entities.create({ type: 'team', id, data: { name: id, size: 1 } });
});

type Teams = ReadonlyMap<string, JsonObject | null>;
/** A transaction of one of the logs, with the teams as they were before and after it. */
interface Done {
  id: number;
  op_id: string;
  before: Teams;
  after: Teams;
}

async function teamsOf({ entities }: Client): Promise<Teams> {
  const all = await entities.list({ type: 'team', deleted: 'with', limit: 1000 });
  const mine = all.rows.filter(({ id }) => ids.includes(id));
  return new Map(mine.map(({ id, payload, deleted_at }) => [id, deleted_at === null ? payload : null]));
}

/** What somebody may not do, or cannot, is none of what is looked for. */
async function orNothing(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isFault(error)) refusalIn(error);
  }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Steps a record of the base by what a promotion did to it in live. */
function stepped(
  base: JsonObject | null,
  before: JsonObject | null,
  after: JsonObject | null,
): JsonObject | null {
  if (!before || !after) return after;
  if (!base) return null;
  const changed = Object.keys({ ...before, ...after }).filter(
    (field) => !isSame(before[field], after[field]),
  );
  const kept = Object.entries(base).filter(([field]) => !changed.includes(field));
  return Object.fromEntries([...kept, ...Object.entries(after).filter(([field]) => changed.includes(field))]);
}

/** A difference in short; nothing of what is the same. */
const said = (
  one: Pick<RecordDifference, 'id'> & Partial<Pick<RecordDifference, 'class' | 'conflict' | 'fields'>>,
): string[] =>
  one.class === undefined
    ? []
    : [
        [
          one.id,
          one.class,
          one.conflict,
          ...(one.fields ?? []).map((f) => `${f.field} ${f.class}`).toSorted(),
        ].join(),
      ];

/** Live and a sandbox of it through a history, and a naive model of what their merge base is. */
class Run {
  readonly broken: object[] = [];
  readonly #sides: TwoSides;
  readonly #seen: Map<string, number>;
  /** Live after each of its transactions, oldest first. */
  readonly #lived: Done[] = [];
  readonly #promoted: string[] = [];
  /** Where refreshes moved the base, by what did; one that changed nothing stands for good. */
  readonly #refreshed: { op_id: string | null; to: number }[] = [];
  /** Changes that are undone now, by their `op_id`. */
  readonly #undone = new Set<string>();
  /** The transaction of live that made a promotion again last. */
  readonly #redone = new Map<string, string>();

  constructor(sides: TwoSides, seen: Map<string, number>) {
    this.#sides = sides;
    this.#seen = seen;
  }

  async go(history: readonly Step[]): Promise<void> {
    const teams = await teamsOf(this.#sides.ada);
    this.#lived.push({ ...(await this.#newest(this.#sides.ada)), before: teams, after: teams });
    await this.#check('at the beginning');
    for (const [at, step] of history.entries()) {
      const before = await teamsOf(this.#sides.ada);
      await orNothing(() => this.#do(step, 10 + at));
      const newest = await this.#newest(this.#sides.ada);
      if (newest.id !== this.#lived.at(-1)?.id) {
        this.#lived.push({ ...newest, before, after: await teamsOf(this.#sides.ada) });
        if (newest.label === 'sandbox.promoted') this.#promoted.push(newest.op_id);
        if (newest.redoes !== null) this.#redone.set(newest.redoes, newest.op_id);
        this.#note(newest);
      }
      this.#note(await this.#newest(this.#sides.play));
      await this.#check(`after step ${at}`);
    }
  }

  async #newest(client: Client) {
    const [newest] = (await client.history.list({ limit: 1 })).rows;
    if (!newest) throw new Error('the log is empty');
    return newest;
  }

  #note({ undoes, redoes }: { undoes: string | null; redoes: string | null }): void {
    if (undoes !== null) this.#undone.add(undoes);
    if (redoes !== null) this.#undone.delete(redoes);
  }

  async #do(step: Step, size: number): Promise<void> {
    const { core, workspace, id } = this.#sides;
    const live = workspace.as(step.who);
    const play = core.client(core.session(step.who));
    if (step.do === 'live' || step.do === 'play') await edit(step.do === 'live' ? live : play, step, size);
    else if (step.do === 'refresh') {
      const { live: head, op_id } = await resultOf(
        await play.sandboxes.refresh({ id, conflicts: step.conflicts }),
      );
      this.#refreshed.push({ op_id, to: head.id });
      this.#count(op_id === null ? 'empty refresh' : 'refresh');
    } else if (step.do === 'promote') {
      const { op_id } = await resultOf(await live.sandboxes.promote({ id, conflicts: step.conflicts }));
      if (op_id !== null) this.#count('promotion');
    } else if (step.do === 'undo in live' || step.do === 'redo in live') {
      const { label } = await live.history[step.do === 'undo in live' ? 'undo' : 'redo']({
        on_conflict: 'leave',
      });
      if (label === 'sandbox.promoted') this.#count(step.do);
    } else if (step.do === 'go back') {
      const { rows } = await live.history.list({ limit: step.by + 1 });
      await resultOf(await live.moments.restore({ at: rows.at(-1)?.id ?? 1, ids: null }));
    } else if (step.do === 'undoChange') {
      const { rows } = await play.history.list({ limit: 12 });
      const refreshes = rows.filter(({ label }) => label === 'sandbox.refreshed');
      const { op_id } = (step.of === 'any' ? rows : refreshes)[step.at] ?? {};
      if (op_id === undefined) return;
      await play.history.undoChange({ op_id });
      this.#count('undone by name');
    } else await play.history[step.do]({ on_conflict: 'leave' });
  }

  /** Where the base is, and each team there, with what promotions that stand have brought of it since. */
  #base(): { id: number; teams: Teams } {
    const standing = this.#refreshed.filter(({ op_id }) => op_id === null || !this.#undone.has(op_id));
    const id = Math.max(this.#lived[0]?.id ?? 0, ...standing.map(({ to }) => to));
    const teams = new Map(this.#lived.findLast((one) => one.id <= id)?.after);
    const promotions = this.#promoted
      .filter((op_id) => !this.#undone.has(op_id))
      .map((op_id) => this.#redone.get(op_id) ?? op_id);
    for (const { id: at, op_id, before, after } of this.#lived) {
      if (at <= id || !promotions.includes(op_id)) continue;
      for (const team of ids) {
        const [was, is] = [before.get(team) ?? null, after.get(team) ?? null];
        if (isSame(was, is)) continue;
        this.#count('stepped');
        teams.set(team, stepped(teams.get(team) ?? null, was, is));
      }
    }
    return { id, teams };
  }

  /** What core finds different is to be what the teams of the model's base, of live and of Play come to. */
  async #check(when: string): Promise<void> {
    const base = this.#base();
    const compared = await comparedBy(this.#sides.ada, this.#sides.id);
    const [live, play] = [await teamsOf(this.#sides.ada), await teamsOf(this.#sides.play)];
    const state = (teams: Teams, id: string): State => ({
      id: teams.has(id) ? id : null,
      payload: teams.get(id) ?? null,
    });
    const expected = ids.flatMap((id) => {
      const sides = { base: state(base.teams, id), ours: state(live, id), theirs: state(play, id) };
      return said(classifyRecord({ type: 'team', id, ...sides, hasTypeConflict: false }) ?? { id });
    });
    const found = compared.rows.filter(({ id }) => ids.includes(id)).flatMap(said);
    const result = { based: compared.based, base: compared.base?.id, rows: found };
    const model = { based: 'base', base: base.id, rows: expected };
    if (!isSame(result, model)) this.broken.push({ when, result, model });
  }

  #count(what: string): void {
    this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
  }
}

/** Makes a team, deletes it, or restores it; or changes it where it is. */
async function edit(client: Client, step: Extract<Step, { what: string }>, size: number): Promise<void> {
  const id = ids[step.at] as string;
  const known = (await teamsOf(client)).get(id);
  if (step.what === 'change') {
    if (known) await client.entities.update({ type: 'team', id, data: { size } });
  } else if (known === undefined)
    await client.entities.create({ type: 'team', id, data: { name: id, size } });
  else if (known === null) await client.entities.restore({ type: 'team', id });
  else await client.entities.remove({ type: 'team', id });
}

test(
  'differences are relative to the base, which refreshes move and promotions step, as long as they are in effect',
  async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(steps, (history) =>
        withWorkspace(template, async (workspace: TestWorkspace) => {
          const run = new Run(await sidesOf(workspace), seen);
          await run.go(history);
          expect(run.broken).toEqual([]);
        }),
      ),
      { numRuns: runs, examples: found.map((one) => [one]) },
    );
    for (const what of ['refresh', 'empty refresh', 'promotion', 'undone by name', 'undo in live', 'stepped'])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  },
  Math.max(240_000, runs * 10_000),
);
