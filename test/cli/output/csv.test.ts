import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import type { EntityRecord } from '#shared/contract/record.ts';
import { printCsv } from '#cli/output/csv.ts';

const row = (index: number): EntityRecord => ({
  type: 'team',
  id: `t${index}`,
  title: '',
  university_id: null,
  payload: { name: `Team ${index}`, project_id: 'p1', Founded: 2018, team: 'x' },
  derived: { project_title: 'Orbit' },
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  deleted_at: null,
  hidden: false,
});

test('a reader that has seen enough ends the reading, and nothing is wrong', async () => {
  const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  const stdout = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => setImmediate(done, broken),
  });
  stdout.on('error', () => {});
  let pages = 0;
  const read = () => {
    pages += 1;
    return Promise.resolve({ rows: Array.from({ length: 1000 }, (_, index) => row(index)) });
  };
  await printCsv(stdout, 'team', [], read);
  expect(pages).toBeLessThan(2);
});

test('other write errors are reported', async () => {
  const full = Object.assign(new Error('write ENOSPC'), { code: 'ENOSPC' });
  const stdout = new Writable({
    highWaterMark: 1,
    write: (_chunk, _encoding, done) => setImmediate(done, full),
  });
  stdout.on('error', () => {});
  await expect(printCsv(stdout, 'team', [], () => Promise.resolve({ rows: [] }))).rejects.toThrow('ENOSPC');
});

test('includes custom fields, and puts names before the ids of references', async () => {
  let text = '';
  const stdout = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  await printCsv(stdout, 'team', ['Founded', 'project'], () => Promise.resolve({ rows: [row(1)] }));
  const [head = '', first = ''] = text.split('\r\n');
  const cells = new Map(head.split(',').map((heading, at) => [heading, first.split(',')[at]]));
  expect(Object.fromEntries(cells)).toMatchObject({
    id: 't1',
    name: 'Team 1',
    'project (FRAMES field)': 'Orbit',
    project_id: 'p1',
    Founded: '2018',
    project: '',
  });
});

test.each([
  [true, 'Team [31m,'],
  [false, 'Team\u001b[31m,'],
])('nothing in it steers a terminal (%s), and a program reads what is stored', async (isTTY, shown) => {
  let said = '';
  const stdout = Object.assign(
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        said += chunk.toString();
        done();
      },
    }),
    { isTTY },
  );
  const hostile = { ...row(0), payload: { name: 'Team\u001b[31m' } };
  await printCsv(stdout, 'team', [], () => Promise.resolve({ rows: [hostile] }));
  expect(said).toContain(shown);
  expect(said.split('\r\n')).toHaveLength(3);
});
