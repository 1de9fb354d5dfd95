/** A version of the API. A second one stands here beside the first, is mounted beside it by `app.ts`, and has handlers of its own where it differs. */
export interface ApiVersion {
  prefix: `/api/v${number}`;
}

export const versions: readonly ApiVersion[] = [{ prefix: '/api/v1' }];

/** The one that the document describes. */
export const currentVersion: ApiVersion = { prefix: '/api/v1' };

/**
 * A route that will go: announced at least six months before `since`, when it counts as deprecated, and answered for at least three months more, until
 * `sunset`. Days in ISO 8601.
 */
export interface DeprecatedRoute {
  prefix: ApiVersion['prefix'];
  method: string;
  /** As the contract has it: `/teams/{id}`. */
  path: string;
  since: string;
  sunset: string;
  /** Where it says what to use instead. */
  link?: string;
}

export const deprecatedRoutes: readonly DeprecatedRoute[] = [];

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** The headers that say of a route that it will go (RFC 9745, RFC 8594), by method and path below the prefix; null for one that stays. */
export function deprecationHeaders(
  routes: readonly DeprecatedRoute[],
  { prefix, method, path }: { prefix: string; method: string; path: string },
): Record<string, string> | null {
  const route = routes.find(
    (one) => one.prefix === prefix && one.method === method && patternOf(one.path).test(path),
  );
  if (!route) return null;
  const { since, sunset, link } = route;
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    ...(link === undefined ? {} : { link: `<${link}>; rel="deprecation"` }),
  };
}
