import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import type { Core } from '#core/open.ts';
import { fillSample } from '#core/sample/fill.ts';
import { createIds } from '#core/kernel/system.ts';
import type { Target } from '#shared/domain/target.ts';
import { resources } from '#test/support/golden.ts';
import { clientOf, resultOf } from '#test/support/sandboxes.ts';
import { seededRandom, TestClock } from '#test/support/seeded.ts';
import { removeFolder, temporaryFolder } from './launch.ts';
import type { LaunchOptions, Running } from './launch.ts';
import type { Ground } from './screens/screen.ts';

/** When the workspace is made, and what the window takes the time to be: two hours later. */
const MADE = Date.UTC(2026, 0, 5, 9);
export const NOW = new Date(MADE + 2 * 3_600_000);

/** The workspaces that this process has made, each closed. */
const templates = new Map<Ground, Promise<string>>();

/** Puts a workspace into the folder that is the same on every machine: times, ids and the name of its owner are given. */
export async function copyStill(folder: string, ground: Ground): Promise<string> {
  const template = templates.get(ground) ?? makeTemplate(ground);
  templates.set(ground, template);
  cpSync(await template, folder, { recursive: true });
  return folder;
}

function makeTemplate(ground: Ground): Promise<string> {
  const folder = temporaryFolder(`still-${ground}`);
  process.once('exit', () => removeFolder(folder));
  return makeStill(folder, ground);
}

async function makeStill(folder: string, ground: Ground): Promise<string> {
  const clock = new TestClock(MADE);
  const random = seededRandom(1);
  const ids = createIds(clock, random);
  const open = (target?: Target): Promise<Core> =>
    openCore({
      workspace: folder,
      target,
      clock,
      random,
      ids,
      log: silentLog,
      create: { owner: 'Ada', name: ground === 'sample' ? 'Sample' : 'Northern missions' },
      holder: { kind: 'test', label: 'a test' },
      resources,
    });
  const core = await open();
  if (ground === 'sample') {
    await fillSample(core.services, core.session());
    await keepSomething(core, clock, (id) => open({ kind: 'sandbox', id }));
  }
  await core.close();
  return folder;
}

/** A backup, a golden version, a forecast, and two sandboxes; in the later one something was tried that live has changed since too. */
async function keepSomething(
  core: Core,
  clock: TestClock,
  open: (id: string) => Promise<Core>,
): Promise<void> {
  const { sandboxes, backups, golden, forecasts, entities } = clientOf(core);
  await resultOf(await backups.create({}));
  await resultOf(await golden.publish({ note: 'As agreed in May' }));
  await resultOf(await forecasts.save({ terms: 4 }));
  const made: string[] = [];
  for (const name of ['Without the radio team', 'Spring handover']) {
    clock.time += 20 * 60_000;
    made.push((await resultOf(await sandboxes.create({ name }))).id);
  }
  const play = await open(made[1] ?? '');
  const teams = (await clientOf(play).entities.list({ type: 'team', limit: 100 })).rows;
  const idOf = (title: string): string => teams.find((row) => row.title === title)?.id ?? '';
  const tried = clientOf(play).entities;
  await tried.update({ type: 'team', id: idOf('Autonomy'), data: { size: 9, lifecycle: 'established' } });
  await tried.update({ type: 'team', id: idOf('Documentation'), data: { experience: 20 } });
  const data = { name: 'Operations mentors', discipline: 'operations', size: 3 };
  await tried.create({ type: 'team', data });
  await tried.remove({ type: 'team', id: idOf('Integration and test') });
  await play.close();
  await entities.update({ type: 'team', id: idOf('Autonomy'), data: { size: 7 } });
}

export type Theme = 'light' | 'dark';

const noMotion = '--force-prefers-reduced-motion';

/** Starts on such a workspace in a theme, with the window's clock standing still; `args` say how it draws. */
export async function startStill(
  frames: { start(options: LaunchOptions): Promise<Running> },
  {
    folder,
    ground,
    theme,
    args = [],
  }: { folder: string; ground: Ground; theme: Theme; args?: readonly string[] },
): Promise<Running> {
  const userData = join(folder, `user-${ground}-${theme}`);
  mkdirSync(userData, { recursive: true });
  writeFileSync(join(userData, 'seat.json'), JSON.stringify({ version: 1, theme, items: {} }));
  const workspace = await copyStill(join(folder, `${ground}-${theme}`), ground);
  const running = await frames.start({ userData, workspace, args: [noMotion, ...args] });
  running.page.setDefaultTimeout(10_000);
  // Playwright sets the page's preference for motion, which overrides the switch.
  await running.page.emulateMedia({ reducedMotion: 'reduce' });
  await running.page.clock.setFixedTime(NOW);
  await running.page.reload();
  return running;
}
