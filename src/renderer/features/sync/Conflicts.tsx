import { useQuery } from '@tanstack/react-query';
import type { SyncConflict } from '#shared/contract/sync.ts';
import { useTexts } from '../../i18n/setup.ts';
import { queryFor } from '../../stores/queries.ts';
import { fieldName, displayTitle } from '../../text/names.ts';
import { FieldValue } from '../../ui/Changes.tsx';
import { When } from '../../ui/When.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { resolveConflict } from './actions.ts';
import { RecordLink } from '../../ui/LinkButton.tsx';
import styles from './sync.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

/** One of the two values, its author, and the button that chooses it. */
function ConflictSide({ conflict, side }: { conflict: SyncConflict; side: 'won' | 'lost' }) {
  const { t } = useTexts('sync');
  const { id, record, field, kind, lost, won } = conflict;
  const isDeletion = side === 'won' && (kind === 'deleted' || kind === 'deletes');
  const action = t(side === 'won' ? 'conflict.keep' : 'conflict.use');
  const subject = `${displayTitle(record.title, record.type)}, ${fieldName(field)}`;
  const who = side === 'won' ? conflict.won_by : conflict.lost_by;
  return (
    <div className={`stack start rows-start shrink gap-4 ${styles.side}`}>
      {isDeletion ? (
        <p className="medium breaks fits">
          {who === '' ? t('common:plan.deed.removed') : t('conflict.deletedBy', { who })}
        </p>
      ) : (
        <>
          <p className="dim">{t(`conflict.${side}`, { who })}</p>
          <p className="medium breaks fits">
            <FieldValue
              type={record.type}
              field={field}
              value={side === 'won' ? won : lost}
              other={side === 'won' ? lost : won}
            />
          </p>
        </>
      )}
      <RowButton
        label={action}
        named={`${action}: ${subject}`}
        onClick={() => void resolveConflict(id, side === 'won' ? 'kept' : 'lost')}
      />
    </div>
  );
}

function ConflictRow({ conflict }: { conflict: SyncConflict }) {
  const { t } = useTexts('sync');
  const { record, field, kind, at } = conflict;
  return (
    <li className={styles.conflict}>
      <div className={`shrink breaks ${styles.about}`}>
        <h3>
          <RecordLink record={record} />
        </h3>
        <p>
          {fieldName(field)} <span className="dim">· {t(`conflict.kind.${kind}`)}</span>
        </p>
        <p className="dim">
          <When at={at} />
        </p>
      </div>
      <ConflictSide conflict={conflict} side="won" />
      <ConflictSide conflict={conflict} side="lost" />
    </li>
  );
}

/** Conflicts: two people changed the same field. Each shows both values. */
export function Conflicts() {
  const { t } = useTexts('sync');
  const query = useQuery(queryFor('sync.conflicts', {}));
  return (
    <QueryView
      query={query}
      label={t('list.conflicts')}
      isEmpty={({ conflicts }) => conflicts.length === 0}
      empty={<p className="dim">{t('compare:none.conflict')}</p>}
    >
      {({ conflicts }) => (
        <>
          <p className="dim">{t('conflict.what')}</p>
          <ul className={`card full ${styles.rows}`} aria-label={t('list.conflicts')}>
            {conflicts.map((conflict) => (
              <ConflictRow key={conflict.id} conflict={conflict} />
            ))}
          </ul>
        </>
      )}
    </QueryView>
  );
}
