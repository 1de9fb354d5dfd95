import { useQueries } from '@tanstack/react-query';
import type { RecordRef } from '#shared/contract/record.ts';
import type { View } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { useWorkspace } from '../../../stores/profile.ts';
import { keys } from '../../../stores/queries.ts';
import { useRecentPlaces } from '../../../stores/recent-places.ts';

const most = 4;

function recordOf(view: View): string {
  if (view.kind === 'record') return view.id;
  if (view.kind === 'network') return view.focus;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : '';
}

/** The records of the types that were looked at lately, the latest first; none while they are not wanted. */
export function useLately(types: readonly EntityType[], wanted: boolean): readonly RecordRef[] {
  const workspace = useWorkspace().data?.id;
  const places = useRecentPlaces(wanted ? workspace : undefined);
  const ids = [...new Set(places.map(({ view }) => recordOf(view)).filter((id) => id !== ''))].slice(0, most);
  const records = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.find({ id }, { signal }),
    })),
  });
  return records.flatMap(({ data }) =>
    data && data.deleted_at === null && types.includes(data.type)
      ? [
          {
            id: data.id,
            type: data.type,
            title: data.title,
            university_id: data.university_id,
            deleted: false,
          },
        ]
      : [],
  );
}
