/** The variables of a process by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Variables of the server's sign-in through a university. */
export const oidcVariables = [
  'FRAMES_PUBLIC_URL',
  'FRAMES_OIDC_ISSUER',
  'FRAMES_OIDC_CLIENT_ID',
  'FRAMES_OIDC_CLIENT_SECRET',
  'FRAMES_OIDC_UNIVERSITY_CLAIM',
  'FRAMES_OIDC_UNIVERSITIES',
  'FRAMES_OIDC_NEW_USERS',
] as const;

/** Variables of the server, documented in `.env.example`. */
export const serverVariables = [
  'DATABASE_URL',
  'FRAMES_SECRET',
  'FRAMES_HOST',
  'FRAMES_PORT',
  'FRAMES_TLS_CERT',
  'FRAMES_TLS_KEY',
  'FRAMES_BEHIND_PROXY',
  'FRAMES_ALLOW_HTTP',
  'FRAMES_ACCESS_SECONDS',
  'FRAMES_SESSION_SECONDS',
  'FRAMES_LIMIT_ANONYMOUS',
  'FRAMES_LIMIT_TOKENS',
  'FRAMES_LIMIT_USER',
  'FRAMES_LIMIT_OPERATIONS',
  'FRAMES_LIMIT_SECONDS',
  'FRAMES_LIMIT_WAITING_BYTES',
  'FRAMES_LIMIT_FILE_BYTES',
  'FRAMES_LIMIT_BYTES',
  'FRAMES_POOL_SIZE',
  'FRAMES_METRICS_TOKEN',
  'FRAMES_OVERLOAD_MS',
  'FRAMES_DRAIN_SECONDS',
  'FRAMES_LOG_LEVEL',
  'FRAMES_DATABASE_DIR',
  'FRAMES_BACKUP_DIR',
  'FRAMES_BACKUP_HOUR',
  'FRAMES_BACKUP_INTERVAL_HOURS',
  'FRAMES_BACKUP_KEEP_DAYS',
  'FRAMES_BACKUP_PASSPHRASE',
  'FRAMES_AUDIT_DAYS',
  'FRAMES_MODELS',
  'FRAMES_HOOK_NETWORKS',
  'FRAMES_OWN_APPROVAL',
  ...oidcVariables,
  'FRAMES_ADMIN_EMAIL',
  'FRAMES_ADMIN_NAME',
  'FRAMES_ADMIN_PASSWORD',
] as const;

/** Secrets. Each can come from a file instead, named by the same variable with the suffix `_FILE`, as containers inject them. */
export const secretVariables = [
  'DATABASE_URL',
  'FRAMES_SECRET',
  'FRAMES_METRICS_TOKEN',
  'FRAMES_BACKUP_PASSPHRASE',
  'FRAMES_OIDC_CLIENT_SECRET',
  'FRAMES_ADMIN_PASSWORD',
] as const satisfies readonly (typeof serverVariables)[number][];

/** Variables that the window, commands and the server read. */
const sharedVariables = ['FRAMES_CA_FILE'];

/** Variables of the window, commands and their installation. */
const programVariables = [
  'FRAMES_ACTOR',
  'FRAMES_CONFIG',
  'FRAMES_MCP_TOKEN',
  'FRAMES_MODEL_KEY',
  'FRAMES_PASSPHRASE',
  'FRAMES_TASK_PROGRAM',
  'FRAMES_UPDATES',
  'FRAMES_UPDATES_URL',
  'FRAMES_WORKSPACE',
];

/** Variables of Compose, of Caddy in `deploy/Caddyfile`, and of scripts that build and test FRAMES, which a server or command can inherit. */
const toolVariables = [
  'FRAMES_DOMAIN',
  'FRAMES_IMAGE',
  'FRAMES_PACKAGES',
  'FRAMES_REPOSITORY_KEY',
  'FRAMES_SERVERS',
  'FRAMES_SIGNING_KEY',
  'FRAMES_SIGNING_KEY_ID',
  'FRAMES_TLS',
  'FRAMES_UPDATE_TEST',
  'FRAMES_UPDATE_URL',
  'FRAMES_VIRTUAL_DISPLAY',
];

/** Removes variables without a value: an empty one counts as unset. */
export const withoutEmpty = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));

/** The environment of this process. The only place that reads it. */
export const processEnvironment = (): Environment =>
  withoutEmpty((globalThis as { process?: { env: Environment } }).process?.env ?? {});

/** The variables of this process with these names. Windows ignores their case, and calls PATH `Path`. */
export function inheritedVariables(
  names: readonly string[],
  environment: Environment = processEnvironment(),
): Environment {
  const values = new Map(Object.entries(environment).map(([name, value]) => [name.toUpperCase(), value]));
  return Object.fromEntries(
    names.map((name) => [name, environment[name] ?? values.get(name.toUpperCase())] as const),
  );
}

export const knownVariables: readonly string[] = [
  ...serverVariables,
  ...secretVariables.map((name) => `${name}_FILE`),
  ...sharedVariables,
  ...programVariables,
  ...toolVariables,
].filter((name) => name.startsWith('FRAMES_'));

/** Number of letters to add, remove or replace to get from one name to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(
        Math.min((row[j] ?? 0) + Number(letter !== other), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1),
      );
    row = next;
  }
  return row.at(-1) ?? 0;
}

const maxDistance = 4;

/** Kubernetes adds such variables for a Service whose name begins with frames. */
const ofService = /_SERVICE_(HOST|PORT)|_PORT_\d+_TCP/;

/** A sentence for each variable that begins with FRAMES_ and has no meaning, with the known name that it resembles. */
export function unknownVariables(environment: Environment): string[] {
  const unknown = Object.keys(environment).filter(
    (name) =>
      name.startsWith('FRAMES_') &&
      !name.startsWith('FRAMES_TEST_') &&
      !ofService.test(name) &&
      !knownVariables.includes(name),
  );
  return unknown.toSorted().map((name) => {
    const [closest] = knownVariables
      .map((known) => ({ known, letters: distance(name, known) }))
      .toSorted((a, b) => a.letters - b.letters);
    const hint = closest && closest.letters <= maxDistance ? ` Did you mean ${closest.known}?` : '';
    return `The variable ${name} is unknown and has no effect.${hint}`;
  });
}
