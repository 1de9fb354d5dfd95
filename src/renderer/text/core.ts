import { i18n, say } from '../i18n/setup.ts';

/** The values that a message of core names, as they stand in it: `"x" is no duration` has "x". */
function valuesIn(message: string): string {
  return (message.match(/"(?:[^"\\]|\\.)*"/g) ?? []).slice(0, 3).join(', ');
}

/**
 * A message of core in the language of the window. Core writes English; of another language the catalogue knows what each code means,
 * and the values that the message names are kept. A code that it does not know leaves the message as it is.
 */
export function coreText(
  kind: 'issue' | 'file' | 'workspace' | 'sandbox' | 'backup' | 'golden' | 'shell',
  code: string,
  message: string,
): string {
  const key = `core:${kind}.${code}`;
  if ((i18n.language === 'en' && message !== '') || !i18n.exists(key)) return message === '' ? code : message;
  const what = (say as (key: string) => string)(key);
  const values = valuesIn(message);
  return values === '' ? what : say('core:about', { what, values });
}
