import type { z } from 'zod';
import type { compareNetwork, ComparedNetwork } from '#shared/contract/compare-network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { titleOf as titleOfRecord } from '#shared/domain/title.ts';
import { parse } from '../history/effect.ts';
import { endsOf, linksAt, standing, standingIn } from './beside.ts';
import type { Joined, Standing } from './beside.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';
import { differences } from './differences.ts';
import type { Sides } from './differences.ts';
import { same } from './mark.ts';
import type { Mark } from './mark.ts';
import { membershipsOf } from './memberships.ts';
import type { Membership } from './memberships.ts';
import { filterOf, titleOf } from './page.ts';
import { rowsOf } from './states.ts';

type Asked = z.output<(typeof compareNetwork)['~orpc']['inputSchema'] & z.ZodType>;

type Marked<T> = Map<string, T & { mark: Mark }>;

/** What differs and has a place in a network, by id. */
interface Found {
  nodes: Marked<Standing>;
  links: Marked<Joined>;
  /** What the records among these belong to, on any side. */
  memberships: Membership[];
  /** How many match and have no place in it. */
  other: number;
}

/**
 * The records and links that differ, with the records beside them: what links join them with, and what they belong to. Links between two that
 * are only beside are left out: they say nothing of what differs. Yields how many records it has looked at.
 */
export function* networkOfDifferences(
  sides: Sides,
  asked: Omit<Asked, 'id'>,
): Generator<number, ComparedNetwork, void> {
  const found = yield* differing(sides, asked);
  const meant = [...found.nodes.values()].filter(({ mark }) => mark.found);
  // What matches comes first, then the ends of links that do, then what it joined or left, then what is beside; the limit cuts from behind.
  const order = new Set(meant.map(({ id }) => id));
  for (const { mark, from, to } of found.links.values()) if (mark.found) order.add(from).add(to);
  for (const { mark, to } of found.memberships) if (mark.found) order.add(to);
  const links: Marked<Joined> = new Map(found.links);
  const middle = meant.slice(0, asked.limit).map(({ id }) => id);
  for (const side of ['play', 'live'] as const)
    for (const link of yield* linksAt(sides[side], middle))
      if (!links.has(link.id)) links.set(link.id, { ...link, mark: same });
  const inMiddle = new Set(middle);
  const drawn = [...links.values()].filter(
    ({ mark, from, to }) => mark.found || inMiddle.has(from) || inMiddle.has(to),
  );
  const belonging = found.memberships.filter(
    ({ mark, from, to }) => inMiddle.has(from) || (mark.class !== null && inMiddle.has(to)),
  );
  for (const { from, to } of [...drawn, ...belonging.filter(brings)]) order.add(from).add(to);
  const nodes = yield* standingOf(sides, found, [...order]);
  return answer(sides, nodes, { links: drawn, belonging }, found, asked.limit);
}

/** Whether the two of a membership are drawn for its sake: nearly everything is of some university, which says nothing where that is as it was. */
const brings = ({ mark, field }: Membership): boolean => mark.class !== null || field !== 'university_id';

/** Everything that differs, apart from what asks for no place in the network. */
function* differing(sides: Sides, asked: Omit<Asked, 'id'>): Generator<number, Found, void> {
  const matches = filterOf(sides, asked);
  const found: Found = { nodes: new Map(), links: new Map(), memberships: [], other: 0 };
  yield* differences(sides, (one) => {
    const mark = markOf(one, matches(one));
    const payload = shownOf(one);
    const ends = one.type === 'interface' ? endsOf(payload) : null;
    if (isNode(one.type)) {
      found.nodes.set(one.id, { ...standing(one.type, one.id, payload), title: titleOf(sides, one), mark });
      found.memberships.push(...membershipsOf(one.type, one, mark.found));
    } else if (ends) found.links.set(one.id, { id: one.id, ...ends, title: titleOf(sides, one), mark });
    else if (mark.found) found.other += 1;
  });
  return found;
}

