import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { cloneRepository } from '#core/code-maps/git/clone.ts';
import { findGit } from '#core/code-maps/git/find-git.ts';
import { runScan } from '#core/code-maps/run-scan.ts';
import type { Progress } from '#shared/contract/progress.ts';
import { makeCa } from '#test/support/certificates.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { startTlsFront } from '#test/support/tls-front.ts';
import type { Front } from '#test/support/tls-front.ts';
import { testWorkspace } from '#test/support/workspace.ts';
import { writeFixture } from './fixture.ts';
import { scanRequest } from './scan-at.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-process-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Puts a script before git on the PATH. In it, "$git" is the real one. */
function wrapGit(script: string): void {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  writeFileSync(join(programs, 'git'), `#!/bin/sh\ngit='${findGit()}'\n${script}\nexec "$git" "$@"\n`);
  chmodSync(join(programs, 'git'), 0o755);
  vi.stubEnv('PATH', `${programs}${delimiter}${process.env['PATH']}`);
}

const lines = (name: string): string[] => readFileSync(join(folder, name), 'utf8').trim().split('\n');

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

describe('a scan', () => {
  it('that is cancelled leaves no git and no files, and reported a share of the work', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    // A git that says nothing more does not notice that its reader has ended.
    wrapGit(`echo "$$ $PWD" >> '${folder}/started'
case "$*" in *--raw*) sleep 1; "$git" "$@"; sleep 600 & echo $! >> '${folder}/started'; wait;; esac`);
    const controller = new AbortController();
    const steps: Progress[] = [];
    const scanning = runScan(scanRequest(repository.folder), {
      signal: controller.signal,
      onProgress(progress) {
        steps.push(progress);
        if (progress.step === 'history') controller.abort();
      },
    });
    await expect(scanning).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(steps.at(-1)).toMatchObject({ step: 'history', total: 100 });
    const started = lines('started').map((line) => line.split(' '));
    expect(started.length).toBeGreaterThan(3);
    const running = (): unknown[] => started.filter(([pid]) => isRunning(Number(pid)));
    await vi.waitFor(() => expect(running()).toEqual([]), { timeout: 20_000 });
    const folders = started.flatMap(([, cwd]) => (cwd?.includes('frames-task-') ? [cwd] : []));
    expect(folders).not.toEqual([]);
    expect(folders.filter((path) => existsSync(path))).toEqual([]);
  });

  it('runs git in folders of its own, never in the repository', async () => {
    const repository = writeFixture(join(folder, 'repository'));
    wrapGit(`echo "$PWD" >> '${folder}/folders'`);
    await runScan(scanRequest(repository.folder), {
      signal: new AbortController().signal,
      onProgress: () => {},
    });
    const started = lines('folders').filter((path) => path.includes('frames-task-'));
    expect(started.length).toBeGreaterThan(3);
    expect(lines('folders').some((path) => path.startsWith(repository.folder))).toBe(false);
  });
});

test('a scan that crashes blames no history', async () => {
  const { folder: path } = writeFixture(join(folder, 'repository'));
  wrapGit('kill -9 $PPID');
  const pace = { signal: new AbortController().signal, onProgress: () => {} };
  await expect(runScan(scanRequest(path), pace)).rejects.toMatchObject({ fault: 'crashed' });
});

