import type { NetworkView } from '#shared/address/network.ts';
import { listOf } from '#shared/address/view.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { say } from '../../../i18n/setup.ts';
import { go } from '../../../stores/address.ts';
import { inSentence, typeNames } from '../../../text/names.ts';
import { notice } from '../../../ui/notices.tsx';
import { hidesLonelyUniversities } from '../data.ts';
import type { Model, NetNode } from '../model/model.ts';

/** The most records that a filter names one by one. */
const most = 500;

/** The most frequent type; the first of equal ones. */
function commonType(nodes: Iterable<NetNode>): NodeType | undefined {
  const counts = new Map<NodeType, number>();
  for (const { type } of nodes) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
}

/** Opens the selection as a list, else the first shown type with its filters. A notice names what the list leaves out. */
export function showAsList(view: NetworkView, subjects: readonly NetNode[], model: Model): void {
  const shown = [...model.nodes.values()];
  const type =
    commonType(subjects) ?? view.types.find((one) => shown.some((node) => node.type === one)) ?? 'team';
  const isPart = view.focus !== '' || (type === 'university' && hidesLonelyUniversities(view));
  const chosen = subjects.length > 0 ? subjects : isPart ? shown : [];
  const ofType = chosen.filter((node) => node.type === type);
  // If all matching nodes are shown, the filters suffice.
  const isWhole =
    !isPart &&
    model.matched === shown.length &&
    ofType.length === shown.filter((node) => node.type === type).length;
  const filters = view.filters.filter((one) => one.type === type).map(({ filter }) => filter);
  const listed = isWhole ? ofType : ofType.slice(0, most);
  const value = listed.map(({ id }) => id);
  go({
    ...listOf(type),
    filters: isWhole || value.length === 0 ? filters : [{ field: 'id', op: 'in', value }],
  });
  if (listed.length < chosen.length)
    notice({
      title: say('network:listed', {
        count: listed.length,
        all: chosen.length,
        what: inSentence(typeNames(type)),
      }),
      more: say('network:listedLimit', { count: most }),
    });
}
