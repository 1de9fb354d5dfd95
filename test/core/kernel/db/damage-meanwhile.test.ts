import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  clearRecordedKind,
  isLogCorruptionRecorded,
  recordCorruption,
  markRecordSeen,
} from '#core/kernel/db/corruption-guard.ts';
import { silentLog } from '#core/kernel/logger.ts';
import { Child } from '#test/support/child.ts';
import { testFolder } from '#test/support/folder.ts';

const noter = new URL('./damage-noter.ts', import.meta.url);
const rounds = 80;

test(
  'corruption recorded while another process clears the record stays recorded',
  { timeout: 60_000 },
  async () => {
    const root = testFolder();
    const at = (name: string): string => join(root, name);
    const done = (): number => Number(readFileSync(at('done'), 'utf8'));
    for (const name of ['turn', 'done']) writeFileSync(at(name), '0');
    for (let turn = 1; turn <= rounds; turn += 1) mkdirSync(at(String(turn)));
    const child = new Child(noter, [root, String(rounds)]);
    const lost: number[] = [];
    for (let turn = 1; turn <= rounds; turn += 1) {
      const folder = at(String(turn));
      writeFileSync(at('turn'), String(turn));
      while (done() < turn) {
        recordCorruption({ folder }, silentLog);
        clearRecordedKind({ folder }, silentLog, 'pages', markRecordSeen({ folder }));
      }
      if (!isLogCorruptionRecorded({ folder, live: folder })) lost.push(turn);
    }
    await child.end();
    expect(lost).toEqual([]);
  },
);

test('corruption found during the check stays recorded', () => {
  const folder = testFolder();
  recordCorruption({ folder }, silentLog);
  const seen = markRecordSeen({ folder });
  const mark = join(folder, 'damaged.json');
  const [before = ''] = readFileSync(mark, 'utf8').split('\n');
  // Another process, of whatever version, met it again.
  writeFileSync(mark, '{"version":1,"what":"pages","by":"another"}\n', { flag: 'a' });
  clearRecordedKind({ folder }, silentLog, 'pages', seen);
  expect(readFileSync(mark, 'utf8')).toContain('{"version":1,"what":"pages","by":"another"}\n');
  expect(before).toContain('"what":"pages"');
  expect(readFileSync(mark, 'utf8')).not.toContain(before);
});

test('corruption found again during the check stays recorded, also by the same process', () => {
  const folder = testFolder();
  const files = { folder, live: folder };
  recordCorruption(files, silentLog, 'log');
  const seen = markRecordSeen(files);
  for (let times = 0; times < 50; times += 1) recordCorruption(files, silentLog, 'log');
  expect(readFileSync(join(folder, 'damaged.json'), 'utf8').match(/"what":"log"/g)).toHaveLength(2);
  clearRecordedKind(files, silentLog, 'log', seen);
  expect(isLogCorruptionRecorded(files)).toBe(true);
  // Who looks at it now has seen that too, and looking at nothing leaves nothing.
  for (let times = 0; times < 50; times += 1) markRecordSeen(files);
  clearRecordedKind(files, silentLog, 'log', markRecordSeen(files));
  markRecordSeen(files);
  expect(readdirSync(folder)).toEqual([]);
});