describe('a clone', () => {
  it.each([
    'http://git.example/a.git',
    'ssh://git@git.example/a.git',
    'git@git.example:a.git',
    'ext::touch fired',
    'file:///etc',
    '/etc',
    'https://user:password@git.example/a.git',
    'https://token@git.example/a.git',
    '--upload-pack=touch fired',
  ])('refuses %s and starts nothing', async (url) => {
    wrapGit(`touch '${folder}/fired'`);
    const source = { url, authorization: null, proxy: null, certificates: '', branch: null };
    await expect(cloneRepository(join(folder, 'programs/git'), source, folder)).rejects.toMatchObject({
      code: 'bad_address',
      message: expect.not.stringMatching(/user|password|token/) as string,
    });
    expect(readdirSync(folder)).toEqual(['programs']);
  });

  it('reads a repository over https with the sign-in of its server, which no list of processes shows', async () => {
    const { ca, server } = makeCa();
    const repository = writeFixture(join(folder, 'served/fsw.git'));
    const front = await serveRepositories(join(folder, 'served'), 'Basic dXNlcjpzZWNyZXQ=', server);
    writeFileSync(join(folder, 'ca.pem'), ca.cert);
    wrapGit(`printf '%s\\n' "$*" >> '${folder}/arguments'`);
    const workspace = await testWorkspace();
    const client = workspace.as();
    try {
      await client.entities.create({ type: 'university', id: 'uni', data: { name: 'Northern' } });
      const url = `https://localhost:${front.port}/fsw.git/.git`;
      const data = { name: 'fsw', university_id: 'uni', url };
      await client.entities.create({ type: 'repository', id: 'fsw', data });
      const scan = () => resultOf(client.maps.scan({ repository: 'fsw' }));
      expect((await refused('REPOSITORY', scan())).data.reason).toBe('clone_failed');
      const grant = workspace.core.grants.issue(join(folder, 'ca.pem'), 'read');
      await client.connection.trustFile({ grant });
      expect((await refused('REPOSITORY', scan())).data.reason).toBe('clone_failed');
      const signIn = (token: string) =>
        client.maps.connect({ repository: 'fsw', sign_in: { user: 'user', token } });
      await signIn('wrong');
      expect((await refused('REPOSITORY', scan())).data.reason).toBe('clone_failed');
      await signIn('secret');
      const result = await scan();
      expect(result).toMatchObject({ commits: 12, head: repository.git('rev-parse', 'HEAD') });
      expect(lines('arguments').filter((text) => text.includes('clone'))).toHaveLength(4);
      expect(lines('arguments').join('\n')).not.toMatch(/Authorization|Basic|dXNlc|secret/);
    } finally {
      await front.stop();
    }
  });
});

/** Serves the repositories of a folder as a forge does, to who sends this header. */
function serveRepositories(
  projects: string,
  authorization: string,
  certificate: Parameters<typeof startTlsFront>[0],
): Promise<Front> {
  const answer: RequestListener = (incoming, outgoing) => {
    if (incoming.headers.authorization !== authorization)
      return void outgoing.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
    const { pathname, search } = new URL(incoming.url ?? '', 'https://localhost');
    const backend = spawn(findGit(), ['http-backend'], {
      env: {
        PATH: process.env['PATH'],
        GIT_PROJECT_ROOT: projects,
        GIT_HTTP_EXPORT_ALL: '1',
        GIT_CONFIG_COUNT: '2',
        GIT_CONFIG_KEY_0: 'safe.directory',
        GIT_CONFIG_VALUE_0: '*',
        GIT_CONFIG_KEY_1: 'uploadpack.allowFilter',
        GIT_CONFIG_VALUE_1: 'true',
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        REQUEST_METHOD: incoming.method,
        CONTENT_TYPE: incoming.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: incoming.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(incoming.headers['git-protocol'] ?? ''),
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    incoming.pipe(backend.stdin);
    const chunks: Buffer[] = [];
    backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    backend.once('close', () => {
      const output = Buffer.concat(chunks);
      const end = output.indexOf('\r\n\r\n');
      const headers = output
        .toString('latin1', 0, end)
        .split('\r\n')
        .map((line) => line.split(': ') as [string, string]);
      const status = Number.parseInt(headers.find(([name]) => name === 'Status')?.[1] ?? '200', 10);
      outgoing.writeHead(status, Object.fromEntries(headers.filter(([name]) => name !== 'Status')));
      outgoing.end(output.subarray(end + 4));
    });
  };
  return startTlsFront(certificate, answer);
}
