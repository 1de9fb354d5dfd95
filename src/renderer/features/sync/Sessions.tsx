import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Session, User } from '#shared/contract/server/users.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { ago } from '../../text/time.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, report } from '../../ui/notices.tsx';
import { When } from '../../ui/When.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { rowKeys } from '../../ui/row-keys.ts';
import styles from './sync.module.css';

/** Shows the sessions of a user, to revoke them. */
export function showSessions(user: User): void {
  const title = say('sync:sessions.title', { name: user.name });
  openDialog({ title, size: 680 }, (close) => <Sessions user={user} onDone={close} />);
}

async function revoke({ id, device }: Session): Promise<void> {
  try {
    await api.administration.revokeSession({ id });
    notice({ id: 'server-session', title: say('sync:done.revoked', { device }) });
  } catch (error) {
    report(error);
  } finally {
    await queries.invalidateQueries({ queryKey: keys.administrations });
  }
}

function Row({ session }: { session: Session }) {
  const { t } = useTexts('sync');
  const { created_at, used_at, current } = session;
  const device = session.device || '–';
  return (
    <tr>
      <th scope="row">{device}</th>
      <td>
        <When at={used_at} />
      </td>
      <td>
        <When at={created_at} />
      </td>
      <td className="row-buttons">
        {current ? (
          <span className="pill pill-plain">{t('sessions.current')}</span>
        ) : (
          <Button
            size="xs"
            variant="default"
            aria-label={t('sessions.revokeNamed', { device, when: ago(used_at) })}
            onClick={() => void revoke(session)}
          >
            {t('sessions.revoke')}
          </Button>
        )}
      </td>
    </tr>
  );
}

function Sessions({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTexts('sync');
  const { id, name } = user;
  const query = useQuery({
    queryKey: keys.administration('sessions', { user: id }),
    queryFn: ({ signal }) => api.administration.sessions({ user: id }, { signal }),
    // Changes on the server are not announced.
    refetchOnMount: 'always',
    refetchOnWindowFocus: 'always',
  });
  return (
    <div className={`stack single gap-16 ${styles.dialog}`}>
      <QueryView query={query} label={t('common:asking')}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <p className="dim">{t('sessions.none')}</p>
          ) : (
            <>
              <p className="dim">{t('sessions.what')}</p>
              <table className="small full plain-table" aria-label={t('sessions.title', { name })}>
                <thead>
                  <tr>
                    <th scope="col">{t('sessions.device')}</th>
                    <th scope="col">{t('sessions.used')}</th>
                    <th scope="col">{t('administration:audit.is.token')}</th>
                    <th aria-hidden />
                  </tr>
                </thead>
                <tbody ref={rowKeys}>
                  {sessions.map((session) => (
                    <Row key={session.id} session={session} />
                  ))}
                </tbody>
              </table>
            </>
          )
        }
      </QueryView>
      <div className="dialog-buttons">
        <Button data-autofocus variant="default" onClick={onDone}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}
