import { describe, expect, it } from 'vitest';
import { isWebAddress } from '#shared/domain/web-address.ts';

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
