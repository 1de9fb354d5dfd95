import type { NamePart } from '#shared/contract/sheets.ts';
import type { Json } from '#shared/domain/json.ts';
import { headingsByField } from '../../model/interchange/heading-words.ts';
import { plainColumn } from '../table/columns/heading-match.ts';
import { findNameParts } from '../table/columns/person-columns.ts';
import { sampleValues } from './attribute-fields.ts';
import type { ColumnValues } from '../table/columns/column-values.ts';
import type { Graph, GraphElement } from './graph.ts';
import { nameOf } from './ids.ts';

const nameWords: ReadonlySet<string> = new Set(headingsByField['name']);
const parts: readonly NamePart[] = ['title', 'first', 'prefix', 'last'];

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value.trim() : '');

/**
 * Gives nodes without a label a name: from an attribute that headings of tables call a name ("nombre", "Bezeichnung"), or from the parts of
 * a person's name ("nombre" and "apellidos"). These attributes are not kept a second time.
 */
export function withNames(graph: Graph): Graph {
  if (graph.isFramesFile || graph.nodes.every((node) => nameOf(node) !== null)) return graph;
  const samples = sampleValues(graph.nodes);
  const attributes = [...samples.keys()];
  const found = findNameParts(
    attributes.map((name) => ({ heading: plainColumn(name), values: samples.get(name) as ColumnValues })),
  );
  const partAttributes = parts.flatMap((part) => attributes[found.get(part) ?? -1] ?? []);
  const lastAttribute = attributes[found.get('last') ?? -1];
  const nameAttribute = attributes
    .filter((name) => nameWords.has(plainColumn(name)))
    .toSorted((one, other) => (samples.get(other)?.count ?? 0) - (samples.get(one)?.count ?? 0))[0];
  const rename = (node: GraphElement): GraphElement => {
    if (nameOf(node) !== null) return node;
    const isPerson = lastAttribute !== undefined && textOf(node.attributes.get(lastAttribute)) !== '';
    const used = isPerson ? partAttributes : nameAttribute === undefined ? [] : [nameAttribute];
    const name = used
      .map((attribute) => textOf(node.attributes.get(attribute)))
      .filter((text) => text !== '')
      .join(' ');
    if (name === '') return node;
    const others = [...node.attributes].filter(([attribute]) => !used.includes(attribute));
    return { ...node, attributes: new Map([['name', name], ...others]) };
  };
  return { ...graph, nodes: graph.nodes.map(rename) };
}
