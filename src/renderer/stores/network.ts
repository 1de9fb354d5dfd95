import { networkAround, networkOf } from '#shared/address/network.ts';
import type { NetworkView } from '#shared/address/network.ts';
import { nodeType } from '#shared/contract/network.ts';
import type { ListView } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { nameField } from '#shared/domain/title.ts';
import { navigate } from './address.ts';

export function isNetworkType(type: EntityType): boolean {
  return nodeType.options.some((nodeKind) => nodeKind === type);
}

const maxFilters = 20;

/** The network of a list: its type with filters and search. For types without nodes, such as links, the whole network. */
export function networkOfList({ type, filters, search }: ListView): NetworkView {
  const node = nodeType.options.find((nodeKind) => nodeKind === type);
  if (!node) return networkOf();
  const titleField = nameField(type);
  const searchFilters =
    search === '' || titleField === null || titleField === undefined
      ? []
      : [{ field: titleField, op: 'contains' as const, value: search }];
  return networkOf({
    types: [node],
    filters: [...filters, ...searchFilters].slice(0, maxFilters).map((filter) => ({ type: node, filter })),
    references: node === 'student',
  });
}

export function showNetworkAround(id: string): void {
  navigate(networkAround(id));
}
