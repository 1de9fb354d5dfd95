import { ORPCError } from '@orpc/client';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n, speak } from '#renderer/i18n/setup.ts';
import { describeError, issueText, networkText } from '#renderer/text/faults.ts';
import { faults } from '#shared/contract/fault-data.ts';
import { networkReasons } from '#shared/contract/reasons.ts';
import type { FaultCode } from '#shared/contract/fault-data.ts';

const codes = Object.keys(faults) as FaultCode[];
const fault = (code: string, data: unknown, message = 'told by core'): ORPCError<string, unknown> =>
  new ORPCError(code, { data, message, defined: true });

afterEach(async () => {
  await speak('en');
});

describe('errors in words', () => {
  const described = codes.flatMap((code) =>
    code === 'BUSY' ? ['busy.workspace', 'busy.sandbox', 'busy.versions', 'busy.records'] : [code],
  );
  it.each([...described, 'DISCONNECTED', 'SHELL'])('%s has a title and an action', (code) => {
    const parts = ['title', 'action'];
    expect(parts.filter((part) => !i18n.exists(`faults:${code}.${part}`))).toEqual([]);
  });

  it.each(networkReasons)('for %s, nothing in the window sends to a command', async (reason) => {
    for (const language of ['en', 'de'] as const) {
      await speak(language);
      const text = networkText({ reason, host: 'h', proxy: null, what: null });
      expect(text).not.toMatch(/[“„]frames /);
    }
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

  it('about records that somebody changed meanwhile name them', () => {
    const titled = (title: string) => ({ type: 'team', id: title, title, field: null });
    const detail = (titles: string[]) =>
      describeError(fault('MOVED_ON', { records: titles.map(titled) })).detail;
    expect(detail([])).toBeNull();
    expect(detail(['Thermal', 'Power'])).toContain('Thermal and Power');
    expect(detail(['A', 'B', 'C', 'D', 'E', 'F', 'G'])).toContain('A, B, C, D, E and 2 more');
  });

  it('includes the trace id of undeclared errors', () => {
    expect(describeError(fault('INTERNAL', { trace_id: 'abc' })).trace).toBe('abc');
    expect(describeError(fault('SOMETHING_NEW', {})).code).toBe('INTERNAL');
  });
});
