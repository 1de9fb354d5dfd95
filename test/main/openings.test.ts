import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINK_LENGTH } from '#shared/shell/openings.ts';
import { isTooLong, linkOf, openingsFrom } from '#main/delivery.ts';
import { codePoint } from '#test/support/code-points.ts';

const here = resolve('/start/here');

describe('the requests of a start', () => {
  it('is its links, as they came', () => {
    const link = 'frames://live/teams?sel=team_1';
    expect(openingsFrom(['electron', '.', link], here)).toEqual([{ kind: 'link', link }]);
    expect(openingsFrom(['FRAMES', 'FRAMES://live/home'], here)).toEqual([
      { kind: 'link', link: 'FRAMES://live/home' },
    ]);
  });

  it('are its files, relative to its folder', () => {
    expect(openingsFrom(['frames', 'data.json', '/abs/x.FRAMES', '../up.csv'], here)).toEqual([
      { kind: 'file', path: join(here, 'data.json') },
      { kind: 'file', path: '/abs/x.FRAMES' },
      { kind: 'file', path: resolve(here, '../up.csv') },
    ]);
  });

  it('is a file named by its address, as desktop entries hand it over', () => {
    expect(openingsFrom(['frames', 'file:///tmp/my%20data.xlsx'], here)).toEqual([
      { kind: 'file', path: '/tmp/my data.xlsx' },
    ]);
    expect(openingsFrom(['frames', 'file://elsewhere/x.json'], here)).toEqual([]);
  });

  it('are nothing else: no option, no value of an option, no program, no other scheme', () => {
    const argv = [
      '/opt/FRAMES/frames',
      '.',
      '--workspace',
      'my.json',
      '--user-data-dir',
      '/tmp/u.json',
      '--remote=x.json',
      '-x.json',
      'https://example.org/x.json?',
      'javascript:alert(1)',
      'notes.txt',
      'json',
      '',
    ];
    expect(openingsFrom(argv, here).filter((opening) => opening.kind === 'link')).toEqual([]);
    expect(openingsFrom(argv.slice(0, 8), here)).toEqual([]);
    expect(openingsFrom(argv.slice(9), here)).toEqual([]);
  });

  it('holds no controls, whatever the arguments are', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: codePoint })), (argv) => {
        for (const opening of openingsFrom(
          argv.map((text) => `frames:${text}`),
          here,
        )) {
          // eslint-disable-next-line no-control-regex -- controls are what must not be there
          expect(opening.kind === 'link' && /[\u0000-\u001f\u007f]/.test(opening.link)).toBe(false);
        }
      }),
    );
  });

  it('reports a link that is too long', () => {
    expect(isTooLong('frames://live/home')).toBe(false);
    expect(isTooLong(`frames://${'x'.repeat(MAX_LINK_LENGTH)}`)).toBe(true);
    expect(linkOf('frames://a\n/b')).toEqual({ kind: 'link', link: 'frames://a/b' });
  });
});
