import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Frames } from '../e2e/harness.ts';
import { runFrames, verifyWorkspace } from '../e2e/lib/command.ts';
import { ready } from '../e2e/lib/hands.ts';
import { createChance } from './chance.ts';
import { besideDeeds } from './deeds/beside.ts';
import type { Deed, Hands } from './deeds/deed.ts';
import { goingDeeds } from './deeds/going.ts';
import { workingDeeds } from './deeds/working.ts';
import { figures, measure } from './measure.ts';
import type { Figure, Sample } from './measure.ts';
import { clear, rest } from './rest.ts';
import { trendOf } from './trend.ts';
import { longestBlock, watchForBlocks } from './watch.ts';

export interface SoakOptions {
  minutes: number;
  seed: number;
  /** Judges how the figures move; a run of less than five minutes is too short for it. */
  trends: boolean;
}

const deeds = [...goingDeeds, ...workingDeeds, ...besideDeeds];
const raffle: readonly Deed[] = deeds.flatMap((deed) => Array.from({ length: deed.weight }, () => deed));

/** Longest that the window may do nothing else, in milliseconds: a person would think it hung. */
const BLOCKED = 5000;
/** Milliseconds a deed waits for its place; one that is not there is passed over. */
const PATIENCE = 1500;
/** Part of the deeds that may find their place missing: with more, nothing much is tried any more. */
const MISSES = 0.5;

/**
 * Uses the real application at random until the time is over, and says what went wrong: what the page or the log complained
 * about, a window that was blocked, figures that only ever rise, a workspace that does not verify.
 */
export async function soak(frames: Frames, { minutes, seed, trends }: SoakOptions): Promise<void> {
  const workspace = join(frames.folder, 'W');
  await runFrames(['seed', '--size', 'small', '--workspace', workspace, '--json']);
  const running = await frames.start({ workspace, alone: true });
  const { page } = running;
  await ready(running);
  page.setDefaultTimeout(PATIENCE);
  await watchForBlocks(page);

  const hands: Hands = { running, page, chance: createChance(seed), workspace };
  const began = Date.now();
  const ends = began + minutes * 60_000;
  const every = Math.max(10_000, (ends - began) / 36);
  const samples: { after: number; sample: Sample }[] = [];
  const done = { deeds: 0, misses: 0 };
  let longest = { block: 0, after: '' };
  let next = began + every;
  while (Date.now() < ends) {
    const deed = hands.chance.oneOf(raffle);
    done.deeds += 1;
    try {
      await deed.act(hands);
    } catch {
      done.misses += 1;
      await clear(page);
    }
    if (hands.chance.onceIn(4)) await clear(page);
    expect(running.complaints, `after “${deed.name}”, SOAK_SEED=${seed}`).toEqual([]);
    const block = await longestBlock(page);
    if (block > longest.block) longest = { block, after: deed.name };
    expect(block, `the window was blocked, in milliseconds, by “${deed.name}”`).toBeLessThan(BLOCKED);
    if (Date.now() < next) continue;
    await rest(running);
    samples.push({ after: Date.now() - began, sample: await measure(running) });
    next = Date.now() + every;
  }
  await rest(running);
  await frames.quit(running);

  console.log(
    `${done.deeds} deeds, ${done.misses} of them missed; longest block ${longest.block} ms by “${longest.after}”`,
  );
  const rising = report(samples, (ends - began) / 4);
  expect(internalErrors(workspace), 'errors of the program itself in its log').toEqual([]);
  expect(await verifyWorkspace(workspace)).toMatchObject({ ok: true });
  expect(done.misses / done.deeds, 'deeds that found nothing to do').toBeLessThan(MISSES);
  if (trends) expect(rising, 'figures that only rise').toEqual([]);
}

/** Prints each figure's way over the run, and gives those that rise. The first quarter is warming up. */
function report(samples: readonly { after: number; sample: Sample }[], warm: number): string[] {
  const judged = samples.filter(({ after }) => after >= warm);
  return (Object.keys(figures) as Figure[]).flatMap((figure) => {
    const values = judged.flatMap(({ sample }) => sample[figure] ?? []);
    const { from, to, grows } = trendOf(values, figures[figure]);
    const all = samples.flatMap(({ sample }) => sample[figure] ?? []).map(Math.round);
    const line = `${figure}: ${from.toFixed(1)} → ${to.toFixed(1)}`;
    console.log(`${grows ? 'RISES ' : '      '}${line}   (${all.join(' ')})`);
    return grows ? [line] : [];
  });
}

function internalErrors(workspace: string): string[] {
  const folder = join(workspace, 'logs');
  return readdirSync(folder)
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => /"level":(50|60|"error"|"fatal")|INTERNAL/.test(line));
}
