import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { oidcConfig, providerOfFile, signInAtPage } from '../support/oidc.ts';
import { SharedWorkspace } from '../sync/clients/workspace.ts';
import { bootstrap, serverOfFile } from '../support/server.ts';
import { systemClock } from '#core/kernel/system.ts';
import { root } from '#scripts/lib/paths.ts';
import { testFolder } from '#test/support/folder.ts';

const provider = await providerOfFile();
const server = await serverOfFile(await oidcConfig(provider.issuer));
const admin = server.api.as(await bootstrap(server));
await admin.post('universities', { id: 'univ_own', name: 'Own' });
provider.next = {
  claims: { sub: 'ada', email: 'ada@own.edu', email_verified: true, name: 'Ada' },
};

interface Event {
  kind: string;
  open?: string | undefined;
}

/** Reads a stream to its end, and opens the page that it names, as a person would in a browser. */
async function withBrowser(stream: AsyncIterable<Event>): Promise<Event | undefined> {
  let last: Event | undefined;
  for await (const event of stream) {
    if (event.open !== undefined) await signInAtPage(event.open);
    last = event;
  }
  return last;
}

test('a workspace joins by the sign-in of a university, and signs in again by it', async () => {
  const workspace = new SharedWorkspace(1, systemClock);
  await workspace.open();
  const { sync } = workspace.client();
  const joined = await withBrowser(await sync.join({ url: server.api.url, oidc: true }));
  expect(joined).toMatchObject({
    result: { in_step: true, server: { user: { email: 'ada@own.edu' }, by_university: true } },
  });
  expect((await sync.signOut({})).state).toBe('signed_out');
  const again = await withBrowser(await sync.signInByUniversity({}));
  expect(again).toMatchObject({ result: { state: 'idle' } });
  expect((await workspace.sync())?.in_step).toBe(true);
  // Somebody else does not take over whose workspace it is, and its user stays signed in.
  const { claims = {} } = provider.next;
  provider.next = { claims: { ...claims, sub: 'bob', email: 'bob@own.edu' } };
  await expect(withBrowser(await sync.signInByUniversity({}))).rejects.toMatchObject({
    code: 'SYNC',
    data: { reason: 'other_person' },
  });
  provider.next = { claims };
  expect((await workspace.sync())?.in_step).toBe(true);
  await workspace.remove();
});

test('frames sync join --oidc prints the page and waits', async () => {
  const folder = testFolder();
  const args = ['sync', 'join', server.api.url, '--oidc', '--workspace', 'w', '--json'];
  const child = spawn(join(root, 'bin/frames'), args, {
    cwd: folder,
    env: { ...process.env, FRAMES_CONFIG: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [ended, printed] = [once(child, 'close'), text(child.stdout)];
  for await (const line of createInterface({ input: child.stderr }))
    if (line.startsWith('http')) await signInAtPage(line);
  expect((await ended)[0]).toBe(0);
  expect(JSON.parse(await printed)).toMatchObject({ in_step: true, server: { user: { name: 'Ada' } } });
});
