import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWebAddress, schemeOf } from '#shared/domain/web-address.ts';

describe('addresses for the system’s browser', () => {
  it('are https', () => {
    expect(isWebAddress('https://example.org/a?b=c#d')).toBe(true);
  });

  it.each([
    'http://wiki.local/page',
    'https://example.org/a b',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'mailto:a@example.org',
    'https://name:secret@example.org',
    'https://name@example.org',
    'smb://host/share',
    'example.org',
    '',
  ])('refuses %s', (address) => {
    expect(isWebAddress(address)).toBe(false);
  });
});

describe('the scheme of an address', () => {
  const gap = fc.string({
    unit: fc.constantFrom(' ', '\t', '\n', '\r', '\0', '\u001f', '\u00a0', '\ufeff'),
    maxLength: 3,
  });
  const scheme = fc.constantFrom(
    'javascript',
    'JavaScript',
    'data',
    'mailto',
    'http',
    'https',
    'vbscript',
    'x-y+z.1',
  );

  it('is found in every text that a browser reads as an address', () => {
    const texts = fc
      .tuple(gap, scheme, gap, fc.nat(12), gap, fc.string())
      .map(([before, name, within, at, after, rest]) =>
        [before, name.slice(0, at), within, name.slice(at), ':', after, rest].join(''),
      );
    const hidden = fc.property(texts, (text) => {
      const url = URL.parse(text);
      return url === null || schemeOf(text) === url.protocol.slice(0, -1);
    });
    expect(fc.check(hidden)).toMatchObject({ failed: false });
  });

  it.each(['on the wiki, under: teams', 'example.org', '//example.org', '3: teams', ''])(
    'is none in %s',
    (text) => {
      expect(schemeOf(text)).toBeNull();
    },
  );
});
