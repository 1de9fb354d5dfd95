import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { say } from '../../../i18n/setup.ts';
import { choiceName, fieldInSentence, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import {
  generalColours,
  hasStage,
  isMeasure,
  isReference,
  projectType,
  stageValue,
  storedAs,
  valueOf,
} from '../look/fields.ts';
import { lossContradictsBond } from '#shared/domain/interfaces.ts';
import { bondKind, linkLines, lossKind } from '../look/links.ts';
import type { LineStyle, LinkKind } from '../look/links.ts';
import { scaleOf } from '../look/scale.ts';
import type { Swatch } from '../look/scale.ts';
import { byType } from '../look/shapes.ts';
import type { Shape } from '../look/shapes.ts';
import { bridgeLine } from '../look/appearance.ts';
import type { Look, LineCount } from '../look/appearance.ts';
import type { Model, NetEdge, NetNode } from '../model/model.ts';

export type LegendSign = { line: LineStyle } | { shape: Shape; token: string };

const general = ['stage', 'type', 'university', 'links'] as const;

/** The name of a colour or size field within a sentence. */
export function lookFieldName(field: string): string {
  const known = general.find((one) => one === field);
  if (known) return say(`network:field.${known}`);
  if (isMeasure(field)) return say(`network:measure.${field}`);
  if (field === projectType) return say('network:field.projectType');
  return field === '' ? say('network:field.none') : fieldInSentence(field);
}

/** Two decimals, and two significant digits below 1: centralities are small. */
const rounded = (value: number): number =>
  Math.abs(value) < 1 ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;

/** The text of an entry. `titles` are the names of referenced records by id. */
export function swatchText(
  { key, range }: Swatch,
  field: string,
  titles: ReadonlyMap<string, string>,
): string {
  if (range) {
    const [from = '', to = ''] = range.map((value) => numberText(rounded(value)));
    return from === to ? from : say('network:legend.range', { from, to });
  }
  if (key === '…') return say('network:legend.others');
  if (key === '' && field === 'damage') return say('network:legend.noDamage');
  if (key === '') return say(field === 'stage' ? 'network:legend.noStage' : 'history:detail.null');
  if (key === 'true') return say('common:yes');
  if (key === 'false') return say('common:no');
  if (field === 'community') return say('network:legend.community', { number: key });
  if (field === 'university' || isReference(field)) return titles.get(key) ?? key;
  return field === 'type' && isEntityType(key) ? typeNames(key) : choiceName(key);
}

export interface LegendEntry {
  key: string;
  sign: LegendSign;
  text: string;
  count: number;
}

export interface LegendPart {
  id: 'losses' | 'bonds' | 'bridges' | 'colour' | 'forms' | 'kinds' | 'groups';
  heading: string;
  entries: readonly LegendEntry[];
}

const colourOnly = (kind: LinkKind): LineStyle => ({ ...linkLines[kind], width: 3, dash: null });
const patternOnly = (kind: LinkKind): LineStyle => ({ ...linkLines[kind], token: 'text-2' });

/** Lines by colour: the loss band. */
function lossesOf({ losses }: Look): LegendEntry[] {
  return losses.map(({ kind, count }) => ({
    key: kind,
    sign: { line: kind === 'reference' ? linkLines.reference : colourOnly(kind) },
    text: say(`network:legend.line.${kind}`),
    count,
  }));
}

const bondNames: Partial<Record<LinkKind, string>> = {
  strong: 'codified-strong',
  moderate: 'codified-moderate',
  weak: 'institutional-weak',
  fragile: 'fragile-temporary',
};

/** Lines by pattern: the bond, and the number of links whose loss contradicts it. */
function bondsOf({ bonds, contradictions }: Look): LegendEntry[] {
  const entries = bonds.map(({ kind, count }: LineCount) => ({
    key: kind,
    sign: { line: patternOnly(kind) },
    text: bondNames[kind] === undefined ? say('network:legend.line.unknown') : choiceName(bondNames[kind]),
    count,
  }));
  const contradicting = {
    key: 'contradicting',
    sign: { line: { ...linkLines.fragile, token: linkLines.strong.token } },
    text: say('network:legend.contradicting'),
    count: contradictions,
  };
  return contradictions > 0 ? [...entries, contradicting] : entries;
}

function bridgesOf({ bridges }: Look): LegendEntry[] {
  if (bridges.size === 0) return [];
  const line = { ...linkLines.strong, ...bridgeLine };
  return [{ key: 'bridge', sign: { line }, text: say('network:legend.bridge'), count: bridges.size }];
}

/** Tells which types have the field. A custom field or a measure belongs to the types of the records that have it. */
function typesWith(nodes: readonly NetNode[], colour: string): (type: NodeType) => boolean {
  if (colour !== 'stage' && generalColours.some((known) => known === colour)) return () => true;
  const key = storedAs(colour);
  const own = new Set(nodes.filter((node) => valueOf(node, colour) !== null).map(({ type }) => type));
  return (type) => {
    if (colour === 'stage') return hasStage(type);
    if (ownNameOf(colour) !== null) return own.has(type);
    return colour === 'links' || fieldOf(type, key) !== undefined || own.has(type);
  };
}

function coloursOf({ nodes, titles }: Model, { scale }: Look, colour: string): LegendEntry[] {
  const all = [...nodes.values()];
  const has = typesWith(all, colour);
  const without = all.filter(({ type }) => !has(type)).length;
  return scale.swatches
    .map((swatch) => (swatch.key === '' ? { ...swatch, count: swatch.count - without } : swatch))
    .filter(({ count }) => count > 0)
    .map((swatch) => ({
      key: swatch.key,
      sign: { shape: swatch.shape ?? (colour === 'stage' ? 'ring' : 'circle'), token: swatch.token },
      text: swatchText(swatch, colour, titles),
      count: swatch.count,
    }));
}

/** The shapes of lifecycles, unless colours show them. */
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

function groupsOf(count: number): LegendEntry[] {
  const sign = { shape: 'circle', token: 'node-group' } as const;
  return count === 0 ? [] : [{ key: 'group', sign, text: say('network:legend.group'), count }];
}

export function legendParts(whole: Model, look: Look, colour: string): readonly LegendPart[] {
  const records = [...whole.nodes].filter(([, { members }]) => members === undefined);
  const groups = whole.nodes.size - records.length;
  const model = groups === 0 ? whole : { ...whole, nodes: new Map(records) };
  const field = lookFieldName(colour);
  const parts: readonly LegendPart[] = [
    { id: 'losses', heading: say('network:legend.losses'), entries: lossesOf(look) },
    { id: 'bonds', heading: say('network:legend.bonds'), entries: bondsOf(look) },
    { id: 'bridges', heading: say('network:legend.emphasised'), entries: bridgesOf(look) },
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
    { id: 'groups', heading: say('network:legend.groups'), entries: groupsOf(groups) },
  ];
  return parts.filter(({ entries }) => entries.length > 0);
}

/** The model without the entries hidden in its legend (`part:entry`), including their links. */
export function withoutHidden(model: Model, look: Look, colour: string, hidden: readonly string[]): Model {
  if (hidden.length === 0) return model;
  const entries = new Set(hidden);
  const has = typesWith([...model.nodes.values()], colour);
  const isNodeHidden = (node: NetNode): boolean => {
    if (node.members !== undefined) return entries.has('groups:group');
    const key = look.scale.keyOf(node);
    if ((key !== '' || has(node.type)) && entries.has(`colour:${key}`)) return true;
    return hasStage(node.type)
      ? colour !== 'stage' && entries.has(`forms:${stageValue(node) ?? ''}`)
      : colour !== 'type' && entries.has(`kinds:${node.type}`);
  };
  const nodes = new Map([...model.nodes].filter(([, node]) => !isNodeHidden(node)));
  const isEdgeHidden = (edge: NetEdge): boolean =>
    !nodes.has(edge.from) ||
    !nodes.has(edge.to) ||
    entries.has(`losses:${lossKind(edge)}`) ||
    (edge.kind === 'interface' && entries.has(`bonds:${bondKind(edge)}`)) ||
    (entries.has('bonds:contradicting') && lossContradictsBond(edge.bond, edge.loss)) ||
    (entries.has('bridges:bridge') && look.bridges.has(edge.id));
  const edges = new Map([...model.edges].filter(([, edge]) => !isEdgeHidden(edge)));
  return { ...model, nodes, edges, matched: model.matched - (model.nodes.size - nodes.size) };
}
