import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { publicKeyOf, signText } from '#scripts/lib/packaging/signing.ts';
import type { SigningKey } from '#scripts/lib/packaging/signing.ts';
import { keyNamed, publishedManifest as published } from '#test/support/update-manifest.ts';
import { compareVersions, parseManifest, UpdateRefused } from '#shared/updates/manifest.ts';
import type { ExpectedManifest } from '#shared/updates/manifest.ts';

const [ours, next, strangers] = [keyNamed('ours'), keyNamed('next'), keyNamed('ours')];

const expected: ExpectedManifest = {
  keys: [publicKeyOf(ours), publicKeyOf(next)],
  channel: 'stable',
  platform: 'linux',
  arch: 'x64',
  installed: '0.1.0',
  now: Date.parse('2026-12-01'),
};

/** Why it is refused; null where it is read. */
function refusalOf(text: string, signed: string | null, of: Partial<ExpectedManifest> = {}): string | null {
  try {
    parseManifest(text, signed, { ...expected, ...of });
    return null;
  } catch (error) {
    if (error instanceof UpdateRefused) return error.reason;
    throw error;
  }
}
const text = JSON.stringify(published);
const signedBy = (key: SigningKey, what = text): string => signText(what, key);

describe('a manifest', () => {
  it('is read when one of our keys signed it, also the next one', () => {
    expect(parseManifest(text, signedBy(ours), expected)).toEqual(published);
    expect(parseManifest(text, signedBy(next), expected)).toEqual(published);
  });

  it.each([
    ['no signature', null, 'unsigned'],
    ['an empty signature', '', 'unsigned'],
    ['half a signature', signedBy(ours).slice(0, 40), 'unsigned'],
    ['the signature of a key that we do not know', signedBy({ ...ours, id: 'other' }), 'unknown-key'],
    ['the signature of a stranger under our name', signedBy(strangers), 'forged'],
    ['the signature of another manifest', signedBy(ours, text.replace('0.2.0', '0.3.0')), 'forged'],
  ])('is refused with %s', (_, signed, reason) => {
    expect(refusalOf(text, signed)).toBe(reason);
  });

  it.each([
    ['another channel', { channel: 'beta' }, 'channel'],
    ['another platform', { platform: 'win32' }, 'platform'],
    ['another architecture', { arch: 'arm64' }, 'platform'],
    ['its last day passed', { now: Date.parse(published.expires) }, 'expired'],
    ['a higher version offered before', { seen: '0.2.1' }, 'rolled-back'],
    ['a newer version installed', { installed: '0.3.0' }, 'behind'],
    ['no keys at all', { keys: [] }, 'unknown-key'],
  ] as const)('is refused for %s', (_, of, reason) => {
    expect(refusalOf(text, signedBy(ours), of as Partial<ExpectedManifest>)).toBe(reason);
  });

  it.each([
    ['no hash', { files: [{ url: 'a.AppImage', size: 1 }] }],
    ['a short hash', { files: [{ url: 'a.AppImage', size: 1, sha512: 'AAAA' }] }],
    ['a file elsewhere', { files: [{ ...published.files[0], url: '../../evil' }] }],
    ['an address', { files: [{ ...published.files[0], url: 'https://example.org/x' }] }],
    ['no files', { files: [] }],
    ['no last day', { expires: undefined }],
    ['an odd version', { version: 'newest' }],
  ])('is refused with %s, although it is signed', (_, change) => {
    const changed = JSON.stringify({ ...published, ...change });
    expect(refusalOf(changed, signedBy(ours, changed))).toBe('unreadable');
  });

  test.prop([fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 })])(
    'is refused with one byte changed anywhere',
    (at, mask) => {
      const bytes = Buffer.from(text);
      bytes[at] = (bytes[at] ?? 0) ^ mask;
      expect(refusalOf(bytes.toString('utf8'), signedBy(ours))).toBe('forged');
    },
  );
});

describe('versions', () => {
  it.each([
    ['0.1.0', '0.1.1'],
    ['0.9.0', '0.10.0'],
    ['0.2.0-beta.2', '0.2.0-beta.10'],
    ['0.2.0-beta.10', '0.2.0'],
    ['0.2.0', '1.0.0-beta.1'],
  ])('order %s before %s', (older, newer) => {
    expect(compareVersions(older, newer)).toBeLessThan(0);
    expect(compareVersions(newer, older)).toBeGreaterThan(0);
    expect(compareVersions(newer, newer)).toBe(0);
  });
});
