import { useQuery } from '@tanstack/react-query';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import {
  fragileLinks,
  leavingStudents,
  notUnderstood,
  openFields,
  outgoingTeams,
  unassigned,
  unknownOf,
  unratedLinks,
} from './checks.ts';
import type { Check } from './checks.ts';
import { useMeant } from '../../../stores/values-meant.ts';
import type { Meant } from '../../../stores/values-meant.ts';
import type { Findings } from './sentences.ts';

async function countOf({ type, filters }: Check, signal: AbortSignal): Promise<number> {
  return (await api.entities.list({ type, filters: [...filters], limit: 0 }, { signal })).matched;
}

async function read(signal: AbortSignal, meant: readonly Meant[]): Promise<Findings> {
  const count = (check: Check): Promise<number> => countOf(check, signal);
  const [fragile, outgoing, leaving, unrated, alone, aside, unknown] = await Promise.all([
    count(fragileLinks),
    count(outgoingTeams),
    count(leavingStudents),
    count(unratedLinks),
    Promise.all(unassigned.map(async (check) => ({ ...check, count: await count(check) }))),
    Promise.all(notUnderstood.map(async (check) => ({ ...check, count: await count(check) }))),
    Promise.all(
      openFields.map(async (open) => {
        const { type, field } = open;
        const held = await api.entities.values({ type, field, limit: 200 }, { signal });
        const one = meant.find((other) => other.type === type && other.field === field);
        return unknownOf(open, held, one?.values);
      }),
    ),
  ]);
  return {
    fragile,
    outgoing,
    leaving,
    unrated,
    unassigned: alone,
    notUnderstood: aside,
    unknown: unknown.filter((one) => one !== null),
  };
}

/** What the records that are here now give reason to look at. */
export function useFindings() {
  const meant = useMeant(useWorkspace().data?.id ?? '');
  return useQuery({
    queryKey: [...keys.attention, 'found', meant],
    queryFn: ({ signal }) => read(signal, meant),
    placeholderData: (before) => before,
  });
}
