import type { ChangeKind } from '#shared/contract/compare-network.ts';
import { mixColours } from './appearance.ts';
import type { Look } from './appearance.ts';

export const changeKinds: readonly ChangeKind[] = ['added', 'changed', 'removed', 'conflict', 'live'];

/** The style of a change: theme colour, sign, and line pattern in px. */
export const styleByChange: Readonly<
  Record<ChangeKind, { token: string; sign: string; dash: readonly [number, number] | null }>
> = {
  added: { token: 'ok', sign: '+', dash: null },
  changed: { token: 'info', sign: '~', dash: [12, 4] },
  removed: { token: 'bad', sign: '−', dash: [7, 5] },
  conflict: { token: 'past', sign: '!', dash: [4, 3] },
  live: { token: 'text-2', sign: '↓', dash: [2, 4] },
};

const dimShare = { node: 0.55, edge: 0.3 };

interface Mark {
  token: string;
  sign?: string;
  dash: readonly [number, number] | null;
}

/** The look with some nodes and edges marked and all others dimmed. */
function withMarks(look: Look, markOf: (id: string) => Mark | undefined): Look {
  const { palette, ink, styles } = look;
  const dimColour = (share: number): string => mixColours(palette('line-strong'), ink.background, share);
  return {
    ...look,
    styles: {
      node: (id) => {
        const mark = markOf(id);
        const style = styles.node(id);
        if (!mark)
          return {
            ...style,
            color: mixColours(palette('node-plain'), ink.background, dimShare.node),
            isFaint: true,
          };
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
        if (!mark) return { color: dimColour(dimShare.edge), size: 1, dash: null, arrow };
        const { token, sign, dash } = mark;
        return { color: palette(token), size: 2.5, dash, arrow, ...(sign && { sign }) };
      },
    },
  };
}

/** Marks changes by kind. `changes` has ids of nodes and edges. */
export const withChanges = (look: Look, changes: ReadonlyMap<string, ChangeKind>): Look =>
  withMarks(look, (id) => {
    const change = changes.get(id);
    return change && styleByChange[change];
  });

/** Highlights the subject of an answer and the links behind it, by id. */
export const withHighlight = (look: Look, ids: ReadonlySet<string>): Look =>
  withMarks(look, (id) => (ids.has(id) ? { token: 'bad', dash: [2, 4] } : undefined));
