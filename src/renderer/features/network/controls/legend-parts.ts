import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { customNameOf } from '#shared/domain/custom-fields.ts';
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
  recordField,
  valueOf,
} from '../look/fields.ts';
import { isTwoBandsFromBond } from '#shared/domain/interfaces.ts';
import { bondKind, linkLines, lossKind } from '../look/links.ts';
import type { LineStyle, LinkKind } from '../look/links.ts';
import { otherKey, scaleOf } from '../look/scale.ts';
import type { Swatch } from '../look/scale.ts';
import { shapeByType } from '../look/shapes.ts';
import type { Shape } from '../look/shapes.ts';
import { bridgeLine } from '../look/appearance.ts';
import type { Look, LineCount } from '../look/appearance.ts';
import type { Model, NetEdge, NetNode } from '../model/model.ts';

export type LegendSign = { line: LineStyle } | { shape: Shape; token: string };

const generalFields = ['stage', 'type', 'university', 'links'] as const;

/** The name of a colour or size field within a sentence. */
export function lookFieldName(field: string): string {
  const generalField = generalFields.find((name) => name === field);
  if (generalField) return say(`network:field.${generalField}`);
  if (isMeasure(field)) return say(`network:measure.${field}`);
  if (field === projectType) return say('network:field.projectType');
  return field === '' ? say('network:field.none') : fieldInSentence(field);
}

/** Two decimals, and two significant digits below 1: centralities are small. */
const roundValue = (value: number): number =>
  Math.abs(value) < 1 ? Number(value.toPrecision(2)) : Math.round(value * 100) / 100;

