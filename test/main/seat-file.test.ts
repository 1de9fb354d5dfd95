import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultSeat } from '#shared/shell/seat-defaults.ts';
import { recentId } from '#main/recent.ts';
import { openSeatFile } from '#main/seat-file.ts';

let folder: string;
let file: string;
let errors: unknown[];
const open = () => openSeatFile(file, (error) => errors.push(error));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-seat-'));
  file = join(folder, 'seat.json');
  errors = [];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the seat file', () => {
  it('is empty at first and makes no file until something is kept', async () => {
    const seat = open();
    expect(seat.seat).toEqual(defaultSeat);
    expect(seat.window).toBeNull();
    await seat.flush();
    expect(existsSync(file)).toBe(false);
  });

  it('keeps changes', async () => {
    const seat = open();
    seat.change({ theme: 'dark', language: 'de', zoom: 1.5, items: { width: 380, draft: { name: 'A' } } });
    seat.saveBounds({ x: 1, y: 2, width: 1300, height: 800, maximized: true });
    await seat.flush();
    const again = open();
    expect(again.seat).toEqual({
      theme: 'dark',
      language: 'de',
      zoom: 1.5,
      items: { width: 380, draft: { name: 'A' } },
    });
    expect(again.window).toEqual({ x: 1, y: 2, width: 1300, height: 800, maximized: true });
  });

  it('keeps the chosen workspace, and hides it from pages', async () => {
    const seat = open();
    expect(seat.workspace).toBeNull();
    seat.setWorkspace('/somewhere/else');
    await seat.flush();
    const again = open();
    expect(again.workspace).toBe('/somewhere/else');
    expect(JSON.stringify(again.seat)).not.toContain('somewhere');
    again.setWorkspace(null);
    await again.flush();
    expect(open().workspace).toBeNull();
  });

  it('replaces named items, removes null ones and keeps the others', () => {
    const seat = open();
    seat.change({ items: { a: 1, b: 2, c: 3 } });
    expect(seat.change({ items: { a: 4, b: null } }).items).toEqual({ a: 4, c: 3 });
  });

  it('sets a damaged file aside and starts empty', async () => {
    writeFileSync(file, '{"theme": "dark", "items": {');
    const seat = open();
    expect(seat.seat.theme).toBe('system');
    expect(readFileSync(`${file}.damaged`, 'utf8')).toContain('dark');
    seat.change({ theme: 'light' });
    await seat.flush();
    expect(open().seat.theme).toBe('light');
  });

  it.each(['null', '[]', '7', '{"theme":"pink","window":{"x":"a"},"items":[1]}'])(
    'reads %s as an empty seat',
    (text) => {
      writeFileSync(file, text);
      const seat = open();
      expect(seat.seat).toEqual(defaultSeat);
      expect(seat.window).toBeNull();
    },
  );

  it('reports that it cannot be written and continues', async () => {
    file = join(folder, 'missing', 'seat.json');
    const seat = open();
    seat.change({ theme: 'dark' });
    await seat.flush();
    expect(errors).toHaveLength(1);
    expect(seat.seat.theme).toBe('dark');
  });
});

describe('the open tabs of each workspace', () => {
  const folders = Array.from({ length: 12 }, (_, index) => `/spaces/w${index}`);
  const ids = folders.map(recentId);
  const sample = recentId('/sample');
  const openKnowing = () =>
    openSeatFile(
      file,
      (error) => errors.push(error),
      () => ({ known: [sample], hasAllSandboxes: true }),
    );
  type SeatFile = ReturnType<typeof openKnowing>;
  /** Opens a workspace and leaves tabs in it that bear its name. */
  function visit(seat: SeatFile, folder: string): void {
    seat.switchOwner(recentId(folder));
    if (folder !== '/sample') seat.addRecent(folder);
    seat.change({ items: { tabs: folder, 'columns:team': { columns: [folder] } } });
  }
  const laidBy = (seat: SeatFile): string[] =>
    Object.keys(seat.seat.items).flatMap((key) => (key.startsWith('tabs@') ? [key.slice(5)] : []));

  it('are kept for recent ones and the sample only', () => {
    const seat = openKnowing();
    visit(seat, '/sample');
    for (const folder of folders) visit(seat, folder);
    expect(new Set(laidBy(seat))).toEqual(new Set([sample, ...ids.slice(2, 11)]));
    visit(seat, folders[5] as string);
    expect(seat.seat.items['columns:team']).toEqual({ columns: ['/spaces/w5'] });
    visit(seat, '/sample');
    expect(new Set(laidBy(seat))).toEqual(new Set(ids.slice(2)));
  });

  it('are removed with the workspace from the recent ones', () => {
    const seat = openKnowing();
    for (const folder of folders.slice(0, 3)) visit(seat, folder);
    seat.removeRecent(folders[0] as string);
    expect(laidBy(seat)).toEqual([ids[1]]);
    // Of the one that is open it goes when another is opened.
    seat.removeRecent(folders[2] as string);
    expect(seat.seat.items['tabs']).toBe('/spaces/w2');
    visit(seat, folders[1] as string);
    expect(laidBy(seat)).toEqual([]);
    expect(Object.keys(seat.seat.items).toSorted()).toEqual(['columns:team', 'tabs']);
  });
});
