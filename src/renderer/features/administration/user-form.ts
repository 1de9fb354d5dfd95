import type { User } from '#shared/contract/server/users.ts';
import { email as emailForm, password as passwordForm } from '#shared/contract/server/users.ts';
import { say } from '../../i18n/setup.ts';
import { describeError, faultData, issueText } from '../../text/faults.ts';

/** The values of the form. */
export interface UserValues extends Pick<User, 'name' | 'email' | 'role' | 'sees' | 'active'> {
  /** Id of the university, or ''. */
  university: string;
  /** '' keeps the current one. */
  password: string;
}

const fields = ['name', 'email', 'university', 'password'] as const;
export type UserField = (typeof fields)[number];
type Problems = Partial<Record<UserField, string>>;

export const blankUser: UserValues = {
  name: '',
  email: '',
  role: 'editor',
  university: '',
  sees: 'all',
  active: true,
  password: '',
};

export const valuesOf = ({ name, email, role, university_id, sees, active }: User): UserValues => ({
  name,
  email,
  role,
  sees,
  active,
  university: university_id ?? '',
  password: '',
});

function universityProblem({ role, sees, university }: UserValues): string | null {
  const isNeeded = university === '' && (role === 'editor' || sees === 'university');
  return isNeeded ? say('sync:form.needed') : null;
}

/** Missing and invalid values, by field. */
export function problemsOf(values: UserValues, isNew: boolean): Problems {
  const { name, email, password } = values;
  const university = universityProblem(values);
  const isPassword = passwordForm.safeParse(password).success || (!isNew && password === '');
  return {
    ...(name.trim() === '' ? { name: say('sync:form.needed') } : {}),
    ...(emailForm.safeParse(email.trim()).success ? {} : { email: say('administration:form.emailNeeded') }),
    ...(university === null ? {} : { university }),
    ...(isPassword ? {} : { password: say('sync:form.passwordRule') }),
  };
}

/** The first field with a problem; null if there is none. */
export const firstProblem = (problems: Problems): UserField | null =>
  fields.find((field) => problems[field] !== undefined) ?? null;

export function givenOf({ name, email, role, university, sees }: UserValues) {
  return {
    name: name.trim(),
    email: email.trim().toLowerCase(),
    role,
    university_id: university === '' ? null : university,
    sees,
  };
}

/** Only the changed values, so that concurrent changes of other values stay. */
export function changeOf(user: User, values: UserValues) {
  const { active, password } = values;
  const changed = Object.entries({ ...givenOf(values), active }).filter(
    ([field, value]) => user[field as keyof User] !== value,
  );
  return { ...Object.fromEntries(changed), ...(password === '' ? {} : { password }) };
}

const fieldOf = (path: string): UserField | undefined =>
  path === 'university_id' ? 'university' : fields.find((field) => field === path);

/** Why saving failed: at a field if the error concerns one, else for the whole form. */
export function failuresOf(error: unknown): { fields: Problems; rest: string | null } {
  if (error === null) return { fields: {}, rest: null };
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  const known = issues.flatMap((issue) => {
    const field = fieldOf(issue.path);
    if (!field) return [];
    const isTaken = field === 'email' && issue.code === 'taken';
    const text = isTaken ? say('administration:form.emailTaken') : issueText({ ...issue, path: '' });
    return [[field, text] as const];
  });
  if (known.length > 0 && known.length === issues.length)
    return { fields: Object.fromEntries(known), rest: null };
  const { title, detail, action } = describeError(error);
  return { fields: {}, rest: [`${title}.`, detail, action].filter((part) => part !== null).join(' ') };
}
