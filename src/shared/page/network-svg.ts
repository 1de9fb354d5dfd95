import { lossBand } from '../domain/interfaces.ts';
import type { PrintedNetwork, PrintedNode } from '../shell/print.ts';
import { escapeText } from './escape.ts';

/** Size of the drawing, in the units of texts and lines. */
const drawingSize = { width: 340, height: 230, edge: 12, ring: { x: 66, y: 92 } };
const letterSize = { height: 9, width: 4.9 };
const maxNameLength = 24;
/** The distance between chosen nodes in the middle. */
const chosenSpacing = 26;

interface Point {
  x: number;
  y: number;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Label extends Point {
  text: string;
  anchor: 'start' | 'middle' | 'end';
  isBold: boolean;
}

const middle: Point = { x: drawingSize.width / 2, y: drawingSize.height / 2 };
const toSvgNumber = (value: number): string => String(Math.round(value * 10) / 10);
const radiusOf = ({ isChosen }: PrintedNode): number => (isChosen ? 6.5 : 4.5);

function shortenName(name: string): string {
  const characters = [...new Intl.Segmenter().segment(name)].map(({ segment }) => segment);
  return characters.length <= maxNameLength ? name : `${characters.slice(0, maxNameLength - 1).join('')}…`;
}

/** Saved positions scaled to the drawing; null unless each of at least two nodes has one and none overlap. */
function savedPoints({ nodes }: PrintedNetwork): Point[] | null {
  const positions = nodes.flatMap(({ at }) => at ?? []);
  if (positions.length < nodes.length || nodes.length < 2) return null;
  const [xs, ys] = [positions.map(({ x }) => x), positions.map(({ y }) => y)];
  const [left, bottom] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - bottom];
  const available = {
    width: drawingSize.width - 8 * drawingSize.edge,
    height: drawingSize.height - 4 * drawingSize.edge,
  };
  const scale = Math.min(available.width / Math.max(width, 1), available.height / Math.max(height, 1));
  const points = positions.map(({ x, y }) => ({
    x: middle.x + (x - left - width / 2) * scale,
    y: middle.y - (y - bottom - height / 2) * scale,
  }));
  const isSeparate = points.every(({ x, y }, index) =>
    points.slice(0, index).every((other) => Math.hypot(other.x - x, other.y - y) > drawingSize.edge),
  );
  return isSeparate ? points : null;
}

/** Chosen nodes in the middle, others around them. Each has its own height, so that labels have room. */
function radialPoints({ nodes }: PrintedNetwork): Point[] {
  const chosenCount = nodes.filter(({ isChosen }) => isChosen).length;
  const otherCount = nodes.length - chosenCount;
  const perSide = Math.ceil(otherCount / 2);
  let [chosenIndex, otherIndex] = [0, 0];
  return nodes.map(({ isChosen }) => {
    if (isChosen) {
      const offset = (chosenIndex - (chosenCount - 1) / 2) * chosenSpacing;
      chosenIndex += 1;
      return { x: middle.x, y: middle.y + offset };
    }
    const side = otherIndex % 2 === 0 ? 1 : -1;
    const share = perSide < 2 ? 0 : (2 * Math.floor(otherIndex / 2)) / (perSide - 1) - 1;
    otherIndex += 1;
    const bend = Math.sqrt(1 - 0.75 * share * share);
    return { x: middle.x + side * drawingSize.ring.x * bend, y: middle.y + drawingSize.ring.y * share };
  });
}

const overlaps = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
const isInside = ({ left, right, top, bottom }: Box): boolean =>
  left >= 0 && right <= drawingSize.width && top >= 0 && bottom <= drawingSize.height;

function labelPositions(node: PrintedNode, { x, y }: Point): Label[] {
  const radius = radiusOf(node);
  const base = { text: shortenName(node.name), isBold: node.isChosen };
  const baseline = { y: y + letterSize.height * 0.35 };
  const right: Label = { ...base, ...baseline, x: x + radius + 3, anchor: 'start' };
  const left: Label = { ...base, ...baseline, x: x - radius - 3, anchor: 'end' };
  const below: Label = { ...base, x, y: y + radius + letterSize.height + 1, anchor: 'middle' };
  const above: Label = { ...base, x, y: y - radius - 4, anchor: 'middle' };
  if (node.isChosen) return [below, above, right, left];
  return x < middle.x ? [left, below, above, right] : [right, below, above, left];
}

