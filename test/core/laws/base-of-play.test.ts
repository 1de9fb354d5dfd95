import type Database from 'better-sqlite3';
import { fc } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { found, ids, steps } from '#test/support/base-steps.ts';
import type { Step } from '#test/support/base-steps.ts';
import { refusalIn } from '#test/support/refusal.ts';
import { filesOf, resultOf } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { sidesOf } from '#test/support/two-sides.ts';
import type { TwoSides } from '#test/support/two-sides.ts';
import { makeTemplate, withWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { headsOf, heldBack, inFile, steppedOver, whyGone } from '#test/support/why-gone.ts';
import type { Gone } from '#test/support/why-gone.ts';

const template = await makeTemplate(async (workspace) => {
  await preparePeople(workspace);
  for (const id of ids.slice(0, 2))
    await workspace.as().entities.create({ type: 'team', id, data: { name: id, size: 1 } });
});
const runs = Number(process.env['LAW_RUNS'] ?? 30);

const newest = 'SELECT max(id) FROM audit_transactions';
const there = (file: string): Set<string> =>
  inFile(
    file,
    (db) => new Set(db.prepare('SELECT id FROM teams WHERE deleted_at IS NULL').pluck().all() as string[]),
  );

/** Whether live has a team by a promotion since a moment, and had it not before the first one that was about it. */
function broughtSince(db: Database.Database, team: string, moment: number): boolean {
  const sql = `SELECT action, (SELECT label FROM audit_transactions WHERE id <= l.id ORDER BY id DESC LIMIT 1) AS label
    FROM audit_logs l WHERE entity_id = ? AND id > ? ORDER BY id`;
  const rows = db.prepare(sql).all(team, moment) as { action: string; label: string }[];
  const comes = ({ action }: { action: string }) => action === 'create' || action === 'restore';
  const promoted = ({ label }: { label: string }) => label === 'sandbox.promoted';
  const [first, last] = [rows.find(promoted), rows.findLast(comes)];
  return first !== undefined && last !== undefined && comes(first) && promoted(last);
}

/** Makes a team, deletes it, or brings it back; or changes it where it is. */
async function edit(
  client: Client,
  file: string,
  id: string,
  what: 'toggle' | 'change',
  size: number,
): Promise<void> {
  const known = inFile(file, (db) =>
    db.prepare('SELECT deleted_at AS at FROM teams WHERE id = ?').get(id),
  ) as { at: string | null } | undefined;
  const here = known?.at === null;
  if (what === 'change')
    await (here ? client.entities.update({ type: 'team', id, data: { size } }) : undefined);
  else if (!known) await client.entities.create({ type: 'team', id, data: { name: id, size } });
  else if (here) await client.entities.remove({ type: 'team', id });
  else await client.entities.restore({ type: 'team', id });
}

/** What somebody may not do, or cannot, is none of what is looked for. */
async function orNothing(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!isFault(error)) refusalIn(error);
  }
}

/** Live and a sandbox of it through a history, and what of the law was broken. */
class Run {
  readonly broken: string[] = [];
  readonly #workspace: TestWorkspace;
  readonly #sides: TwoSides;
  readonly #seen: Map<string, number>;
  readonly #live: string;
  readonly #played: string;
  /** When live itself was last about a team, by the step. */
  readonly #lived = new Map<string, number>();
  /** Teams that live has no more since it went back to before a promotion that brought them. */
  readonly #wentBack = new Set<string>();
  /** How long Play's log was after each step. */
  readonly #lengths: number[] = [];

  constructor(workspace: TestWorkspace, sides: TwoSides, seen: Map<string, number>) {
    this.#workspace = workspace;
    this.#sides = sides;
    this.#seen = seen;
    this.#live = workspace.files.live;
    this.#played = filesOf(workspace, sides.id).data;
  }

