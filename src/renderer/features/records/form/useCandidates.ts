import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { RecordRef } from '#shared/contract/record.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { keys } from '../../../stores/queries.ts';
import type { ListQuery } from '../../../stores/queries.ts';
import { useLately } from './useLately.ts';

const limit = 30;

/** Each record once, where it stands first. */
function byId(records: readonly RecordRef[]): readonly RecordRef[] {
  const seen = new Set<string>();
  return records.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/** The kinds that links join, from the most to the least usual. */
const byUse: readonly EntityType[] = ['team', 'project', 'faculty', 'university', 'student', 'outcome'];

/** Kind by kind, each as it was in order. */
function inKinds(records: readonly RecordRef[]): readonly RecordRef[] {
  return records.toSorted((one, other) => byUse.indexOf(one.type) - byUse.indexOf(other.type));
}

interface Wanted {
  types: readonly EntityType[];
  text: string;
  /** The university whose records come first, or ''. */
  near: string;
  enabled: boolean;
}

export interface Candidates {
  found: readonly RecordRef[];
  /** What is typed is still being looked for: `found` belongs to what was typed before. */
  pending: boolean;
}

/** The records of the types whose title has the text: those of one university first, where one is named. While nothing is typed several kinds stand one after the other. */
export function useCandidates({ types, text, near, enabled }: Wanted): Candidates {
  const [asked] = useDebouncedValue(text, 80);
  const everywhere = useQuery({
    queryKey: keys.lookup(types, asked),
    queryFn: ({ signal }) => api.entities.lookup({ types: [...types], text: asked, limit }, { signal }),
    enabled,
    placeholderData: keepPreviousData,
  });
  const type = types.length === 1 ? types[0] : undefined;
  const owned = type !== undefined && fieldsOf(type).some(({ key }) => key === 'university_id');
  const query: ListQuery = {
    type: type ?? 'team',
    search: asked,
    filters: [{ field: 'university_id', op: 'is', value: near }],
    deleted: 'without',
  };
  const nearby = useQuery({
    queryKey: [...keys.list(query), 'near'],
    queryFn: ({ signal }) => api.entities.list({ ...query, limit }, { signal }),
    enabled: enabled && owned && near !== '',
    placeholderData: keepPreviousData,
  });
  // Most links are of teams: before anything is typed they come first among several types, those looked at lately before all.
  const mixed = type === undefined && types.includes('team') && text === '' && asked === '';
  const teamQuery: ListQuery = { type: 'team', search: '', filters: [], deleted: 'without' };
  const teams = useQuery({
    queryKey: [...keys.list(teamQuery), 'first'],
    queryFn: ({ signal }) => api.entities.list({ ...teamQuery, limit }, { signal }),
    enabled: enabled && mixed,
    placeholderData: keepPreviousData,
  });
  // Else the many students would fill all that is asked for.
  const usual = byUse.filter((one) => types.includes(one) && (one === 'project' || one === 'faculty'));
  const joined = useQuery({
    queryKey: keys.lookup(usual, ''),
    queryFn: ({ signal }) => api.entities.lookup({ types: [...usual], text: '', limit }, { signal }),
    enabled: enabled && mixed && usual.length > 0,
    placeholderData: keepPreviousData,
  });
  const lately = useLately(types, enabled && mixed);
  const asRef = ({ id, type: kind, title, university_id }: Omit<RecordRef, 'deleted'>): RecordRef => {
    return { id, type: kind, title, university_id, deleted: false };
  };
  const first: readonly RecordRef[] = mixed
    ? byId([...lately, ...(teams.data?.rows ?? []).map(asRef), ...inKinds(joined.data ?? [])])
    : owned && near !== ''
      ? (nearby.data?.rows ?? []).map(asRef)
      : [];
  const found = (everywhere.data ?? []).filter(({ id }) => !first.some((one) => one.id === id));
  const others = mixed ? inKinds(found) : found;
  const waits = [everywhere, nearby, teams, joined].some(({ isFetching, isPlaceholderData, data }) => {
    return isPlaceholderData || (isFetching && data === undefined);
  });
  return { found: [...first, ...others], pending: asked !== text || waits };
}
