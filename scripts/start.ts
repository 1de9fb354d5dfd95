import { buildAppIfStale } from './build.ts';
import { quietSwitch } from '#shared/shell/launcher.ts';
import { electronEnv, findElectron } from './electron.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { hasDisplay, isLinuxRoot, root, toolEnv } from './lib/paths.ts';
import { run } from './lib/run.ts';
import { ensureSystem } from './system.ts';

const headless = `There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can open.
What works without one:
  bin/frames --help       the command line, with the same data and rules
  npm test                every test; it brings its own virtual display
  xvfb-run -a npm start   the window on a virtual display (needs Debian's xvfb)`;

/** Starts the application: finds Electron, builds what is stale, hands the arguments on. */
async function start(args: string[]): Promise<number> {
  if (!hasDisplay()) throw new Error(headless);
  // A person's desktop may have these libraries under names we do not know: then Electron decides.
  await ensureSystem({ display: false }).catch((error: unknown) => console.error(reasonOf(error)));
  const electron = await findElectron();
  await buildAppIfStale();
  const switches = [quietSwitch];
  if (isLinuxRoot()) {
    console.error(
      'Running as root: Chromium has no sandbox then (--no-sandbox). Better start as another user.',
    );
    switches.push('--no-sandbox');
  }
  return run(electron.binary, [...switches, root, ...args], {
    env: { ...toolEnv(), ...electronEnv(electron) },
  });
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
