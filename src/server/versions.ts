/** A version of the API. To add a version, list it here, mount it in `app.ts`, and add the handlers that differ. */
export interface ApiVersion {
  prefix: `/api/v${number}`;
}

export const apiVersions: readonly ApiVersion[] = [{ prefix: '/api/v1' }];

export const currentVersion: ApiVersion = { prefix: '/api/v1' };

/** A deprecated route. Announced at least six months before `since`, and served for at least three months more, until `sunset`. Dates in ISO 8601. */
export interface DeprecatedRoute {
  prefix: ApiVersion['prefix'];
  method: string;
  /** Path of the contract, such as `/teams/{id}`. */
  path: string;
  since: string;
  sunset: string;
  /** URL of the replacement's documentation. */
  link?: string;
}

export const deprecatedRoutes: readonly DeprecatedRoute[] = [];

const patternOf = (path: string): RegExp => new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, '[^/]+')}$`);

/** Returns the deprecation headers of a route (RFC 9745, RFC 8594), by method and path below the prefix; null if it is not deprecated. */
export function deprecationHeaders(
  routes: readonly DeprecatedRoute[],
  { prefix, method, path }: { prefix: string; method: string; path: string },
): Record<string, string> | null {
  const route = routes.find(
    (candidate) =>
      candidate.prefix === prefix && candidate.method === method && patternOf(candidate.path).test(path),
  );
  if (!route) return null;
  const { since, sunset, link } = route;
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    sunset: new Date(sunset).toUTCString(),
    ...(link === undefined ? {} : { link: `<${link}>; rel="deprecation"` }),
  };
}
