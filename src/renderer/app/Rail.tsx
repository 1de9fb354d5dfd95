import { useQuery } from '@tanstack/react-query';
import { Suspense, useState } from 'react';
import { tableOf } from '#shared/domain/types.ts';
import { useTexts } from '../i18n/setup.ts';
import { api } from '../api/client.ts';
import { useIsServerAdmin } from '../features/sync/state.ts';
import { useView, visit } from '../stores/address.ts';
import { keys } from '../stores/queries.ts';
import { numberText, shortNumber } from '../text/values.ts';
import { placeOf, places } from '../ui/navigation.ts';
import type { Place } from '../ui/navigation.ts';
import { RailViewsSlot } from './views.tsx';

function Entry({ place, current, count }: { place: Place; current: boolean; count: number | undefined }) {
  const Icon = place.icon;
  return (
    <li>
      <button
        type="button"
        className="rail-entry"
        title={place.label}
        aria-current={current ? 'page' : undefined}
        onClick={() => visit(place.view)}
      >
        <Icon size={18} stroke={1.6} />
        <span className="cut">{place.label}</span>
        {count !== undefined && (
          <span className="tiny regular faint rail-count num" title={numberText(count)}>
            {shortNumber(count)}
          </span>
        )}
      </button>
    </li>
  );
}

export function Rail() {
  const { t } = useTexts('frame');
  // The current destination is marked once: by its saved view if one is open, otherwise in the main part.
  const [inSaved, setInSaved] = useState(false);
  const here = placeOf(useView());
  const isAdmin = useIsServerAdmin();
  const current = inSaved ? null : here;
  const { data } = useQuery({
    queryKey: keys.counts,
    queryFn: ({ signal }) => api.entities.counts({}, { signal }),
  });
  return (
    <nav className="rail" aria-label={t('nav.main')}>
      {places().map((section) => (
        <section key={section.heading ?? ''}>
          {section.heading !== null && <h2 className="tiny medium dim">{section.heading}</h2>}
          <ul className="stack single">
            {section.places
              .filter(({ ofServer }) => !ofServer || isAdmin)
              .map((place) => (
                <Entry
                  key={place.id}
                  place={place}
                  current={place.id === current}
                  count={place.type && (data?.[place.type] ?? data?.[tableOf[place.type]])}
                />
              ))}
          </ul>
        </section>
      ))}
      <Suspense fallback={null}>
        <RailViewsSlot onCurrent={setInSaved} />
      </Suspense>
    </nav>
  );
}
