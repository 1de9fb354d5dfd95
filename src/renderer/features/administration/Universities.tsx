import { recordIn } from '#shared/address/view.ts';
import type { User } from '#shared/contract/server/users.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { useUsers } from './queries.ts';
import styles from './administration.module.css';

const columns = ['name', 'people', 'limited'] as const;

function Table({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const names = useUniversityNames();
  const active = Map.groupBy(
    users.filter((user) => user.active),
    (user) => user.university_id,
  );
  const of = (id: string | null): readonly User[] => active.get(id) ?? [];
  const limited = (some: readonly User[]): number => some.filter(({ sees }) => sees === 'university').length;
  return (
    <table className={`small full plain-table ${styles.narrow}`} aria-label={t('part.universities')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className={column === 'name' ? undefined : 'num'}>
              {t(column === 'name' ? 'records:field.name' : `universities.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {[...names].map(([id, title]) => (
          <tr key={id}>
            <th scope="row">
              <button type="button" className="link-button" onClick={() => go(recordIn('university', id))}>
                {title}
              </button>
            </th>
            <td className="num">{of(id).length}</td>
            <td className="num">{limited(of(id))}</td>
          </tr>
        ))}
        <tr>
          <th scope="row" className="dim">
            {t('universities.without')}
          </th>
          <td className="num">{of(null).length}</td>
          <td className="num">{limited(of(null))}</td>
        </tr>
      </tbody>
    </table>
  );
}

/** The universities of the server with the number of people of each. */
export function Universities() {
  const { t } = useTexts('administration');
  const query = useUsers();
  return (
    <QueryView query={query} label={t('common:asking')}>
      {({ users }) => (
        <>
          <p className="dim">{t('universities.what')}</p>
          <Table users={users} />
        </>
      )}
    </QueryView>
  );
}
