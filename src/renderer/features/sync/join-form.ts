import { readServerAddress } from '#shared/domain/server-address.ts';
import { say } from '../../i18n/setup.ts';
import { describeError, faultData } from '../../text/faults.ts';
import { problemsAtFields } from '../../ui/field-form.ts';
import type { Failures, Problems } from '../../ui/field-form.ts';
import type { JoinInput } from './actions.ts';
import { adviceText } from '../../text/refusal.ts';

export interface JoinValues {
  url: string;
  /** How to sign in: with a password, or in a browser with the university account. */
  way: 'password' | 'university';
  email: string;
  password: string;
  share: 'all' | 'one';
  /** The university’s name as typed, because the workspace does not have the server’s universities yet. */
  university: string;
  /** Whether this is the first admin of a new server. */
  isFirstAdmin: boolean;
  token: string;
  name: string;
}

const fields = ['url', 'email', 'password', 'university', 'token', 'name'] as const;
export type JoinField = (typeof fields)[number];

/** The address with its protocol; null if it is invalid. One with an extra part stays as typed, because connecting names that part. */
export function serverUrlOf({ url }: Pick<JoinValues, 'url'>): string | null {
  const read = readServerAddress(url);
  if ('url' in read) return read.url;
  return read.reason === 'invalid_address' ? null : url.trim();
}

export function problemsOf(values: JoinValues): Problems<JoinField> {
  const hasProblem: Readonly<Record<JoinField, boolean>> = {
    url: serverUrlOf(values) === null,
    email: isWithPassword(values) && values.email.trim() === '',
    password: isWithPassword(values) && values.password === '',
    university: values.share === 'one' && values.university.trim() === '',
    token: isBootstrap(values) && values.token.trim() === '',
    name: isBootstrap(values) && values.name.trim() === '',
  };
  return Object.fromEntries(
    fields
      .filter((field) => hasProblem[field])
      .map((field) => [field, say(field === 'url' ? 'sync:form.urlNeeded' : 'sync:form.needed')]),
  );
}

const isWithPassword = ({ way }: JoinValues): boolean => way === 'password';

/** Whether to create the first admin of a new server, who always signs in with a password. */
export const isBootstrap = (values: JoinValues): boolean => isWithPassword(values) && values.isFirstAdmin;

/** The id of the only local university with this name; the typed name if there is none or several. */
function universityIdOrName(values: JoinValues, names: ReadonlyMap<string, string>): string {
  const typedName = values.university.trim();
  const matches = [...names].filter(([, name]) => name === typedName);
  return matches.length === 1 && matches[0] ? matches[0][0] : typedName;
}

export function inputOf(values: JoinValues, names: ReadonlyMap<string, string>): JoinInput {
  const { email, password, token, name } = values;
  const connection = {
    url: serverUrlOf(values) ?? values.url,
    share: values.share === 'one' ? universityIdOrName(values, names) : 'all',
  };
  if (!isWithPassword(values)) return { ...connection, oidc: true };
  const bootstrap = isBootstrap(values) ? { bootstrap: { token: token.trim(), name: name.trim() } } : {};
  return { ...connection, email: email.trim(), password, ...bootstrap };
}

const fieldByReason: Readonly<Record<string, JoinField>> = {
  unreachable: 'url',
  not_encrypted: 'url',
  no_server: 'url',
  credentials: 'password',
  unknown_university: 'university',
};

const fieldByPath: Readonly<Record<string, JoinField>> = {
  url: 'url',
  email: 'email',
  password: 'password',
  share: 'university',
  'bootstrap.token': 'token',
  'bootstrap.name': 'name',
};

export function failuresOf(error: unknown): Failures<JoinField> {
  if (error === null) return { fields: {}, formProblem: null };
  const { title, safe, action, detail } = describeError(error);
  const reason = faultData(error, 'SYNC')?.reason;
  const field = reason && fieldByReason[reason];
  if (field) return { fields: { [field]: adviceText(error) }, formProblem: null };
  const problems = problemsAtFields(error, (path) => fieldByPath[path]);
  if (problems) return { fields: problems, formProblem: null };
  return {
    fields: {},
    formProblem: [`${title}.`, detail, safe, action].filter((part) => part !== null).join(' '),
  };
}
