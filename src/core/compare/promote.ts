import type { Carried } from '#shared/contract/compare.ts';
import type { Stream } from '#shared/contract/progress.ts';
import { createBackup } from '../versions/create.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { jobStream } from '../log/commands/job-stream.ts';
import { permitChanges } from '../model/permissions.ts';
import { invalid } from '../model/validate.ts';
import type { Base, SandboxFacts } from '../log/sandbox-facts.ts';
import { writeSandboxFacts } from '../log/sandbox-facts.ts';
import type { CallContext, Services } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { footingOf } from './base.ts';
import { promoted } from './carried.ts';
import { carry, TakenBack } from './carry.ts';
import type { Asked, Pace } from './carry.ts';
import type { Sides } from './differences.ts';
import { basesOf, refreshed } from './moves.ts';
import { headOf } from './page.ts';
import { factsIn, withLive, withPlay } from './sides.ts';

interface Wanted extends Asked {
  id: string;
}

/**
 * Brings what a sandbox changed into live, which must be what is open: all of it or nothing, as one audited change that undo takes back.
 * A backup is made of live as it was before. Nothing of the sandbox changes. Throws what `carry` throws, NOT_FOUND, WORKSPACE, BUSY.
 */
export function promote(call: CallContext, wanted: Wanted, signal?: AbortSignal): Stream<Carried> {
  const { services } = call;
  if (services.files.target.kind !== 'live') throw elsewhere('Changes are promoted from live');
  return inOneStep(call, 'promotion', wanted, signal, (write, pace) =>
    withPlay(services, wanted.id, async (play, facts) => {
      const live = write.db;
      const sides = { live, play, footing: footingOf(live, play, facts) };
      const done = await carry(write, sides, 'play', wanted, pace);
      const { name, id } = facts;
      write.audit.label(promoted, { name, id, count: done.count, play: headOf(play) });
      const backup = wanted.dry || write.audit.changes === 0 ? null : await backUp(services, pace);
      return { ...done, op_id: opOf(write, wanted), backup };
    }),
  );
}

/**
 * Brings what live changed since the base into the sandbox that is open, as `promote` does the other way round; live as it is now is the
 * base from then on. Live is only read. Undoing it brings the base back too.
 */
export function refresh(call: CallContext, wanted: Wanted, signal?: AbortSignal): Stream<Carried> {
  const { services } = call;
  const { target } = services.files;
  if (target.kind !== 'sandbox' || target.id !== wanted.id)
    throw elsewhere('A sandbox is refreshed where it is open');
  return inOneStep(call, 'refresh', wanted, signal, (write, pace) =>
    withLive(services, async (live) => {
      const play = write.db;
      const facts = factsIn(play, wanted.id);
      const footing = footingOf(live, play, facts);
      const sides = { live, play, footing };
      const done = await carry(asLive(write), sides, 'live', wanted, pace);
      moveBase(write, sides, facts, done.count);
      return { ...done, op_id: opOf(write, wanted), backup: null };
    }),
  );
}

/** What comes from live was permitted there; who may make a sandbox of live as it is may have it in this one too. The audit names who did it. */
function asLive(write: WriteContext): WriteContext {
  return { ...write, actor: { ...write.actor, role: 'admin' } };
}

const newest = 'SELECT id, op_id, hash FROM audit_transactions ORDER BY id DESC LIMIT 1';

/** Live as it is now becomes the sandbox's base; the transaction that brings its changes says so, and what the base was. */
function moveBase(
  write: WriteContext,
  { live, play, footing }: Sides,
  facts: SandboxFacts,
  count: number,
): void {
  const base = live.get<Base>(newest);
  if (!base) return;
  const { base: was, apart } = basesOf(play, facts, footing.common);
  const { changes } = write.audit;
  if (changes === 0 && base.hash === was.hash && apart.size === 0) return;
  const own = play.get<Base>(newest)?.id ?? 0;
  const { name, id, own_after } = facts;
  write.audit.label(refreshed, { name, id, count, was: { ...was }, now: { ...base } });
  writeSandboxFacts(write.db, { base, own_after, ...(changes === 0 ? settling(facts, own, base) : {}) });
}

/** Says that the base was moved without a transaction; those with nothing between them are one. */
function settling(facts: SandboxFacts, own: number, base: Base): Pick<SandboxFacts, 'settled' | 'settles'> {
  const { settled, settles } = facts;
  const before = settles.length === 0 && settled > 0 ? [{ after: settled, base: facts.base }] : settles;
  return { settled: own, settles: [...before.filter(({ after }) => after !== own), { after: own, base }] };
}

const opOf = ({ audit }: WriteContext, { dry }: Asked): string | null =>
  dry || audit.changes === 0 ? null : audit.op_id;

/** Runs the work in one transaction. A dry run is taken back. */
async function* inOneStep(
  { services, session }: CallContext,
  label: string,
  { dry, id }: Wanted,
  signal: AbortSignal | undefined,
  work: (write: WriteContext, pace: Pace) => Promise<Carried>,
): Stream<Carried> {
  const { queue, source, read } = services;
  permitChanges(actorOf(actingProfile(read, session)), { type: 'sandbox', id });
  try {
    yield* jobStream(queue, session, {
      label,
      signal,
      async run(write, tell, given) {
        const result = await work(write, { clock: source.clock, signal: given, tell });
        if (dry) throw new TakenBack(result);
        return result;
      },
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
    yield { kind: 'result', result: error.result };
  }
}

/** Of live as it was committed last: what this transaction wrote is in it only when it is committed itself. */
async function backUp({ files, source, log }: Services, { signal, tell }: Pace): Promise<string> {
  const { id } = await createBackup({ files, reason: 'promote', clock: source.clock, log, signal, tell });
  return id;
}

function elsewhere(message: string) {
  return invalid([{ path: 'id', code: 'target', message: `${message}. Nothing was changed.` }]);
}
