import { useTranslation } from 'react-i18next';
import type { Carried } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { counted, countedAll } from '../../../text/names.ts';

const kinds = ['created', 'restored', 'updated', 'removed'] as const;
const signs = { created: '+', restored: '+', updated: '~', removed: '−' } as const;
const looks = { created: 'added', restored: 'added', updated: 'changed', removed: 'removed' } as const;

/** What carrying over does, counted: how many records are added, brought back, changed and removed, and what goes along. */
export function CarriedLines({ carried }: { carried: Carried }) {
  const { t } = useTranslation('compare');
  const { along, left } = carried;
  const some = kinds.filter((kind) => sumOf(carried[kind]) > 0);
  return (
    <ul className="carry-lines">
      {some.length === 0 && <li>{t('nothingToDo')}</li>}
      {some.map((kind) => (
        <li key={kind}>
          <span className={`sign sign-${looks[kind]}`} aria-hidden>
            {signs[kind]}
          </span>
          {t(`lines.${kind}`, { what: countedAll(carried[kind]) })}
        </li>
      ))}
      {along.links > 0 && <li>{t('lines.links', { what: counted('interface', along.links) })}</li>}
      {along.references > 0 && <li>{t('lines.references', { count: along.references })}</li>}
      {left > 0 && <li>{t('lines.left', { count: left })}</li>}
    </ul>
  );
}
