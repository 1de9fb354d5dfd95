import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { say } from '../../../i18n/setup.ts';
import { typeNames } from '../../../text/names.ts';
import { generalColours, hasStage, storedAs, valueOf } from '../look/fields.ts';
import type { LinkKind } from '../look/links.ts';
import { scaleOf } from '../look/scale.ts';
import { byType } from '../look/shapes.ts';
import type { Shape } from '../look/shapes.ts';
import type { Look } from '../look/useLook.ts';
import type { Model, NetNode } from '../model/model.ts';
import { lookFieldName, swatchText } from './legend.ts';

/** What stands before an entry: a line of a kind, or a form in a colour (the name of its token). */
export type LegendSign = { line: LinkKind } | { shape: Shape; token: string };

export interface LegendEntry {
  /** Its own within its part. */
  key: string;
  sign: LegendSign;
  text: string;
  /** How many there are of it. */
  count: number;
}

export interface LegendPart {
  id: 'lines' | 'colour' | 'forms' | 'kinds';
  heading: string;
  entries: readonly LegendEntry[];
}

function linesOf({ lines }: Look): LegendEntry[] {
  return lines.map(({ kind, count }) => ({
    key: kind,
    sign: { line: kind },
    text: say(`network:legend.line.${kind}`),
    count,
  }));
}

/** How many of the nodes are of kinds that do not have what is coloured by. An own field belongs to the kinds in which somebody has it. */
function countWithout(nodes: readonly NetNode[], colour: string): number {
  if (colour !== 'stage' && generalColours.some((known) => known === colour)) return 0;
  const key = storedAs(colour);
  const own = new Set(nodes.filter((node) => valueOf(node, colour) !== null).map(({ type }) => type));
  const has = (type: NodeType): boolean => {
    if (colour === 'stage') return hasStage(type);
    if (ownNameOf(colour) !== null) return own.has(type);
    return colour === 'links' || fieldOf(type, key) !== undefined || own.has(type);
  };
  return nodes.filter(({ type }) => !has(type)).length;
}

function coloursOf({ nodes, titles }: Model, { scale }: Look, colour: string): LegendEntry[] {
  const without = countWithout([...nodes.values()], colour);
  return (
    scale.swatches
      // What cannot have the field, because its kind has none, is not among those that lack it.
      .map((swatch) => (swatch.key === '' ? { ...swatch, count: swatch.count - without } : swatch))
      .filter(({ count }) => count > 0)
      .map((swatch) => ({
        key: swatch.key,
        sign: { shape: swatch.shape ?? (colour === 'stage' ? 'ring' : 'circle'), token: swatch.token },
        text: swatchText(swatch, colour, titles),
        count: swatch.count,
      }))
  );
}

/** What the forms of records with a stage mean, where the part on colours does not say it. */
function formsOf({ nodes, titles }: Model, colour: string): LegendEntry[] {
  if (colour === 'stage') return [];
  const staged = [...nodes.values()].filter(({ type }) => hasStage(type));
  const types = [...new Set(staged.map(({ type }) => type))];
  return scaleOf(staged, types, 'stage').swatches.map((swatch) => ({
    key: swatch.key,
    sign: { shape: swatch.shape ?? 'ring', token: 'node-plain' },
    text: swatchText(swatch, 'stage', titles),
    count: swatch.count,
  }));
}

/** The kinds of record by their form, but those that show a stage by it. */
function kindsOf({ nodes }: Model, colour: string): LegendEntry[] {
  if (colour === 'type') return [];
  const counts = new Map<keyof typeof byType, number>();
  for (const { type } of nodes.values()) if (!hasStage(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({
    key: type,
    sign: { shape: byType[type], token: 'node-plain' },
    text: typeNames(type),
    count,
  }));
}

/** What lines, colours and forms mean, with how many there are of each: for the window and for what is saved. */
export function legendParts(model: Model, look: Look, colour: string): readonly LegendPart[] {
  const field = lookFieldName(colour);
  const parts: readonly LegendPart[] = [
    { id: 'lines', heading: say('network:legend.lines'), entries: linesOf(look) },
    {
      id: 'colour',
      heading: say('network:legend.colour', { field }),
      entries: coloursOf(model, look, colour),
    },
    {
      id: 'forms',
      heading: say('network:legend.forms', { field: lookFieldName('stage') }),
      entries: formsOf(model, colour),
    },
    { id: 'kinds', heading: say('network:legend.kinds'), entries: kindsOf(model, colour) },
  ];
  return parts.filter(({ entries }) => entries.length > 0);
}
