import type { NodeType } from '#shared/contract/network.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isEntityType } from '#shared/domain/types.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { NetNode } from '../model/model.ts';
import { hasStage, isNumeric, storedAs, valueOf } from './fields.ts';
import type { Shape } from './shapes.ts';
import { byType, stageShape } from './shapes.ts';

/** A legend entry: a value or range, its colour, and its number of nodes. */
export interface Swatch {
  /** The value as text; '' for nodes without one, `…` for those that share the last colour. */
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

const plain = 'node-plain';
const others = 'node-other';
const categories = 10;
const steps = 5;

function inOrder(types: readonly NodeType[], field: string): readonly string[] {
  if (field === 'stage') return vocabulary.lifecycle;
  if (field === 'type') return types;
  const list = types.map((type) => fieldOf(type, storedAs(field))?.list).find((known) => known !== undefined);
  return list ? vocabulary[list] : [];
}

function tokenOfStage(stage: string): string | undefined {
  return stageShape(stage) && `life-${stage}`;
}

function ranked(counts: ReadonlyMap<string, number>, order: readonly string[]): readonly string[] {
  const rank = (key: string): number => {
    const at = order.indexOf(key);
    return at < 0 ? order.length : at;
  };
  return [...counts.keys()].sort(
    (a, b) => rank(a) - rank(b) || (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1),
  );
}

function categorical(nodes: readonly NetNode[], types: readonly NodeType[], field: string): Scale {
  const keyOf = (node: NetNode): string => {
    const value = valueOf(node, field);
    return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
  };
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(keyOf(node), (counts.get(keyOf(node)) ?? 0) + 1);
  const order = inOrder(types, field);
  const known = ranked(counts, order).filter((key) => key !== '');
  const tokens = new Map<string, string>();
  known.forEach((key, at) => {
    // A value of a vocabulary keeps its colour, whatever else is shown.
    const place = order.length > 0 && order.length <= categories ? order.indexOf(key) : at;
    const token = field === 'stage' ? tokenOfStage(key) : undefined;
    tokens.set(key, token ?? (place >= 0 && place < categories ? `cat-${place + 1}` : others));
  });
  const shape = (key: string): Shape | undefined => {
    if (field === 'stage') return stageShape(key);
    // Types with a stage show that by shape instead of their type.
    const known = field === 'type' && isEntityType(key) && !hasStage(key as NodeType);
    return known ? byType[key as NodeType] : undefined;
  };
  const swatches = known
    .filter((key) => tokens.get(key) !== others)
    .map((key) => {
      const form = shape(key);
      return {
        key,
        token: tokens.get(key) ?? plain,
        count: counts.get(key) ?? 0,
        ...(form ? { shape: form } : {}),
      };
    });
  const rest = known.filter((key) => tokens.get(key) === others);
  const restCount = rest.reduce((sum, key) => sum + (counts.get(key) ?? 0), 0);
  const none = counts.get('') ?? 0;
  return {
    swatches: [
      ...swatches,
      ...(rest.length > 0 ? [{ key: '…', token: others, count: restCount }] : []),
      ...(none > 0 ? [{ key: '', token: plain, count: none }] : []),
    ],
    tokenOf: (node) => tokens.get(keyOf(node)) ?? plain,
    keyOf: (node) => (tokens.get(keyOf(node)) === others ? '…' : keyOf(node)),
  };
}

function numeric(nodes: readonly NetNode[], field: string): Scale {
  const numberOf = (node: NetNode): number | null => {
    const value = valueOf(node, field);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const values = nodes.map(numberOf).filter((value) => value !== null);
  const least = Math.min(...values);
  const most = Math.max(...values);
  const whole = values.every(Number.isInteger);
  const count = least === most ? 1 : whole ? Math.min(steps, most - least + 1) : steps;
  const width = whole ? Math.max(1, Math.ceil((most - least + 1) / count)) : (most - least) / count || 1;
  const used = whole ? Math.max(1, Math.ceil((most - least + 1) / width)) : count;
  const stepOf = (value: number): number =>
    Math.min(used - 1, Math.max(0, Math.floor((value - least) / width)));
  const token = (step: number): string =>
    `seq-${used === 1 ? steps : Math.round((step / (used - 1)) * (steps - 1)) + 1}`;
  const counts = Array.from({ length: values.length === 0 ? 0 : used }, () => 0);
  for (const value of values) counts[stepOf(value)] = (counts[stepOf(value)] ?? 0) + 1;
  const none = nodes.length - values.length;
  return {
    swatches: [
      ...counts.map((held, step) => {
        const from = least + step * width;
        const to = step === used - 1 ? most : whole ? from + width - 1 : from + width;
        return { key: String(step), range: [from, to] as const, token: token(step), count: held };
      }),
      ...(none > 0 ? [{ key: '', token: plain, count: none }] : []),
    ],
    tokenOf: (node) => {
      const value = numberOf(node);
      return value === null ? plain : token(stepOf(value));
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
    ? numeric(nodes, field)
    : categorical(nodes, types, field);
}
