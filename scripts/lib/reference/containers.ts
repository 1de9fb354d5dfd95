import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isContractProcedure } from '@orpc/contract';
import { allTools } from '#cli/mcp/server.ts';
import type { Command } from '#cli/command.ts';
import { serverContract } from '#shared/contract/server/index.ts';
import { contract } from '#shared/contract/index.ts';
import { shellContract } from '#shared/shell/contract.ts';
import { describeApi } from '#server/operations/docs.ts';
import { root } from '../paths.ts';
import { code, generated, page, table } from './markdown.ts';

/** Names of all operations of a contract, as `entities.list`. */
function operationsOf(router: object, prefix = ''): string[] {
  return Object.entries(router as Readonly<Record<string, object>>).flatMap(([name, one]) =>
    isContractProcedure(one) ? [prefix + name] : operationsOf(one, `${prefix}${name}.`),
  );
}

const sourcesOf = (zone: string): string[] =>
  readdirSync(join(root, 'src', zone), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .toSorted()
    .map((file) => readFileSync(join(root, 'src', zone, file), 'utf8'));

/** The operations whose names occur in calls of a zone's sources. */
function callsIn(zone: string, operations: readonly string[]): string[] {
  const sources = sourcesOf(zone).join('\n');
  const called = new Set(
    [...sources.matchAll(/[.'](\w+)\.(\w+)\b/g)].map(([, group, name]) => `${group}.${name}`),
  );
  return operations.filter((name) => called.has(name));
}

interface Program {
  id: string;
  name: string;
  /** Folders of `src` that only it runs, besides those it shares. */
  zones: readonly string[];
  what: string;
}

/** What no source says: which folders of `src` become which program. A folder that is in none fails the generation. */
const programs: readonly Program[] = [
  { id: 'window', name: 'Window', zones: ['renderer', 'preload'], what: 'React in a sandboxed page' },
  { id: 'main', name: 'Shell', zones: ['main'], what: 'Electron: windows, menus, dialogs, updates, secrets' },
  { id: 'data', name: 'Data process', zones: ['data'], what: 'runs core over an open workspace' },
  { id: 'command', name: 'Command', zones: ['cli'], what: 'runs core without Electron' },
  { id: 'server', name: 'Server', zones: ['server'], what: 'optional; what workspaces share through' },
];
/** Code that several programs run. */
const libraries = ['shared', 'core', 'files', 'http'];

interface Facts {
  local: number;
  calledByWindow: number;
  shell: number;
  commands: number;
  calledByCommands: number;
  remote: number;
  calledByCore: number;
  events: number;
}

async function factsOf(commands: readonly Command[]): Promise<Facts> {
  const [local, remote] = [operationsOf(contract), operationsOf(serverContract)];
  const document = (await describeApi('0')) as { paths: Readonly<Record<string, { 'x-events'?: object }>> };
  const events = Object.values(document.paths).flatMap((item) => Object.keys(item['x-events'] ?? {}));
  return {
    local: local.length,
    calledByWindow: callsIn('renderer', local).length,
    shell: operationsOf(shellContract).length,
    commands: commands.length,
    calledByCommands: new Set(commands.flatMap(({ operation }) => operation ?? [])).size,
    remote: remote.length,
    calledByCore: callsIn('core', remote).length,
    events: events.length,
  };
}

/** Zones that the sources of a zone import, besides itself. */
function importsOf(zone: string): string[] {
  const named = sourcesOf(zone).flatMap((source) =>
    [...source.matchAll(/(?:from |import\()'#(\w+)\//g)].map(([, other = '']) => other),
  );
  return [...new Set(named)].filter((other) => other !== zone).toSorted();
}

function assertComplete(): void {
  const known = [...programs.flatMap(({ zones }) => zones), ...libraries].toSorted();
  const found = readdirSync(join(root, 'src')).toSorted();
  if (known.join() !== found.join())
    throw new Error(
      `scripts/lib/reference/containers.ts knows the zones ${known.join()}, but src has ${found.join()}`,
    );
}

function diagram(facts: Facts): string[] {
  const box = (id: string): string => {
    const one = programs.find((program) => program.id === id);
    if (!one) throw new Error(`no program ${id}`);
    return `${id}["<b>${one.name}</b><br/>${one.what}<br/>${one.zones.map((zone) => `src/${zone}`).join(', ')}"]`;
  };
  return [
    '```mermaid',
    'flowchart TB',
    '  person(["Person"])',
    '  subgraph computer["One computer: works without a network"]',
    `    ${box('window')}`,
    `    ${box('main')}`,
    `    ${box('data')}`,
    `    ${box('command')}`,
    '    file[("Workspace<br/>frames.sqlite, backups, sandboxes")]',
    '  end',
    '  subgraph shared["Optional: a group shares records"]',
    `    ${box('server')}`,
    '    postgres[("Postgres")]',
    '    backups[("Backup folder")]',
    '  end',
    '  updates["Update address<br/>static files, signed"]',
    '  provider["Sign-in of a university<br/>OpenID Connect"]',
    '  person --> window',
    '  person --> command',
    `  window -- "${facts.calledByWindow} of ${facts.local} operations, progress, events<br/>MessagePort" --> data`,
    `  window -- "${facts.shell} operations of the shell<br/>MessagePort" --> main`,
    '  main -- "starts and supervises<br/>messages of the process" --> data',
    '  data -- "SQLite" --> file',
    `  command -- "${facts.calledByCommands} operations in the same process<br/>SQLite" --> file`,
    '  main -- "HTTPS" --> updates',
    `  data -- "${facts.calledByCore} of ${facts.remote} operations: HTTPS<br/>${facts.events} events: Socket.IO" --> server`,
    '  command -- "the same" --> server',
    '  server -- "SQL" --> postgres',
    '  server -- "files" --> backups',
    '  server -- "HTTPS" --> provider',
    '```',
  ];
}

/** The page of the programs that FRAMES consists of, with figures from the contracts, the commands and the sources. */
export async function containersPage(commands: readonly Command[]): Promise<string> {
  assertComplete();
  const facts = await factsOf(commands);
  const { calledByWindow, local, shell, calledByCommands, calledByCore, remote, events } = facts;
  const rows = [
    ['Window', 'Data process', `${calledByWindow} of ${local} operations`, 'MessagePort'],
    ['Window', 'Shell', `${shell} operations`, 'MessagePort'],
    [
      'Command',
      'core, in the same process',
      `${calledByCommands} of ${local} operations, by ${facts.commands} commands`,
      'calls',
    ],
    ['AI agent', 'Command', `${allTools.length} tools`, 'Model Context Protocol'],
    ['Data process, Command', 'Server', `${calledByCore} of ${remote} operations`, 'HTTPS, JSON'],
    ['Server', 'Data process', `${events} events`, 'Socket.IO over HTTPS'],
    ['Other programs', 'Server', `all ${remote} operations`, 'HTTPS, JSON'],
  ];
  return page([
    ['# Programs and what passes between them'],
    [generated('the contracts, the commands, the OpenAPI document and the imports of the sources')],
    [
      'The container view of FRAMES (level 2 of C4). [ARCHITECTURE.md](../../ARCHITECTURE.md) explains it. Everything outside of the first box is optional.',
    ],
    diagram(facts),
    ['## Calls'],
    ['An operation counts as called if its name occurs in the sources of the caller.'],
    table(['caller', 'callee', 'what', 'transport'], rows),
    ['## Zones'],
    table(
      ['folder', 'part of', 'imports'],
      [
        ...programs.flatMap(({ name, zones }) => zones.map((zone) => [zone, name] as const)),
        ...libraries.map((zone) => [zone, 'several programs'] as const),
      ].map(([zone, name]) => [
        code(`src/${zone}`),
        name,
        importsOf(zone)
          .map((other) => code(other === 'migrations' ? other : `src/${other}`))
          .join(', ') || '–',
      ]),
    ),
  ]);
}