function boxOf({ text, x, y, anchor, isBold }: Label): Box {
  const width = text.length * letterSize.width * (isBold ? 1.1 : 1);
  const left = { start: x, middle: x - width / 2, end: x - width }[anchor];
  return { left, right: left + width, top: y - letterSize.height, bottom: y + letterSize.height * 0.25 };
}

/** Places labels without collisions, those of chosen nodes first, and reports whether all fit. */
function placeLabels(
  nodes: readonly PrintedNode[],
  points: readonly Point[],
): { names: Label[]; allFit: boolean } {
  const occupied: Box[] = nodes.flatMap((node, index) => {
    const [point, radius] = [points[index], radiusOf(node)];
    if (!point) return [];
    const { x, y } = point;
    return { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius };
  });
  const labelledIndexes = nodes.map((_, index) => index).filter((index) => nodes[index]?.name !== '');
  const names: Label[] = [];
  for (const index of labelledIndexes.toSorted(
    (a, b) => Number(nodes[b]?.isChosen) - Number(nodes[a]?.isChosen),
  )) {
    const [node, point] = [nodes[index], points[index]];
    if (!node || !point) continue;
    const label = labelPositions(node, point).find((candidate) => {
      const box = boxOf(candidate);
      return isInside(box) && !occupied.some((other) => overlaps(box, other));
    });
    if (!label) continue;
    names.push(label);
    occupied.push(boxOf(label));
  }
  return { names, allFit: names.length === labelledIndexes.length };
}

/** Links differ by their dashes, as in the window. */
const dashes = { strong: '', moderate: '', weak: '6 4', fragile: '1.5 3', unknown: '6 4' } as const;

function linkSvg({ loss, isChosen }: PrintedNetwork['links'][number], from: Point, to: Point): string {
  const dash = dashes[lossBand(loss)];
  const kind = isChosen ? ' class="chosen"' : '';
  const pattern = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<path${kind}${pattern} d="M${toSvgNumber(from.x)} ${toSvgNumber(from.y)}L${toSvgNumber(to.x)} ${toSvgNumber(to.y)}"/>`;
}

/**
 * A small network as inline SVG, with the chosen nodes and links highlighted and labels where they fit. Saved positions are used only if
 * all labels fit. Colours come from the page's style.
 */
export function networkSvg(network: PrintedNetwork, label: string): string {
  const savedPositions = savedPoints(network);
  const usesSaved = savedPositions !== null && placeLabels(network.nodes, savedPositions).allFit;
  const points = usesSaved ? savedPositions : radialPoints(network);
  const { names } = placeLabels(network.nodes, points);
  const links = network.links.map((link) => {
    const [from, to] = [points[link.from], points[link.to]];
    return from && to ? linkSvg(link, from, to) : '';
  });
  const nodes = network.nodes.map((node, index) => {
    const point = points[index] ?? middle;
    const kind = node.isChosen ? ' class="chosen"' : '';
    return `<circle${kind} cx="${toSvgNumber(point.x)}" cy="${toSvgNumber(point.y)}" r="${radiusOf(node)}"/>`;
  });
  const texts = names.map(
    ({ x, y, text, anchor, isBold }) =>
      `<text${isBold ? ' class="chosen"' : ''} x="${toSvgNumber(x)}" y="${toSvgNumber(y)}" text-anchor="${anchor}">${escapeText(text)}</text>`,
  );
  return [
    `<svg class="network" viewBox="0 0 ${drawingSize.width} ${drawingSize.height}" role="img" aria-label="${escapeText(label)}">`,
    `<g class="links">${links.join('')}</g><g class="nodes">${nodes.join('')}</g><g class="names">${texts.join('')}</g></svg>`,
  ].join('');
}
