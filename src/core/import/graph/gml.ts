import { appendTo } from '#shared/domain/append-to.ts';
import { clause } from '#shared/texts/sentence.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { exactNumberIn } from '../../model/interchange/exact-number.ts';
import { idOf, isDefaultFolderName } from './graph.ts';
import type { Graph } from './graph.ts';
import { JsonReader } from './json-reader.ts';
import { missingKeyFault } from './json-faults.ts';

const maxDepth = 50;

const stepsPerYield = 2000;

const tokenPattern = /\s+|#[^\n]*|(?<bracket>[[\]])|"(?<text>[^"]*)"|(?<word>[^\s[\]"]+)/y;

const namedEntities: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  lt: '<',
  gt: '>',
  apos: "'",
  nbsp: '\u00a0',
};

function decodeEntities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|(\w{2,6}));/g, (entity, code: string | undefined, name: string) => {
    if (code === undefined) return namedEntities[name] ?? entity;
    const codePoint = Number(code);
    return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : entity;
  });
}

const objectOf = (fields: Map<string, Json[]>): JsonObject =>
  Object.fromEntries(
    [...fields].map(([key, values]): [string, Json] => [
      key,
      values.length === 1 ? (values[0] as Json) : values,
    ]),
  );

/** Keys about drawing, and yEd's data about groups. */
const drawingKeys = new Set(['graphics', 'LabelGraphics', 'edgeAnchor']);

/** Reads GML. Yields progress. Throws BAD_FILE, reason not_a_graph or truncated. */
export function* readGml(text: string, file: string): Generator<number, Graph, void> {
  const reader = new JsonReader('gml');
  const root = yield* parseGml(text, file);
  const graph = isJsonObject(root.graph ?? null) ? (root.graph as JsonObject) : null;
  if (!graph) throw fileRefusal('not_a_graph', { file, why: clause('severalGraphs') });
  const { node = [], edge = [], directed, ...graphData } = graph;
  for (const [index, value] of listOf(node).entries()) {
    const { id, gid = null, isGroup, label, ...others } = removeDrawing(value, reader);
    const nodeId = idOf(id);
    if (nodeId === null) throw missingKeyFault(['node', index], 'id');
    const isFolder = isGroup === 1;
    const isNamed = typeof label === 'string' && !(isFolder && isDefaultFolderName(label));
    reader.addNode(nodeId, isNamed ? { ...others, label } : others, idOf(gid) ?? undefined, isFolder);
    if (index % stepsPerYield === 0) yield text.length;
  }
  for (const [index, value] of listOf(edge).entries()) {
    const { id: _, key, ...others } = removeDrawing(value, reader);
    const edgeData = key === undefined ? others : { ...others, id: null, key };
    reader.addEdge(
      { ...edgeData, ...arrowsOf(value) },
      ['edge', index],
      directed === undefined ? null : directed === 1,
    );
    if (index % stepsPerYield === 0) yield text.length;
  }
  reader.reportGraphData(graphData, 'hierarchic', 'multigraph');
  return reader.graph();
}

/** The arrows of a drawn edge, if one is at its source: "both" and "first", or two arrows. */
function arrowsOf({ graphics = null }: JsonObject): JsonObject {
  if (!isJsonObject(graphics)) return {};
  const { arrow, sourceArrow, targetArrow } = graphics;
  const isAt = (end: Json | undefined, words: readonly string[]): boolean =>
    (typeof end === 'string' && end !== 'none') || (typeof arrow === 'string' && words.includes(arrow));
  if (!isAt(sourceArrow, ['both', 'first'])) return {};
  return { arrows: isAt(targetArrow, ['both']) ? 'to, from' : 'from' };
}

function listOf(value: Json): JsonObject[] {
  return (Array.isArray(value) ? (value as readonly Json[]) : [value]).flatMap((one) =>
    isJsonObject(one) ? [one] : [],
  );
}

function removeDrawing(element: JsonObject, reader: JsonReader): JsonObject {
  const entries = Object.entries(element).filter(([key]) => !drawingKeys.has(key));
  if (entries.length < Object.keys(element).length) reader.notices.add('drawing_left_out');
  return Object.fromEntries(entries);
}

function* parseGml(text: string, file: string): Generator<number, JsonObject, void> {
  const stack: { key: string; fields: Map<string, Json[]> }[] = [{ key: '', fields: new Map() }];
  let key: string | null = null;
  let tokenCount = 0;
  const faultAt = (position: number) => {
    const line = text.slice(0, position).split('\n').length;
    return fileRefusal('not_a_graph', { file, why: clause('notGml') }, { line });
  };
  for (let position = 0; position < text.length; position = tokenPattern.lastIndex) {
    tokenPattern.lastIndex = position;
    const groups = tokenPattern.exec(text)?.groups;
    if (!groups) throw faultAt(position);
    if (++tokenCount % stepsPerYield === 0) yield position;
    const { bracket, text: quotedText, word } = groups;
    const { fields } = stack.at(-1) as (typeof stack)[number];
    if (bracket === '[') {
      if (key === null || stack.length > maxDepth) throw faultAt(position);
      stack.push({ key, fields: new Map() });
      key = null;
    } else if (bracket === ']') {
      const list = stack.pop();
      const parent = stack.at(-1);
      if (key !== null || !list || !parent) throw faultAt(position);
      appendTo(parent.fields, list.key, objectOf(list.fields));
    } else if (quotedText !== undefined) {
      if (key === null) throw faultAt(position);
      appendTo(fields, key, decodeEntities(quotedText));
      key = null;
    } else if (word !== undefined) {
      if (key === null) key = word;
      else {
        appendTo(fields, key, exactNumberIn(word) ?? word);
        key = null;
      }
    }
  }
  if (stack.length > 1 || key !== null) throw fileRefusal('truncated', { file });
  return objectOf((stack[0] as (typeof stack)[number]).fields);
}
