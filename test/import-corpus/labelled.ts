import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A table and its right reading. */
export interface Labelled {
  name: string;
  /** The name of the file, from which a type may be guessed. */
  file: string;
  /** The types of its rows, or why none fits; `asks`: the table alone cannot tell which of these. */
  type: { rows: readonly string[] } | { asks: readonly string[] } | { refused: string };
  hasHeadings: boolean;
  /** By heading, or by letter where there are none: the meanings that are right. */
  columns: ReadonlyMap<string, readonly string[]>;
  /** The names of the records, in order; empty if they are not judged. */
  names: readonly string[];
  /** Lines that are no records. */
  odd: readonly number[];
  text: string;
}

const folder = join(import.meta.dirname, 'tables');

/** Reads the tables that were written by hand. Throws for a table that is not written as the others. */
export function readLabelled(): Labelled[] {
  return readdirSync(folder)
    .toSorted()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n====\n').map(parse));
}

function parse(source: string): Labelled {
  const [head = '', text = ''] = source.trim().split('\ntable:\n');
  const [name = '', ...lines] = head.split('\n');
  const facts = new Map(
    lines.map((line): [string, string] => {
      const [, key = '', value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
      return [key, value];
    }),
  );
  if (text === '' || !facts.has('type')) throw new Error(`the table “${name}” has no type or no rows`);
  const columns = (facts.get('columns') ?? '').split('; ').flatMap((column): [string, string[]][] => {
    const at = column.lastIndexOf('=');
    return at < 0 ? [] : [[column.slice(0, at), column.slice(at + 1).split('|')]];
  });
  return {
    name,
    file: facts.get('file') ?? 'table.csv',
    type: typeOf(facts.get('type') ?? ''),
    hasHeadings: facts.get('headings') !== 'none',
    columns: new Map(columns),
    names: (facts.get('names') ?? '').split('; ').filter(Boolean),
    odd: (facts.get('not') ?? '').split(', ').filter(Boolean).map(Number),
    text: `${text}\n`,
  };
}

function typeOf(text: string): Labelled['type'] {
  const [word = '', ...rest] = text.split(' ');
  if (word === 'refused') return { refused: rest.join(' ') };
  if (word === 'ask') return { asks: rest.join(' ').split('|') };
  return { rows: text === 'by row' ? ['by row'] : text.split('+') };
}
