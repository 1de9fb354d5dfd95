import type { PlaywrightWorkerOptions, WorkerFixture } from '@playwright/test';
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { displayArguments, virtual } from '#scripts/with-display.ts';

const server = 'Xvfb';
const [firstNumber, numbers] = [1000, 50_000];

/**
 * A virtual display of this worker's own, so that its clipboard and focus are not those of the tests beside it. Nothing where the
 * display is a real one. Gives a function that ends it.
 */
export async function ownDisplay(tries = 5): Promise<() => void> {
  if (process.env[virtual] === undefined) return () => {};
  // Servers that look for a free number at once can remove each other's sockets, so each worker has a number of its own.
  const own = firstNumber + ((process.pid + tries) % numbers);
  const child = spawn(server, [`:${own}`, '-displayfd', '3', ...displayArguments], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const complaint = text(child.stderr as NodeJS.ReadableStream);
  const number = await new Promise<string>((resolve, reject) => {
    let read = '';
    child.stdio[3]?.on('data', (part: Buffer) => {
      read += part.toString();
      if (read.endsWith('\n')) resolve(read.trim());
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      void complaint.then((words) => reject(new Error(`${server} ended with ${String(code)}: ${words}`)));
    });
  });
  if (!(await accepts(number)) && tries > 1) {
    child.kill();
    return ownDisplay(tries - 1);
  }
  process.env['DISPLAY'] = `:${number}`;
  // Its permission is the first display's.
  delete process.env['XAUTHORITY'];
  return () => void child.kill();
}

/** Whether a display takes connections. */
const accepts = (number: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(`/tmp/.X11-unix/X${number}`);
    socket.once('connect', () => {
      socket.end();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

/** The fixture that gives each worker a display of its own. */
export const displayFixture: [WorkerFixture<void, PlaywrightWorkerOptions>, { scope: 'worker'; auto: true }] =
  [
    async ({ browserName: _browser }, use) => {
      const end = await ownDisplay();
      await use();
      end();
    },
    { scope: 'worker', auto: true },
  ];
