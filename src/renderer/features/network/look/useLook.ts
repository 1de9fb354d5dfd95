import { useEffect, useMemo, useState } from 'react';
import type { NetworkView } from '#shared/address/network.ts';
import { titleOr } from '../../../text/names.ts';
import type { Model } from '../model/model.ts';
import type { Styles } from '../stage/attributes.ts';
import type { Ink } from '../stage/draw.ts';
import { kindOfLink, lines, linkKinds } from './links.ts';
import type { LinkKind } from './links.ts';
import { readPalette } from './palette.ts';
import type { Palette } from './palette.ts';
import { scaleOf } from './scale.ts';
import type { Scale } from './scale.ts';
import { shapeOf } from './shapes.ts';
import { radiusOf } from './sizes.ts';

/** How the network looks now: everything that hangs on the model, the chosen fields and the theme. */
export interface Look {
  palette: Palette;
  ink: Ink;
  styles: Styles;
  scale: Scale;
  /** How many lines there are of each kind that is there. */
  lines: readonly { kind: LinkKind; count: number }[];
}

function inkOf(palette: Palette): Ink {
  return {
    text: palette('text'),
    faint: palette('text-3'),
    ground: palette('canvas'),
    accent: palette('accent'),
  };
}

export function lookOf(model: Model, view: Pick<NetworkView, 'colour' | 'size'>, palette: Palette): Look {
  const nodes = [...model.nodes.values()];
  const types = [...new Set(nodes.map(({ type }) => type))];
  const scale = scaleOf(nodes, types, view.colour);
  const radius = radiusOf(nodes, view.size);
  const counts = new Map<LinkKind, number>();
  for (const edge of model.edges.values()) {
    const kind = kindOfLink(edge);
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  // Many lines on few pixels: thinner.
  const share = model.edges.size > 6000 ? 0.5 : model.edges.size > 800 ? 0.75 : 1;
  const drawn = new Map(
    linkKinds.map((kind) => {
      const { token, width, dash } = lines[kind];
      return [kind, { color: palette(token), size: width * share, dash }];
    }),
  );
  const plain = { color: palette('line-strong'), size: 1, dash: null };
  return {
    palette,
    ink: inkOf(palette),
    scale,
    lines: linkKinds.flatMap((kind) => {
      const count = counts.get(kind) ?? 0;
      return count > 0 ? [{ kind, count }] : [];
    }),
    styles: {
      node: (id) => {
        const node = model.nodes.get(id);
        if (!node) return { size: 1, color: plain.color, shape: 'circle', label: '' };
        const { title, type } = node;
        return {
          size: radius(node),
          color: palette(scale.tokenOf(node)),
          shape: shapeOf(node),
          label: titleOr(title, type),
        };
      },
      edge: (id) => {
        const edge = model.edges.get(id);
        return (edge && drawn.get(kindOfLink(edge))) ?? plain;
      },
    },
  };
}

/** The colours of the theme that is shown. They are there when the document says so, not when the theme is chosen. */
function usePalette(): Palette {
  const [palette, setPalette] = useState(() => readPalette(document.documentElement));
  useEffect(() => {
    const root = document.documentElement;
    const watcher = new MutationObserver(() => setPalette(() => readPalette(root)));
    watcher.observe(root, { attributeFilter: ['data-mantine-color-scheme'] });
    return () => watcher.disconnect();
  }, []);
  return palette;
}

/** The look of a model in the theme that is shown. */
export function useLook(model: Model, colour: string, size: string): Look {
  const palette = usePalette();
  return useMemo(() => lookOf(model, { colour, size }, palette), [model, colour, size, palette]);
}
