import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Session, User } from '#shared/contract/server/users.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryKeys, queryClient, queryFor } from '../../stores/queries.ts';
import { timeAgo } from '../../text/time.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { openDialog } from '../../ui/dialog.tsx';
import { notice, reportError } from '../../ui/notices.tsx';
import { When } from '../../ui/When.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import styles from './sync.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

export function showSessions(user: User): void {
  const title = say('sync:sessions.title', { name: user.name });
  openDialog({ title, size: 680 }, (close) => <Sessions user={user} onDone={close} />);
}

async function revoke({ id, device }: Session): Promise<void> {
  try {
    await api.administration.revokeSession({ id });
    notice({ id: 'server-session', title: say('sync:done.revoked', { device }) });
  } catch (error) {
    reportError(error);
  } finally {
    await queryClient.invalidateQueries({ queryKey: queryKeys.administrations });
  }
}

function Sessions({ user, onDone }: { user: User; onDone: () => void }) {
  const { t } = useTexts('sync');
  const { id, name } = user;
  const query = useQuery(queryFor('administration.sessions', { user: id }));
  const columns: readonly DataColumn<Session>[] = [
    { key: 'device', title: t('sessions.device'), kind: 'name', renderCell: ({ device }) => device || '–' },
    { key: 'used', title: t('sessions.used'), renderCell: ({ used_at }) => <When at={used_at} /> },
    {
      key: 'created',
      title: t('administration:audit.is.token'),
      renderCell: ({ created_at }) => <When at={created_at} />,
    },
    {
      key: 'revoke',
      kind: 'buttons',
      renderCell: (session) =>
        session.current ? (
          <span className="pill pill-plain">{t('sessions.current')}</span>
        ) : (
          <RowButton
            label={t('sessions.revoke')}
            named={t('sessions.revokeNamed', {
              device: session.device || '–',
              when: timeAgo(session.used_at),
            })}
            onClick={() => void revoke(session)}
          />
        ),
    },
  ];
  return (
    <div className={`stack single gap-16 dialog-form ${styles.dialog}`}>
      <QueryView query={query} label={t('common:asking')}>
        {({ sessions }) =>
          sessions.length === 0 ? (
            <p className="dim">{t('sessions.none')}</p>
          ) : (
            <>
              <p className="dim">{t('sessions.what')}</p>
              <DataTable
                rows={sessions}
                columns={columns}
                keyOf={({ id: session }) => session}
                label={t('sessions.title', { name })}
                className="plain-table"
              />
            </>
          )
        }
      </QueryView>
      <div className="dialog-buttons">
        <Button data-autofocus onClick={onDone}>
          {t('common:close')}
        </Button>
      </div>
    </div>
  );
}
