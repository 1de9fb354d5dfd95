import { useTranslation } from 'react-i18next';
import type { ImportPlan } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { titleOr, typeName } from '../../../text/names.ts';
import { Changes } from '../../../ui/Changes.tsx';

/** A few of the records that are here already and would change: each field before and after. */
export function Changed({ plan: { changed, updates } }: { plan: Pick<ImportPlan, 'changed' | 'updates'> }) {
  const { t } = useTranslation('transfer');
  if (changed.length === 0) return null;
  const more = sumOf(updates) - changed.length;
  return (
    <section className="import-changes" aria-label={t('preview.changed')}>
      <h2>{t('preview.changed')}</h2>
      <ul>
        {changed.map(({ type, id, title, before, after }) => (
          <li key={id}>
            <p>
              <strong>{titleOr(title, type)}</strong> <span className="dim">{typeName(type)}</span>
            </p>
            <Changes change={{ type, action: 'update', before, after }} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="dim">{t('preview.moreChanged', { count: more })}</p>}
    </section>
  );
}