  async go(history: readonly Step[]): Promise<void> {
    for (const [at, step] of history.entries()) {
      await orNothing(() => this.#do(step, at));
      this.#lengths.push(inFile(this.#played, (db) => db.prepare(newest).pluck().get()) as number);
    }
  }

  async #do(step: Step, at: number): Promise<void> {
    const { core, id } = this.#sides;
    const live = this.#workspace.as(step.who);
    const play = core.client(core.session(step.who));
    if (step.do === 'live' || step.do === 'play') {
      const team = ids[step.at] as string;
      const [side, file] = step.do === 'live' ? [live, this.#live] : [play, this.#played];
      await edit(side, file, team, step.what, 10 + at);
      if (step.do === 'live') this.#lived.set(team, at);
      if (step.do === 'live') this.#wentBack.delete(team);
    } else if (step.do === 'refresh') {
      const before = [
        there(this.#played),
        inFile(this.#live, (db) => whyGone(db, 'sandbox.promoted')),
        this.#deletedInLive(true),
      ] as const;
      const done = await resultOf(await play.sandboxes.refresh({ id, conflicts: step.conflicts }));
      this.#count(done.op_id === null ? 'empty refresh' : 'refresh');
      this.#checkPlay(...before, at);
    } else if (step.do === 'undo in live' || step.do === 'redo in live') {
      const { label } = await live.history[step.do === 'undo in live' ? 'undo' : 'redo']({
        on_conflict: 'leave',
      });
      if (label === 'sandbox.promoted') this.#count(step.do);
      else {
        for (const team of ids) this.#lived.set(team, at);
        this.#wentBack.clear();
      }
    } else if (step.do === 'go back') {
      const { rows } = await live.history.list({ limit: step.by + 1 });
      const moment = rows.at(-1)?.id ?? 1;
      const brought = new Set(
        ids.filter((team) => inFile(this.#live, (db) => broughtSince(db, team, moment))),
      );
      const before = there(this.#live);
      await resultOf(await live.moments.restore({ at: moment, ids: null }));
      const after = there(this.#live);
      for (const team of before) if (!after.has(team) && brought.has(team)) this.#wentBack.add(team);
      this.#count('went back');
      // What live had done itself since is live's; of promotions, the log tells.
      for (const team of ids) this.#lived.set(team, at);
    } else if (step.do === 'undoChange') {
      const { rows } = await play.history.list({ limit: 12 });
      const refreshes = rows.filter(({ label }) => label === 'sandbox.refreshed');
      const { op_id } = (step.of === 'any' ? rows : refreshes)[step.at] ?? {};
      if (op_id === undefined) return;
      await play.history.undoChange({ op_id });
      this.#count('undone by name');
    } else if (step.do === 'promote') {
      const before = [there(this.#live), there(this.#played), inFile(this.#played, whyGone)] as const;
      const deletedInLive = this.#deletedInLive();
      const held = inFile(this.#played, heldBack).filter((team) => deletedInLive.get(team)?.by === 'itself');
      await resultOf(await live.sandboxes.promote({ id, conflicts: step.conflicts }));
      this.#check(...before, at);
      this.#checkHeld(held, before[0], at);
    } else await play.history[step.do]({ on_conflict: 'leave' });
  }

  #check(lived: Set<string>, played: Set<string>, why: Map<string, Gone>, at: number): void {
    const after = there(this.#live);
    for (const team of lived) {
      const gone = why.get(team);
      const stepOf = gone ? this.#lengths.findIndex((length) => length >= gone.at) : 0;
      if (!after.has(team)) {
        this.#count('removed');
        if (gone?.by !== 'itself') this.broken.push(`${team} was removed from live at step ${at}`);
      } else if (!played.has(team) && gone?.meant && this.#toGo(team, gone, stepOf))
        this.broken.push(`${team}, which Play deleted, stays in live at step ${at}`);
    }
  }

  /** Why live does not have teams, without what was promoted between a refresh of theirs, or of any, and its undo. */
  #deletedInLive(ofAny = false): Map<string, Gone> {
    const over = inFile(this.#played, steppedOver);
    const all = over.flatMap((one) => ids.map((team) => ({ ...one, team })));
    return inFile(this.#live, (db) => whyGone(db, 'sandbox.promoted', ofAny ? all : over));
  }

  /** What live deleted, and Play has only since it undid the refresh that brought that, is no work of Play. */
  #checkHeld(held: readonly string[], lived: Set<string>, at: number): void {
    const after = there(this.#live);
    for (const team of held) {
      this.#count('held back');
      if (after.has(team) && !lived.has(team))
        this.broken.push(`${team}, which live deleted, came back at step ${at}`);
    }
  }

  /** What Play made itself has live of Play alone where live itself did nothing with it. */
  #toGo(team: string, { own }: Gone, at: number): boolean {
    return own ? !this.#lived.has(team) : at > (this.#lived.get(team) ?? -1);
  }

  /**
   * What live does not have since it took it from Play, or took it back, stays in Play; unless live itself had deleted it, and Play undid the
   * refresh that brought that, and with it what it had promoted in between: then it comes again. `before`: why without that.
   */
  #checkPlay(played: Set<string>, why: Map<string, Gone>, before: Map<string, Gone>, at: number): void {
    const after = there(this.#played);
    for (const team of played) {
      const gone = why.get(team);
      const back = this.#wentBack.has(team);
      const again = before.get(team)?.by === 'itself';
      const held = gone?.by === 'carried' || (back && this.#undidSince(team));
      if (held && again) this.#count('again');
      const taken = (gone?.by === 'carried' || back) && !(held && again);
      if (back) this.#count('gone back on');
      else if (gone?.undone) this.#count('taken back');
      if (taken && !after.has(team)) this.broken.push(`${team} was removed from Play at step ${at}`);
    }
  }

  /** Whether something of a team was promoted between a refresh and its undo. */
  #undidSince(team: string): boolean {
    const over = inFile(this.#played, steppedOver);
    return inFile(this.#live, (db) => headsOf(db, team)).some((head) =>
      over.some(({ from, until }) => from <= head && head < until),
    );
  }

  #count(what: string): void {
    this.#seen.set(what, (this.#seen.get(what) ?? 0) + 1);
  }
}

test(
  'promoting removes from live what Play itself deleted and nothing else; a refresh leaves what undo took from live',
  async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(steps, (history) =>
        withWorkspace(template, async (workspace) => {
          const run = new Run(workspace, await sidesOf(workspace), seen);
          await run.go(history);
          expect(run.broken).toEqual([]);
        }),
      ),
      {
        numRuns: runs,
        examples: found.map((one) => [one]),
      },
    );
    for (const what of [
      'refresh',
      'empty refresh',
      'undone by name',
      'removed',
      'taken back',
      'gone back on',
    ])
      expect(seen.get(what) ?? 0, what).toBeGreaterThan(0);
  },
  Math.max(240_000, runs * 10_000),
);
