import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { expect, test } from 'vitest';

/** Ways to send a request that do not pass the one client. Comments and types do not count. */
const requests: readonly RegExp[] = [
  /(?<![.\w])fetch\(/,
  /\bglobalThis\.fetch\b/,
  /\b(?:https|net|tls)\.(?:request|get|connect|fetch)\(|\bhttp\.(?:request|get)\(/,
  /\bimport \{[^}]*\b(?:request|get|connect|createConnection)\b[^}]*\} from 'node:(?:https?|net|tls|http2)'/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\(/,
  /from '(?:undici|ws|axios|node-fetch)'/,
  /\bfromPartition\([^)]*\)\.fetch\(/,
];

/** Files that may: the client, a window (whose policy allows only its own address), two that ask only their own server on loopback, and the X display. */
const allowed: readonly RegExp[] = [
  /^src\/http\//,
  /^src\/renderer\//,
  /^src\/server\/(?:healthcheck|init)\.ts$/,
  /^src\/main\/display\.ts$/,
];

function findRequests(text: string): string[] {
  const code = text.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/(?<![:'"])\/\/.*$/gm, '');
  return requests.flatMap((pattern) => pattern.exec(code)?.[0] ?? []);
}

test('every request passes the one HTTP client', () => {
  const found = globSync('src/**/*.{ts,tsx}')
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !allowed.some((pattern) => pattern.test(file)))
    .flatMap((file) => findRequests(readFileSync(file, 'utf8')).map((request) => `${file}: ${request}`));
  expect(found).toEqual([]);
});

test('a planted request of each kind is found', () => {
  for (const line of [
    'const response = await fetch(url);',
    'await globalThis.fetch(url)',
    "import { request } from 'node:https';",
    "import { get as getHttp } from 'node:http';",
    'https.get(url)',
    'tls.connect(443)',
    'new WebSocket(url)',
    "import { Agent } from 'undici';",
    "session.fromPartition('updates').fetch(url)",
  ])
    expect(findRequests(line), line).not.toEqual([]);
  for (const line of ['http.fetch(url)', '// uses fetch(url)', '/** `fetch(url)` */', 'prefetch(url)'])
    expect(findRequests(line), line).toEqual([]);
});

test('the channel for hints uses the agent of the client', () => {
  const channels = globSync('src/**/*.ts').filter((file) =>
    /import\('socket\.io-client'\)|(?<!import type \{[^}]*\}) from 'socket\.io-client'/.test(
      readFileSync(file, 'utf8').replaceAll(/^import type .*$/gm, ''),
    ),
  );
  expect(channels.map((file) => file.split(sep).join('/'))).toEqual(['src/core/sync/realtime.ts']);
});
