import { describe, expect, test } from 'vitest';
import Database from 'better-sqlite3';
import { beginImmediate } from '#core/kernel/db/begin-immediate.ts';
import { openConnection } from '#core/kernel/db/connection.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { refused } from '#test/support/refusal.ts';
import { testWorkspace } from '#test/support/workspace.ts';

describe('another writer', () => {
  test('a command waits for its turn', async () => {
    const workspace = await testWorkspace();
    const other = new Database(workspace.files.live);
    other.exec('BEGIN IMMEDIATE');
    const made = workspace.as().entities.create({ type: 'team', data: { name: 'N' } });
    setTimeout(() => other.exec('COMMIT'), 60);
    expect((await made).record.title).toBe('N');
    other.close();
  });

  test('after the longest wait, the holder and its work are named', async () => {
    const workspace = await testWorkspace();
    const other = await workspace.another({ holder: { kind: 'command', label: 'frames import' } });
    const connection = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
    connection.pragma('busy_timeout = 0');
    const { holders: board } = workspace.core.services;
    let release = (): void => {};
    const held = other.services.queue.job(other.session(), 'import of data.json', async () => {
      await new Promise<void>((resolve) => (release = resolve));
    });
    try {
      while (board.describeWriter() === null) await new Promise((resolve) => setImmediate(resolve));
      const { data, message } = await refused('BUSY', beginImmediate(connection, board, 30));
      expect(data.holder).toBe(`frames import (process ${process.pid}): import of data.json`);
      expect(data.waited_ms).toBeGreaterThanOrEqual(30);
      expect(message).toContain('frames import');
    } finally {
      release();
      await held;
      connection.close();
    }
    expect(board.describeWriter()).toBeNull();
  });

  test('without a note, the only other program that has the workspace open is named', async () => {
    const workspace = await testWorkspace();
    await workspace.another({ holder: { kind: 'window', label: 'FRAMES window' } });
    const other = new Database(workspace.files.live);
    other.exec('BEGIN IMMEDIATE');
    const connection = openConnection(workspace.files.live, { mode: 'write', log: silentLog });
    connection.pragma('busy_timeout = 0');
    try {
      const { data } = await refused('BUSY', beginImmediate(connection, workspace.core.services.holders, 10));
      expect(data.holder).toBe(`FRAMES window (process ${process.pid})`);
    } finally {
      other.close();
      connection.close();
    }
  });
});
