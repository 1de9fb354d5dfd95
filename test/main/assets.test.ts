import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assetAt } from '#main/page-assets.ts';

const root = join('/srv', 'renderer');

describe('files behind app:// addresses', () => {
  it('finds the page and its files', () => {
    expect(assetAt('app://frames/', root)).toEqual({
      file: join(root, 'index.html'),
      type: 'text/html; charset=utf-8',
    });
    expect(assetAt('app://frames/assets/index-1a.js?x#y', root)?.file).toBe(join(root, 'assets/index-1a.js'));
  });

  it.each([
    'app://other/index.html',
    'app://frames/..%2fsecret.json',
    'app://frames/%2e%2e%2fsecret.json',
    'app://frames/..%5csecret.json',
    'app://frames/a%00.js',
    'app://frames/%zz.js',
    'app://frames/seat',
    'app://frames/tool.exe',
    'not an address',
  ])('refuses %s', (address) => {
    expect(assetAt(address, root)).toBeNull();
  });

  it.each(['app://frames/../a.json', 'app://frames/%2e%2e/a.json'])(
    'keeps %s inside the folder',
    (address) => {
      expect(assetAt(address, root)?.file).toBe(join(root, 'a.json'));
    },
  );

  it('never leaves the folder, whatever the path', () => {
    const inside = fc.property(fc.string(), (path) => {
      const found = assetAt(`app://frames/${path}`, root);
      return found === null || found.file.startsWith(join(root, '/'));
    });
    expect(fc.check(inside).failed).toBe(false);
  });
});
