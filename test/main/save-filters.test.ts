import { describe, expect, it } from 'vitest';
import { saveFilters, withEnding } from '#main/save-filters.ts';

const endings = (name: string): string[] => saveFilters(name).flatMap(({ extensions }) => extensions);

describe('the dialog for saving', () => {
  it('offers the requested kind first, then equivalent ones', () => {
    expect(endings('data.json')).toEqual(['json', 'frames']);
    expect(endings('data.frames')).toEqual(['frames', 'json']);
    expect(endings('teams.xlsx')).toEqual(['xlsx', 'csv']);
    expect(endings('network.SVG')).toEqual(['svg']);
    expect(endings('notes')).toEqual([]);
  });

  it('adds the requested extension to a bare name', () => {
    const never = (): boolean => false;
    expect(withEnding('/a/data', 'x.frames', never)).toBe('/a/data.frames');
    expect(withEnding('/a/data.v2', 'x.json', never)).toBe('/a/data.v2.json');
    expect(withEnding('/a/data.JSON', 'x.frames', never)).toBe('/a/data.JSON');
    expect(withEnding('/a/data', 'x', never)).toBe('/a/data');
    expect(withEnding('/a/help', 'FRAMES support.tgz', never)).toBe('/a/help.tgz');
    expect(withEnding('/a/help.tgz', 'FRAMES support.tgz', never)).toBe('/a/help.tgz');
  });

  it('replaces no file that the dialog has not asked about', () => {
    expect(withEnding('/a/data', 'x.frames', (path) => path === '/a/data.frames')).toBe('/a/data');
  });
});
