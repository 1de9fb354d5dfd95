import { clause } from '#shared/texts/sentence.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { idOf } from './graph.ts';
import type { Graph } from './graph.ts';
import { JsonReader } from './json.ts';

/** Largest depth of lists. */
const deepest = 50;

const often = 2000;

const token = /\s+|#[^\n]*|(?<bracket>[[\]])|"(?<text>[^"]*)"|(?<word>[^\s[\]"]+)/y;

const named: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: '\u00a0',
};

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|(\w{2,6}));/g, (whole, code: string | undefined, name: string) => {
    if (code === undefined) return named[name] ?? whole;
    const point = Number(code);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

/** Adds a value to an object; a repeated key makes a list. */
function append(holder: Map<string, Json[]>, key: string, value: Json): void {
  const values = holder.get(key);
  if (values) values.push(value);
  else holder.set(key, [value]);
}

const objectOf = (holder: Map<string, Json[]>): JsonObject =>
  Object.fromEntries(
    [...holder].map(([key, values]): [string, Json] => [
      key,
      values.length === 1 ? (values[0] as Json) : values,
    ]),
  );

/** Drawing, and yEd's data about groups. */
const drawing = new Set(['graphics', 'LabelGraphics', 'edgeAnchor']);

/** Reads GML. Yields progress. Throws BAD_FILE, reason not_a_graph, with the line. */
export function* readGml(text: string, file: string): Generator<number, Graph, void> {
  const reader = new JsonReader('gml');
  const root = yield* parse(text, file);
  const graph = isJsonObject(root.graph ?? null) ? (root.graph as JsonObject) : null;
  if (!graph) throw fileRefusal('not_a_graph', { file, why: clause('severalGraphs') });
  const { node = [], edge = [], directed, ...about } = graph;
  for (const [index, value] of listOf(node).entries()) {
    const { id, gid = null, isGroup: _, label, ...others } = withoutDrawing(value, reader);
    const nodeId = idOf(id);
    if (nodeId === null)
      throw fileRefusal('not_a_graph', { file, why: clause('nodeWithoutId') }, { path: `$.node[${index}]` });
    reader.addNode(nodeId, label === undefined ? others : { ...others, label }, idOf(gid) ?? undefined);
    if (index % often === 0) yield text.length;
  }
  for (const [index, value] of listOf(edge).entries()) {
    const { id: _, key, ...others } = withoutDrawing(value, reader);
    const given = key === undefined ? others : { ...others, id: null, key };
    reader.addEdge(given, ['edge', index], directed === undefined ? null : directed === 1);
    if (index % often === 0) yield text.length;
  }
  reader.about(about, 'hierarchic', 'multigraph');
  return reader.graph();
}

function listOf(value: Json): JsonObject[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((one) =>
    isJsonObject(one) ? [one] : [],
  );
}

function withoutDrawing(given: JsonObject, reader: JsonReader): JsonObject {
  const kept = Object.entries(given).filter(([key]) => !drawing.has(key));
  if (kept.length < Object.keys(given).length) reader.notices.add('drawing_left_out');
  return Object.fromEntries(kept);
}

function* parse(text: string, file: string): Generator<number, JsonObject, void> {
  const stack: { key: string; holder: Map<string, Json[]> }[] = [{ key: '', holder: new Map() }];
  let key: string | null = null;
  let count = 0;
  const wrong = (at: number) => {
    const line = text.slice(0, at).split('\n').length;
    return fileRefusal('not_a_graph', { file, why: clause('notGml') }, { line });
  };
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at;
    const groups = token.exec(text)?.groups;
    if (!groups) throw wrong(at);
    if (++count % often === 0) yield at;
    const { bracket, text: quoted, word } = groups;
    const { holder } = stack.at(-1) as (typeof stack)[number];
    if (bracket === '[') {
      if (key === null || stack.length > deepest) throw wrong(at);
      stack.push({ key, holder: new Map() });
      key = null;
    } else if (bracket === ']') {
      const closed = stack.pop();
      const outer = stack.at(-1);
      if (key !== null || !closed || !outer) throw wrong(at);
      append(outer.holder, closed.key, objectOf(closed.holder));
    } else if (quoted !== undefined) {
      if (key === null) throw wrong(at);
      append(holder, key, decoded(quoted));
      key = null;
    } else if (word !== undefined) {
      if (key === null) key = word;
      else {
        append(holder, key, Number.isFinite(Number(word)) ? Number(word) : word);
        key = null;
      }
    }
  }
  if (stack.length > 1 || key !== null) throw fileRefusal('truncated', { file });
  return objectOf((stack[0] as (typeof stack)[number]).holder);
}
