import { isJsonObject } from '#shared/domain/json.ts';
import type { Json } from '#shared/domain/json.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { refusal } from '../../kernel/files/refusal.ts';

/** Supported formats, as errors name them. */
const readable =
  'GEXF, GraphML, GML, Pajek, and JSON of Cytoscape, Graphology (Gephi Lite), Kumu, JSON Graph Format or node-link (NetworkX, D3)';

/** Formats of other programs by their first bytes, with advice. */
const formats: readonly (readonly [name: string, begins: RegExp, instead?: string])[] = [
  ['DOT of Graphviz', /^\s*(?:strict\s+)?(?:di)?graph\b[^[\]{]{0,300}\{/i],
  ['a GDF file of GUESS', /^\s*nodedef\s*>/i, 'Open it in Gephi and export it as GEXF.'],
  ['a DL file of UCINET', /^\s*dl\s+n\b/i],
  ['a TLP file of Tulip', /^\s*\(tlp\b/i, 'Export it from Tulip as GML.'],
  [
    'a model of Archi',
    /<archimate:model\b/,
    'Export it from Archi as CSV: elements and relations are tables.',
  ],
  [
    'an ArchiMate exchange file',
    /<model\b[^>]*opengroup\.org\/xsd\/archimate/,
    'Export it from Archi as CSV: elements and relations are tables.',
  ],
  ['a drawing of draw.io', /<(?:mxfile|mxGraphModel)\b/],
  ['XGMML', /<graph\b[^>]*xgmml/i, 'Export it from Cytoscape as GraphML or Cytoscape.js JSON.'],
  ['XMI', /<(?:xmi:XMI|uml:Model)\b/],
  [
    'DyNetML of ORA',
    /<(?:DynamicMetaNetwork|DynamicNetwork|MetaNetwork)\b/,
    'Export it from ORA as GraphML.',
  ],
];

const withoutComments = (text: string): string =>
  text.slice(0, 8192).replaceAll(/\/\*[\s\S]*?\*\/|^\s*(?:\/\/|#).*$/gm, '');

/** The error for a text in another program's format; null for others. */
export function foreignText(text: string, file: string): Fault<'BAD_FILE'> | null {
  const start = withoutComments(text);
  const found = formats.find(([, begins]) => begins.test(start));
  return found ? foreign(file, found[0], found[2]) : null;
}

/** The same for a packed file, by its name. */
export function foreignName(file: string): Fault<'BAD_FILE'> | null {
  if (/\.gephi$/i.test(file))
    return foreign(file, 'a project of Gephi', 'Export the graph from Gephi as GEXF.');
  if (/\.cys$/i.test(file))
    return foreign(file, 'a session of Cytoscape', 'Export the network as Cytoscape.js JSON.');
  return null;
}

/** The same for a JSON document. */
export function foreignDocument(document: Json, file: string): Fault<'BAD_FILE'> | null {
  const first = Array.isArray(document) ? (document as readonly Json[])[0] : undefined;
  if (
    first !== undefined &&
    isJsonObject(first) &&
    (first.numberVerification ?? first.CXVersion) !== undefined
  )
    return foreign(file, 'CX of NDEx', 'Export it from Cytoscape as Cytoscape.js JSON.');
  if (isJsonObject(document) && document.graphDataset !== undefined)
    return foreign(
      file,
      'a workspace of Gephi Lite',
      'Export the graph from Gephi Lite as GEXF or Graphology JSON.',
    );
  if (!isJsonObject(document)) return null;
  if (Array.isArray(document.adjacency))
    return foreign(file, 'adjacency JSON of NetworkX', 'Write it with node_link_data.');
  if (Array.isArray(document.children)) return foreign(file, 'a tree as JSON');
  return null;
}

export function foreign(file: string, name: string, instead?: string): Fault<'BAD_FILE'> {
  const message = `${file} is ${name}, which FRAMES does not read. It reads ${readable}.`;
  return refusal('not_a_graph', instead === undefined ? message : `${message} ${instead}`);
}

export const notGraph = (file: string) =>
  refusal('not_a_graph', `${file} contains no graph that FRAMES can read: ${readable}.`);

/** Whether a text is GML: keys and values up to the graph's list. */
export function isGml(text: string): boolean {
  const start = withoutComments(text);
  return /^\s*[A-Za-z]/.test(start) && /(?:^|\s)graph\s*\[/i.test(start) && !/^[^[]*\{/.test(start);
}

export const isPajek = (text: string): boolean =>
  /^\s*(?:%[^\r\n]*[\r\n]\s*)*\*(?:network|vertices)\b/i.test(text.slice(0, 8192));
