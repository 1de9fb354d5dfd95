import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ORPCError } from '@orpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { disconnected } from '#renderer/api/failures.ts';
import { connection } from '#renderer/api/connection.ts';
import { i18n, speak } from '#renderer/i18n/setup.ts';
import { describeError, faultData, issueText, problemText, refusalText } from '#renderer/text/faults.ts';
import { refuseWriting } from '#core/kernel/db/corruption-guard.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { faults } from '#shared/contract/faults.ts';
import type { FaultCode } from '#shared/contract/faults.ts';
import { testFolder } from '#test/support/folder.ts';

const codes = Object.keys(faults) as FaultCode[];
const fault = (code: string, data: unknown, message = 'told by core'): ORPCError<string, unknown> =>
  new ORPCError(code, { data, message, defined: true });

afterEach(async () => {
  connection.setState({ state: 'ready', failure: null });
  await speak('en');
});

describe('errors in words', () => {
  it.each([...codes, 'DISCONNECTED', 'SHELL'])('%s has its three parts', (code) => {
    const parts = ['title', 'safe', 'action'];
    expect(parts.filter((part) => !i18n.exists(`faults:${code}.${part}`))).toEqual([]);
  });

  it.each([
    'viewers_read_only',
    'profiles_need_admin',
    'own_university_only',
    'shared_project_needs_researcher',
    'university_needs_researcher',
    'unassigned_needs_researcher',
    'own_view_only',
    'own_sandbox_only',
    'backups_need_admin',
    'restore_needs_admin',
    'golden_needs_admin',
    'live_only',
    'workspace_needs_researcher',
  ])('the rule %s is explained', (rule) => {
    expect(describeError(fault('FORBIDDEN', { rule, type: 'team', id: 't' })).detail).not.toBe(rule);
  });

  const btree = 'Tree 36 page 118: btreeInitPage() returns error code 11';

  it.each([
    [
      `The workspace is damaged: ${btree}. No backup was made of it; earlier ones are as they were.`,
      `${btree}.`,
    ],
    [`The workspace is damaged: ${btree}. Nothing was changed.`, `${btree}.`],
    ['frames.sqlite is damaged: SQLite cannot read it.', 'SQLite cannot read it.'],
  ])('says once that the file is damaged, and what was found as a detail: %s', (message, detail) => {
    expect(describeError(fault('WORKSPACE', { reason: 'damaged' }, message)).detail).toBe(detail);
  });

  it('says so once in German too, and leaves what refuses a file as it is', async () => {
    await speak('de');
    const data = { reason: 'damaged' };
    const said = `The workspace is damaged: ${btree}. Nothing was changed.`;
    expect(describeError(fault('WORKSPACE', data, said)).detail).toBe(`${btree}.`);
    const unread = 'frames.sqlite is damaged: SQLite cannot read it.';
    expect(describeError(fault('WORKSPACE', data, unread)).detail).toBeNull();
    const refusal = refusalText({ code: 'WORKSPACE', data, message: unread });
    expect(refusal).toBe('Die Datei des Arbeitsbereichs ist beschädigt.');
  });

  it('says of a write that is refused because of damage each thing once', async () => {
    const folder = testFolder();
    writeFileSync(join(folder, 'damaged.json'), '{"version":1}\n');
    let refusal: unknown;
    try {
      refuseWriting(workspaceFiles(folder));
    } catch (error) {
      refusal = fault('WORKSPACE', { reason: 'damaged' }, (error as Error).message);
    }
    const said = () => {
      const { title, detail, safe, action } = describeError(refusal);
      return `${title}: ${detail} ${safe} ${action}`;
    };
    expect(said()).toBe(
      'The file of the workspace is damaged: Nothing is written to it until it is recovered. Nothing was changed. Close it and recover: restore a backup, or salvage what can be read.',
    );
    await speak('de');
    expect(said()).toBe(
      'Die Datei des Arbeitsbereichs ist beschädigt: Bis sie gerettet ist, wird nichts in sie geschrieben. Es wurde nichts geändert. Schließen und retten: eine Sicherung wiederherstellen, oder retten, was lesbar ist.',
    );
  });

  it('does not say of records that cannot be reached that they come back by themselves', () => {
    const error = disconnected();
    expect(describeError(error).action).toMatch(/comes back by itself/);
    const refused = { code: 'WORKSPACE', data: { reason: 'damaged' }, message: 'damaged' };
    connection.setState({ state: 'lost', failure: { reason: 'damaged', refused } });
    const { title, safe, action } = describeError(error);
    expect(`${title} ${safe} ${action}`).not.toMatch(/by itself|moment|saved so far is safe/);
  });

  it('names the fields that are wrong', () => {
    const error = fault('INVALID', {
      issues: [{ path: 'size', code: 'too_small', message: 'must be at least 1' }],
    });
    expect(describeError(error)).toMatchObject({
      code: 'INVALID',
      detail: 'Size must be at least 1',
      trace: null,
    });
    expect(issueText({ path: 'values.0.contribution', code: 'custom', message: 'is too much' })).toBe(
      'Values is too much',
    );
    expect(issueText({ path: '', code: 'custom', message: 'the record is odd' })).toBe('the record is odd');
    expect(issueText({ path: 'changes.3.size', code: 'custom', message: 'is too small' })).toBe(
      'Record 4: Size is too small',
    );
    expect(issueText({ path: 'changes.3.Lead.email', code: 'custom', message: 'is odd' })).toBe(
      'Record 4: Lead.email is odd',
    );
    expect(issueText({ path: 'changes.0', code: 'custom', message: 'is odd' })).toBe('Record 1: is odd');
  });

  it('of what somebody changed meanwhile name it', () => {
    const titled = (title: string) => ({ type: 'team', id: title, title, field: null });
    const detail = (titles: string[]) =>
      describeError(fault('MOVED_ON', { records: titles.map(titled) })).detail;
    expect(detail([])).toBeNull();
    expect(detail(['Thermal', 'Power'])).toContain('Thermal and Power');
    expect(detail(['A', 'B', 'C', 'D', 'E', 'F', 'G'])).toContain('A, B, C, D, E and 2 more');
  });

  it('of a moment that is not there do not speak of a record', () => {
    const { title } = describeError(fault('NOT_FOUND', { type: 'moment', id: '2020-01-01' }));
    expect(title).toBe('There is no such moment');
    expect(describeError(fault('NOT_FOUND', { type: 'team', id: 't' })).title).toContain('record');
  });

  it.each(['no_folder', 'unwritable', 'there', 'encrypted_there', 'of_workspace'])(
    'what cannot be written, as %s, says nothing of an import',
    async (reason) => {
      const message = 'There is no folder "nowhere" to write b.frames to.';
      const refused = fault('BAD_FILE', { reason, line: null, path: null }, message);
      const english = describeError(refused);
      expect(english).toMatchObject({ title: 'The file cannot be written', detail: message });
      expect(english.safe).toMatch(/^Nothing was written/);
      await speak('de');
      const german = describeError(refused);
      expect(german.title).toBe('Die Datei lässt sich nicht schreiben');
      expect(german.detail).toContain('"nowhere"');
      expect(JSON.stringify([english, german])).not.toMatch(/import/i);
    },
  );

  it('a file of the workspace itself is neither called unreadable nor an import', async () => {
    const refused = fault('BAD_FILE', { reason: 'own_file', line: null, path: null }, 'x');
    for (const language of ['en', 'de'] as const) {
      await speak(language);
      const { title, safe, action } = describeError(refused);
      expect([title, safe, action].join(' ')).not.toMatch(/import|cannot be read|nicht lesen/i);
    }
  });

  it('says who holds a busy workspace, and where a file is bad', () => {
    expect(describeError(fault('BUSY', { holder: 'frames import', waited_ms: 5 })).detail).toContain(
      'frames import',
    );
    const bad = fault('BAD_FILE', { reason: 'truncated', line: 12, path: null }, 'The file ends too early.');
    expect(describeError(bad).detail).toBe('The file ends too early. Line 12.');
  });

  it('gives the trace id of what nobody declared', () => {
    expect(describeError(fault('INTERNAL', { trace_id: 'abc' })).trace).toBe('abc');
    expect(describeError(fault('SOMETHING_NEW', {})).code).toBe('INTERNAL');
  });

  it('tells a lost connection from cancelling, and the shell’s own troubles from both', () => {
    expect(describeError(disconnected()).code).toBe('DISCONNECTED');
    expect(describeError(new DOMException('Cancelled', 'AbortError')).code).toBe('CANCELLED');
    expect(describeError(new Error('no such window'))).toMatchObject({
      code: 'SHELL',
      detail: 'no such window',
    });
    expect(describeError('a text')).toMatchObject({ code: 'SHELL', detail: 'a text' });
  });

  it('reads the data of the code asked for only', () => {
    expect(faultData(fault('NOT_FOUND', { type: 'team', id: 'x' }), 'NOT_FOUND')).toEqual({
      type: 'team',
      id: 'x',
    });
    expect(faultData(fault('NOT_FOUND', { type: 'team', id: 'x' }), 'INVALID')).toBeNull();
    expect(faultData(fault('NOT_FOUND', 'rubbish'), 'NOT_FOUND')).toBeNull();
  });
});

it('what a dry run says of a right that is missing is said in the language of the window', async () => {
  const rule = 'own_university_only';
  const message = 'An editor may change only what belongs to the own university.';
  await speak('de');
  expect(problemText({ path: '', code: 'forbidden', message, rule })).toBe(
    i18n.t(`faults:rule.${rule}`, { lng: 'de' }),
  );
  expect(i18n.t(`faults:rule.${rule}`)).not.toContain('editor');
});
