import { useEffect, useMemo, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { isTwoBandsFromBond } from '#shared/domain/interfaces.ts';
import { usePrinting } from '../../../stores/printing.ts';
import { displayTitle } from '../../../text/names.ts';
import type { Model, NetEdge, NetNode } from '../model/model.ts';
import type { Ink, Styles } from '../stage/attributes.ts';
import { valueOf } from './fields.ts';
import { bondKind, lineStyle, linkKinds, lossKind } from './links.ts';
import type { LinkKind } from './links.ts';
import { scaleOf } from './scale.ts';
import type { Scale } from './scale.ts';
import { shapeOf } from './shapes.ts';

/** A theme colour by token name, without the two hyphens. */
export type Palette = (token: string) => string;

/** The line of bridges: links whose removal splits the network. */
export const bridgeLine = { token: 'accent', width: 4, dash: null } as const;

export interface LineCount {
  kind: LinkKind;
  count: number;
}

/** The look of the network: all that depends on model, chosen fields and theme. */
export interface Look {
  palette: Palette;
  ink: Ink;
  styles: Styles;
  scale: Scale;
  lossCounts: readonly LineCount[];
  bondCounts: readonly LineCount[];
  /** The number of links whose loss contradicts their bond. */
  contradictionCount: number;
  /** Ids of the links emphasised as bridges. */
  bridges: ReadonlySet<string>;
}

function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const cache = new Map<string, string>();
  return (token) => {
    const colour = cache.get(token) ?? style.getPropertyValue(`--${token}`).trim();
    cache.set(token, colour);
    return colour === '' ? '#888888' : colour;
  };
}

/** The colours of a theme, whichever is shown. */
function themePalette(theme: 'light' | 'dark'): Palette {
  const probe = document.createElement('div');
  probe.dataset['mantineColorScheme'] = theme;
  const cache = new Map<string, string>();
  return (token) => {
    const cachedColour = cache.get(token);
    if (cachedColour !== undefined) return cachedColour;
    document.body.append(probe);
    const colour = readPalette(probe)(token);
    probe.remove();
    cache.set(token, colour);
    return colour;
  };
}

const printPalette = themePalette('light');

/** CSS variables as colours, for a picture in a page that follows the theme of its reader. */
export const variablePalette: Palette = (token) => `var(--${token})`;

/** The CSS that defines the variables of a picture under `selector`: dark colours for readers who prefer them, never in print. */
export function variableStyle(picture: string, selector: string): string {
  const tokens = [...new Set([...picture.matchAll(/var\(--([\w-]+)\)/g)].map(([, token = '']) => token))];
  const ruleOf = (palette: Palette): string =>
    `${selector}{${tokens.map((token) => `--${token}:${palette(token)}`).join(';')}}`;
  const darkRule = ruleOf(themePalette('dark'));
  return `${ruleOf(printPalette)}@media screen and (prefers-color-scheme:dark){${darkRule}}`;
}

