import { afterEach, describe, expect, it } from 'vitest';
import { i18n, speak } from '#renderer/i18n/setup.ts';
import { permissionText, refusalText } from '#renderer/text/faults.ts';
import { reasonText } from '#renderer/text/reasons.ts';
import { faults } from '#shared/contract/fault-data.ts';
import {
  backupReasons,
  fileReasons,
  goldenReasons,
  sqlReasons,
  workspaceReasons,
} from '#shared/contract/reasons.ts';
import { denialRules } from '#shared/domain/permissions.ts';
import { internalRefusal, shellReasons } from '#shared/shell/refused-call.ts';
import { clause, verbatim } from '#shared/texts/sentence.ts';

afterEach(() => speak('en'));

const all = {
  workspace: workspaceReasons,
  backup: backupReasons,
  golden: goldenReasons,
  sql: sqlReasons,
  file: fileReasons,
  shell: shellReasons,
} as const;
const kinds = Object.keys(all) as (keyof typeof all)[];

describe.each(['en', 'de'])('in %s', (language) => {
  it.each(kinds)('every code of %s has its text', async (kind) => {
    await speak(language);
    expect(all[kind].length).toBeGreaterThan(4);
    expect(all[kind].filter((code) => !i18n.exists(`reasons:${kind}.${code}`))).toEqual([]);
  });

  it('every rule of permissions has its text', async () => {
    await speak(language);
    expect(denialRules.filter((rule) => permissionText(rule) === rule)).toEqual([]);
  });
});

it('fills a cause, its file and its numbers in the window’s language', async () => {
  const sentence = { code: 'workspace.damaged', values: { why: clause('digest', { row: 7 }) } };
  expect(reasonText(sentence)).toBe(
    'The workspace file is corrupt: row 7 does not match its digest: its contents were changed.',
  );
  await speak('de');
  expect(reasonText(sentence)).toBe(
    'Die Arbeitsbereichsdatei ist beschädigt: Zeile 7 passt nicht zu ihrer Prüfsumme: Ihr Inhalt wurde geändert.',
  );
  expect(reasonText(verbatim('Page 3 is never used'))).toBe('Page 3 is never used');
  expect(reasonText({ code: 'found.of_tomorrow' })).toBe('found.of_tomorrow');
});

it('translates refusals of another process for every declared error', async () => {
  const message = 'What core said';
  await speak('de');
  for (const code of Object.keys(faults))
    expect(refusalText({ code, data: {}, message })).not.toContain(message);
  for (const reason of shellReasons)
    expect(refusalText(internalRefusal(reason, message))).not.toContain(message);
  const refused = { code: 'BACKUP', data: { reason: 'damaged', id: '1' }, message };
  expect(refusalText(refused)).toBe('Die Sicherung 1 ist beschädigt.');
  const busy = { code: 'BUSY', data: { holder: 'Ada', waited_ms: 0 }, message };
  expect(refusalText(busy)).toMatch(/Ada/);
  const rule = { code: 'FORBIDDEN', data: { rule: 'restore_needs_admin', type: 'workspace', id: null } };
  expect(refusalText({ ...rule, message })).toBe(permissionText('restore_needs_admin'));
});
