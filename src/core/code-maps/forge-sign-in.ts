import { Fault } from '#shared/contract/faults.ts';
import type { Services } from '../model/services.ts';

/** The secret of a server of repositories. A URL of another form has none. */
function secretName(url: string): string | null {
  const address = URL.parse(url);
  return address?.protocol === 'https:' ? `repositories ${address.host}` : null;
}

/** The value of the header Authorization for a repository's server; null without a sign-in. */
export async function readAuthorization(
  { home }: Pick<Services, 'home'>,
  url: string,
): Promise<string | null> {
  const name = secretName(url);
  return name === null ? null : home.secrets.get(name);
}

/** Keeps or forgets the sign-in of a repository's server in the keyring. Throws REPOSITORY (`bad_address`). */
export async function writeAuthorization(
  { home }: Pick<Services, 'home'>,
  url: string,
  signIn: { user: string; token: string } | null,
): Promise<void> {
  const name = secretName(url);
  // The text can have a password.
  if (name === null)
    throw new Fault('REPOSITORY', { reason: 'bad_address', what: URL.parse(url)?.host ?? '' });
  const value = signIn && Buffer.from(`${signIn.user}:${signIn.token}`).toString('base64');
  await home.secrets.set(name, value && `Basic ${value}`);
}
