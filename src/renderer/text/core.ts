import { i18n, say } from '../i18n/setup.ts';

/** The quoted values of a message: `"x" is no duration` has "x". */
function valuesIn(message: string): string {
  return (message.match(/"(?:[^"\\]|\\.)*"/g) ?? []).slice(0, 3).join(', ');
}

type Kind = 'issue' | 'file' | 'workspace' | 'sandbox' | 'backup' | 'golden' | 'sql' | 'shell';

/** Codes with the text of another one. A golden version is a file like a backup, a sandbox a file like others. */
const alike: Readonly<Record<string, string>> = {
  'golden.damaged': 'backup.damaged',
  'golden.foreign': 'backup.foreign',
  'golden.newer': 'backup.newer',
  'golden.unreadable': 'backup.unreadable',
  'golden.no_room': 'backup.no_room',
  'sandbox.empty': 'file.empty',
  'sandbox.foreign': 'file.not_frames',
  'sandbox.damaged': 'file.damaged',
  'sandbox.unreadable': 'file.unreadable',
  'sandbox.full': 'workspace.full',
  'sandbox.newer': 'backup.newer',
  'file.no_room': 'backup.no_room',
  'file.newer_format': 'backup.newer',
  'issue.custom': 'issue.invalid_format',
};

export const coreKey = (kind: Kind, code: string): string =>
  `reasons:${alike[`${kind}.${code}`] ?? `${kind}.${code}`}`;

/**
 * A message of core in the window's language. Core writes English; other languages have a text for each code, with the values of the
 * message. Unknown codes keep the message.
 */
export function coreText(kind: Kind, code: string, message: string): string {
  const key = coreKey(kind, code);
  if ((i18n.language === 'en' && message !== '') || !i18n.exists(key)) return message === '' ? code : message;
  const what = (say as (key: string) => string)(key);
  const values = valuesIn(message);
  return values === '' ? what : say('common:brackets', { a: what, b: values });
}
