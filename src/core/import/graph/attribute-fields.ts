import type { SheetType } from '#shared/contract/sheets.ts';
import { sheetTypes } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { targetFields } from '../table/columns/column-targets.ts';
import { ColumnValues } from '../table/columns/column-values.ts';
import { matchHeading, plainColumn } from '../table/columns/heading-match.ts';
import { findRestField } from '../table/columns/rest-columns.ts';
import { fitsField, listedShare } from '../table/columns/value-fit.ts';
import type { Graph, GraphElement } from './graph.ts';

const sampledElements = 200;

/** Field kinds without references: an attribute holds no ids of our records. */
const plainKinds: ReadonlySet<Field['kind']> = new Set([
  'text',
  'longtext',
  'number',
  'boolean',
  'choice',
  'date',
]);

export const isSheetType = (type: EntityType): type is SheetType =>
  (sheetTypes as readonly string[]).includes(type);

/** The field that an attribute becomes; `isRest`: it is 100 % minus the value. */
export interface AttributeField {
  field: string;
  isRest: boolean;
}

/** The fields that attributes of another program's graph become by the words that headings of tables have: "loss", "Headcount". */
export class AttributeFields {
  readonly #samples: Readonly<Record<'node' | 'edge', ReadonlyMap<string, ColumnValues>>>;
  readonly #fields = new Map<string, AttributeField | null>();

  constructor({ nodes, edges }: Pick<Graph, 'nodes' | 'edges'>) {
    this.#samples = { node: sampleValues(nodes), edge: sampleValues(edges) };
  }

  /** Null if the attribute's name means no field of the type, its values do not fit, or another attribute has the field. */
  fieldFor(type: EntityType, name: string, elementKind: 'node' | 'edge'): AttributeField | null {
    const key = `${type} ${name}`;
    const known = this.#fields.get(key);
    if (known !== undefined) return known;
    const field = this.#find(type, name, elementKind);
    this.#fields.set(key, field);
    return field;
  }

  #find(type: EntityType, name: string, elementKind: 'node' | 'edge'): AttributeField | null {
    const samples = this.#samples[elementKind];
    if (!isSheetType(type)) return null;
    const field = namedField(type, name, samples);
    if (field === undefined) return findRest(type, name, samples);
    const heading = plainColumn(name);
    const isTaken = [...samples.keys()].some(
      (other) => other !== name && (other === field || (plainColumn(other) === heading && other < name)),
    );
    return isTaken ? null : { field, isRest: false };
  }
}

type Samples = ReadonlyMap<string, ColumnValues>;

/** The field that an attribute's name means, if its values fit. */
function namedField(type: SheetType, name: string, samples: Samples): string | undefined {
  const values = samples.get(name);
  if (!values || ['label', 'type', 'id', 'name'].includes(name)) return undefined;
  const heading = plainColumn(name);
  return targetFields(type).find(
    (one) =>
      one.key !== 'name' &&
      plainKinds.has(one.kind) &&
      matchHeading(heading, one) >= (one.unit === 'percent' ? 0.8 : 1) &&
      fitsField(type, one, values) >= 0 &&
      // A word of no list, such as "handoff" under "Tie", is no bond.
      (one.list !== 'bond_type' || listedShare(one, values) > 0),
  )?.key;
}

function restField(type: SheetType, name: string, samples: Samples): string | null {
  const values = samples.get(name);
  const rest = values ? findRestField(type, name, values) : null;
  return rest !== null && rest.match >= 1 ? rest.field : null;
}

/** Finds the field that is 100 % minus an attribute. Null if another attribute has the field, or an earlier one states the same. */
function findRest(type: SheetType, name: string, samples: Samples): AttributeField | null {
  const field = restField(type, name, samples);
  if (field === null) return null;
  const names = [...samples.keys()];
  const isTaken =
    names.some((other) => other === field || namedField(type, other, samples) === field) ||
    names.slice(0, names.indexOf(name)).some((other) => restField(type, other, samples) === field);
  return isTaken ? null : { field, isRest: true };
}

/** The values of each attribute in the first elements. */
export function sampleValues(elements: readonly GraphElement[]): Map<string, ColumnValues> {
  const cells = new Map<string, Json[]>();
  for (const { attributes } of elements.slice(0, sampledElements))
    for (const [name, value] of attributes) cells.set(name, [...(cells.get(name) ?? []), value]);
  return new Map(
    [...cells].map(([name, values]) => [
      name,
      new ColumnValues(values.flatMap((value) => (value === '' || typeof value === 'object' ? [] : [value]))),
    ]),
  );
}
