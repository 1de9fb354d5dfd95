import { isSafeUrl } from '#shared/domain/safe-url.ts';
import type { oidcVariables } from '#shared/domain/environment.ts';
import type { Role } from '#shared/domain/vocabulary.ts';

/** Settings of the sign-in through a university (OpenID Connect). */
export interface OidcConfig {
  /** Base URL of `.well-known/openid-configuration`. */
  issuer: string;
  clientId: string;
  /** Null for a public client. */
  clientSecret: string | null;
  /** Base URL of this server for browsers. */
  publicUrl: string;
  /** The claim with the user's university; null to use the domain of their email. */
  universityClaim: string | null;
  /** University ids by claim value or domain, in lower case; `*` is the fallback. */
  universities: Readonly<Record<string, string>>;
  /** Role of users created at their first sign-in; null if only admins create users. */
  newRole: Exclude<Role, 'admin'> | null;
}

type OidcVariable = (typeof oidcVariables)[number];

/** Reads the OpenID Connect settings; null if there are none. `reportProblem` is called for each invalid variable. */
export function oidcFromEnvironment(
  readText: (name: OidcVariable) => string | null,
  reportProblem: (name: OidcVariable, problem: string) => void,
): OidcConfig | null {
  const issuer = readText('FRAMES_OIDC_ISSUER');
  if (issuer === null) return null;
  const requireText = (name: OidcVariable): string => {
    const value = readText(name);
    if (value === null) reportProblem(name, 'is missing: FRAMES_OIDC_ISSUER needs it.');
    return value ?? '';
  };
  const clientId = requireText('FRAMES_OIDC_CLIENT_ID');
  const publicUrl = requireText('FRAMES_PUBLIC_URL').replace(/\/+$/, '');
  for (const [name, url] of [
    ['FRAMES_OIDC_ISSUER', issuer],
    ['FRAMES_PUBLIC_URL', publicUrl],
  ] as const) {
    const parsedUrl = URL.parse(url);
    if (url !== '' && !(parsedUrl && isSafeUrl(parsedUrl))) reportProblem(name, 'must be an https address.');
  }
  const newRole = readText('FRAMES_OIDC_NEW_USERS') ?? 'viewer';
  if (!/^(viewer|editor|researcher|none)$/.test(newRole))
    reportProblem('FRAMES_OIDC_NEW_USERS', 'must be viewer, editor, researcher or none.');
  const pairs = (readText('FRAMES_OIDC_UNIVERSITIES') ?? '').split(',').filter((pair) => pair.trim() !== '');
  const universities = pairs.map((pair): [string, string] => {
    const [key = '', id = ''] = pair.split('=').map((part) => part.trim());
    if (key === '' || id === '')
      reportProblem('FRAMES_OIDC_UNIVERSITIES', 'must be like example.edu=univ_a,other.edu=univ_b.');
    return [key.toLowerCase(), id];
  });
  return {
    issuer,
    clientId,
    clientSecret: readText('FRAMES_OIDC_CLIENT_SECRET'),
    publicUrl,
    universityClaim: readText('FRAMES_OIDC_UNIVERSITY_CLAIM'),
    universities: Object.fromEntries(universities),
    newRole: newRole === 'none' ? null : (newRole as OidcConfig['newRole']),
  };
}
