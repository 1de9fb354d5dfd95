import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keptPort } from '#test/support/kept-port.ts';
import { makeCa } from '#test/support/certificates.ts';
import { startProxy, startTlsFront } from '#test/support/tls-front.ts';
import type { Front, TestProxy } from '#test/support/tls-front.ts';
import { endServer, fillSignIn, password, serve } from '../e2e/lib/server.ts';
import type { Served } from '../e2e/lib/server.ts';
import { expect, test } from './fixture.ts';
import { openWindow, runCommand } from './installed.ts';
import type { Installed } from './installed.ts';

const { ca, server: certificate } = makeCa('Campus CA');
const email = 'ada@example.org';

/** A server of a campus: with a certificate of an own CA, also reached through a proxy, which alone knows its name. */
interface Campus {
  server: Served;
  front: Front;
  proxy: TestProxy;
  folder: string;
}
let campus: Campus;

test.beforeAll(async ({ installed }) => {
  const folder = await mkdtemp(join(tmpdir(), 'frames-campus-'));
  const server = await serve(join(folder, 'server'), await keptPort());
  const front = await startTlsFront(certificate, { port: Number(new URL(server.url).port) });
  campus = { server, front, proxy: await startProxy(), folder };
  const first = ['--bootstrap', server.bootstrap_token ?? '', '--name', 'Ada'];
  const { code, stderr } = await join_(installed, server.url, 'first', {}, first);
  expect(code, stderr).toBe(0);
});

test.afterAll(async () => {
  await campus.proxy.stop();
  await campus.front.stop();
  await endServer(campus.server);
  await rm(campus.folder, { recursive: true });
});

const join_ = (
  installed: Installed,
  url: string,
  name: string,
  env: NodeJS.ProcessEnv,
  args: string[] = [],
) =>
  runCommand(
    installed,
    [
      'sync',
      'join',
      url,
      '--email',
      email,
      '--password-stdin',
      '--workspace',
      join(installed.home, name),
      ...args,
    ],
    { env, input: `${password}\n` },
  );

/** The PEM file of the CA, in the user's home. */
function caFile({ home }: Installed): string {
  const file = join(home, 'campus.pem');
  writeFileSync(file, ca.cert);
  return file;
}

test('a command joins over an own CA by each of the usual variables, and names the fault without', async ({
  installed,
}) => {
  const url = `https://localhost:${campus.front.port}`;
  const refused = await join_(installed, url, 'untrusted', {});
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('frames connection trust');
  for (const name of ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'FRAMES_CA_FILE']) {
    const joined = await join_(installed, url, name, { [name]: caFile(installed) });
    expect(joined.code, joined.stderr).toBe(0);
  }
});

test('a command joins through the proxy of HTTPS_PROXY', async ({ installed }) => {
  const { front, proxy } = campus;
  const joined = await join_(installed, `https://frames.test:${front.port}`, 'proxied', {
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NODE_EXTRA_CA_CERTS: caFile(installed),
  });
  expect(joined.code, joined.stderr).toBe(0);
  expect(proxy.asked).toContain(`CONNECT frames.test:${front.port}`);
});

test('the window names an unknown CA, and joins through the proxy of the system once it is trusted', async ({
  installed,
}) => {
  const { front, proxy } = campus;
  const workspace = join(installed.home, 'window');
  await runCommand(installed, ['init', '--workspace', workspace]);
  const asked = proxy.asked.length;
  const window = await openWindow(installed, [
    '--workspace',
    workspace,
    // What the desktop's settings say, as Chromium is told where it cannot read them.
    `--proxy-server=http://127.0.0.1:${proxy.port}`,
  ]);
  const { page } = window;
  await fillSignIn(page, `https://frames.test:${front.port}`, email);
  await page.getByRole('button', { name: 'Join server' }).click();
  await expect(page.getByText(/issuer/).first()).toBeVisible();
  await runCommand(installed, ['connection', 'trust', caFile(installed)]);
  await page.getByRole('button', { name: 'Join server' }).click();
  await expect(page.getByRole('contentinfo').getByRole('button', { name: /Up to date/ })).toBeVisible();
  expect(proxy.asked.slice(asked)).toContain(`CONNECT frames.test:${front.port}`);
  expect((await window.close()).code).toBe(0);
  await runCommand(installed, ['connection', 'distrust']);
});
