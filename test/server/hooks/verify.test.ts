import { expect, test } from 'vitest';
import type { HookKind } from '#shared/contract/server/hooks.ts';
import { verifyDelivery } from '#server/hooks/verify.ts';

const now = 1_614_265_330_000;
const verify = (
  kind: HookKind,
  body: string,
  headers: Record<string, string>,
  { secrets = [], at = now }: { secrets?: string[]; at?: number } = {},
) => verifyDelivery(kind, { headers, body: Buffer.from(body) }, { secrets, now: at });

const githubSecret = "It's a Secret to Everybody";
const githubHex = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
const standardSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const standardBody = '{"test": 2432232314}';
const standardHeaders = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

test('the published vectors are accepted', () => {
  const github = {
    'x-github-delivery': 'd1',
    'x-github-event': 'ping',
    'x-hub-signature-256': `sha256=${githubHex}`,
  };
  expect(verify('github', 'Hello, World!', github, { secrets: [githubSecret] })).toEqual({
    id: 'd1',
    event: 'ping',
  });
  const gitea = { 'x-gitea-delivery': 'd2', 'x-gitea-event': 'push', 'x-gitea-signature': githubHex };
  expect(verify('gitea', 'Hello, World!', gitea, { secrets: [githubSecret] })).toEqual({
    id: 'd2',
    event: 'push',
  });
  const id = standardHeaders['webhook-id'];
  for (const kind of ['standard', 'gitlab'] as const)
    expect(verify(kind, standardBody, standardHeaders, { secrets: [standardSecret] })).toEqual({
      id,
      event: '',
    });
  expect(verify('gitlab', '{}', { 'x-gitlab-token': 'token' }, { secrets: ['token'] })?.id).toHaveLength(64);
});

test.for<[string, HookKind, string, Record<string, string>, string]>([
  ['another body', 'github', 'Hello, World', { 'x-hub-signature-256': `sha256=${githubHex}` }, githubSecret],
  ['no signature', 'github', 'Hello, World!', {}, githubSecret],
  [
    'the signature of another scheme',
    'github',
    'Hello, World!',
    { 'x-hub-signature-256': githubHex },
    githubSecret,
  ],
  [
    'the header of another kind',
    'gitea',
    'Hello, World!',
    { 'x-hub-signature-256': `sha256=${githubHex}` },
    githubSecret,
  ],
  ['another secret', 'github', 'Hello, World!', { 'x-hub-signature-256': `sha256=${githubHex}` }, 'other'],
  ['an empty secret', 'gitlab', '{}', { 'x-gitlab-token': '' }, ''],
  ['no token', 'gitlab', '{}', {}, 'token'],
  [
    'a wrong signature beside the right token',
    'gitlab',
    standardBody,
    { ...standardHeaders, 'webhook-signature': 'v1,x', 'x-gitlab-token': standardSecret },
    standardSecret,
  ],
  ['no id', 'standard', standardBody, { ...standardHeaders, 'webhook-id': '' }, standardSecret],
  [
    'a time with a fraction',
    'standard',
    standardBody,
    { ...standardHeaders, 'webhook-timestamp': '1614265330.5' },
    standardSecret,
  ],
  [
    'a signature of version 2',
    'standard',
    standardBody,
    { ...standardHeaders, 'webhook-signature': 'v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=' },
    standardSecret,
  ],
])('refuses %s', ([, kind, body, headers, secret]) => {
  expect(verify(kind, body, headers, { secrets: [secret] })).toBeNull();
});

test('a clock may differ by five minutes', () => {
  const verifyAt = (at: number) =>
    verify('standard', standardBody, standardHeaders, { secrets: [standardSecret], at });
  expect([-300_000, 300_000].map((by) => verifyAt(now + by) !== null)).toEqual([true, true]);
  expect([-300_001, 300_001, 1e12].map((by) => verifyAt(now + by))).toEqual([null, null, null]);
});

test('both secrets are valid while one replaces the other, and so is each of several signatures', () => {
  const several = {
    ...standardHeaders,
    'webhook-signature': `v1,AAAA ${standardHeaders['webhook-signature']}`,
  };
  for (const secrets of [
    [standardSecret, 'new'],
    ['new', standardSecret],
  ])
    expect(verify('standard', standardBody, several, { secrets })).not.toBeNull();
  expect(verify('standard', standardBody, several, { secrets: ['new', 'newer'] })).toBeNull();
});
