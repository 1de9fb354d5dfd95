import { useTranslation } from 'react-i18next';
import { typeBehind, typeNames } from '../../../text/names.ts';
import { numberText } from '../../../text/values.ts';
import '../backups.css';

type Counts = Readonly<Record<string, number>>;

interface Props {
  now: Counts;
  then: Counts;
  /** What the other state is called: "In the backup". */
  called: string;
}

/** How many records of each kind there are now, and in what would take their place; those of which there are none in either are left out. */
export function CountsTable({ now, then, called }: Props) {
  const { t } = useTranslation('backups');
  const names = Object.keys({ ...now, ...then }).filter(
    (name) => (now[name] ?? 0) > 0 || (then[name] ?? 0) > 0,
  );
  return (
    <table className="restore-counts">
      <thead>
        <tr>
          <td aria-label={t('restore.kind')} />
          <th scope="col">{t('restore.now')}</th>
          <th scope="col">{called}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name) => (
          <tr key={name} className={now[name] === then[name] ? 'dim' : ''}>
            <th scope="row">{typeNames(typeBehind(name))}</th>
            <td className="num">{numberText(now[name] ?? 0)}</td>
            <td className="num">{numberText(then[name] ?? 0)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
