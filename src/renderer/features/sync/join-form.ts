import { say } from '../../i18n/setup.ts';
import { describeError, faultData, issueText } from '../../text/faults.ts';
import type { Joining } from './actions.ts';

/** What somebody says to join a server. */
export interface JoinValues {
  url: string;
  email: string;
  password: string;
  share: 'all' | 'one';
  /** Id of the one university, or ''. */
  university: string;
  /** They are the first admin of a new server. */
  first: boolean;
  token: string;
  name: string;
}

const fields = ['url', 'email', 'password', 'university', 'token', 'name'] as const;
export type JoinField = (typeof fields)[number];
type Problems = Partial<Record<JoinField, string>>;

/** The address as it is meant: people leave out how it is called. */
function addressOf(url: string): string {
  const given = url.trim();
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `https://${given}`;
}

function isAddress(url: string): boolean {
  const found = URL.parse(addressOf(url));
  return found !== null && ['http:', 'https:'].includes(found.protocol);
}

/** What is missing or cannot be meant, by field. */
export function problemsOf({
  url,
  email,
  password,
  share,
  university,
  first,
  token,
  name,
}: JoinValues): Problems {
  return {
    ...(isAddress(url) ? {} : { url: say('sync:form.urlNeeded') }),
    ...(email.trim() === '' ? { email: say('sync:form.emailNeeded') } : {}),
    ...(password === '' ? { password: say('sync:form.passwordNeeded') } : {}),
    ...(share === 'one' && university === '' ? { university: say('sync:form.universityNeeded') } : {}),
    ...(first && token.trim() === '' ? { token: say('sync:form.tokenNeeded') } : {}),
    ...(first && name.trim() === '' ? { name: say('sync:form.nameNeeded') } : {}),
  };
}

/** The field that has to be filled in first; null where all are. */
export const firstProblem = (problems: Problems): JoinField | null =>
  fields.find((field) => problems[field] !== undefined) ?? null;

export function givenOf({
  url,
  email,
  password,
  share,
  university,
  first,
  token,
  name,
}: JoinValues): Joining {
  return {
    url: addressOf(url),
    email: email.trim(),
    password,
    share: share === 'one' ? university : 'all',
    ...(first ? { bootstrap: { token: token.trim(), name: name.trim() } } : {}),
  };
}

/** Fields that a reason of SYNC is about. */
const ofReason: Readonly<Record<string, JoinField>> = {
  unreachable: 'url',
  no_server: 'url',
  credentials: 'password',
};

/** Fields by the path of an issue. */
const ofPath: Readonly<Record<string, JoinField>> = {
  url: 'url',
  email: 'email',
  password: 'password',
  share: 'university',
  'bootstrap.token': 'token',
  'bootstrap.name': 'name',
};

/** Why a server was not joined: beside a field where it is about one, else as a whole. */
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
