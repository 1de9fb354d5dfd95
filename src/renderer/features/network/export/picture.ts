import { say } from '../../../i18n/setup.ts';
import { dayText } from '../../../text/formats.ts';
import { numberText } from '../../../text/values.ts';
import { legendParts } from '../controls/legend-parts.ts';
import type { LegendSign } from '../controls/legend-parts.ts';
import type { Look } from '../look/appearance.ts';
import type { Shape } from '../look/shapes.ts';
import type { Model, Point } from '../model/model.ts';
import { arrowOf, bendsOf, curveOf, straightArrow } from '../stage/curve.ts';
import { labelFont } from '../stage/draw.ts';
import { shortenLabel } from '../stage/labels.ts';
import type { Stage } from '../stage/Stage.ts';

export interface Line {
  colour: string;
  width: number;
  dash: readonly [number, number] | null;
}

export interface PlacedShape extends Point {
  shape: Shape;
  radius: number;
  colour: string;
}

/** A network to export. Px, y down; CSS colours. */
export interface Picture {
  width: number;
  height: number;
  title: string;
  subtitle: string;
  background: string;
  textColour: string;
  /** Directed links have an arrowhead; parallel links are curved around a control point. */
  edges: readonly { from: Point; to: Point; line: Line; control?: Point; arrow?: readonly Point[] }[];
  nodes: readonly PlacedShape[];
  labels: readonly (Point & { text: string; isBold: boolean })[];
  legend: readonly { text: string; sign?: { line: Line } | Omit<PlacedShape, 'x' | 'y'> }[];
}

export const topMargin = 66;
export const rowHeight = 20;
const letterWidth = 6.6;
const legendPadding = 78;

export function fullSize({ width, height, legend }: Picture): { width: number; height: number } {
  const textWidth = Math.max(0, ...legend.map(({ text }) => text.length)) * letterWidth;
  return {
    width: width + (legend.length === 0 ? 0 : Math.ceil(textWidth + legendPadding)),
    height: Math.max(height + topMargin, (legend.length + 1) * rowHeight + topMargin),
  };
}

const identity = (text: string): string => text;

export interface PictureTexts {
  workspace: string;
  title: string;
  counts: string;
  colour: string;
  /** The text next to the counts; today by default. */
  when?: string;
  /** Replaces names; by default unchanged. */
  rename?: (text: string) => string;
}

function legendOf(model: Model, look: Look, { colour, rename = identity }: PictureTexts): Picture['legend'] {
  const signOf = (symbol: LegendSign) =>
    'line' in symbol
      ? { line: { ...symbol.line, colour: look.palette(symbol.line.token) } }
      : { shape: symbol.shape, colour: look.palette(symbol.token), radius: 5 };
  return legendParts(model, look, colour).flatMap(({ heading: text, entries }) => [
    { text },
    ...entries.map((entry) => ({
      text: say('common:dot', { a: shortenLabel(rename(entry.text)), b: numberText(entry.count) }),
      sign: signOf(entry.sign),
    })),
  ]);
}

/** A picture of the stage as drawn now. Large networks have line patterns too, which the canvas omits. */
export function pictureOf(stage: Stage, model: Model, look: Look, texts: PictureTexts): Picture {
  const { workspace, title, counts, when = dayText(Date.now()), rename } = texts;
  const positions = stage.screenPositions();
  const bends = bendsOf(model.edges.values());
  const scaleSize = (value: number): number => stage.sigma.scaleSize(value);
  const context = document.createElement('canvas').getContext('2d');
  if (context) context.font = labelFont(600);
  return {
    ...stage.sigma.getDimensions(),
    title: say('common:dot', { a: workspace, b: title }),
    subtitle: when === '' ? counts : say('common:dot', { a: counts, b: when }),
    background: look.ink.background,
    textColour: look.ink.text,
    edges: [...model.edges.values()].flatMap((edge) => {
      const [from, to] = [positions.get(edge.from), positions.get(edge.to)];
      const { color, size, dash, arrow: isDirected } = look.styles.edge(edge.id);
      if (!from || !to) return [];
      const line = { colour: color, width: scaleSize(size), dash };
      const bend = bends.get(edge.id);
      const curve = bend === undefined ? null : curveOf(from, to, -bend);
      const control = curve && { control: curve.control };
      if (isDirected !== true) return [{ from, to, line, ...control }];
      const radius = scaleSize(look.styles.node(edge.to).size);
      const arrow = curve ? arrowOf(curve, radius, line.width) : straightArrow(from, to, radius, line.width);
      return [{ from, to, line, ...control, arrow }];
    }),
    nodes: [...model.nodes.keys()].flatMap((id) => {
      const position = positions.get(id);
      const { size, shape, color } = look.styles.node(id);
      return position ? [{ ...position, radius: scaleSize(size), shape, colour: color }] : [];
    }),
    labels: [
      ...stage.labels.labels.map((label) => ({ ...label, isBold: false })),
      ...stage.labels
        .boldLabels((text) => context?.measureText(text).width ?? 0)
        .map((label) => ({ ...label, isBold: true })),
    ].map((label) =>
      rename ? { ...label, text: shortenLabel(rename(look.styles.node(label.id).label)) } : label,
    ),
    legend: legendOf(model, look, texts),
  };
}
