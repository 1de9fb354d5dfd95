import { IconAffiliate, IconHistory, IconLayoutGrid } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { printAddress } from '#shared/address/address.ts';
import type { Address, View } from '#shared/address/view.ts';
import { api } from '../../api/client.ts';
import { placeOf, places } from '../../ui/navigation.ts';
import { here } from '../../stores/address.ts';
import { useWorkspace } from '../../stores/profile.ts';
import { keys } from '../../stores/queries.ts';
import { titleOr, typeName, typeNames } from '../../text/names.ts';
import { iconOf } from '../../ui/icons.ts';
import type { IconType } from '../../ui/icons.ts';
import { useSavedViews } from '../views/saved.ts';
import type { Entry } from './entry.ts';
import { placeText, useRecentPlaces } from '../../stores/recent-places.ts';

/** Places that are shown. */
const most = 6;

function recordOf(view: View): string | null {
  if (view.kind === 'record') return view.id;
  if (view.kind === 'network') return view.focus || null;
  return view.kind === 'list' && view.panel?.kind === 'record' ? view.panel.id : null;
}

const signs: Partial<Record<View['kind'], IconType>> = { history: IconHistory, network: IconAffiliate };

/** Where the window was lately but is not now, by name: records that are still there, lists and views. */
export function useRecentEntries(wanted: boolean): readonly Entry[] {
  const { t } = useTranslation(['commands', 'network']);
  const workspace = useWorkspace().data?.id;
  const now = placeText(here());
  const recent = useRecentPlaces(wanted ? workspace : undefined).filter((place) => placeText(place) !== now);
  const ids = recent.map(({ view }) => recordOf(view)).filter((id) => id !== null);
  const records = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.record(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => api.entities.find({ id }, { signal }),
      enabled: wanted,
    })),
  });
  const views = useSavedViews();
  const known = new Map(records.flatMap(({ data }) => (data ? [[data.id, data] as const] : [])));
  const named = places().flatMap((section) => section.places);

  function entryOf(place: Address): Entry | null {
    const { view } = place;
    const id = printAddress(place);
    const record = recordOf(view);
    if (record !== null) {
      const found = known.get(record);
      if (!found || found.deleted_at !== null) return null;
      const label = titleOr(found.title, found.type);
      if (view.kind === 'network')
        return { id, label: t('network:around', { title: label }), icon: IconAffiliate, view };
      return { id, label, icon: iconOf[found.type], aside: typeName(found.type), view };
    }
    if (view.kind === 'list') {
      const saved = view.saved === '' ? undefined : views?.find((one) => one.id === view.saved);
      if (view.saved !== '' && !saved) return null;
      return { id, label: saved?.name ?? typeNames(view.type), icon: iconOf[view.type], view };
    }
    // They would be called like the pages that they belong to.
    if (view.kind === 'compare' || view.kind === 'golden-compare' || view.kind === 'moments') return null;
    const known_place = named.find((one) => one.id === placeOf(view));
    if (known_place) return { id, label: known_place.label, icon: known_place.icon, view };
    const key = `view.${view.kind}` as 'view.about';
    return { id, label: t(key), icon: signs[view.kind] ?? IconLayoutGrid, view };
  }
  return recent.flatMap((place) => entryOf(place) ?? []).slice(0, most);
}
