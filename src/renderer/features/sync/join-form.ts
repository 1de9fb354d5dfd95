import { say } from '../../i18n/setup.ts';
import { describeError, faultData, issueText } from '../../text/faults.ts';
import type { Joining } from './actions.ts';

export interface JoinValues {
  url: string;
  /** With a password, or in a browser with the university account. */
  way: 'password' | 'university';
  email: string;
  password: string;
  share: 'all' | 'one';
  /** The university as typed: a new workspace knows none of the server’s. */
  university: string;
  /** Whether this is the first admin of a new server. */
  first: boolean;
  token: string;
  name: string;
}

const fields = ['url', 'email', 'password', 'university', 'token', 'name'] as const;
export type JoinField = (typeof fields)[number];
type Problems = Partial<Record<JoinField, string>>;

/** The address with its protocol, which people leave out: http for this computer, else https. */
function addressOf(url: string): string {
  const given = url.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(given)) return given;
  return `${/^(localhost|127\.0\.0\.1|\[::1\])(:|\/|$)/i.test(given) ? 'http' : 'https'}://${given}`;
}

function isAddress(url: string): boolean {
  const found = URL.parse(addressOf(url));
  return found !== null && ['http:', 'https:'].includes(found.protocol);
}

/** Missing and invalid values, by field. */
export function problemsOf(values: JoinValues): Problems {
  const missing: Readonly<Record<JoinField, boolean>> = {
    url: !isAddress(values.url),
    email: isWithPassword(values) && values.email.trim() === '',
    password: isWithPassword(values) && values.password === '',
    university: values.share === 'one' && values.university.trim() === '',
    token: isFirst(values) && values.token.trim() === '',
    name: isFirst(values) && values.name.trim() === '',
  };
  return Object.fromEntries(
    fields
      .filter((field) => missing[field])
      .map((field) => [field, say(field === 'url' ? 'sync:form.urlNeeded' : 'sync:form.needed')]),
  );
}

const isWithPassword = ({ way }: JoinValues): boolean => way === 'password';

/** The first admin always has a password. */
export const isFirst = (values: JoinValues): boolean => isWithPassword(values) && values.first;

/** The first field with a problem; null if there is none. */
export const firstProblem = (problems: Problems): JoinField | null =>
  fields.find((field) => problems[field] !== undefined) ?? null;

/** The id of the only university of that name here, else the name as typed. */
function universityOf(values: JoinValues, names: ReadonlyMap<string, string>): string {
  const typed = values.university.trim();
  const known = [...names].filter(([, name]) => name === typed);
  return known.length === 1 && known[0] ? known[0][0] : typed;
}

export function givenOf(values: JoinValues, names: ReadonlyMap<string, string>): Joining {
  const { email, password, token, name } = values;
  const at = {
    url: addressOf(values.url),
    share: values.share === 'one' ? universityOf(values, names) : 'all',
  };
  if (!isWithPassword(values)) return { ...at, oidc: true };
  const bootstrap = isFirst(values) ? { bootstrap: { token: token.trim(), name: name.trim() } } : {};
  return { ...at, email: email.trim(), password, ...bootstrap };
}

const ofReason: Readonly<Record<string, JoinField>> = {
  unreachable: 'url',
  not_encrypted: 'url',
  no_server: 'url',
  credentials: 'password',
  unknown_university: 'university',
};

const ofPath: Readonly<Record<string, JoinField>> = {
  url: 'url',
  email: 'email',
  password: 'password',
  share: 'university',
  'bootstrap.token': 'token',
  'bootstrap.name': 'name',
};

/** Why joining failed: at a field if the error concerns one, else for the whole form. */
export function failuresOf(error: unknown): { fields: Problems; rest: string | null } {
  if (error === null) return { fields: {}, rest: null };
  const { title, safe, action, detail } = describeError(error);
  const reason = faultData(error, 'SYNC')?.reason;
  const field = reason && ofReason[reason];
  if (field) return { fields: { [field]: `${title}. ${action}` }, rest: null };
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  const known = issues.flatMap((issue) => {
    const at = ofPath[issue.path];
    return at ? [[at, issueText({ ...issue, path: '' })] as const] : [];
  });
  if (known.length > 0 && known.length === issues.length)
    return { fields: Object.fromEntries(known), rest: null };
  return { fields: {}, rest: [`${title}.`, detail, safe, action].filter((part) => part !== null).join(' ') };
}
