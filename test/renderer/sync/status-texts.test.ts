import { describe, expect, it } from 'vitest';
import '#renderer/i18n/setup.ts';
import type { SyncStatus } from '#shared/contract/sync.ts';
import { failuresOf, inputOf, problemsOf } from '#renderer/features/sync/join-form.ts';
import {
  chipText,
  chipTitle,
  syncHeadline,
  problemText,
  rejectionReason,
} from '#renderer/features/sync/status-texts.ts';
import { notShared, sharedStatus } from '../support/sync.ts';

describe('the status of sync in a few words', () => {
  it.each<[Partial<SyncStatus>, string]>([
    [{}, 'Up to date'],
    [{ in_step: false }, 'All changes sent'],
    [{ in_step: false, last_sync: null }, 'First sync not finished'],
    [{ in_step: false, pending: 3 }, '3 pending'],
    [{ in_step: false, conflicts: 2 }, '2 conflicts'],
    [{ in_step: false, quarantined: 1 }, '1 rejected change'],
    [
      { in_step: false, pending: 3, conflicts: 1, quarantined: 2 },
      '1 conflict · 2 rejected changes · 3 pending',
    ],
    [{ in_step: false, problem: 'limited' }, 'Sync stopped'],
    [
      { in_step: false, problem: 'older_server', pending: 3, conflicts: 1 },
      'Sync stopped · 1 conflict · 3 pending',
    ],
    // What cannot be kept on this computer stops nothing.
    [{ problem: 'no_keyring' }, 'Up to date'],
    [{ state: 'syncing', pending: 3 }, 'Syncing… · 3 pending'],
    [{ state: 'offline', pending: 1200 }, 'Offline · 1,200 pending'],
    [{ state: 'paused' }, 'Sync paused'],
    [{ state: 'signed_out' }, 'Signed out'],
    [{ state: 'diverged' }, 'Sync needs repair'],
  ])('%j is "%s"', (parts, text) => {
    expect(chipText(sharedStatus(parts))).toBe(text);
  });

  it('says up to date only if that is known', () => {
    const states: SyncStatus['state'][] = ['syncing', 'offline', 'paused', 'signed_out', 'diverged'];
    for (const state of states) expect(chipText(sharedStatus({ state }))).not.toContain('Up to date');
    expect(chipText(notShared)).toBe('Not shared');
  });

  it('explains at length what to do and when it last synced', () => {
    expect(chipTitle(sharedStatus({ state: 'offline' }))).toMatch(/^Offline · Last sync: /);
    expect(chipTitle(sharedStatus({ last_sync: null, in_step: false }))).toMatch(/Never synced$/);
    expect(chipTitle(notShared)).toMatch(/^This workspace is only on this computer\./);
    const decide = sharedStatus({ in_step: false, conflicts: 1, quarantined: 2, pending: 4 });
    expect(syncHeadline(decide)).toBe('1 conflict and 2 rejected changes to resolve');
    expect(problemText(sharedStatus({ problem: 'older_server' }))).toMatch(/^The server is older/);
    expect(problemText(sharedStatus({ problem: 'of a later version' }))).toMatch(/^Sync failed/);
    expect(problemText(sharedStatus())).toBeNull();
  });
});

describe('why the server refused a change', () => {
  it.each([
    ['forbidden:viewers_read_only', '', 'Viewers cannot change records.'],
    ['forbidden:a_later_rule', 'Only on Mondays.', 'Only on Mondays.'],
    ['missing', '', 'A record that it changes or refers to is not on the server.'],
    ['a_later_code', 'In its own words.', 'In its own words.'],
  ])('%s', (code, message, text) => {
    expect(rejectionReason({ code, message })).toBe(text);
  });
});

describe('the form to join a server', () => {
  const none: ReadonlyMap<string, string> = new Map();
  const values = {
    url: ' frames.example.org ',
    way: 'password' as const,
    email: 'ines@example.org ',
    password: ' secret ',
    share: 'all' as const,
    university: ' Radio Institute ',
    isFirstAdmin: false,
    token: ' t ',
    name: ' Ines ',
  };

  it('normalises values, except the password', () => {
    expect(inputOf(values, none)).toEqual({
      url: 'https://frames.example.org',
      email: 'ines@example.org',
      password: ' secret ',
      share: 'all',
    });
    const one = { ...values, url: 'http://127.0.0.1:8080', share: 'one' as const, isFirstAdmin: true };
    expect(inputOf(one, new Map([['uni_1', 'Radio Institute']]))).toMatchObject({
      url: 'http://127.0.0.1:8080',
      share: 'uni_1',
      bootstrap: { token: 't', name: 'Ines' },
    });
  });

  it('keeps a university as typed if none or several have that name here', () => {
    const one = { ...values, share: 'one' as const };
    const twice = ['uni_1', 'uni_2'].map((id) => [id, 'Radio Institute'] as const);
    for (const names of [none, new Map(twice)]) expect(inputOf(one, names).share).toBe('Radio Institute');
  });

  it('has neither email nor password for a university sign-in', () => {
    const byUniversity = {
      ...values,
      way: 'university' as const,
      email: '',
      password: '',
      isFirstAdmin: true,
    };
    expect(problemsOf(byUniversity)).toEqual({});
    expect(inputOf(byUniversity, none)).toEqual({
      url: 'https://frames.example.org',
      share: 'all',
      oidc: true,
    });
  });

  it('reports exactly the missing values', () => {
    expect(problemsOf(values)).toEqual({});
    const blank = { ...values, url: '', email: ' ', password: '', university: '', token: '', name: '' };
    expect(Object.keys(problemsOf(blank))).toEqual(['url', 'email', 'password']);
    expect(Object.keys(problemsOf({ ...blank, share: 'one', isFirstAdmin: true }))).toEqual([
      'url',
      'email',
      'password',
      'university',
      'token',
      'name',
    ]);
    expect(problemsOf({ ...values, url: 'ftp://frames.example.org' })).toHaveProperty('url');
    expect(failuresOf(null)).toEqual({ fields: {}, formProblem: null });
  });
});
