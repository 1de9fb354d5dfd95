import { expect, test } from 'vitest';
import { findRoute, isExcepted } from '#http/proxy.ts';

test.each([
  ['https://frames.example.edu', 'example.edu', true],
  ['https://frames.example.edu', '.example.edu', true],
  ['https://frames.example.edu', '*.example.edu', true],
  ['https://frames.example.edu', 'FRAMES.example.edu', true],
  ['https://example.edu', '.example.edu', true],
  ['https://frames.badexample.edu', 'example.edu', false],
  ['https://frames.example.edu:8443', 'example.edu:8443', true],
  ['https://frames.example.edu', 'example.edu:443', true],
  ['https://frames.example.edu', 'example.edu:8443', false],
  ['https://frames.example.edu', 'other.org, *', true],
  ['https://frames.example.edu', 'other.org other.net', false],
  ['http://10.1.2.3:8080', '10.0.0.0/8', true],
  ['http://10.1.2.3:8080', '10.1.2.3:8080', true],
  ['http://11.1.2.3', '10.0.0.0/8', false],
  ['http://11.1.2.3', '10.0.0.0/99', false],
  ['http://[fd00::1]', 'fd00::/8', true],
  ['https://frames.example.edu', '', false],
])('%s with NO_PROXY=%s: direct is %s', (url, exceptions, isDirect) => {
  expect(isExcepted(new URL(url), exceptions)).toBe(isDirect);
});

test('a variable of one protocol does not decide the other, and an empty one counts as unset', async () => {
  const environment = { HTTPS_PROXY: '', HTTP_PROXY: 'proxy.test:3128' };
  const route = async (url: string) => {
    const { proxy, from } = await findRoute(new URL(url), environment);
    return [proxy?.host ?? null, from];
  };
  expect(await route('http://models.test')).toEqual(['proxy.test:3128', 'environment']);
  expect(await route('https://frames.test')).toEqual([null, null]);
  expect(await route('http://127.0.0.1:11434')).toEqual([null, null]);
});
