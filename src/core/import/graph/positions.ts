import { isJsonObject } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { refusal } from '../../kernel/files/refusal.ts';
import { idOf } from './graph.ts';

/**
 * Whether the ends of links are positions in the list of nodes, as NetworkX 1 and D3 3 write them, rather than ids. Where they may be both, and
 * mean different nodes, the file is refused, unless somebody said that it is node-link JSON (`chosen`): its ends are ids today. Throws BAD_FILE,
 * reason not_a_graph.
 */
export function readsByPosition(document: JsonObject, key: 'links' | 'edges', chosen: boolean): boolean {
  const { nodes, [key]: links } = document;
  if (!Array.isArray(nodes) || !Array.isArray(links)) return false;
  const ends = (links as readonly Json[]).flatMap((link): (Json | undefined)[] =>
    isJsonObject(link) ? [link.source ?? link.from, link.target ?? link.to] : [],
  );
  const arePositions = ends.every(
    (end) => typeof end === 'number' && Number.isInteger(end) && end >= 0 && end < nodes.length,
  );
  if (!arePositions || ends.length === 0) return false;
  const ids = (nodes as readonly Json[]).map((node) => idOf(isJsonObject(node) ? node.id : node));
  const meansOther = (ends as readonly number[]).filter(
    (end) => ids[end] !== null && ids[end] !== String(end),
  );
  if (meansOther.length === 0) return false;
  const known = new Set(ids);
  const areIds = (ends as readonly number[]).every((end) => known.has(String(end)));
  if (!areIds) return true;
  // Only newer versions of NetworkX call them edges, and these write ids.
  if (chosen || key === 'edges') return false;
  const end = meansOther[0] as number;
  const message = `The ends of the links may be ids or positions in the list of nodes: ${end} may be the node with the id ${end}, or “${ids[end]}”. Use ids that are not numbers, or --format node-link if they are ids.`;
  throw refusal('not_a_graph', message, { path: `$.${key}` });
}
