import { say } from '../../../i18n/setup.ts';
import { dayText } from '../../../text/formats.ts';
import { numberText } from '../../../text/values.ts';
import { legendParts } from '../controls/legend-parts.ts';
import { lines } from '../look/links.ts';
import type { Look } from '../look/useLook.ts';
import type { Model } from '../model/model.ts';
import { strongSpot } from '../stage/draw.ts';
import { shortened } from '../stage/names.ts';
import { formOf } from '../stage/naming.ts';
import type { Stage } from '../stage/Stage.ts';
import type { LegendLine, Picture, Surroundings } from './svg.ts';

/** The size of letters in the window and in an SVG, in px. */
const letters = 12;
const withCount = (text: string, count: number): string => `${text}  ${numberText(count)}`;

function legendOf(model: Model, look: Look, colour: string): LegendLine[] {
  return legendParts(model, look, colour).flatMap(({ heading, entries }): LegendLine[] => [
    { kind: 'heading', text: heading },
    ...entries.map(({ sign, text, count }): LegendLine => {
      const words = withCount(shortened(text), count);
      if ('shape' in sign)
        return { kind: 'node', text: words, colour: look.palette(sign.token), shape: sign.shape };
      const { token, width, dash } = lines[sign.line];
      return { kind: 'line', text: words, colour: look.palette(token), width, dash };
    }),
  ]);
}

/** The names as they are written in the window. */
function namesOf(stage: Stage, look: Look): Picture['names'] {
  const { sigma, names } = stage;
  const { width } = sigma.getDimensions();
  const withRings = [...stage.attention.withRings()].flatMap((id) => {
    const form = formOf(sigma, id);
    if (!form) return [];
    const text = shortened(look.styles.node(id).label);
    return [{ text, ...strongSpot(form, { wide: 0, letters, width }), strong: true }];
  });
  return [...names.written.map(({ text, x, y, strong }) => ({ text, x, y, strong })), ...withRings];
}

/** What a picture is of, in words. */
export interface Subject {
  /** The name of the workspace. */
  workspace: string;
  /** All of the network, or what is around a record. */
  what: string;
  /** How much is shown. */
  counts: string;
  /** By what nodes are coloured. */
  colour: string;
}

/** What stands around a picture of today. */
export function surroundingsOf(
  model: Model,
  look: Look,
  { workspace, what, counts, colour }: Subject,
): Surroundings {
  return {
    title: say('network:picture.title', { workspace, what }),
    about: say('network:picture.about', { counts, day: dayText(Date.now()) }),
    background: look.ink.ground,
    text: { colour: look.ink.text, family: "'Inter Variable', Inter, system-ui, sans-serif" },
    legend: legendOf(model, look, colour),
  };
}

/** What the stage shows now, as the SVG writer takes it: with every pattern, however much there is. */
export function pictureOf(stage: Stage, model: Model, look: Look, around: Surroundings): Picture {
  const { width, height } = stage.sigma.getDimensions();
  const places = stage.places();
  const size = (value: number): number => stage.sigma.scaleSize(value);
  return {
    ...around,
    width,
    height,
    edges: [...model.edges.values()].flatMap((edge) => {
      const from = places.get(edge.from);
      const to = places.get(edge.to);
      const style = look.styles.edge(edge.id);
      return from && to ? [{ from, to, colour: style.color, width: size(style.size), dash: style.dash }] : [];
    }),
    nodes: [...model.nodes.keys()].flatMap((id) => {
      const place = places.get(id);
      const style = look.styles.node(id);
      return place ? [{ ...place, radius: size(style.size), shape: style.shape, colour: style.color }] : [];
    }),
    names: namesOf(stage, look),
  };
}
