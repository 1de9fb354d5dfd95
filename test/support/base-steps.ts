import { fc } from '@fast-check/vitest';

/** The teams that live and a sandbox have, or may make. */
export const ids = ['t0', 't1', 't2', 't3'];

const who = fc.constantFrom('Ada', 'Ada', 'Ada', 'Rea');
const record = fc.record({
  do: fc.constantFrom('live' as const, 'live' as const, 'play' as const),
  what: fc.constantFrom('toggle' as const, 'toggle' as const, 'change' as const),
  at: fc.nat({ max: ids.length - 1 }),
  who,
});
const carried = fc.record({
  do: fc.constantFrom('refresh' as const, 'refresh' as const, 'promote' as const),
  conflicts: fc.constantFrom('play' as const, 'live' as const),
  who,
});
const stepped = fc.record({ do: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const), who });
const livedStep = fc.record({ do: fc.constantFrom('undo in live' as const, 'redo in live' as const), who });
const goneBack = fc.record({ do: fc.constant('go back' as const), by: fc.integer({ min: 1, max: 4 }), who });
const named = fc.record({
  do: fc.constant('undoChange' as const),
  of: fc.constantFrom('any' as const, 'refreshes' as const, 'refreshes' as const),
  at: fc.nat({ max: 2 }),
  who,
});
const step = fc.oneof(
  { weight: 3, arbitrary: record },
  { weight: 5, arbitrary: carried },
  { weight: 4, arbitrary: stepped },
  { weight: 2, arbitrary: named },
  { weight: 1, arbitrary: livedStep },
  { weight: 1, arbitrary: goneBack },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What seldom comes about by itself: something goes over, is settled, and is taken back. */
const scene = fc
  .record({
    at: fc.nat({ max: ids.length - 1 }),
    inLive: fc.boolean(),
    inPlay: fc.constantFrom(null, null, 'undo' as const, 'toggle' as const),
    next: fc.constantFrom('refresh' as const, 'promote' as const),
  })
  .map(({ at, inLive, inPlay, next }): Step[] => {
    const ada = { who: 'Ada', conflicts: 'play' } as const;
    const toggle = { do: inLive ? 'live' : 'play', what: 'toggle', at, who: 'Ada' } as const;
    const refresh = { do: 'refresh', ...ada } as const;
    const promote = { do: 'promote', ...ada } as const;
    // What Play promoted it takes back itself, with no refresh between.
    const own = { do: 'play', what: 'toggle', at, who: 'Ada' } as const;
    const itself = inPlay === 'undo' ? ({ do: 'undo', who: 'Ada' } as const) : own;
    if (inPlay) return [own, promote, itself, { do: next, ...ada }, promote];
    const back = { do: inLive ? 'undo' : 'undo in live', who: 'Ada' } as const;
    return inLive ? [toggle, refresh, refresh, back, promote] : [toggle, promote, refresh, back, refresh];
  });
export const steps = fc
  .array(fc.oneof({ weight: 8, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: scene }), {
    minLength: 10,
    maxLength: 26,
    size: 'max',
  })
  .map((parts) => parts.flat());

/** What a refresh took away, since live had taken it over, comes back when live takes that back; it is not deleted once more. */
const onceMore: Step[] = [
  { do: 'play', what: 'toggle', at: 1, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undoChange', of: 'any', at: 0, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'undo in live', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'live', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
];

/** What Play made and deleted, and a refresh brought back since live had it, stays when live takes that back. */
const backAgain: Step[] = [
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'undo in live', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** What Play deleted, promoted and brought back by itself, no refresh takes. */
const broughtBack: Step[] = [
  { do: 'play', what: 'toggle', at: 1, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** What Play made, promoted and deleted goes from live with the next promotion. */
const madeAndDeleted: Step[] = [
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
];

/** What live goes back on by a moment stays in Play. */
const goneBackOn: Step[] = [
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'go back', by: 1, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** What live takes back by undo stays in Play. */
const takenBack: Step[] = [
  { do: 'play', what: 'toggle', at: 3, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo in live', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** What Play promoted between a refresh and its undo is not Play's deletion of what that undo takes away. */
const undoneBeneath: Step[] = [
  { do: 'live', what: 'toggle', at: 2, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'play', what: 'toggle', at: 2, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
];

/** What a refresh that was undone had brought comes again, also where Play promoted something of it in between. */
const comesAgain: Step[] = [
  { do: 'live', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'play', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** So does what Play had brought back itself, where live went back on that meanwhile. */
const comesAgainAfterAll: Step[] = [
  { do: 'play', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'go back', by: 2, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'undoChange', of: 'any', at: 1, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'go back', by: 1, who: 'Ada' },
  { do: 'undoChange', of: 'refreshes', at: 0, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** What live deleted is no work of Play's once that has undone the refresh that brought it; so making that again deletes nothing of Play's. */
const madeAgain: Step[] = [
  { do: 'play', what: 'toggle', at: 2, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'live', what: 'toggle', at: 2, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'redo', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
];

/** What Play brings back after it undid the refresh that had brought it, and deletes, is what it was before: live's. */
const asBefore: Step[] = [
  { do: 'play', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'live', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'play', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'play', what: 'toggle', at: 0, who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
];

/** What Play deleted and promoted, while the refresh that had brought it back was undone, stays in Play once that is made again. */
const broughtOnceMore: Step[] = [
  { do: 'play', what: 'toggle', at: 1, who: 'Ada' },
  { do: 'live', what: 'change', at: 1, who: 'Ada' },
  { do: 'refresh', conflicts: 'live', who: 'Ada' },
  { do: 'undo', who: 'Ada' },
  { do: 'promote', conflicts: 'play', who: 'Ada' },
  { do: 'redo', who: 'Ada' },
  { do: 'refresh', conflicts: 'play', who: 'Ada' },
];

/** Histories that chance found. */
export const found = [
  onceMore,
  backAgain,
  broughtBack,
  madeAndDeleted,
  goneBackOn,
  takenBack,
  undoneBeneath,
  comesAgain,
  comesAgainAfterAll,
  madeAgain,
  asBefore,
  broughtOnceMore,
];
