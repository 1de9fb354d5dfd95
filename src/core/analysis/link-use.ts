import { noNode } from './organisation.ts';
import type { Organisation } from './organisation.ts';

/** A link with a contact a month is used fully, one without contacts half as much. */
const [fullUse, minUse] = [12, 0.5] as const;

/**
 * How much a link between two nodes is used, 1/2 to 1, by the contacts of the last year between them or their members. A contact counts
 * once, however many people take part.
 */
export function useBetween(organisation: Organisation, a: number, b: number): number {
  const { kinds, contacts } = organisation;
  if (contacts.others.length === 0) return minUse;
  const counts = contactCounts(organisation);
  const countOf = (source: number, target: number): number => counts.get(source * kinds.length + target) ?? 0;
  // With several people at one end, a contact counts several times in one direction.
  const contactCount = Math.min(countOf(a, b), countOf(b, a));
  return minUse + (1 - minUse) * Math.min(1, contactCount / fullUse);
}

/** Kept for organisations that share their contacts, as the perturbed ones of a stress test do. */
const cachedCounts = new WeakMap<Organisation['contacts'], ReadonlyMap<number, number>>();

/** The contacts from one node's people with another's, by source × nodes + target. */
function contactCounts({ kinds, students, memberOf, contacts }: Organisation): ReadonlyMap<number, number> {
  const cached = cachedCounts.get(contacts);
  if (cached) return cached;
  const parties = Array.from(kinds, (_, node) => [node]);
  for (const [row, student] of students.entries())
    if (memberOf[row] !== noNode) (parties[student] as number[]).push(memberOf[row] as number);
  const counts = new Map<number, number>();
  for (const [node, ownParties] of parties.entries())
    for (let at = contacts.offsets[node] as number; at < (contacts.offsets[node + 1] as number); at++)
      for (const other of parties[contacts.others[at] as number] as number[])
        for (const own of ownParties) {
          const key = own * kinds.length + other;
          counts.set(key, (counts.get(key) ?? 0) + (contacts.counts[at] as number));
        }
  cachedCounts.set(contacts, counts);
  return counts;
}
