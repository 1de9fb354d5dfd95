import { fc } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { retainedBackups, defaultRetention } from '#shared/domain/retention.ts';
import type { UsableBackup, RetentionPolicy } from '#shared/domain/retention.ts';
import { modelKeeps } from '#test/support/retention-model.ts';

const stampOf = (ms: number): string => new Date(ms).toISOString().replaceAll(/[-:.]/g, '');
const at = (moment: string, more: Partial<UsableBackup> = {}): UsableBackup => {
  const ms = Date.parse(moment);
  return {
    id: stampOf(ms),
    made: new Date(ms).toISOString(),
    workspace: 'w',
    verified: null,
    lacksDocuments: false,
    ...more,
  };
};
const now = Date.parse('2026-11-20T12:00:00Z');
const none: RetentionPolicy = { last: 1, daily: 0, weekly: 0, monthly: 0 };

const end = (backups: readonly UsableBackup[]): number => Date.parse(backups.at(-1)?.made ?? '');

/** The ids that stay, the newest first. */
function staying(backups: readonly UsableBackup[], policy: RetentionPolicy, moment = now): string[] {
  return [...retainedBackups(backups, policy, moment)].filter(([, why]) => why.length > 0).map(([id]) => id);
}

describe('backups kept by the policy', () => {
  test('is the newest of each day, week and month, in UTC', () => {
    const made = [
      '2026-11-20T00:00:00Z',
      '2026-11-19T23:59:59Z',
      '2026-11-19T00:00:00Z',
      '2026-11-16T08:00:00Z',
      '2026-11-15T23:00:00Z',
      '2026-10-31T23:00:00Z',
      '2026-10-01T00:00:00Z',
    ].map((moment) => at(moment));
    const whys = [...retainedBackups(made, { last: 1, daily: 2, weekly: 2, monthly: 2 }, now).values()];
    expect(whys).toEqual([
      ['newest', 'last', 'daily', 'weekly', 'monthly'],
      ['daily'],
      [],
      [],
      ['weekly'],
      ['monthly'],
      [],
    ]);
  });

  test('has weeks that begin on Monday, also over the end of a year', () => {
    const [sunday, monday, thursday] = [
      at('2027-01-03T23:59:59Z'),
      at('2027-01-04T00:00:00Z'),
      at('2026-12-31T08:00:00Z'),
    ];
    const kept = staying([monday, sunday, thursday], { ...none, weekly: 9 }, Date.parse('2027-02-01'));
    expect(kept).toEqual([monday.id, sunday.id]);
  });

  test('never lacks the newest that was found good, however old', () => {
    const old = at('2020-01-01T00:00:00Z', { verified: true });
    const [bad, newer] = [at('2026-11-02T00:00:00Z', { verified: false }), at('2026-11-01T00:00:00Z')];
    expect(retainedBackups([bad, newer, old], none, now).get(old.id)).toEqual(['verified']);
    expect(retainedBackups([bad, newer, old], none, now).get(newer.id)).toEqual(['newest', 'last']);
  });

  test('is the newest with all files of documents too, and one that lacks some takes no slot of it', () => {
    const days = [20, 19, 18, 17].map((day) => `2026-11-${day}T00:00:00Z`);
    const made = days.map((day, index) => at(day, { lacksDocuments: index < 2 }));
    const whys = (policy: RetentionPolicy) => [...retainedBackups(made, policy, now).values()];
    expect(whys(none)).toEqual([['newest', 'last'], [], ['complete', 'last'], []]);
    expect(whys({ ...none, last: 2 })).toEqual([
      ['newest', 'last'],
      ['last'],
      ['complete', 'last'],
      ['last'],
    ]);
  });

  test('counts each workspace separately', () => {
    const [ours, theirs] = [at('2020-01-01T00:00:00Z'), at('2026-11-01T00:00:00Z', { workspace: 'x' })];
    expect(staying([theirs, ours], none)).toEqual([theirs.id, ours.id]);
  });
});

