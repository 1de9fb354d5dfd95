import { fc } from '@fast-check/vitest';

/** The teams that live and a sandbox have, or may make. */
export const ids = ['t0', 't1', 't2', 't3'];

const anybody = fc.constantFrom('Ada', 'Ada', 'Ada', 'Rea');
const record = fc.record({
  do: fc.constantFrom('live' as const, 'live' as const, 'play' as const),
  what: fc.constantFrom('toggle' as const, 'toggle' as const, 'change' as const),
  at: fc.nat({ max: ids.length - 1 }),
  who: anybody,
});
const merging = fc.record({
  do: fc.constantFrom('refresh' as const, 'refresh' as const, 'promote' as const),
  conflicts: fc.constantFrom('play' as const, 'live' as const),
  who: anybody,
});
const stepped = fc.record({
  do: fc.constantFrom('undo' as const, 'undo' as const, 'redo' as const),
  who: anybody,
});
const livedStep = fc.record({
  do: fc.constantFrom('undo in live' as const, 'redo in live' as const),
  who: anybody,
});
const goneBack = fc.record({
  do: fc.constant('go back' as const),
  by: fc.integer({ min: 1, max: 4 }),
  who: anybody,
});
const named = fc.record({
  do: fc.constant('undoChange' as const),
  of: fc.constantFrom('any' as const, 'refreshes' as const, 'refreshes' as const),
  at: fc.nat({ max: 2 }),
  who: anybody,
});
const step = fc.oneof(
  { weight: 3, arbitrary: record },
  { weight: 5, arbitrary: merging },
  { weight: 4, arbitrary: stepped },
  { weight: 2, arbitrary: named },
  { weight: 1, arbitrary: livedStep },
  { weight: 1, arbitrary: goneBack },
);
export type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const who = 'Ada';
const live = (at: number, what: 'toggle' | 'change' = 'toggle'): Step => ({ do: 'live', what, at, who });
const play = (at: number): Step => ({ do: 'play', what: 'toggle', at, who });
const refresh: Step = { do: 'refresh', conflicts: 'play', who };
const refreshForLive: Step = { do: 'refresh', conflicts: 'live', who };
const promote: Step = { do: 'promote', conflicts: 'play', who };
const undo: Step = { do: 'undo', who };
const redo: Step = { do: 'redo', who };
const undoInLive: Step = { do: 'undo in live', who };
const goBack = (by: number): Step => ({ do: 'go back', by, who });
const undoChange = (of: 'any' | 'refreshes', at: number): Step => ({ do: 'undoChange', of, at, who });

/** What seldom comes about by itself: something goes over, is settled, and is taken back. */
const scene = fc
  .record({
    at: fc.nat({ max: ids.length - 1 }),
    inLive: fc.boolean(),
    inPlay: fc.constantFrom(null, null, 'undo' as const, 'toggle' as const),
    next: fc.constantFrom('refresh' as const, 'promote' as const),
  })
  .map(({ at, inLive, inPlay, next }): Step[] => {
    const again = next === 'refresh' ? refresh : promote;
    // What Play promoted it takes back itself, with no refresh between.
    if (inPlay) return [play(at), promote, inPlay === 'undo' ? undo : play(at), again, promote];
    return inLive
      ? [live(at), refresh, refresh, undo, promote]
      : [play(at), promote, refresh, undoInLive, refresh];
  });
export const steps = fc
  .array(fc.oneof({ weight: 8, arbitrary: step.map((one) => [one]) }, { weight: 1, arbitrary: scene }), {
    minLength: 10,
    maxLength: 26,
    size: 'max',
  })
  .map((parts) => parts.flat());

/** Histories that chance found: what goes over is taken back on either side, and goes over again. */
export const found: Step[][] = [
  [play(1), promote, undoChange('any', 0), refresh, undoInLive, refresh, live(0), promote],
  [play(3), promote, play(3), refresh, undoInLive, refresh],
  [play(1), promote, undo, refresh],
  [play(3), promote, play(3), promote],
  [play(3), promote, refresh, goBack(1), refresh],
  [play(3), promote, undoInLive, refresh],
  [live(2), refresh, play(2), promote, undo, refresh, promote, undo, promote],
  [live(0), refresh, play(0), promote, undo, promote, undo, refresh],
  [
    play(0),
    goBack(2),
    refresh,
    undoChange('any', 1),
    promote,
    goBack(1),
    undoChange('refreshes', 0),
    refresh,
  ],
  [play(2), promote, live(2), refresh, undo, promote, redo, promote],
  [play(0), promote, live(0), refresh, undo, play(0), play(0), promote],
  [play(1), live(1, 'change'), refreshForLive, undo, promote, redo, refresh],
];
