import { useTranslation } from 'react-i18next';
import type { Carried } from '#shared/contract/compare.ts';
import { toldApart } from '../../../text/alike.ts';
import { problemText } from '../../../text/faults.ts';
import { calledOf } from './called.ts';
import type { Direction } from './carry.ts';

/** Most of what is in the way that is said. */
const most = 8;

interface Props {
  direction: Direction;
  carried: Carried;
}

type Issue = Carried['problems'][number];

/** Says why it cannot be done; of what goes with something that is deleted, or refers to it, with the names of both. */
export function CarryProblems({ direction, carried: { problems, records } }: Props) {
  const { t } = useTranslation('compare');
  if (problems.length === 0) return null;
  const apart = toldApart(records);
  const textOf = (issue: Issue): string => {
    const { path, code, gone } = issue;
    const one = records.find(({ type, id }) => `${path}/`.startsWith(`${type}/${id}/`));
    if (!gone || !one) return problemText(issue);
    const deleted = records.find(({ type, id }) => type === gone.type && id === gone.id);
    const names = { title: calledOf(one, apart), gone: deleted ? calledOf(deleted, apart) : gone.title };
    if (code === 'deleted_in_play') return t('deletedInPlay', names);
    if (!code.startsWith('goes_along')) return problemText(issue);
    const key = path === `${one.type}/${one.id}` ? 'goes' : 'loses';
    return t(`overruled.${direction}.${key}`, names);
  };
  return (
    <ul className="carry-problems" role="alert">
      {problems.slice(0, most).map((issue) => (
        <li key={issue.path}>{textOf(issue)}</li>
      ))}
      {problems.length > most && <li>{t('along.more', { count: problems.length - most })}</li>}
    </ul>
  );
}
