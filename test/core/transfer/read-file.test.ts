import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isFault } from '#shared/contract/faults.ts';
import { decodeUtf8, readTextFile } from '#core/kernel/files/read-file.ts';
import { largestFile } from '#core/kernel/files/refusal.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'frames-read-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(contents: string | Uint8Array): string {
  const path = join(folder, 'data.json');
  writeFileSync(path, contents);
  return path;
}

async function refused(path: string, limit?: number) {
  try {
    await readTextFile(path, limit === undefined ? {} : { maxBytes: limit });
  } catch (error) {
    if (isFault(error) && 'reason' in error.data) return { ...error.data, message: error.message };
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readTextFile', () => {
  it('gives the text, the size and the SHA-256 of the bytes', async () => {
    const text = '{"name": "Škoda — 衛星 🛰"}\n';
    const seen: number[] = [];
    const file = await readTextFile(put(text), { onProgress: (done) => seen.push(done) });
    expect(file).toEqual({
      name: 'data.json',
      bytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
      content: Buffer.from(text),
      decoded: { encoding: 'utf-8', isGuessed: false, readings: [] },
    });
    expect(seen).toEqual([file.bytes]);
  });

  it('tolerates a byte order mark', async () => {
    const file = await readTextFile(put(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('[]')])));
    expect(decodeUtf8(file.content)).toBe('[]');
    expect(file.bytes).toBe(5);
  });

  it('refuses an empty file', async () => {
    expect(await refused(put(''))).toMatchObject({ reason: 'empty' });
  });

  it('decodes a text in another encoding: declared, chosen, UTF-16 or guessed', async () => {
    const german = Buffer.from('{"a": "Größe"}', 'latin1');
    const guessed = await readTextFile(put(german));
    expect(decodeUtf8(guessed.content)).toBe('{"a": "Größe"}');
    expect(guessed.decoded).toEqual({ encoding: 'windows-1252', isGuessed: true, readings: [] });
    const chosen = await readTextFile(put(german), { encoding: 'windows-1251' });
    expect(decodeUtf8(chosen.content)).toBe('{"a": "GrцЯe"}');
    const utf16 = await readTextFile(put(Buffer.from('\ufeff{"a": "Größe"}', 'utf16le')));
    expect(decodeUtf8(utf16.content)).toBe('{"a": "Größe"}');
    const declared = '<?xml version="1.0" encoding="ISO-8859-2"?><a>\xb1</a>';
    const xml = await readTextFile(put(Buffer.from(declared, 'latin1')));
    expect(decodeUtf8(xml.content)).toBe(declared.replace('\xb1', 'ą'));
    expect(xml.decoded.isGuessed).toBe(false);
  });

  it('refuses binary content', async () => {
    expect(await refused(put(Buffer.from([0x89, 0x50, 0xff, 0x47, 0, 0, 0, 13])))).toMatchObject({
      reason: 'not_a_table',
    });
  });

  it('refuses a file that is larger than the limit before reading it', async () => {
    const path = put('');
    truncateSync(path, largestFile + 1);
    expect(await refused(path)).toMatchObject({ reason: 'too_large' });
    expect(await refused(put('[1]'), 2)).toMatchObject({ reason: 'too_large' });
  });

  it('refuses a missing file, a folder, and a pipe', async () => {
    expect(await refused(join(folder, 'missing.json'))).toMatchObject({ reason: 'unreadable' });
    expect(await refused(folder)).toMatchObject({ reason: 'unreadable' });
    const pipe = join(folder, 'pipe');
    spawnSync('sh', ['-c', 'mkfifo "$0"', pipe]);
    expect(statSync(pipe).isFIFO()).toBe(true);
    expect(await refused(pipe)).toMatchObject({ reason: 'unreadable' });
  });

  it('never names a folder in its messages', async () => {
    expect((await refused(join(folder, 'missing.json'))).message).not.toContain(folder);
  });

  it('can be cancelled', async () => {
    const stop = AbortSignal.abort();
    await expect(readTextFile(put('[]'), { signal: stop })).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
