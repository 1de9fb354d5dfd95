import { withoutXmlControls } from '../../model/interchange/attributes.ts';
import type { AttributeKinds, AttributeKind } from '../../model/interchange/attributes.ts';
import { verbatimKey } from '../../model/interchange/keys.ts';
import {
  attributeTexts,
  countRecords,
  edgesOf,
  endOf,
  findAttributes,
  labelOf,
  linkLabelOf,
  nodesOf,
} from './source.ts';
import type { GraphRecord, Writer } from './source.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // XML readers turn these into spaces in an attribute, and a carriage return into a line feed anywhere.
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text escaped for an attribute or an element, without characters that XML cannot hold. */
const escapeXml = (text: string): string =>
  withoutXmlControls(text).replaceAll(/[&<>"\t\n\r]/g, (character) => escapes[character] as string);

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

interface Element {
  /** Properties of the graph format: `type` of a node, and the record's attributes. */
  values: (readonly [id: string, value: string | number])[];
  record: GraphRecord;
}

interface Dialect {
  begin: (nodes: Declarations, edges: Declarations) => string;
  node: (element: Element) => string;
  between: string;
  edge: (element: Element) => string;
  /** Where the label of a link is: among its attributes, or in its tag. */
  edgeLabel: 'attribute' | 'tag';
  end: string;
}

type Declarations = readonly { id: string; name: string; kind: AttributeKind }[];

const declarationsOf = (
  prefix: string,
  builtInNames: readonly string[],
  attributes: AttributeKinds,
): Declarations =>
  [
    ...builtInNames.map((name) => [name, 'string'] as const),
    ...attributes,
    [verbatimKey, 'string'] as const,
  ].map(([name, kind], index) => ({ id: `${prefix}${index}`, name, kind }));

function* writeXml(
  [source, tally]: Parameters<Writer>,
  builtInNames: readonly string[],
  dialect: Dialect,
): ReturnType<Writer> {
  const nodes = yield* findAttributes(nodesOf(source), 'node');
  const edges = yield* findAttributes(edgesOf(source), 'edge');
  const declarations = {
    node: declarationsOf('n', builtInNames, nodes),
    edge: declarationsOf('e', dialect.edgeLabel === 'attribute' ? ['label'] : [], edges),
  };
  const elementsOf = (elementKind: 'node' | 'edge', records: readonly GraphRecord[]): Element[] => {
    const ids = new Map(declarations[elementKind].map(({ name, id }) => [name, id]));
    const attributes = elementKind === 'node' ? nodes : edges;
    countRecords(tally, records);
    return records.map((record) => {
      const texts = attributeTexts(record, {
        container: elementKind,
        attributes,
        fitText: withoutXmlControls,
        tally,
      });
      const label = dialect.edgeLabel === 'attribute' && elementKind === 'edge' ? linkLabelOf(record) : null;
      const builtInValues =
        elementKind === 'node'
          ? builtInNames.map((name) => [name, builtInValue(record, name)] as const)
          : label === null
            ? []
            : [['label', label] as const];
      return {
        record,
        values: [...builtInValues, ...texts].map(
          ([name, value]) => [ids.get(name) as string, value] as const,
        ),
      };
    });
  };
  yield declaration + dialect.begin(declarations.node, declarations.edge);
  for (const records of nodesOf(source)) yield elementsOf('node', records).map(dialect.node).join('');
  yield dialect.between;
  for (const records of edgesOf(source)) yield elementsOf('edge', records).map(dialect.edge).join('');
  yield dialect.end;
}

const builtInValue = (record: GraphRecord, name: string): string =>
  name === 'label' ? labelOf(record) : record.type;

const endAttributes = ({ payload }: GraphRecord): string =>
  `source="${escapeXml(endOf(payload, 'from'))}" target="${escapeXml(endOf(payload, 'to'))}"`;

function labelAttribute(record: GraphRecord): string {
  const label = linkLabelOf(record);
  return label === null ? '' : ` label="${escapeXml(label)}"`;
}

const attvalues = (values: Element['values']): string =>
  values.length === 0
    ? ''
    : `<attvalues>${values.map(([id, value]) => `<attvalue for="${id}" value="${escapeXml(String(value))}"/>`).join('')}</attvalues>`;

const gexfAttributes = (elementKind: 'node' | 'edge', declarations: Declarations): string =>
  `<attributes class="${elementKind}" mode="static">\n${declarations.map(({ id, name, kind }) => `<attribute id="${id}" title="${escapeXml(name)}" type="${kind}"/>\n`).join('')}</attributes>\n`;

const gexf: Dialect = {
  begin: (nodes, edges) =>
    `<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n<meta><creator>FRAMES</creator></meta>\n<graph mode="static" defaultedgetype="directed">\n${gexfAttributes('node', nodes)}${gexfAttributes('edge', edges)}<nodes>\n`,
  node: ({ record, values }) =>
    `<node id="${escapeXml(record.id)}" label="${escapeXml(labelOf(record))}">${attvalues(values)}</node>\n`,
  between: '</nodes>\n<edges>\n',
  edge: ({ record, values }) =>
    `<edge id="${escapeXml(record.id)}" ${endAttributes(record)}${labelAttribute(record)}>${attvalues(values)}</edge>\n`,
  edgeLabel: 'tag',
  end: '</edges>\n</graph>\n</gexf>\n',
};

/** GEXF 1.2draft, which NetworkX and Gephi read: https://gexf.net/schema.html */
export const gexfPieces: Writer = (...writerArgs) => writeXml(writerArgs, ['type'], gexf);

const dataElements = (values: Element['values']): string =>
  values.map(([id, value]) => `<data key="${id}">${escapeXml(String(value))}</data>`).join('');

const graphmlKeys = (elementKind: 'node' | 'edge', declarations: Declarations): string =>
  declarations
    .map(
      ({ id, name, kind }) =>
        `<key id="${id}" for="${elementKind}" attr.name="${escapeXml(name)}" attr.type="${kind}"/>\n`,
    )
    .join('');

const graphml: Dialect = {
  begin: (nodes, edges) =>
    `<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<desc>FRAMES</desc>\n${graphmlKeys('node', nodes)}${graphmlKeys('edge', edges)}<graph edgedefault="directed">\n`,
  node: ({ record, values }) => `<node id="${escapeXml(record.id)}">${dataElements(values)}</node>\n`,
  between: '',
  edge: ({ record, values }) =>
    `<edge id="${escapeXml(record.id)}" ${endAttributes(record)}>${dataElements(values)}</edge>\n`,
  edgeLabel: 'attribute',
  end: '</graph>\n</graphml>\n',
};

/** GraphML: http://graphml.graphdrawing.org/specification.html */
export const graphmlPieces: Writer = (...writerArgs) => writeXml(writerArgs, ['label', 'type'], graphml);