/** The text of a colour in the legend. `titles` has the names of referenced records by id. */
export function swatchText(
  { key, range }: Swatch,
  field: string,
  titles: ReadonlyMap<string, string>,
): string {
  if (range) {
    const [from = '', to = ''] = range.map((value) => numberText(roundValue(value)));
    return from === to ? from : say('network:legend.range', { from, to });
  }
  if (key === otherKey) return say('network:legend.others');
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

const withoutPattern = (kind: LinkKind): LineStyle => ({ ...linkLines[kind], width: 3, dash: null });
const withoutColour = (kind: LinkKind): LineStyle => ({ ...linkLines[kind], token: 'text-2' });

/** Lines by colour: the loss band. */
function lossEntries({ lossCounts }: Look): LegendEntry[] {
  return lossCounts.map(({ kind, count }) => ({
    key: kind,
    sign: { line: kind === 'reference' ? linkLines.reference : withoutPattern(kind) },
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

/** Lines by pattern: the bonds, and links whose loss contradicts their bond. */
function bondEntries({ bondCounts, contradictionCount }: Look): LegendEntry[] {
  const entries = bondCounts.map(({ kind, count }: LineCount) => ({
    key: kind,
    sign: { line: withoutColour(kind) },
    text: bondNames[kind] === undefined ? say('network:legend.line.unknown') : choiceName(bondNames[kind]),
    count,
  }));
  const contradictionEntry = {
    key: 'contradicting',
    sign: { line: { ...linkLines.fragile, token: linkLines.strong.token } },
    text: say('network:legend.contradicting'),
    count: contradictionCount,
  };
  return contradictionCount > 0 ? [...entries, contradictionEntry] : entries;
}

function bridgeEntries({ bridges }: Look): LegendEntry[] {
  if (bridges.size === 0) return [];
  const line = { ...linkLines.strong, ...bridgeLine };
  return [{ key: 'bridge', sign: { line }, text: say('network:legend.bridge'), count: bridges.size }];
}

/** Returns a test for types that have the field. Types have a custom field or a measure if one of their records has a value. */
function fieldTester(nodes: readonly NetNode[], colour: string): (type: NodeType) => boolean {
  if (colour !== 'stage' && generalColours.some((general) => general === colour)) return () => true;
  const key = recordField(colour);
  const typesWithValue = new Set(
    nodes.filter((node) => valueOf(node, colour) !== null).map(({ type }) => type),
  );
  return (type) => {
    if (colour === 'stage') return hasStage(type);
    if (customNameOf(colour) !== null) return typesWithValue.has(type);
    return colour === 'links' || fieldOf(type, key) !== undefined || typesWithValue.has(type);
  };
}

function colourEntries({ nodes, titles }: Model, { scale }: Look, colour: string): LegendEntry[] {
  const allNodes = [...nodes.values()];
  const hasField = fieldTester(allNodes, colour);
  const missingFieldCount = allNodes.filter(({ type }) => !hasField(type)).length;
  return scale.swatches
    .map((swatch) => (swatch.key === '' ? { ...swatch, count: swatch.count - missingFieldCount } : swatch))
    .filter(({ count }) => count > 0)
    .map((swatch) => ({
      key: swatch.key,
      sign: { shape: swatch.shape ?? (colour === 'stage' ? 'ring' : 'circle'), token: swatch.token },
      text: swatchText(swatch, colour, titles),
      count: swatch.count,
    }));
}

/** The shapes of lifecycles; none if colours show lifecycles. */
function stageEntries({ nodes, titles }: Model, colour: string): LegendEntry[] {
  if (colour === 'stage') return [];
  const stageNodes = [...nodes.values()].filter(({ type }) => hasStage(type));
  const types = [...new Set(stageNodes.map(({ type }) => type))];
  return scaleOf(stageNodes, types, 'stage').swatches.map((swatch) => ({
    key: swatch.key,
    sign: { shape: swatch.shape ?? 'ring', token: 'node-plain' },
    text: swatchText(swatch, 'stage', titles),
    count: swatch.count,
  }));
}

function typeEntries({ nodes }: Model, colour: string): LegendEntry[] {
  if (colour === 'type') return [];
  const counts = new Map<keyof typeof shapeByType, number>();
  for (const { type } of nodes.values()) if (!hasStage(type)) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => ({
    key: type,
    sign: { shape: shapeByType[type], token: 'node-plain' },
    text: typeNames(type),
    count,
  }));
}

function groupEntries(count: number): LegendEntry[] {
  const sign = { shape: 'circle', token: 'node-group' } as const;
  return count === 0 ? [] : [{ key: 'group', sign, text: say('network:legend.group'), count }];
}

export function legendParts(fullModel: Model, look: Look, colour: string): readonly LegendPart[] {
  const records = [...fullModel.nodes].filter(([, { members }]) => members === undefined);
  const groupCount = fullModel.nodes.size - records.length;
  const model = groupCount === 0 ? fullModel : { ...fullModel, nodes: new Map(records) };
  const field = lookFieldName(colour);
  const parts: readonly LegendPart[] = [
    { id: 'losses', heading: say('network:legend.losses'), entries: lossEntries(look) },
    { id: 'bonds', heading: say('network:legend.bonds'), entries: bondEntries(look) },
    { id: 'bridges', heading: say('network:legend.emphasised'), entries: bridgeEntries(look) },
    {
      id: 'colour',
      heading: say('network:legend.colour', { field }),
      entries: colourEntries(model, look, colour),
    },
    {
      id: 'forms',
      heading: say('network:legend.forms', { field: lookFieldName('stage') }),
      entries: stageEntries(model, colour),
    },
    { id: 'kinds', heading: say('network:legend.kinds'), entries: typeEntries(model, colour) },
    { id: 'groups', heading: say('network:legend.groups'), entries: groupEntries(groupCount) },
  ];
  return parts.filter(({ entries }) => entries.length > 0);
}

/** The model without the nodes and links of hidden legend entries (`part:entry`). */
export function withoutHidden(model: Model, look: Look, colour: string, hidden: readonly string[]): Model {
  if (hidden.length === 0) return model;
  const hiddenEntries = new Set(hidden);
  const hasField = fieldTester([...model.nodes.values()], colour);
  const isNodeHidden = (node: NetNode): boolean => {
    if (node.members !== undefined) return hiddenEntries.has('groups:group');
    const key = look.scale.keyOf(node);
    if ((key !== '' || hasField(node.type)) && hiddenEntries.has(`colour:${key}`)) return true;
    return hasStage(node.type)
      ? colour !== 'stage' && hiddenEntries.has(`forms:${stageValue(node) ?? ''}`)
      : colour !== 'type' && hiddenEntries.has(`kinds:${node.type}`);
  };
  const nodes = new Map([...model.nodes].filter(([, node]) => !isNodeHidden(node)));
  const isEdgeHidden = (edge: NetEdge): boolean =>
    !nodes.has(edge.from) ||
    !nodes.has(edge.to) ||
    hiddenEntries.has(`losses:${lossKind(edge)}`) ||
    (edge.kind === 'interface' && hiddenEntries.has(`bonds:${bondKind(edge)}`)) ||
    (hiddenEntries.has('bonds:contradicting') && isTwoBandsFromBond(edge.bond, edge.loss)) ||
    (hiddenEntries.has('bridges:bridge') && look.bridges.has(edge.id));
  const edges = new Map([...model.edges].filter(([, edge]) => !isEdgeHidden(edge)));
  return { ...model, nodes, edges, matched: model.matched - (model.nodes.size - nodes.size) };
}
