import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { NetNode } from '../model/model.ts';
import { hasStage, isNumeric, recordField, valueOf } from './fields.ts';
import type { Shape } from './shapes.ts';
import { shapeByType, stageShape } from './shapes.ts';

/** A legend entry: a value or range, its colour, and its number of nodes. */
export interface Swatch {
  /** The value as text, for a range its step; '' for nodes without a value, `otherKey` for values that share the last colour. */
  key: string;
  range?: readonly [number, number];
  token: string;
  shape?: Shape;
  count: number;
}

export interface Scale {
  swatches: readonly Swatch[];
  tokenOf: (node: NetNode) => string;
  keyOf: (node: NetNode) => string;
}

export const otherKey = '…';
const plainToken = 'node-plain';
const otherToken = 'node-other';
const maxCategories = 10;
const shadeCount = 5;

function vocabularyOrder(types: readonly NodeType[], field: string): readonly string[] {
  if (field === 'stage') return vocabulary.lifecycle;
  if (field === 'type') return types;
  const list = types
    .map((type) => fieldOf(type, recordField(field))?.list)
    .find((candidate) => candidate !== undefined);
  return list ? vocabulary[list] : [];
}

function tokenOfStage(stage: string): string | undefined {
  return stageShape(stage) && `life-${stage}`;
}

function sortByOrder(counts: ReadonlyMap<string, number>, order: readonly string[]): readonly string[] {
  const rank = (key: string): number => {
    const index = order.indexOf(key);
    return index < 0 ? order.length : index;
  };
  return [...counts.keys()].sort(
    (a, b) => rank(a) - rank(b) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
}

function categoricalScale(nodes: readonly NetNode[], types: readonly NodeType[], field: string): Scale {
  const keyOf = (node: NetNode): string => {
    const value = valueOf(node, field);
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  };
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(keyOf(node), (counts.get(keyOf(node)) ?? 0) + 1);
  const order = vocabularyOrder(types, field);
  const keys = sortByOrder(counts, order).filter((key) => key !== '');
  const tokens = new Map<string, string>();
  keys.forEach((key, index) => {
    // A value of a vocabulary keeps its colour, whatever else is shown.
    const colourIndex = order.length > 0 && order.length <= maxCategories ? order.indexOf(key) : index;
    const token = field === 'stage' ? tokenOfStage(key) : undefined;
    tokens.set(
      key,
      token ?? (colourIndex >= 0 && colourIndex < maxCategories ? `cat-${colourIndex + 1}` : otherToken),
    );
  });
  const shapeOfKey = (key: string): Shape | undefined => {
    if (field === 'stage') return stageShape(key);
    // For types with a stage, the shape shows the stage instead of the type.
    const hasTypeShape = field === 'type' && isEntityType(key) && !hasStage(key as NodeType);
    return hasTypeShape ? shapeByType[key as NodeType] : undefined;
  };
  const swatches = keys
    .filter((key) => tokens.get(key) !== otherToken)
    .map((key) => {
      const keyShape = shapeOfKey(key);
      return {
        key,
        token: tokens.get(key) ?? plainToken,
        count: counts.get(key) ?? 0,
        ...(keyShape ? { shape: keyShape } : {}),
      };
    });
  const otherKeys = keys.filter((key) => tokens.get(key) === otherToken);
  const otherCount = otherKeys.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
  const emptyCount = counts.get('') ?? 0;
  return {
    swatches: [
      ...swatches,
      ...(otherKeys.length > 0 ? [{ key: otherKey, token: otherToken, count: otherCount }] : []),
      ...(emptyCount > 0 ? [{ key: '', token: plainToken, count: emptyCount }] : []),
    ],
    tokenOf: (node) => tokens.get(keyOf(node)) ?? plainToken,
    keyOf: (node) => (tokens.get(keyOf(node)) === otherToken ? otherKey : keyOf(node)),
  };
}

/** Equal steps from `min` to `max`, at most one for each shade. Steps of integers have integers as limits. */
function stepsBetween(
  min: number,
  max: number,
  hasOnlyIntegers: boolean,
): { stepCount: number; stepWidth: number } {
  if (min === max) return { stepCount: 1, stepWidth: 1 };
  if (!hasOnlyIntegers) return { stepCount: shadeCount, stepWidth: (max - min) / shadeCount || 1 };
  const valueCount = max - min + 1;
  const stepWidth = Math.ceil(valueCount / shadeCount);
  return { stepCount: Math.ceil(valueCount / stepWidth), stepWidth };
}

function numericScale(nodes: readonly NetNode[], field: string): Scale {
  const numberOf = (node: NetNode): number | null => {
    const value = valueOf(node, field);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const values = nodes.map(numberOf).filter((value) => value !== null);
  const min = Math.min(...values);
  const max = Math.max(...values);
  const hasOnlyIntegers = values.every(Number.isInteger);
  const { stepCount, stepWidth } = stepsBetween(min, max, hasOnlyIntegers);
  const stepOf = (value: number): number =>
    Math.min(stepCount - 1, Math.max(0, Math.floor((value - min) / stepWidth)));
  const tokenOfStep = (step: number): string => {
    const shade = stepCount === 1 ? shadeCount : Math.round((step / (stepCount - 1)) * (shadeCount - 1)) + 1;
    return `seq-${shade}`;
  };
  const counts = Array.from({ length: values.length === 0 ? 0 : stepCount }, () => 0);
  for (const value of values) counts[stepOf(value)] = (counts[stepOf(value)] ?? 0) + 1;
  const emptyCount = nodes.length - values.length;
  return {
    swatches: [
      ...counts.map((nodeCount, step) => {
        const from = min + step * stepWidth;
        const to = step === stepCount - 1 ? max : hasOnlyIntegers ? from + stepWidth - 1 : from + stepWidth;
        return { key: String(step), range: [from, to] as const, token: tokenOfStep(step), count: nodeCount };
      }),
      ...(emptyCount > 0 ? [{ key: '', token: plainToken, count: emptyCount }] : []),
    ],
    tokenOf: (node) => {
      const value = numberOf(node);
      return value === null ? plainToken : tokenOfStep(stepOf(value));
    },
    keyOf: (node) => {
      const value = numberOf(node);
      return value === null ? '' : String(stepOf(value));
    },
  };
}

/** Colours of nodes by a field: values by colours distinguishable with colour blindness, numbers by five shades. */
export function scaleOf(nodes: readonly NetNode[], types: readonly NodeType[], field: string): Scale {
  return isNumeric(nodes, types, field) || field === 'links'
    ? numericScale(nodes, field)
    : categoricalScale(nodes, types, field);
}
