import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { Role } from '#shared/domain/vocabulary.ts';

/** How people sign in by their university's own sign-in (OpenID Connect). */
export interface OidcConfig {
  /** Who says who somebody is: the address below which `.well-known/openid-configuration` is. */
  issuer: string;
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
  /** Where browsers reach this server. */
  publicUrl: string;
  /** The claim that names somebody's university; null for the domain of their email. */
  universityClaim: string | null;
  /** What the claim or the domain says, in lower case, to the university's id here; `*` for anything else. */
  universities: Readonly<Record<string, string>>;
  /** Of those who are not known yet and whose university is; null where only an admin makes users. */
  newRole: Exclude<Role, 'admin'> | null;
}

export const oidcVariables = [
  'FRAMES_PUBLIC_URL',
  'FRAMES_OIDC_ISSUER',
  'FRAMES_OIDC_CLIENT_ID',
  'FRAMES_OIDC_CLIENT_SECRET',
  'FRAMES_OIDC_UNIVERSITY_CLAIM',
  'FRAMES_OIDC_UNIVERSITIES',
  'FRAMES_OIDC_NEW_USERS',
] as const;
type OidcVariable = (typeof oidcVariables)[number];

/** Reads how people sign in by their university; null where they do not. `wrong` hears of what is not right. */
export function oidcFromEnvironment(
  text: (name: OidcVariable) => string | null,
  wrong: (name: OidcVariable, what: string) => void,
): OidcConfig | null {
  const issuer = text('FRAMES_OIDC_ISSUER');
  if (issuer === null) return null;
  const needed = (name: OidcVariable): string => {
    const given = text(name);
    if (given === null) wrong(name, 'is missing: FRAMES_OIDC_ISSUER needs it.');
    return given ?? '';
  };
  const clientId = needed('FRAMES_OIDC_CLIENT_ID');
  const publicUrl = needed('FRAMES_PUBLIC_URL').replace(/\/+$/, '');
  for (const [name, url] of [
    ['FRAMES_OIDC_ISSUER', issuer],
    ['FRAMES_PUBLIC_URL', publicUrl],
  ] as const) {
    const parsed = URL.parse(url);
    if (url !== '' && !(parsed && isSafeUrl(parsed))) wrong(name, 'must be an https address.');
  }
  const newRole = text('FRAMES_OIDC_NEW_USERS') ?? 'viewer';
  if (!/^(viewer|editor|researcher|none)$/.test(newRole))
    wrong('FRAMES_OIDC_NEW_USERS', 'must be viewer, editor, researcher or none.');
  const pairs = (text('FRAMES_OIDC_UNIVERSITIES') ?? '').split(',').filter((pair) => pair.trim() !== '');
  const universities = pairs.map((pair): [string, string] => {
    const [key = '', id = ''] = pair.split('=').map((part) => part.trim());
    if (key === '' || id === '')
      wrong('FRAMES_OIDC_UNIVERSITIES', 'must be like example.edu=univ_a,other.edu=univ_b.');
    return [key.toLowerCase(), id];
  });
  return {
    issuer,
    clientId,
    clientSecret: text('FRAMES_OIDC_CLIENT_SECRET'),
    publicUrl,
    universityClaim: text('FRAMES_OIDC_UNIVERSITY_CLAIM'),
    universities: Object.fromEntries(universities),
    newRole: newRole === 'none' ? null : (newRole as OidcConfig['newRole']),
  };
}