const policies: fc.Arbitrary<RetentionPolicy> = fc.record({
  last: fc.integer({ min: 1, max: 9 }),
  daily: fc.integer({ min: 0, max: 9 }),
  weekly: fc.integer({ min: 0, max: 6 }),
  monthly: fc.integer({ min: 0, max: 14 }),
});
/** Hours between one backup and the next: minutes apart, daily, and months of nothing. */
const gap = fc.oneof(
  fc.double({ min: 0, max: 3, noNaN: true }),
  fc.double({ min: 12, max: 40, noNaN: true }),
  fc.double({ min: 100, max: 2000, noNaN: true }),
);
const step = fc.record({
  gap,
  verified: fc.constantFrom(null, null, true, false),
  workspace: fc.constantFrom('w', 'w', 'w', 'x'),
  lacksDocuments: fc.constantFrom(false, false, false, true),
});
const history = fc.array(step, { minLength: 1, maxLength: 120 }).map((steps) => {
  let ms = Date.parse('2020-02-27T21:00:00Z');
  return steps.map(({ gap: hours, ...facts }, index): UsableBackup => {
    ms += Math.round(hours * 3_600_000);
    return { id: `${stampOf(ms)}-${index + 2}`, made: new Date(ms).toISOString(), ...facts };
  });
});

describe('laws of the rule', () => {
  test('equals a naive model over years with prunes in between', () => {
    fc.assert(
      fc.property(history, policies, fc.integer({ min: 1, max: 9 }), (all, policy, often) => {
        let [ours, theirs]: [UsableBackup[], UsableBackup[]] = [[], []];
        for (const [index, one] of all.entries()) {
          ours.push(one);
          theirs.push(one);
          if (index % often !== 0) continue;
          const moment = Date.parse(one.made);
          const kept = new Set(staying(ours, policy, moment));
          ours = ours.filter(({ id }) => kept.has(id));
          theirs = modelKeeps(theirs, policy, moment);
          expect(ours.map(({ id }) => id)).toEqual(theirs.map(({ id }) => id));
        }
      }),
    );
  });

  test('the same after a simulated decade of daily use with the usual numbers', () => {
    let kept: UsableBackup[] = [];
    for (let day = 0; day < 3653; day += 1) {
      const moment = Date.UTC(2020, 0, 1, 9) + day * 86_400_000;
      kept.push(at(new Date(moment).toISOString()));
      const stay = new Set(staying(kept, defaultRetention, moment));
      kept = kept.filter(({ id }) => stay.has(id));
    }
    // The weeks of the last two days are among the seven days, and so is the month of the last.
    expect(kept).toHaveLength(7 + 2 + 11);
    expect(kept).toEqual(modelKeeps(kept, defaultRetention, end(kept)));
  });

  test('the newest good one stays, and so does the newest not known to be damaged', () => {
    fc.assert(
      fc.property(history, policies, (all, policy) => {
        const kept = new Set(staying(all, policy, end(all)));
        for (const workspace of ['w', 'x']) {
          const own = all.filter((one) => one.workspace === workspace);
          const found = [
            own.findLast(({ verified }) => verified === true),
            own.findLast(({ verified }) => verified !== false),
            own.findLast(({ verified, lacksDocuments }) => verified !== false && !lacksDocuments),
          ].flatMap((one) => (one ? [one.id] : []));
          expect(found.filter((id) => !kept.has(id))).toEqual([]);
        }
      }),
    );
  });

  test('later ones than now stay, and take no slot', () => {
    fc.assert(
      fc.property(history, policies, fc.nat(), (all, policy, cut) => {
        const moment = Date.parse(all[cut % all.length]?.made ?? '');
        const future = all.filter(({ made }) => Date.parse(made) > moment);
        const past = all.filter(({ made }) => Date.parse(made) <= moment);
        const kept = staying(all, policy, moment);
        for (const { id } of future) expect(kept).toContain(id);
        expect(kept.toSorted()).toEqual(
          [...staying(past, policy, moment), ...future.map(({ id }) => id)].toSorted(),
        );
      }),
    );
  });

  test('pruning twice equals pruning once, in any order', () => {
    fc.assert(
      fc.property(history, policies, (all, policy) => {
        const once = new Set(staying(all, policy, end(all)));
        const left = all.filter(({ id }) => once.has(id));
        expect(new Set(staying(left.toReversed(), policy, end(all)))).toEqual(once);
      }),
    );
  });

  test('a higher number never removes more', () => {
    const which = fc.constantFrom('last', 'daily', 'weekly', 'monthly');
    fc.assert(
      fc.property(history, policies, which, fc.integer({ min: 1, max: 9 }), (all, policy, what, more) => {
        const higher = new Set(staying(all, { ...policy, [what]: policy[what] + more }, end(all)));
        for (const id of staying(all, policy, end(all))) expect(higher).toContain(id);
      }),
    );
  });
});
