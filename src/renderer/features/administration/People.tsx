import { foldText } from '#shared/domain/fold.ts';
import { TextInput } from '@mantine/core';
import { IconBan, IconCheck, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { User } from '#shared/contract/server/users.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { roleName } from '../../text/names.ts';
import { useSync } from '../sync/state.ts';
import { hostOf } from '../sync/status-texts.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { useUsers } from './queries.ts';
import { showSessions } from '../sync/Sessions.tsx';
import { editPerson } from './UserForm.tsx';
import styles from './administration.module.css';
import { RowButton } from '../../ui/RowButton.tsx';

/** The list has a search field above this number of rows. */
const maxWithoutSearch = 8;

function UserTable({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const myId = useSync(({ status }) => status?.server?.user.id);
  const names = useUniversityNames();
  const columns: readonly DataColumn<User>[] = [
    {
      key: 'name',
      title: t('records:field.name'),
      kind: 'name',
      renderCell: ({ id, name }) => (
        <>
          {name}
          {id === myId && <span className={`pill pill-plain ${styles.you}`}>{t('common:you')}</span>}
        </>
      ),
    },
    { key: 'email', title: t('people.email'), renderCell: ({ email }) => email },
    { key: 'role', title: t('records:field.role'), renderCell: ({ role }) => roleName(role) },
    {
      key: 'university',
      title: t('records:one.university'),
      renderCell: ({ university_id: id }) => (id === null ? '–' : (names.get(id) ?? id)),
    },
    { key: 'sees', title: t('people.sees'), renderCell: ({ sees }) => t(`sees.${sees}`) },
    {
      key: 'signIn',
      title: t('people.signIn'),
      classOf: ({ active }) => (active ? styles.on : undefined),
      renderCell: ({ active }) => {
        const StatusIcon = active ? IconCheck : IconBan;
        return (
          <span className={styles.signed}>
            <StatusIcon size={15} stroke={1.8} aria-hidden />
            {t(active ? 'records:field.active' : 'people.inactive')}
          </span>
        );
      },
    },
    {
      key: 'buttons',
      kind: 'buttons',
      renderCell: (user) => (
        <>
          <RowButton
            label={`${t('commands:group.edit')}…`}
            named={t('grid:bulk.title', { what: user.name })}
            onClick={() => editPerson(user)}
          />
          <RowButton
            label={`${t('server.sessions')}…`}
            named={t('sync:sessions.title', { name: user.name })}
            onClick={() => showSessions(user)}
          />
        </>
      ),
    },
  ];
  return (
    <DataTable
      rows={users}
      columns={columns}
      keyOf={({ id }) => id}
      label={t('part.people')}
      className="plain-table"
      rowClass={({ active }) => (active ? undefined : styles.off)}
    />
  );
}

function FilteredUsers({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const server = useSync(({ status }) => status?.server?.url ?? '');
  const [text, setText] = useState('');
  const foldedText = foldText(text.trim());
  const matches = users.filter(({ name, email }) => foldText(`${name} ${email}`).includes(foldedText));
  return (
    <>
      <div className="row wrap apart gap-8-16">
        <p className="dim">{t('people.count', { count: users.length, server: hostOf(server) })}</p>
        {users.length > maxWithoutSearch && (
          <TextInput
            size="xs"
            className="w-220"
            aria-label={t('people.find')}
            placeholder={t('people.find')}
            leftSection={<IconSearch size={14} stroke={1.6} />}
            value={text}
            onChange={({ currentTarget: { value } }) => setText(value)}
          />
        )}
      </div>
      {matches.length === 0 ? (
        <p className="dim">{t('people.none', { text })}</p>
      ) : (
        <UserTable users={matches} />
      )}
      {users.length === 1 && <p className="dim">{t('people.alone')}</p>}
    </>
  );
}

export function People() {
  const { t } = useTexts('common');
  const query = useUsers();
  return (
    <QueryView query={query} label={t('asking')}>
      {({ users }) => <FilteredUsers users={users} />}
    </QueryView>
  );
}