const isNode = (type: string): type is NodeType => nodeType.options.some((one) => one === type);

/** What is drawn of a record: as Play has it, or live where only live changed it, or as it was. */
function shownOf({ class: of, base, live, play }: Differing): JsonObject {
  const inOrder = of === 'live' ? [live, base, play] : [play, live, base];
  return inOrder.find(({ payload }) => payload !== null)?.payload ?? {};
}

function markOf({ class: of, base, live, play }: Differing, found: boolean): Mark {
  return { class: of, play: actionOf(base, play), live: actionOf(base, live), found };
}

/** Records by id in that order: what differs as it is drawn, the others as Play has them, or live. */
function* standingOf(
  { live, play }: Sides,
  { nodes }: Found,
  ids: readonly string[],
): Generator<number, Marked<Standing>, void> {
  const plain = ids.filter((id) => !nodes.has(id));
  const inPlay = yield* standingIn(play, plain);
  const inLive = yield* standingIn(
    live,
    plain.filter((id) => !inPlay.has(id)),
  );
  const placed: Marked<Standing> = new Map();
  for (const id of ids) {
    const beside = inPlay.get(id) ?? inLive.get(id);
    const one = nodes.get(id) ?? (beside && { ...beside, mark: same });
    if (one) placed.set(id, one);
  }
  return placed;
}

function answer(
  { live, play }: Sides,
  nodes: Marked<Standing>,
  { links, belonging }: { links: readonly (Joined & { mark: Mark })[]; belonging: readonly Membership[] },
  found: Found,
  limit: number,
): ComparedNetwork {
  const shown = [...nodes.values()].slice(0, limit);
  const place = new Map(shown.map(({ id }, at) => [id, at]));
  const isDrawn = ({ from, to }: Joined): boolean => place.has(from) && place.has(to);
  const joined = links.filter(isDrawn);
  const edges = [...joined, ...belonging.filter(isDrawn)];
  const inPlace = (id: string): number => place.get(id) ?? 0;
  const isMeant = ({ mark }: { mark: Mark }): boolean => mark.found;
  const matching = links.filter(isMeant);
  const nowhere = matching.filter(({ from, to }) => !nodes.has(from) || !nodes.has(to)).length;
  const cut =
    [...nodes.values()].filter(isMeant).length -
    shown.filter(isMeant).length +
    matching.length -
    nowhere -
    joined.filter(isMeant).length;
  return {
    nodes: {
      id: shown.map(({ id }) => id),
      type: shown.map(({ type }) => type),
      title: shown.map(({ title }) => title),
      university: shown.map(({ university }) => university),
      ...columnsOf(shown),
    },
    edges: {
      id: edges.map(({ id }) => id),
      from: edges.map(({ from }) => inPlace(from)),
      to: edges.map(({ to }) => inPlace(to)),
      kind: edges.map((one) => ('field' in one ? 'reference' : 'interface')),
      title: edges.map(({ title }) => title),
      ...columnsOf(edges),
    },
    titles: universities({ live, play }, shown),
    matched: nodes.size,
    left: { limit: cut, other: found.other + nowhere },
  };
}

function columnsOf(list: readonly { mark: Mark }[]) {
  return {
    class: list.map(({ mark }) => mark.class),
    play: list.map(({ mark }) => mark.play),
    live: list.map(({ mark }) => mark.live),
    found: list.map(({ mark }) => mark.found),
  };
}

/** What the universities of the records are called. */
function universities(
  { live, play }: Pick<Sides, 'live' | 'play'>,
  shown: readonly Standing[],
): Record<string, string> {
  const ids = [...new Set(shown.flatMap(({ university }) => university ?? []))];
  const titles: Record<string, string> = {};
  for (const db of [live, play])
    for (const { id, payload } of rowsOf(db, 'university', ids).values())
      titles[id] = titleOfRecord('university', parse(payload));
  return titles;
}
