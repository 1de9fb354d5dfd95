import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Program } from './program.ts';
import type { Release } from './releases.ts';

export const sandbox = 'What if';
export const team = 'team_upgrade';
export const person = { email: 'ada@example.org', password: 'a long and good password' };

/** A text that only the document's file has. */
export const documentText = 'How the heater is calibrated before vacuum tests.';

/**
 * Fills a workspace as people of a release did: records, changes of them, a golden version, a sandbox that differs from live in both, a backup of
 * everything, and what the release knew besides: documents, comments, contacts, jobs.
 */
export async function fillWorkspace(program: Program, { schema }: Release, workspace: string): Promise<void> {
  const at = ['--workspace', workspace];
  const create = (type: string, id: string, data: object, ...more: string[]): Promise<unknown> =>
    program.result(['entities', 'create', type, id, '--data', JSON.stringify(data), ...at, ...more]);
  const update = (id: string, data: object, ...more: string[]): Promise<unknown> =>
    program.result(['entities', 'update', 'team', id, '--data', JSON.stringify(data), ...at, ...more]);
  const university = 'university_upgrade';
  await program.result(['seed', '--size', 'small', ...at]);
  await create('university', university, { name: 'Upgrade' });
  await create('team', team, { name: 'Heaters', university_id: university, size: 4 });
  await create('team', 'team_gone', { name: 'Short-lived', university_id: university });
  await update(team, { size: 5 });
  await program.result(['entities', 'delete', 'team', 'team_gone', ...at]);
  if (schema >= 6) await create('contact', 'contact_upgrade', { date: '2026-11-02', who: [team] });
  if (schema >= 7) {
    const file = join(dirname(workspace), 'heater.md');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, documentText);
    await program.result(['documents', 'attach', file, '--about', team, ...at]);
    await program.result(['comments', 'add', team, 'Ask Ada.', ...at]);
  }
  await program.result(['golden', 'publish', '--note', 'As agreed', ...at]);
  await program.result(['sandbox', 'create', sandbox, ...at]);
  await update(team, { size: 9 }, '--sandbox', sandbox);
  await create('team', 'team_tried', { name: 'Tried', university_id: university }, '--sandbox', sandbox);
  await update(team, { name: 'Heaters and coolers' });
  if (schema >= 8) {
    await program.result(['jobs', 'add', 'verify', ...at]);
    await program.result(['jobs', 'run', ...at]);
    await program.result(['jobs', 'add', 'index', ...at]);
  }
  await program.result(['backup', 'create', '--with-sandboxes', '--with-golden', ...at]);
}

/** Joins a server as its first admin, or as a person who is there. */
export const joinServer = (
  program: Program,
  workspace: string,
  { url, bootstrap }: { url: string; bootstrap: string | null },
): Promise<unknown> =>
  program.result(
    [
      'sync',
      'join',
      url,
      '--workspace',
      workspace,
      '--email',
      person.email,
      '--password-stdin',
      ...(bootstrap === null ? [] : ['--bootstrap', bootstrap, '--name', 'Ada']),
    ],
    `${person.password}\n`,
  );
