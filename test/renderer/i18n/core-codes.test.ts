import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { i18n, speak } from '#renderer/i18n/setup.ts';
import { coreKey, coreText } from '#renderer/text/core.ts';
import { permissionText, refusalText } from '#renderer/text/faults.ts';
import { faults } from '#shared/contract/fault-data.ts';
import {
  backupReasons,
  fileReasons,
  goldenReasons,
  sqlReasons,
  workspaceReasons,
} from '#shared/contract/reasons.ts';
import { denialRules } from '#shared/domain/permissions.ts';
import { refusedBy, shellReasons } from '#shared/shell/refused.ts';

afterEach(() => speak('en'));

const core = join(import.meta.dirname, '../../../src/core');
/** The codes of issues that core writes itself: `path` and `code` stand beside each other there. */
const issueCodes = readdirSync(core, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.includes('transfer'))
  .flatMap((file) =>
    [
      ...readFileSync(join(core, file), 'utf8').matchAll(/\bpath(?::[^{};]*?)?,\s*code: '(\w+)',\s*message/g),
    ].map(([, code = '']) => code),
  );

const all = {
  workspace: workspaceReasons,
  backup: backupReasons,
  golden: goldenReasons,
  sql: sqlReasons,
  file: fileReasons,
  shell: shellReasons,
  issue: [...new Set(issueCodes)],
  sandbox: ['empty', 'foreign', 'damaged', 'unreadable', 'read_only', 'full', 'newer', 'older', 'busy'],
} as const;
const kinds = Object.keys(all) as (keyof typeof all)[];

const told = 'What core said "so".';

describe.each(['en', 'de'])('in %s', (language) => {
  it.each(kinds)('every code of %s has its text', async (kind) => {
    await speak(language);
    expect(all[kind].length).toBeGreaterThan(4);
    expect(all[kind].filter((code) => !i18n.exists(coreKey(kind, code)))).toEqual([]);
  });

  it('every rule of permissions has its text', async () => {
    await speak(language);
    expect(denialRules.filter((rule) => permissionText(rule) === rule)).toEqual([]);
  });
});

describe('German', () => {
  it.each(kinds)('shows only the values of core’s message for %s', async (kind) => {
    await speak('de');
    for (const code of all[kind]) {
      expect(coreText(kind, code, told)).not.toContain('What core said');
      expect(coreText(kind, code, told)).toContain('"so"');
    }
  });

  it('translates refusals of another process for every declared error', async () => {
    await speak('de');
    for (const code of Object.keys(faults))
      expect(refusalText({ code, data: {}, message: told })).not.toContain('core said');
    for (const reason of shellReasons)
      expect(refusalText(refusedBy(reason, told))).not.toContain('core said');
    const refused = { code: 'BACKUP', data: { reason: 'damaged', id: '1' }, message: told };
    expect(refusalText(refused)).toBe('Beschädigt. ("so")');
    const busy = { code: 'BUSY', data: { holder: 'Ada', waited_ms: 0 }, message: told };
    expect(refusalText(busy)).toMatch(/Ada/);
    const rule = { code: 'FORBIDDEN', data: { rule: 'restore_needs_admin', type: 'workspace', id: null } };
    expect(refusalText({ ...rule, message: told })).toBe(permissionText('restore_needs_admin'));
  });
});

it('English shows core’s message, which is more specific', () => {
  const refused = { code: 'WORKSPACE', data: { reason: 'damaged' }, message: told };
  expect(refusalText(refused)).toBe(told);
});
