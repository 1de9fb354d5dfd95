import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import type { MeaningHit, SimilarRecord } from '#shared/contract/search.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { queryFor } from '../../../stores/queries.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { matchLocation } from '../../../text/match-location.ts';
import { displayTitle, typeName } from '../../../text/names.ts';
import { iconOf } from '../../../ui/icons.ts';
import { MarkedText } from '../../../ui/MarkedText.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { useOpenRecord } from '../data/record.ts';
import { rememberPassage } from './found-passage.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './notes.module.css';

/** Maximum number of hits by words, of hits by meaning, and of words named for a hit. */
const maxShown = 5;

function Hit({ hit, why }: { hit: SimilarRecord | MeaningHit; why: string }) {
  const openRecord = useOpenRecord();
  const universities = useUniversityNames(hit.university_id !== null);
  const { id, type, title, excerpt } = hit;
  const Icon = iconOf[type];
  return (
    <li className={`flex gap-8 small py-8 ${styles.document}`}>
      <Icon className="faint mt-2" size={16} stroke={1.6} aria-hidden />
      <div className="stack start shrink">
        <LinkButton
          className="medium fits cut"
          title={typeName(type)}
          onClick={() => {
            rememberPassage(hit, '');
            openRecord(type, id);
          }}
        >
          {displayTitle(title, type)}
        </LinkButton>
        <p>{[universities.get(hit.university_id ?? ''), why].filter(Boolean).join(' · ')}</p>
        <p className={`dim clip breaks ${styles.passage}`}>
          <MarkedText before={`${matchLocation(hit)}: `} excerpt={excerpt} />
        </p>
      </div>
    </li>
  );
}

/** Records with the same rare words, and with similar meaning, under separate headings. */
export function SimilarRecords({ id }: { id: string }) {
  const { t } = useTexts('search');
  const headingId = useId();
  const query = useQuery(queryFor('search.similar', { id, limit: maxShown }));
  return (
    <QueryView query={query} label={null}>
      {({ hits, byMeaning }) => (
        <section aria-labelledby={headingId} className={`stack start gap-8 ${styles.part}`}>
          <h2 className="small strong line-below full" id={headingId}>
            {t('similarRecords')}
          </h2>
          {hits.length === 0 && <p className="dim">{t('noneShared')}</p>}
          {hits.length > 0 && (
            <>
              <h3 className="tiny medium dim">{t('byWords')}</h3>
              <ul>
                {hits.map((hit) => (
                  <Hit
                    key={hit.id}
                    hit={hit}
                    why={t('shares', { words: hit.shared.slice(0, maxShown).join(', ') })}
                  />
                ))}
              </ul>
            </>
          )}
          {byMeaning === null ? (
            <p className="dim tiny">{t('meaningOff')}</p>
          ) : (
            byMeaning.length > 0 && (
              <>
                <h3 className="tiny medium dim">{t('meaning')}</h3>
                <ul>
                  {byMeaning.slice(0, maxShown).map((hit) => (
                    <Hit
                      key={hit.id}
                      hit={hit}
                      why={t('similar', { percent: Math.round(hit.similarity * 100) })}
                    />
                  ))}
                </ul>
              </>
            )
          )}
        </section>
      )}
    </QueryView>
  );
}
