import type { Insight } from '#shared/contract/analysis.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { Network } from '#shared/contract/network.ts';
import type { PrintedNetwork } from '#shared/shell/print.ts';
import { api } from '../../api/client.ts';
import { keys, queries } from '../../stores/queries.ts';
import { titleOr } from '../../text/names.ts';

/** The most drawn nodes; those with the most links come first. */
const most = 25;

/** The central node: the item itself, an end of its link, or one of several. */
async function centreOf({ id, ids, type, records }: Insight): Promise<string | undefined> {
  if (id !== undefined && type === 'interface') {
    const queryKey = keys.record(id);
    const link = await queries.fetchQuery({
      queryKey,
      queryFn: ({ signal }) => api.entities.find({ id }, { signal }),
    });
    const from = link?.payload['from'];
    return typeof from === 'string' ? from : undefined;
  }
  const isNode = type !== null && nodeType.safeParse(type).success;
  if (id !== undefined && isNode) return id;
  return ids?.[0] ?? records.find((record) => nodeType.safeParse(record.type).success)?.id;
}

/** The drawing of a network with the item marked: its nodes, or its link and ends. */
export function drawingOf({ nodes, edges }: Network, { id, ids = [] }: Insight): PrintedNetwork {
  const item = new Set([...(id === undefined ? [] : [id]), ...ids]);
  const ends = edges.id.flatMap((edge, at) => (item.has(edge) ? [edges.from[at], edges.to[at]] : []));
  const all = nodes.id.map((node, at) => ({
    at,
    title: titleOr(nodes.title[at] ?? '', nodes.type[at] ?? ''),
    isChosen: item.has(node) || ends.includes(at),
  }));
  const ordered = all.toSorted(
    (a, b) => Number(b.isChosen) - Number(a.isChosen) || (a.title < b.title ? -1 : 1),
  );
  const places = new Map(ordered.map(({ at }, place) => [at, place]));
  return {
    nodes: ordered.map(({ at, title, isChosen }) => {
      const [x, y] = [nodes.x[at], nodes.y[at]];
      return { name: title, isChosen, at: x == null || y == null ? null : { x, y } };
    }),
    links: edges.id.flatMap((edge, at) => {
      const [from, to] = [places.get(edges.from[at] ?? -1), places.get(edges.to[at] ?? -1)];
      if (from === undefined || to === undefined) return [];
      const isOfItem = [edges.from[at], edges.to[at]].some((end) => item.has(nodes.id[end ?? -1] ?? ''));
      return [{ from, to, loss: edges.loss[at] ?? null, isChosen: item.has(edge) || isOfItem }];
    }),
  };
}

/** The item with its neighbours as a drawing; null if it is in no network, such as after deletion. */
export async function neighbourhoodOf(item: Insight | undefined): Promise<PrintedNetwork | null> {
  if (!item) return null;
  try {
    const centre = await centreOf(item);
    if (centre === undefined) return null;
    const asked = { id: centre, depth: 1, limit: most, references: item.type === 'student' };
    const network = await queries.fetchQuery({
      queryKey: keys.network('around', asked),
      queryFn: ({ signal }) => api.network.around(asked, { signal }),
    });
    return drawingOf(network, item);
  } catch {
    return null;
  }
}
