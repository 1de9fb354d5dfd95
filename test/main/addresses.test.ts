import { describe, expect, it } from 'vitest';
import { APP_ADDRESS, isOwnAddress } from '#main/addresses.ts';

describe('the window’s own addresses', () => {
  it.each(['app://frames/index.html', 'app://frames/', 'app://frames/index.html?x=1#y'])(
    'knows %s',
    (address) => {
      expect(isOwnAddress(address, APP_ADDRESS)).toBe(true);
    },
  );

  it.each([
    'app://other/index.html',
    'app://frames.example/index.html',
    'https://frames/index.html',
    'file:///etc/passwd',
    'data:text/html,hello',
    'javascript:alert(1)',
    'about:blank',
    '',
    'not an address',
  ])('refuses %s', (address) => {
    expect(isOwnAddress(address, APP_ADDRESS)).toBe(false);
  });

  it('takes the development server’s host and port as they are', () => {
    const own = 'http://localhost:5173/';
    expect(isOwnAddress('http://localhost:5173/index.html', own)).toBe(true);
    expect(isOwnAddress('http://localhost:5174/index.html', own)).toBe(false);
  });
});
