import { useTranslation } from 'react-i18next';
import type { Restored } from '#shared/contract/moments.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { kindAndWhose, toldApart } from '../../../text/alike.ts';
import { problemText } from '../../../text/faults.ts';
import { counted, countedAll, titleOr } from '../../../text/names.ts';
import { countOf } from './useRestoring.ts';

const kinds = ['created', 'restored', 'updated', 'removed'] as const;
const signs = { created: '+', restored: '+', updated: '~', removed: '−', along: '−' } as const;
const looks = {
  created: 'added',
  restored: 'added',
  updated: 'changed',
  removed: 'removed',
  along: 'removed',
} as const;

/** Most of what is named. */
const named = 8;

function Sign({ of }: { of: keyof typeof signs }) {
  return (
    <span className={`sign sign-${looks[of]}`} aria-hidden>
      {signs[of]}
    </span>
  );
}

/** What restoring does: counted by what becomes of the records, and the first of them by name, those that were chosen before what comes along. */
export function Preview({ preview, chosen }: { preview: Restored; chosen: readonly string[] | null }) {
  const { t } = useTranslation(['past', 'compare']);
  const { along, brought, records, problems } = preview;
  const isChosen = ({ id }: { id: string }): boolean => chosen?.includes(id) ?? false;
  const ordered = [...records.filter(isChosen), ...records.filter((one) => !isChosen(one))];
  const shown = ordered.slice(0, named);
  const apart = toldApart(records);
  const more = countOf(preview) + along.links + along.references - shown.length;
  return (
    <>
      <ul className="carry-lines">
        {kinds
          .filter((kind) => sumOf(preview[kind]) > 0)
          .map((kind) => (
            <li key={kind}>
              <Sign of={kind} />
              {t(`compare:lines.${kind}`, { what: countedAll(preview[kind]) })}
            </li>
          ))}
        {along.links > 0 && <li>{t('compare:lines.links', { what: counted('interface', along.links) })}</li>}
        {along.references > 0 && <li>{t('compare:lines.references', { count: along.references })}</li>}
        {brought > 0 && <li className="dim">{t('restore.brought', { count: brought })}</li>}
      </ul>
      {shown.length > 0 && (
        <ul className="past-names" aria-label={t('restore.names')}>
          {shown.map((one) => (
            <li key={`${one.type} ${one.id}`}>
              <Sign of={one.action} />
              <span className="unseen">{t(`restore.deed.${one.action}`)}</span>
              <span className="cut">{titleOr(one.title, one.type)}</span>
              <span className="dim">{kindAndWhose(one, apart)}</span>
            </li>
          ))}
          {more > 0 && <li className="dim">{t('restore.more', { count: more })}</li>}
        </ul>
      )}
      {problems.length > 0 && (
        <div role="alert">
          <p>{t('restore.problems')}</p>
          <ul className="carry-problems">
            {problems.slice(0, 8).map((issue) => (
              <li key={issue.path}>{problemText(issue)}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
