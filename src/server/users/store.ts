import { issueOf } from '#shared/texts/issues.ts';
import { randomUUID } from 'node:crypto';
import type { Page } from '#shared/contract/server/base.ts';
import type { User } from '#shared/contract/server/users.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import { idPrefix } from '#shared/domain/types.ts';
import { hashPassword } from '../auth/passwords.ts';
import type { RequestContext } from '../context.ts';
import type { Database, Sql } from '../db/database.ts';
import { pageFrom } from '../db/page.ts';
import { isoTime } from '../db/time.ts';
import { writeProfileChanges } from '../sync/own-operation.ts';

const userColumns = 'id, email, name, role, university_id, sees, active, created_at, updated_at';

export async function userByEmail(
  sql: Sql,
  email: string,
): Promise<{ user: User; password_hash: string | null } | undefined> {
  const row = await sql.get<User & { password_hash: string | null }>(
    `SELECT ${userColumns}, password_hash FROM users WHERE email = $1 AND deleted_at IS NULL`,
    [email],
  );
  if (!row) return undefined;
  const { password_hash, ...user } = row;
  return { user, password_hash };
}

/** Also finds deleted users. Throws USER_NOT_FOUND. */
export async function userById(sql: Sql, id: string): Promise<User> {
  const user = await sql.get<User>(`SELECT ${userColumns} FROM users WHERE id = $1`, [id]);
  if (!user) throw userNotFound(id);
  return user;
}

const userNotFound = (id: string): ServerFault<'USER_NOT_FOUND'> => new ServerFault('USER_NOT_FOUND', { id });

export function listUsers(
  database: Database,
  input: { page: number; page_size: number; sort_by: string; order: 'asc' | 'desc' },
): Promise<Page<User>> {
  const { sort_by: sortColumn, order } = input;
  return pageFrom<User>(database, input, {
    columns: userColumns,
    from: 'users WHERE deleted_at IS NULL',
    sortColumn,
    id: 'id',
    order,
    values: [],
  });
}

interface NewUser {
  email: string;
  /** Null if the user only signs in through their university. */
  password: string | null;
  name: string;
  role: User['role'];
  university_id: string | null;
  sees: User['sees'];
}

/** Throws VALIDATION_ERROR unless the university exists and is not deleted. */
async function assertUniversity(sql: Sql, id: string | null): Promise<void> {
  if (id === null) return;
  const university = await sql.get(
    `SELECT 1 FROM record_ids WHERE id = $1 AND type = 'university' AND NOT deleted`,
    [id],
  );
  if (university) return;
  throw new ServerFault('VALIDATION_ERROR', { issues: [issueOf('university_id', 'dangling', { id })] });
}

/** Creates a user and their profile. Without `actorId`, the user is the actor: the first admin. Throws EMAIL_TAKEN, VALIDATION_ERROR. */
export async function createUser(
  { services }: RequestContext,
  newUser: NewUser,
  actorId?: string,
): Promise<User> {
  const { email, password, name, role, university_id, sees } = newUser;
  const id = `${idPrefix.profile}_${randomUUID()}`;
  const password_hash = password === null ? null : await hashPassword(password);
  const time = isoTime(services.now());
  await writeProfileChanges(
    services,
    { actor: actorId ?? id, label: 'profile.create', params: { type: 'profile', id, title: name } },
    async (sql) => {
      await assertUniversity(sql, university_id);
      const inserted = await sql.run(
        `INSERT INTO users (id, email, password_hash, name, role, university_id, sees, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) ON CONFLICT (email) WHERE deleted_at IS NULL DO NOTHING`,
        [id, email, password_hash, name, role, university_id, sees, time],
      );
      if (inserted === 0) throw new ServerFault('EMAIL_TAKEN', { email });
      return [{ action: 'create', type: 'profile', id, before: null, after: profileOf(newUser) }];
    },
  );
  services.log.info({ user: id }, 'user made');
  return userById(services.database, id);
}

const profileOf = ({ name, role, university_id }: Pick<User, 'name' | 'role' | 'university_id'>) => ({
  name,
  role,
  university_id,
});

type UserChange = { [Key in keyof NewUser]?: NewUser[Key] | undefined } & {
  active?: boolean | undefined;
  /** Hides the user from lists and frees their email. */
  deleted?: true;
};

/** Changes a user; a new password or deactivation ends their sessions. Throws USER_NOT_FOUND, EMAIL_TAKEN, LAST_ADMIN, VALIDATION_ERROR. */
export async function updateUser(
  { services }: RequestContext,
  actorId: string,
  id: string,
  change: UserChange,
): Promise<User> {
  const { password, deleted = false, ...fields } = change;
  const password_hash = password == null ? null : await hashPassword(password);
  const time = isoTime(services.now());
  let changedUser = await userById(services.database, id);
  const { name: title } = changedUser;
  await writeProfileChanges(
    services,
    { actor: actorId, label: 'profile.update', params: { type: 'profile', id, title } },
    async (sql) => {
      const previousUser = await userById(sql, id);
      if (await sql.get('SELECT 1 FROM users WHERE id = $1 AND deleted_at IS NOT NULL', [id]))
        throw userNotFound(id);
      const newValues = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      const user: User = { ...previousUser, ...newValues };
      if (user.university_id !== previousUser.university_id) await assertUniversity(sql, user.university_id);
      const duplicate = await sql.get(
        'SELECT 1 FROM users WHERE email = $1 AND id <> $2 AND deleted_at IS NULL',
        [user.email, id],
      );
      if (duplicate)
        throw new ServerFault('EMAIL_TAKEN', {
          email: user.email,
        });
      await sql.run(
        `UPDATE users SET email = $2, name = $3, role = $4, university_id = $5, sees = $6, active = $7, updated_at = $8,
         password_hash = coalesce($9, password_hash), deleted_at = CASE WHEN $10 THEN $8::timestamptz END,
         scope_version = scope_version + CASE WHEN sees <> $6 OR university_id IS DISTINCT FROM $5 THEN 1 ELSE 0 END
       WHERE id = $1`,
        [
          id,
          user.email,
          user.name,
          user.role,
          user.university_id,
          user.sees,
          user.active,
          time,
          password_hash,
          deleted,
        ],
      );
      if (password_hash !== null)
        await sql.run('DELETE FROM sign_in_failures WHERE email = $1', [user.email]);
      if (!user.active || password_hash !== null)
        await sql.run('UPDATE sessions SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL', [
          id,
          time,
        ]);
      const admins = await sql.get(`SELECT 1 FROM users WHERE role = 'admin' AND active`);
      if (!admins) throw new ServerFault('LAST_ADMIN', {});
      changedUser = { ...user, updated_at: time };
      const [before, after] = [profileOf(previousUser), profileOf(user)];
      return [{ action: 'update', type: 'profile', id, before, after }];
    },
  );
  services.hints.publishUserChange(id);
  return changedUser;
}
