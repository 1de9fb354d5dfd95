import { sinceBase } from '#shared/domain/points-in-time.ts';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Difference, Heads } from '#shared/contract/compare.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import type { Found } from '#test/core/compare/oracle.ts';
import { Child } from './child.ts';
import { resultOf } from './sandboxes.ts';
import type { Client } from './workspace.ts';

/** All that is different between live and a sandbox, as core has it, with the heads of both. */
export async function comparedBy(client: Client, id: string): Promise<Comparison & Heads> {
  const found = await resultOf(await client.compare.between({ ...sinceBase(id), limit: 1000 }));
  return { ...found, live: found.from.head, play: found.to.head };
}

/** A closed copy of a file that others may have open. */
export function copyOf(file: string, folder: string, name: string): string {
  const copy = join(folder, name);
  const db = new Database(file, { timeout: 5000 });
  try {
    db.prepare('VACUUM INTO ?').run(copy);
  } finally {
    db.close();
  }
  return copy;
}

/** The oracle, in a process of its own that answers one question after the other. */
export class Oracle {
  readonly #child = new Child<Found[]>(new URL('../core/compare/oracle.ts', import.meta.url), []);
  #asked = 0;

  async ask(paths: { base: string; live: string; play: string }): Promise<Found[]> {
    this.#asked += 1;
    this.#child.write(`${JSON.stringify(paths)}\n`);
    await this.#child.printed(this.#asked);
    return inOrder(this.#child.lines[this.#asked - 1] ?? []);
  }

  end(): Promise<void> {
    return this.#child.kill();
  }
}

/** What core says, in the oracle's words; a position goes by its node, and there is one workspace. */
export function asFound(rows: readonly Difference[]): Found[] {
  return inOrder(
    rows.map(({ type, id, class: of, conflict, play, live, fields }) => ({
      type,
      key: keyOf({ type, id, fields }),
      class: of,
      conflict,
      play,
      live,
      fields: fields.map((one) => `${one.field} ${one.class}`).toSorted(),
    })),
  );
}

function keyOf({ type, id, fields }: Pick<Difference, 'type' | 'id' | 'fields'>): string {
  if (type === 'workspace') return 'only';
  return type === 'position' && fields.some(({ field }) => field === 'node') ? nodeOf(fields) : id;
}

function nodeOf(fields: Difference['fields']): string {
  const node = fields.find(({ field }) => field === 'node');
  return (node?.play ?? node?.live ?? node?.base) as string;
}

const inOrder = (found: Found[]): Found[] =>
  found.toSorted((a, b) => (`${a.type} ${a.key}` < `${b.type} ${b.key}` ? -1 : 1));
