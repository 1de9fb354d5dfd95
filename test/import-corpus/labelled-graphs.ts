import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '#shared/domain/json.ts';

/** A node or link and its right reading: what it is, and its fields. */
export interface LabelledElement {
  /** The type and name of a node, or the names of a link's ends. */
  first: string;
  second: string;
  fields: ReadonlyMap<string, Json>;
}

/** A graph as another program writes it, and its right reading. */
export interface LabelledGraph {
  name: string;
  file: string;
  /** The format that a refusal names; null if the file is read. */
  refused: string | null;
  /** `first` is the type, or `ask` if the file does not tell it. */
  nodes: readonly LabelledElement[];
  links: readonly LabelledElement[];
  text: string;
}

const folder = join(import.meta.dirname, 'graphs');

/** Reads the graphs that were written by hand. Throws for a graph that is not written as the others. */
export const readLabelledGraphs = (): LabelledGraph[] =>
  readdirSync(folder)
    .toSorted()
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n====\n').map(parse));

function parse(source: string): LabelledGraph {
  const [head = '', text = ''] = source.trim().split('\ngraph:\n');
  const [name = '', ...lines] = head.split('\n');
  const labels = lines.map((line) => {
    const [, key = '', value = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    return { key, value };
  });
  const valuesOf = (wanted: string) => labels.flatMap(({ key, value }) => (key === wanted ? [value] : []));
  const [refused = null] = valuesOf('refused');
  const nodes = valuesOf('node').map((value) => elementOf(value, ' '));
  if (text === '' || (refused === null && nodes.length === 0))
    throw new Error(`the graph “${name}” has no label`);
  return {
    name,
    file: valuesOf('file')[0] ?? 'graph.json',
    refused,
    nodes,
    links: valuesOf('link').map((value) => elementOf(value, ' > ')),
    text: `${text}\n`,
  };
}

/** `team Optics | size=4 | note="3"`: values are JSON, or text. */
function elementOf(label: string, separator: string): LabelledElement {
  const [what = '', ...fields] = label.split(' | ');
  const at = what.indexOf(separator);
  return {
    first: what.slice(0, at),
    second: what.slice(at + separator.length),
    fields: new Map(
      fields.map((field): [string, Json] => {
        const equals = field.indexOf('=');
        return [field.slice(0, equals), valueOf(field.slice(equals + 1))];
      }),
    ),
  };
}

function valueOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}
