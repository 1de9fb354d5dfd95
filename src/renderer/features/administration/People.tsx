import { fold } from '#shared/domain/fold.ts';
import { Button, TextInput } from '@mantine/core';
import { IconBan, IconCheck, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import type { User } from '#shared/contract/server/users.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { roleName } from '../../text/names.ts';
import { useSync } from '../sync/state.ts';
import { hostOf } from '../sync/status-texts.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { useUsers } from './queries.ts';
import { rowKeys } from '../../ui/row-keys.ts';
import { showSessions } from '../sync/Sessions.tsx';
import { editPerson } from './UserForm.tsx';
import styles from './administration.module.css';

/** Longer lists have a search field. */
const many = 8;

interface RowProps {
  user: User;
  isMe: boolean;
  university: string;
}

function Row({ user, isMe, university }: RowProps) {
  const { t } = useTexts('administration');
  const { name, email, role, sees, active } = user;
  const Sign = active ? IconCheck : IconBan;
  return (
    <tr className={active ? undefined : styles.off}>
      <th scope="row">
        {name}
        {isMe && <span className={`pill pill-plain ${styles.you}`}>{t('common:you')}</span>}
      </th>
      <td>{email}</td>
      <td>{roleName(role)}</td>
      <td>{university}</td>
      <td>{t(`sees.${sees}`)}</td>
      <td className={active ? styles.on : undefined}>
        <span className={styles.signed}>
          <Sign size={15} stroke={1.8} aria-hidden />
          {t(active ? 'records:field.active' : 'people.inactive')}
        </span>
      </td>
      <td className="row-buttons">
        <Button
          size="xs"
          variant="default"
          aria-label={t('grid:bulk.title', { what: name })}
          onClick={() => editPerson(user)}
        >
          {`${t('commands:group.edit')}…`}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t('sync:sessions.title', { name })}
          onClick={() => showSessions(user)}
        >
          {`${t('server.sessions')}…`}
        </Button>
      </td>
    </tr>
  );
}

const columns = [
  'records:field.name',
  'people.email',
  'records:field.role',
  'records:one.university',
  'people.sees',
  'people.signIn',
] as const;

function Table({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const me = useSync(({ status }) => status?.server?.user.id);
  const names = useUniversityNames();
  return (
    <table className="small full plain-table" aria-label={t('part.people')}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
          <th aria-hidden />
        </tr>
      </thead>
      <tbody ref={rowKeys}>
        {users.map((user) => {
          const { university_id } = user;
          const university = university_id === null ? '–' : (names.get(university_id) ?? university_id);
          return <Row key={user.id} user={user} isMe={user.id === me} university={university} />;
        })}
      </tbody>
    </table>
  );
}

function Found({ users }: { users: readonly User[] }) {
  const { t } = useTexts('administration');
  const server = useSync(({ status }) => status?.server?.url ?? '');
  const [text, setText] = useState('');
  const words = fold(text.trim());
  const shown = users.filter(({ name, email }) => fold(`${name} ${email}`).includes(words));
  return (
    <>
      <div className="row wrap apart gap-8-16">
        <p className="dim">{t('people.count', { count: users.length, server: hostOf(server) })}</p>
        {users.length > many && (
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
      {shown.length === 0 ? <p className="dim">{t('people.none', { text })}</p> : <Table users={shown} />}
      {users.length === 1 && <p className="dim">{t('people.alone')}</p>}
    </>
  );
}

/** The people of the server: role, visible universities and sessions. */
export function People() {
  const { t } = useTexts('common');
  const query = useUsers();
  return (
    <QueryView query={query} label={t('asking')}>
      {({ users }) => <Found users={users} />}
    </QueryView>
  );
}
