import { clause } from '#shared/texts/sentence.ts';
import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';

/** Formats of other programs by their first bytes, and the format to export instead. */
const formats: readonly (readonly [name: string, begins: RegExp, instead?: string])[] = [
  ['Graphviz DOT', /^\s*(?:strict\s+)?(?:di)?graph\b[^[\]{]{0,300}\{/i],
  ['GUESS GDF', /^\s*nodedef\s*>/i, 'GEXF (Gephi)'],
  ['UCINET DL', /^\s*dl\s+n\b/i],
  ['Tulip TLP', /^\s*\(tlp\b/i, 'GML (Tulip)'],
  ['Archi', /<archimate:model\b/, 'CSV (Archi)'],
  ['ArchiMate', /<model\b[^>]*opengroup\.org\/xsd\/archimate/, 'CSV (Archi)'],
  ['draw.io', /<(?:mxfile|mxGraphModel)\b/],
  ['XGMML', /<graph\b[^>]*xgmml/i, 'GraphML (Cytoscape)'],
  ['XMI', /<(?:xmi:XMI|uml:Model)\b/],
  ['Neo4j JSON', /^\s*\{\s*"type"\s*:\s*"(?:node|relationship)"/, 'GraphML (apoc.export.graphml)'],
  ['ORA DyNetML', /<(?:DynamicMetaNetwork|DynamicNetwork|MetaNetwork)\b/, 'GraphML (ORA)'],
];

const tableFormats: readonly (readonly [name: string, begins: RegExp])[] = [
  ['OpenDocument (.ods)', /^PK[\s\S]{28}mimetype/],
  ['Excel XML 2003', /urn:schemas-microsoft-com:office:spreadsheet/],
  ['PDF', /^%PDF-/],
  ['RTF', /^\{\\rtf/],
];

const startWithoutComments = (text: string): string =>
  text.slice(0, 8192).replaceAll(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|#).*$/gm, '');

/** The error for a text in another program's format; null for others. */
export function foreignTextFault(text: string, file: string): Fault<'BAD_FILE'> | null {
  const start = startWithoutComments(text);
  // A text in JSON can mention any format.
  const isJson = /^\s*[[{]/.test(start);
  const format = formats.find(
    ([, begins]) => (!isJson || begins.source.startsWith('^')) && begins.test(start),
  );
  return format ? foreignFormatFault(file, format[0], format[2]) : null;
}

/** The error for a packed file of another program, by the file's name; null for others. */
export function foreignNameFault(file: string): Fault<'BAD_FILE'> | null {
  if (/\.gephi$/i.test(file)) return foreignFormatFault(file, 'Gephi (.gephi)', 'GEXF (Gephi)');
  if (/\.cys$/i.test(file)) return foreignFormatFault(file, 'Cytoscape (.cys)', 'Cytoscape.js JSON');
  return null;
}

/** The error for a JSON document of another program; null for others. */
export function foreignDocumentFault(document: Json, file: string): Fault<'BAD_FILE'> | null {
  const firstItem = Array.isArray(document) ? (document as readonly Json[])[0] : undefined;
  if (
    firstItem !== undefined &&
    isJsonObject(firstItem) &&
    (firstItem.numberVerification ?? firstItem.CXVersion) !== undefined
  )
    return foreignFormatFault(file, 'NDEx CX', 'Cytoscape.js JSON (Cytoscape)');
  if (firstItem !== undefined && isJsonObject(firstItem) && Object.values(firstItem).some(isNeo4jValue))
    return foreignFormatFault(file, 'Neo4j JSON', 'GraphML (apoc.export.graphml)');
  if (!isJsonObject(document)) return null;
  if (document.graphDataset !== undefined)
    return foreignFormatFault(file, 'Gephi Lite', 'GEXF or Graphology JSON (Gephi Lite)');
  if (document.type === 'excalidraw') return foreignFormatFault(file, 'Excalidraw');
  const firstEdge = Array.isArray(document.edges) ? (document.edges as readonly Json[])[0] : undefined;
  if (firstEdge !== undefined && isJsonObject(firstEdge) && firstEdge.fromNode !== undefined)
    return foreignFormatFault(file, 'JSON Canvas (Obsidian)');
  if (Array.isArray(document.adjacency))
    return foreignFormatFault(file, 'NetworkX adjacency JSON', 'node_link_data (NetworkX)');
  if (Array.isArray(document.children) && document.nodes === undefined)
    return foreignFormatFault(file, 'tree JSON');
  return null;
}

/** A node, relationship or path as the browser of Neo4j exports it. */
const isNeo4jValue = (value: Json): boolean =>
  isJsonObject(value) &&
  ((Array.isArray(value.segments) && isJsonObject(value.start ?? null)) ||
    (isJsonObject(value.properties ?? null) && (value.elementId ?? value.identity) !== undefined));

export function foreignFormatFault(
  file: string,
  format: string,
  instead = 'GEXF, GraphML or GML',
): Fault<'BAD_FILE'> {
  return fileRefusal('not_a_graph', {
    file,
    why: clause('foreignFormat', { format, instead, readable: clause('readable') }),
  });
}

/** The error for a table of another program; null for others. */
export function foreignTableFault(bytes: Buffer, file: string): Fault<'BAD_FILE'> | null {
  const start = bytes.subarray(0, 4096).toString('latin1');
  const format = tableFormats.find(([, begins]) => begins.test(start))?.[0];
  if (format === undefined) return null;
  const why = clause('foreignFormat', { format, instead: '.xlsx or CSV', readable: clause('readable') });
  return fileRefusal('not_a_table', { file, why });
}

export const notGraphFault = (file: string) => fileRefusal('not_a_graph', { file, why: clause('readable') });

/** Whether a text is GML: keys and values up to the graph's list. */
export function isGml(text: string): boolean {
  const start = startWithoutComments(text);
  return /^\s*[A-Za-z]/.test(start) && /(?:^|\s)graph\s*\[/i.test(start) && !/^[^[]*\{/.test(start);
}

export const isPajek = (text: string): boolean =>
  /^\s*(?:%[^\r\n]*[\r\n]\s*)*\*(?:network|vertices)\b/i.test(text.slice(0, 8192));
