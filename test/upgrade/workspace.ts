import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonEqual } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { documentText, sandbox, team } from './fill.ts';
import type { Program } from './program.ts';
import type { Release } from './releases.ts';

/** Runs a named check and keeps what it throws. */
export type Check = (name: string, work: () => Promise<unknown>) => Promise<void>;

export interface Site {
  folder: string;
  old: Program;
  today: Program;
  release: Release;
  check: Check;
}

type Records = Map<string, JsonObject>;

/** The records that a version exports, by id. */
export async function exportOf(program: Program, workspace: string, file: string): Promise<Records> {
  await program.result(['export', '--workspace', workspace, '--out', file, '--replace']);
  const lists = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const records = Object.values(lists).flatMap((list) => (Array.isArray(list) ? (list as JsonObject[]) : []));
  return new Map(records.map((record) => [record['id'] as string, record]));
}

/** Throws unless every record of `before` is in `after` with the same fields. */
export function assertSame(before: Records, after: Records): void {
  const different = [...before].filter(([id, record]) => !jsonEqual(record, after.get(id)));
  if (before.size === 0) throw new Error('nothing was exported');
  if (different.length === 0) return;
  const [id, record] = different[0] as [string, JsonObject];
  throw new Error(
    `${different.length} records differ, ${id} first: ${JSON.stringify(record)}, now ${JSON.stringify(after.get(id))}`,
  );
}

/** What may be the first thing that today's program does with the workspace, each with a copy of it. */
const firstCommands: readonly string[][] = [
  ['verify'],
  ['verify', '--sandbox', sandbox],
  ['health'],
  ['sandbox', 'list'],
  ['sandbox', 'diff', sandbox],
  ['sandbox', 'promote', sandbox, '--yes', '--conflicts', 'play'],
  ['sandbox', 'refresh', sandbox, '--yes', '--conflicts', 'play'],
  ['sandbox', 'duplicate', sandbox, 'Copy'],
  ['entities', 'list', 'team', '--sandbox', sandbox],
  ['entities', 'update', 'team', team, '--data', '{"size":7}', '--sandbox', sandbox],
  ['golden', 'verify'],
  ['golden', 'status'],
  ['golden', 'reset', '--yes'],
  ['sandbox', 'create', 'From golden', '--from', 'golden'],
  ['undo'],
  ['moments', 'list'],
  ['search', 'Heaters'],
  ['backup', 'create', '--with-sandboxes', '--with-golden'],
];

/** Brings a workspace of an older release forward, by whatever comes first, and back again. */
export async function checkWorkspace(site: Site, filled: string): Promise<void> {
  const { folder, old, today, release, check } = site;
  const before = await exportOf(old, filled, join(folder, 'before.json'));
  const copyOf = (name: string): string => {
    const copy = join(folder, name, 'workspace');
    cpSync(filled, copy, { recursive: true });
    return copy;
  };
  for (const [at, command] of firstCommands.entries())
    await check(`opened by "frames ${command.join(' ')}"`, () =>
      today.result([...command, '--workspace', copyOf(`first-${at}`)]),
    );
  const workspace = copyOf('there-and-back');
  const at = ['--workspace', workspace];
  const [backup] = await today.result<{ id: string }[]>(['backup', 'list', ...at]).then(listed);
  await check('every record is there', async () =>
    assertSame(before, await exportOf(today, workspace, join(folder, 'after.json'))),
  );
  await check('its backup is intact, and opens as a workspace', async () => {
    const id = backup?.id ?? '';
    await today.result(['backup', 'verify', id, ...at]);
    const restored = join(folder, 'restored');
    await today.result(['backup', 'restore', id, '--into', restored, ...at]);
    assertSame(before, await exportOf(today, restored, join(folder, 'restored.json')));
  });
  if (release.schema >= 7)
    await check('the file of its document is there', () => checkDocument(today, workspace, folder));
  if (release.schema >= 8) await check('its waiting job runs', () => today.result(['jobs', 'run', ...at]));
  await check('its sandbox is promoted, and that is undone', async () => {
    await today.result(['sandbox', 'promote', sandbox, '--yes', ...at]);
    const { payload } = await today.result<{ payload: JsonObject }>(['entities', 'get', 'team', team, ...at]);
    if (payload['size'] !== 9 || payload['name'] !== 'Heaters and coolers')
      throw new Error(`promoted is ${JSON.stringify(payload)}`);
    await today.result(['undo', ...at]);
  });
  await check('the previous version opens it again', () => goBack(site, workspace, before));
  await check('and today’s opens that again', async () => {
    await today.result(['verify', ...at]);
    await today.result(['verify', '--sandbox', sandbox, ...at]);
  });
}

const listed = <T>(answer: T[] | { backups: T[] }): T[] => (Array.isArray(answer) ? answer : answer.backups);

/** Goes back to the schema of the older release, which then has its records and its sandbox. */
export async function goBack(
  { folder, old, today, release }: Site,
  workspace: string,
  before: Records,
): Promise<void> {
  const at = ['--workspace', workspace];
  await today.result(['migrate', 'down', '--to', String(release.schema), ...at]);
  await old.result(['verify', ...at]);
  assertSame(before, await exportOf(old, workspace, join(folder, 'back.json')));
  await old.result(['verify', '--sandbox', sandbox, ...at]);
  await old.result(['sandbox', 'diff', sandbox, ...at]);
}

async function checkDocument(program: Program, workspace: string, folder: string): Promise<void> {
  const at = ['--workspace', workspace];
  const { rows } = await program.result<{ rows: { id: string; payload: JsonObject }[] }>([
    'entities',
    'list',
    'document',
    '--search',
    'heater',
    ...at,
  ]);
  const file = join(folder, 'saved.md');
  await program.result(['documents', 'save', rows[0]?.id ?? '', '--out', file, ...at]);
  const text = readFileSync(file, 'utf8');
  if (text !== documentText) throw new Error(`the document says ${JSON.stringify(text)}`);
}
