import type { PlaywrightWorkerOptions, WorkerFixture } from '@playwright/test';
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { screen, virtual } from '#scripts/with-display.ts';

const server = 'Xvfb';

/**
 * A virtual display of this worker's own, so that its clipboard and focus are not those of the tests beside it. Nothing where the
 * display is a real one. Gives a function that ends it.
 */
export async function ownDisplay(): Promise<() => void> {
  if (process.env[virtual] === undefined) return () => {};
  const child = spawn(server, ['-displayfd', '3', '-nolisten', 'tcp', ...screen.split(' ')], {
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
  process.env['DISPLAY'] = `:${number}`;
  // Its permission is the first display's.
  delete process.env['XAUTHORITY'];
  return () => void child.kill();
}

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
