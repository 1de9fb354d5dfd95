import type { ChangeKind } from '#shared/contract/compare-network.ts';
import { mixed } from './appearance.ts';
import type { Look } from './appearance.ts';

/** The kinds of changes in the order of the legend. */
export const changeKinds: readonly ChangeKind[] = ['added', 'changed', 'removed', 'conflict', 'live'];

/** How a change is shown: a colour of the theme, a sign, and a line pattern in px. */
export const changeLook: Readonly<
  Record<ChangeKind, { token: string; sign: string; dash: readonly [number, number] | null }>
> = {
  added: { token: 'ok', sign: '+', dash: null },
  changed: { token: 'info', sign: '~', dash: [12, 4] },
  removed: { token: 'bad', sign: '−', dash: [7, 5] },
  conflict: { token: 'past', sign: '!', dash: [4, 3] },
  live: { token: 'text-2', sign: '↓', dash: [2, 4] },
};

const dimmed = { node: 0.55, edge: 0.3 };

interface Mark {
  /** A colour of the theme by its token. */
  token: string;
  sign?: string;
  dash: readonly [number, number] | null;
}

/** The look of a network in which some nodes and edges are marked, and everything else is dimmed. */
function withMarks(look: Look, markOf: (id: string) => Mark | undefined): Look {
  const { palette, ink, styles } = look;
  const grey = (share: number): string => mixed(palette('line-strong'), ink.ground, share);
  return {
    ...look,
    styles: {
      node: (id) => {
        const mark = markOf(id);
        const style = styles.node(id);
        if (!mark)
          return { ...style, color: mixed(palette('node-plain'), ink.ground, dimmed.node), isFaint: true };
        const { token, sign } = mark;
        return {
          ...style,
          size: style.size * 1.25,
          color: palette(token),
          ...(sign && { sign }),
          isPriority: true,
        };
      },
      edge: (id) => {
        const mark = markOf(id);
        const { arrow } = styles.edge(id);
        if (!mark) return { color: grey(dimmed.edge), size: 1, dash: null, arrow };
        const { token, sign, dash } = mark;
        return { color: palette(token), size: 2.5, dash, arrow, ...(sign && { sign }) };
      },
    },
  };
}

/** Changes are coloured by their kind. `changes` names nodes and edges by id. */
export const withChanges = (look: Look, changes: ReadonlyMap<string, ChangeKind>): Look =>
  withMarks(look, (id) => {
    const change = changes.get(id);
    return change && changeLook[change];
  });

/** What an answer is about stands out, with the links that cause it. Nodes and edges are named by id. */
export const withHighlight = (look: Look, ids: ReadonlySet<string>): Look =>
  withMarks(look, (id) => (ids.has(id) ? { token: 'bad', dash: [2, 4] } : undefined));
