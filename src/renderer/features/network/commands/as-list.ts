import type { NetworkView } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { inSentence, typeNames } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { leavesOut } from '../model/left-out.ts';
import type { Model, NetNode } from '../model/model.ts';

/** So many records a list names at most one by one. */
const most = 500;

/** The type that most of the nodes are of; of as many the first. */
function usualType(nodes: Iterable<NetNode>): NodeType | undefined {
  const counts = new Map<NodeType, number>();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].reduce<[NodeType, number] | undefined>(
    (best, one) => (best && best[1] >= one[1] ? best : one),
    undefined,
  )?.[0];
}

/**
 * The list of what is selected, or of what is shown of the first type with its filters. A list is of one type, and names only so many
 * records: what it leaves out is told.
 */
export function asList(view: NetworkView, subjects: readonly NetNode[], model: Model): void {
  const { types, filters, focus } = view;
  const shown = [...model.nodes.values()];
  const type = usualType(subjects) ?? types.find((one) => shown.some((node) => node.type === one)) ?? 'team';
  // A list of universities would show those too of which nothing is shown here.
  const sparing = type === 'university' && leavesOut(view);
  const chosen = subjects.length > 0 ? subjects : focus === '' && !sparing ? [] : shown;
  const wanted = chosen.filter((node) => node.type === type);
  // All that there is, as the filters say, needs no names.
  const isWhole =
    focus === '' &&
    !sparing &&
    model.matched === shown.length &&
    wanted.length === shown.filter((node) => node.type === type).length;
  const own = filters.filter((one) => one.type === type).map(({ filter }) => filter);
  const named = isWhole ? wanted : wanted.slice(0, most);
  const value = named.map(({ id }) => id);
  go({
    ...listOf(type),
    filters: isWhole || value.length === 0 ? own : [{ field: 'id', op: 'in', value }],
  });
  if (named.length < chosen.length)
    notice({
      title: say('network:listed', {
        count: named.length,
        all: chosen.length,
        what: inSentence(typeNames(type)),
      }),
      more: say(named.length < wanted.length ? 'network:listedFew' : 'network:listedOne', { count: most }),
    });
}
