import { ORPCError } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { faults } from '#shared/contract/fault-data.ts';
import { Fault } from '#shared/contract/faults.ts';
import { toWireError } from '#core/model/pipeline.ts';
import { silentLog } from '#core/kernel/logger.ts';
import type { Log } from '#core/kernel/logger.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

interface Logged {
  fields: Readonly<Record<string, unknown>>;
  message: string;
}
function noting(): { log: Log; errors: Logged[]; debug: Logged[] } {
  const errors: Logged[] = [];
  const debug: Logged[] = [];
  const log: Log = {
    ...silentLog,
    error: (fields, message) => void errors.push({ fields, message }),
    debug: (fields, message) => void debug.push({ fields, message }),
  };
  return { log, errors, debug };
}

describe('an undeclared error', () => {
  test('reaches the caller as INTERNAL with a trace id: no statement, no path, no stack', async () => {
    const { log, errors } = noting();
    const workspace = await testWorkspace({ template, log });
    workspace.raw((db) => db.exec('ALTER TABLE faculty RENAME TO elsewhere'));
    const session = workspace.core.session('Ada', 'request-7');
    const { data, message } = await refused(
      'INTERNAL',
      workspace.core.client(session).entities.list({ type: 'faculty' }),
    );
    expect(message).not.toMatch(/SELECT|faculty|sqlite|\/|\.ts/i);
    expect(Object.keys(data)).toEqual(['trace_id']);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatchObject({
      message: 'internal error',
      fields: { trace_id: data.trace_id, requestId: 'request-7' },
    });
    expect(String(errors[0]?.fields['error'])).toContain('no such table: faculty');
    expect(String(errors[0]?.fields['stack'])).toContain('list');
  });

  test('in a command changes nothing and is reported alike', async () => {
    const { log, errors } = noting();
    const workspace = await testWorkspace({ template, log });
    workspace.raw((db) =>
      db.exec(`CREATE TRIGGER boom BEFORE UPDATE ON teams BEGIN SELECT RAISE(ABORT, 'secret /path'); END`),
    );
    const call = workspace.as().entities.update({ type: 'team', id: 'team-a', data: { size: 9 } });
    expect((await refused('INTERNAL', call)).message).not.toContain('secret');
    expect(errors[0]?.fields['error']).toBe('secret /path');
  });

  test('while a stream is under way too', async () => {
    const { log, errors } = noting();
    const workspace = await testWorkspace({ template, log });
    const events = await workspace.as().events.watch({ cursor: 0 });
    await events.next();
    workspace.raw((db) => db.exec('ALTER TABLE audit_logs RENAME TO elsewhere'));
    await refused('INTERNAL', events.next());
    expect(errors).toHaveLength(1);
  });
});

test('declared errors arrive with their data and status', async () => {
  const { core } = await testWorkspace({ template });
  const context = core.context(core.session());
  const error = toWireError(new Fault('ALREADY', { id: 'x', state: 'live' }), context);
  expect(error).toMatchObject({
    code: 'ALREADY',
    defined: true,
    message: '"x" is not deleted.',
    data: { id: 'x', state: 'live' },
  });
  expect(error.status).toBe(faults.ALREADY.status);
  expect(toWireError(error, context)).toBe(error);
});

test('a cancelled call, a busy file and a wrong request keep their codes', async () => {
  const { core } = await testWorkspace({ template });
  const context = core.context(core.session());
  const code = (error: unknown): string => toWireError(error, context).code;
  expect(code(new DOMException('stop', 'AbortError'))).toBe('CANCELLED');
  expect(code(Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY_SNAPSHOT' }))).toBe('BUSY');
  expect(code(new ORPCError('BAD_REQUEST'))).toBe('INVALID');
  expect(code(new ORPCError('TEAPOT'))).toBe('INTERNAL');
  expect(code('a string')).toBe('INTERNAL');
  expect(code(undefined)).toBe('INTERNAL');
});

test('every call is logged with its request id, and never with its content', async () => {
  const { log, debug } = noting();
  const workspace = await testWorkspace({ template, log });
  const client = workspace.core.client(workspace.core.session('Ada', 'request-8'));
  await client.entities.create({ type: 'team', data: { name: 'A secret team' } });
  expect(debug.filter(({ fields }) => fields['requestId'] === 'request-8')).toMatchObject([
    { message: 'done', fields: { operation: 'entities.create' } },
  ]);
  expect(JSON.stringify(debug)).not.toContain('secret');
});
