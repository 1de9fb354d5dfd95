import type { Json, JsonObject } from '#shared/domain/json.ts';
import { attributeOf } from '../../model/interchange/attributes.ts';
import type { Container } from '../../model/interchange/attributes.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';
import { countRecords, edgesOf, endOf, labelOf, linkLabelOf, nodesOf } from './source.ts';
import type { GraphRecord, Writer } from './source.ts';

/** A record's fields; those whose names cannot be attributes are in `frames_verbatim`. */
function fieldsOf({ type, payload }: GraphRecord, elementKind: Container): [string, Json][] {
  const fields: [string, Json][] = [];
  const verbatim: [string, Json][] = [];
  for (const [field, value] of Object.entries(payload)) {
    if (elementKind === 'edge' && (field === 'from' || field === 'to')) continue;
    const name = attributeOf(type, field, elementKind);
    if (name === null) verbatim.push([field, value]);
    else fields.push([name, value]);
  }
  return verbatim.length === 0 ? fields : [...fields, [verbatimKey, Object.fromEntries(verbatim)]];
}

const nodeOf = (record: GraphRecord): JsonObject =>
  Object.fromEntries([
    ['id', record.id],
    ['label', labelOf(record)],
    ['type', record.type],
    ...fieldsOf(record, 'node'),
  ]);

function edgeOf(record: GraphRecord): JsonObject {
  const label = linkLabelOf(record);
  return Object.fromEntries([
    ['id', record.id],
    ['source', endOf(record.payload, 'from')],
    ['target', endOf(record.payload, 'to')],
    ...(label === null ? [] : [['label', label] as const]),
    ...fieldsOf(record, 'edge'),
  ]);
}

interface JsonLayout {
  begin: string;
  between: string;
  end: string;
  wrap: (element: JsonObject, elementKind: Container) => JsonObject;
}

function* writeJson(
  [source, tally]: Parameters<Writer>,
  { begin, between, end, wrap }: JsonLayout,
): ReturnType<Writer> {
  let isFirst = true;
  const linesOf = (records: readonly GraphRecord[], elementKind: Container): string => {
    countRecords(tally, records);
    const elements = records.map((record) => {
      const element = elementKind === 'node' ? nodeOf(record) : edgeOf(record);
      return `\n${JSON.stringify(wrap(element, elementKind))}`;
    });
    const text = (isFirst ? '' : ',') + elements.join(',');
    isFirst = false;
    return text;
  };
  yield begin;
  for (const records of nodesOf(source)) if (records.length > 0) yield linesOf(records, 'node');
  yield between;
  isFirst = true;
  for (const records of edgesOf(source)) if (records.length > 0) yield linesOf(records, 'edge');
  yield end;
}

/** NetworkX tells parallel links apart by `key`; without it only the last one of a pair of nodes remains. */
const withKey = (edge: JsonObject): JsonObject => ({ ...edge, key: edge.id as Json });

/** Elements of Cytoscape and Cytoscape.js: https://js.cytoscape.org/#notation/elements-json */
export const cytoscapePieces: Writer = (...writerArgs) =>
  writeJson(writerArgs, {
    begin: '{"directed": true, "multigraph": true, "data": {"creator": "FRAMES"}, "elements": {"nodes": [',
    between: '\n], "edges": [',
    end: '\n]}}\n',
    // NetworkX reads a node's key from its value.
    wrap: (element, elementKind) => ({
      data: elementKind === 'node' ? { value: element.id as Json, ...element } : withKey(element),
    }),
  });

/** The format of NetworkX's `node_link_data` and of D3. */
export const nodeLinkPieces: Writer = (...writerArgs) =>
  writeJson(writerArgs, {
    begin: '{"directed": true, "multigraph": true, "graph": {"creator": "FRAMES"}, "nodes": [',
    between: '\n], "links": [',
    end: '\n]}\n',
    wrap: (element, elementKind) => (elementKind === 'edge' ? withKey(element) : element),
  });
