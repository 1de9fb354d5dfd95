import { globSync, readFileSync } from 'node:fs';
import { sep } from 'node:path';
import { expect, test } from 'vitest';

/** Ways to open a connection that do not pass the one client. Comments and types do not count. */
const requests: readonly RegExp[] = [
  /(?<![.\w])fetch\(/,
  /\bglobalThis\.fetch\b/,
  /\b(?:https|net|tls)\.(?:request|get|connect|fetch)\(|\bhttp\.(?:request|get)\(/,
  /\bimport \{[^}]*\b(?:request|get|connect|createConnection)\b[^}]*\} from 'node:(?:https?|net|tls|http2)'/,
  /\bnew (?:WebSocket|EventSource|XMLHttpRequest)\(/,
  /from '(?:undici|ws|axios|node-fetch)'/,
  /\bfromPartition\([^)]*\)\.fetch\(/,
];

/** Libraries that open connections by themselves. */
const libraries = [
  'electron-updater',
  'nodemailer',
  'openid-client',
  'pg',
  'socket.io-client',
  'undici',
  'ws',
];

/** The one list of files that open a connection, and how each keeps to the trust and the proxy of the client. */
const openers: readonly (readonly [file: RegExp, how: string])[] = [
  [/^src\/http\//, 'the client itself, and the check of each step of a connection'],
  [/^src\/core\/sync\/realtime\.ts$/, 'Socket.IO over the agent of the client'],
  [/^src\/main\/updates\/download\.ts$/, 'electron-updater, whose requests are those of the client'],
  [/^src\/server\/auth\/oidc\/provider\.ts$/, 'openid-client, whose fetch is that of the client'],
  [/^src\/server\/db\/database\.ts$/, 'Postgres, with the trust of the client (db/tls.ts)'],
  [/^src\/server\/init\.ts$/, 'Postgres, as above; and the own server on loopback'],
  [/^src\/server\/db\/(?:supervise|trial-postgres)\.ts$/, 'the own Postgres of a trial, on loopback'],
  [/^src\/server\/healthcheck\.ts$/, 'the own server of a container, on loopback'],
  [/^src\/server\/errors\.ts$/, 'nothing: the classes of the errors of Postgres'],
  [/^src\/main\/display\.ts$/, 'the X or Wayland display'],
];

/** Code without comments and type imports. */
const codeOf = (text: string): string =>
  text
    .replaceAll(/\/\*.*?\*\//gs, '')
    .replaceAll(/(?<![:'"])\/\/.*$/gm, '')
    .replaceAll(/\bimport type [^;]*;/g, '');

function findOpenings(text: string): string[] {
  const code = codeOf(text);
  return [
    ...requests.flatMap((pattern) => pattern.exec(code)?.[0] ?? []),
    ...libraries.filter((name) => new RegExp(`\\b(?:from |import\\()'${name}'`).test(code)),
  ];
}

const found = globSync('src/**/*.{ts,tsx}')
  .map((file) => file.split(sep).join('/'))
  .flatMap((file) => findOpenings(readFileSync(file, 'utf8')).map((opening) => ({ file, opening })));

test('every connection passes the one HTTP client, or is in the list', () => {
  expect(found.filter(({ file }) => !openers.some(([pattern]) => pattern.test(file)))).toEqual([]);
});

test('the list names no file that opens nothing', () => {
  expect(openers.filter(([pattern]) => !found.some(({ file }) => pattern.test(file)))).toEqual([]);
});

test('a planted opening of each kind is found', () => {
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
    "import pg from 'pg';",
    "const { io } = await import('socket.io-client');",
    "import { createTransport } from 'nodemailer';",
  ])
    expect(findOpenings(line), line).not.toEqual([]);
  for (const line of [
    'http.fetch(url)',
    '// uses fetch(url)',
    '/** `fetch(url)` */',
    'prefetch(url)',
    "import type { Pool } from 'pg';",
  ])
    expect(findOpenings(line), line).toEqual([]);
});
