import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, crashReporter } from 'electron';
import { APP_ADDRESS } from './addresses.ts';
import { argumentsAfterLauncher } from '#shared/shell/launcher.ts';
import { taskProgramVariable } from '#shared/shell/task-program.ts';
import { isCommandLine, isTask, taskCommand } from './command-line.ts';
import { windowProblem } from './display.ts';
import { openInbox } from './inbox.ts';
import { registerScheme } from './protocol.ts';
import { runShell } from './run-shell.ts';
import { processEnvironment } from '#shared/domain/environment.ts';

const outFolder = join(import.meta.dirname, '..');

/** Address of electron-vite's development server; ignored in packaged builds. */
const address = (app.isPackaged ? undefined : processEnvironment()['ELECTRON_RENDERER_URL']) ?? APP_ADDRESS;

const thisStart = { argv: process.argv, folder: process.cwd() };

// Electron's archive support uses a deprecated API, which would print a warning. The data process gets the same as a switch.
if (app.isPackaged) process.noDeprecation = true;

const isRoot = process.getuid?.() === 0;
const args = app.isPackaged ? argumentsAfterLauncher(process.argv, isRoot) : process.argv.slice(1);

// The data process and commands start tasks with this command.
process.env[taskProgramVariable] = JSON.stringify(
  taskCommand(app.isPackaged ? [] : [app.getAppPath()], app.commandLine.hasSwitch('no-sandbox')),
);

if (isTask(process.argv, app.isPackaged)) await import(pathToFileURL(join(outFolder, 'process.js')).href);
// Only the installed program runs commands; a checkout has `bin/frames`.
else if (app.isPackaged && isCommandLine(args)) await runCommand();
else await openWindow();

/** Runs a command and exits with its code. No display is needed, because Electron awaits this module before it becomes ready. */
async function runCommand(): Promise<void> {
  const program = join(outFolder, 'cli', 'frames.js');
  process.argv = [process.execPath, program, ...args];
  await import(pathToFileURL(program).href);
  // Electron writes to pipes asynchronously, so exiting now would cut the output off.
  await Promise.all([process.stdout, process.stderr].map(flush));
  app.exit(Number(process.exitCode ?? 0));
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => void stream.write('', () => done()));
}

async function openWindow(): Promise<void> {
  const problem = await windowProblem({
    platform: process.platform,
    env: processEnvironment(),
    isRoot,
    args,
  });
  if (problem !== null) {
    process.stderr.write(`frames: ${problem}\n`);
    await flush(process.stderr);
    app.exit(1);
  } else if (app.requestSingleInstanceLock(thisStart)) startWindow();
  else app.quit();
}

function startWindow(): void {
  // Must come first: the system can pass a link or file before the application is ready.
  const inbox = openInbox(app, thisStart);
  registerScheme();
  // Reports stay on this computer.
  if (app.isPackaged) crashReporter.start({ uploadToServer: false });
  // Root on Linux must start without Chromium's sandbox. Calling `enableSandbox` would then crash every child process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  void app.whenReady().then(() =>
    runShell({
      address,
      inbox,
      renderer: join(outFolder, 'renderer'),
      preload: join(outFolder, 'preload', 'index.cjs'),
      icon: join(outFolder, 'resources', 'icons', '512.png'),
      resources: join(outFolder, 'resources'),
      dataEntry: join(import.meta.dirname, 'data.js'),
    }),
  );
}
