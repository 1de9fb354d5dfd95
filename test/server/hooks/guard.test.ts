import { createServer } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createHttpClient } from '#http/client.ts';
import { blockListOf, checkTarget, postGuarded } from '#http/guarded-post.ts';
import { readTextSync } from '#files/open-file.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const { trust } = createHttpClient({ environment: { FRAMES_CA_FILE: join(fixtures, 'tls-cert.pem') } });
const [cert, key] = ['tls-cert.pem', 'tls-key.pem'].map((file) => readTextSync(join(fixtures, file)));
let requests = 0;
let answer: { status: number; headers?: Record<string, string>; body?: string } = { status: 200 };
const receiver = createServer({ cert, key }, (request, response) => {
  requests += 1;
  request.resume();
  response.writeHead(answer.status, answer.headers).end(answer.body);
});
await new Promise<void>((resolve) => void receiver.listen(0, resolve));
afterAll(() => void receiver.close());
const { port } = receiver.address() as AddressInfo;

const none = blockListOf([]);
const loopback = blockListOf(['127.0.0.1/32']);
const send = (url: string, own = none, lookup?: LookupFunction) =>
  postGuarded({ url, headers: {}, body: '{}', own, trust, lookup });

/** A resolver that answers with one list after the other. */
const resolver = (...answers: string[][]) => {
  let calls = 0;
  const lookup: LookupFunction = (_name, _options, callback) => {
    const addresses = answers[Math.min(calls, answers.length - 1)] ?? [];
    calls += 1;
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };
  return { lookup, calls: () => calls };
};

test.for([
  '127.0.0.1',
  '0177.1',
  '2130706433',
  '0x7f.1',
  '127.1',
  '１２７.0.0.1',
  '127。0。0。1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[::127.0.0.1]',
  '[64:ff9b::7f00:1]',
  '10.0.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '0.0.0.0',
  '0',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '255.255.255.255',
  '[fe80::1]',
  '[fd00::1]',
  '[2001:db8::1]',
  '[2001::1]',
  '[2002:7f00:1::1]',
  '[3fff::1]',
  '[ff02::1]',
  '[::]',
])('refuses %s', async (host) => {
  const before = requests;
  await expect(send(`https://${host}:${port}/`)).rejects.toMatchObject({ code: 'EBLOCKED' });
  expect(requests).toBe(before);
});

test('allows public addresses', () => {
  for (const host of [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '[2606:4700::1111]',
    '[2a00:1450::1]',
    'example.org',
  ])
    expect(checkTarget(`https://${host}/x`, none).protocol).toBe('https:');
});

test.for([
  'http://example.org',
  'https://user@example.org',
  'https://:word@example.org',
  'ftp://example.org',
  'nothing',
  'https://',
])('refuses the address %s', (url) => {
  expect(() => checkTarget(url, none)).toThrow('must begin with https://');
});

test('refuses a name if one of its addresses is not public', async () => {
  const before = requests;
  for (const addresses of [['127.0.0.1'], ['8.8.8.8', '127.0.0.1'], ['::ffff:127.0.0.1'], ['fe80::1%lo'], []])
    await expect(
      send(`https://hooks.example:${port}/`, none, resolver(addresses).lookup),
    ).rejects.toMatchObject({ code: 'EBLOCKED' });
  await expect(send(`https://localhost:${port}/`)).rejects.toMatchObject({ code: 'EBLOCKED' });
  expect(requests).toBe(before);
});

test('checks the address that the connection uses, so a name that changes its address reaches nothing else', async () => {
  const { lookup, calls } = resolver(['127.0.0.1'], ['127.0.0.2']);
  // The certificate has no name, so the connection to the allowed address ends there.
  await expect(send(`https://hooks.example:${port}/`, loopback, lookup)).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
  await expect(send(`https://hooks.example:${port}/`, loopback, lookup)).rejects.toMatchObject({
    code: 'EBLOCKED',
  });
  expect(calls()).toBe(2);
});

test('reaches own networks, follows no redirect and reads little', async () => {
  const url = `https://127.0.0.1:${port}/`;
  expect(await send(url, loopback)).toBe(200);
  answer = { status: 302, headers: { location: url } };
  const before = requests;
  expect(await send(url, loopback)).toBe(302);
  expect(requests).toBe(before + 1);
  answer = { status: 201, body: 'x'.repeat(10_000_000) };
  expect(await send(url, loopback)).toBe(201);
});

test('networks have a prefix', () => {
  for (const range of ['10.0.0.1', '10.0.0.0/33', 'x/8', '10.0.0.0/', 'fd00::/129'])
    expect(() => blockListOf([range])).toThrow(/invalid|range|ip|prefix|address/i);
  expect(blockListOf(['fd00::/8']).check('fd12::1', 'ipv6')).toBe(true);
});
