import type { Connection } from '../kernel/db/connection.ts';
import { maxParties, readContacts, yearBefore } from '../network/contact-rows.ts';
import type { Contact } from '../network/contact-rows.ts';
import type { Organisation } from './organisation.ts';

type Contacts = Organisation['contacts'];

export const noContacts = (size: number): Contacts => ({
  offsets: new Uint32Array(size + 1),
  others: new Uint32Array(),
  counts: new Float64Array(),
});

const contactsPerYield = 2000;

/**
 * How often the people of an organisation met each other in the year before the newest contact up to `today`. Each contact counts once for
 * a participant, spread evenly over the others. `partyOf` is the team that a node belongs to, or the node itself.
 */
export function* collectContacts(
  read: Connection,
  {
    nodeById,
    today,
    partyOf,
  }: { nodeById: ReadonlyMap<string, number>; today: string; partyOf: (node: number) => number },
): Generator<number, Contacts, void> {
  const { datedContacts } = yield* readContacts(read);
  const pastContacts = datedContacts.filter(({ day }) => day <= today);
  const newestDay = pastContacts.reduce((newest, { day }) => (day > newest ? day : newest), '');
  if (newestDay === '') return noContacts(nodeById.size);
  const start = yearBefore(newestDay);
  const countsByNode = new Map<number, Map<number, number>>();
  const nodesOf = (ids: readonly string[]): number[] => [
    ...new Set(ids.flatMap((id) => nodeById.get(id) ?? [])),
  ];
  const addContact = ({ who, with: others }: Contact): void => {
    const [whoNodes, otherNodes] = [nodesOf(who), nodesOf(others)];
    if (new Set([...whoNodes, ...otherNodes].map(partyOf)).size > maxParties) return;
    const addAll = (nodes: readonly number[], counterparts: readonly number[]): void => {
      for (const node of nodes) {
        const met = counterparts.filter((other) => other !== node);
        const counts = countsByNode.get(node) ?? new Map<number, number>();
        countsByNode.set(node, counts);
        for (const other of met) counts.set(other, (counts.get(other) ?? 0) + 1 / met.length);
      }
    };
    // Without a named counterpart, all participants met each other.
    addAll(whoNodes, others.length === 0 ? whoNodes : otherNodes);
    addAll(otherNodes, whoNodes);
  };
  for (const [index, contact] of pastContacts.entries()) {
    if (contact.day >= start) addContact(contact);
    if (index % contactsPerYield === 0) yield index;
  }
  return toColumns(countsByNode, nodeById.size);
}

function toColumns(countsByNode: ReadonlyMap<number, ReadonlyMap<number, number>>, size: number): Contacts {
  const offsets = new Uint32Array(size + 1);
  for (const [node, counts] of countsByNode) offsets[node + 1] = counts.size;
  for (let node = 0; node < size; node++) offsets[node + 1]! += offsets[node] as number;
  const others = new Uint32Array(offsets[size] as number);
  const counts = new Float64Array(others.length);
  for (const [node, met] of countsByNode) {
    let at = offsets[node] as number;
    for (const [other, count] of met) {
      others[at] = other;
      counts[at++] = count;
    }
  }
  return { offsets, others, counts };
}