/** The colours of the shown theme, or of the light one in print. Follows the document's attribute, which changes after the setting. */
export function usePalette(): Palette {
  const [palette, setPalette] = useState<Palette>(() => readPalette(document.documentElement));
  const isPrinting = usePrinting(({ startedAt }) => startedAt !== null);
  useEffect(() => {
    const root = document.documentElement;
    const observer = new MutationObserver(() => setPalette(() => readPalette(root)));
    observer.observe(root, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => observer.disconnect();
  }, []);
  return isPrinting ? printPalette : palette;
}

function parseChannels(colour: string): readonly number[] | null {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(colour);
  return match && match.slice(1).map((part) => Number.parseInt(part, 16));
}

/** Mixes a share (0 to 1) of another colour in, as #rrggbb; returns the first colour if either has another form. */
export function mixColours(colour: string, other: string, share: number): string {
  const [a, b] = [parseChannels(colour), parseChannels(other)];
  if (!a || !b) return colour;
  const parts = a.map((value, index) => Math.round(value * (1 - share) + (b[index] ?? 0) * share));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Radius of a node in px at full view: minimum, without a value, maximum. */
const nodeRadius = { min: 5, standard: 7.5, max: 16 };
/** With more nodes than `above` the radius is multiplied by `factor`. */
const crowdFactors = [
  { above: 8000, factor: 0.22 },
  { above: 3000, factor: 0.32 },
  { above: 800, factor: 0.5 },
  { above: 250, factor: 0.62 },
  { above: 60, factor: 0.78 },
];
const studentFactor = 0.75;
/** Radius in px of the smallest and of the largest group. */
const groupRadius = { min: 5, max: 26 };
/** Up to this many nodes all groups are labelled if there is room. */
const maxLabelledGroups = 300;

/** Returns a function for the radius of a node: its area grows with the value of the field; '' ignores values. */
export function radiusOf(nodes: readonly NetNode[], field: string): (node: NetNode) => number {
  const numberOf = (node: NetNode): number | null => {
    const value = field === '' ? null : valueOf(node, field);
    return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : null;
  };
  const maxValue = nodes.reduce((greatest, node) => Math.max(greatest, numberOf(node) ?? 0), 0);
  const crowdFactor = crowdFactors.find(({ above }) => nodes.length > above)?.factor ?? 1;
  const maxMembers = nodes.reduce((greatest, { members = 0 }) => Math.max(greatest, members), 1);
  return (node) => {
    if (node.members !== undefined)
      return groupRadius.min + (groupRadius.max - groupRadius.min) * Math.sqrt(node.members / maxMembers);
    const value = numberOf(node);
    const size =
      value === null || maxValue <= 0
        ? nodeRadius.standard
        : nodeRadius.min + (nodeRadius.max - nodeRadius.min) * Math.sqrt(value / maxValue);
    return size * crowdFactor * (node.type === 'student' ? studentFactor : 1);
  };
}

const noBridges: ReadonlySet<string> = new Set();

function countLines(edges: readonly NetEdge[], kindOf: (edge: NetEdge) => LinkKind): LineCount[] {
  const counts = new Map<LinkKind, number>();
  for (const edge of edges) counts.set(kindOf(edge), (counts.get(kindOf(edge)) ?? 0) + (edge.count ?? 1));
  return linkKinds.flatMap((kind) => (counts.has(kind) ? [{ kind, count: counts.get(kind) ?? 0 }] : []));
}

export function lookOf(
  model: Model,
  view: Pick<NetworkView, 'colour' | 'size'>,
  palette: Palette,
  bridges: ReadonlySet<string> = noBridges,
): Look {
  const nodes = [...model.nodes.values()];
  const edges = [...model.edges.values()];
  const records = nodes.filter(({ members }) => members === undefined);
  const maxCount = edges.reduce((greatest, { count = 1 }) => Math.max(greatest, count), 1);
  const types = [...new Set(records.map(({ type }) => type))];
  const scale = scaleOf(records, types, view.colour);
  const nodeRadiusOf = radiusOf(nodes, view.size);
  // Lines are thinner if there are many.
  const widthFactor = edges.length > 6000 ? 0.5 : edges.length > 800 ? 0.75 : 1;
  const defaultEdge = { color: palette('line-strong'), size: 1, dash: null };
  return {
    palette,
    ink: {
      text: palette('text'),
      faint: palette('text-3'),
      background: palette('canvas'),
      accent: palette('accent'),
    },
    scale,
    lossCounts: countLines(edges, lossKind),
    bondCounts: countLines(
      edges.filter(({ kind, count }) => kind === 'interface' && count === undefined),
      bondKind,
    ),
    contradictionCount: edges.filter(({ bond, loss }) => isTwoBandsFromBond(bond, loss)).length,
    bridges,
    styles: {
      node: (id) => {
        const node = model.nodes.get(id);
        if (!node) return { size: 1, color: defaultEdge.color, shape: 'circle', label: '' };
        return {
          size: nodeRadiusOf(node),
          color: palette(node.members === undefined ? scale.tokenOf(node) : 'node-group'),
          shape: node.members === undefined ? shapeOf(node) : 'circle',
          label: displayTitle(node.title, node.type),
          ...(node.members !== undefined && { isPriority: nodes.length <= maxLabelledGroups }),
        };
      },
      edge: (id) => {
        const edge = model.edges.get(id);
        if (!edge) return defaultEdge;
        const { token, width, dash } = bridges.has(id) ? bridgeLine : lineStyle(edge, maxCount);
        // Lines between groups stand for both directions, and references have none.
        const arrow = edge.kind === 'interface' && edge.count === undefined;
        return { color: palette(token), size: width * widthFactor, dash, arrow };
      },
    },
  };
}

export function useLook(
  model: Model,
  { colour, size }: Pick<NetworkView, 'colour' | 'size'>,
  bridges: ReadonlySet<string>,
): Look {
  const palette = usePalette();
  return useMemo(
    () => lookOf(model, { colour, size }, palette, bridges),
    [model, colour, size, palette, bridges],
  );
}
