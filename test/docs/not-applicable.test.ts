import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';

/** Packages of what docs/not-applicable.md says FRAMES does not have: each would make a row of it untrue. */
const foreign: readonly (readonly [practice: string, packages: RegExp])[] = [
  ['message broker', /^(kafkajs|amqplib|amqp.*|nats|mqtt|bullmq|bee-queue|graphile-worker|pg-boss)$/],
  ['cache server', /^(redis|ioredis|@redis\/.*|memcached|memjs)$/],
  ['feature flags', /^(unleash.*|@unleash\/.*|launchdarkly.*|@openfeature\/.*|flagsmith.*|@growthbook\/.*)$/],
  ['telemetry', /^(@sentry\/.*|posthog.*|mixpanel.*|@segment\/.*|@opentelemetry\/.*|applicationinsights)$/],
  [
    'cookies',
    /^(@fastify\/(cookie|session|secure-session|csrf-protection)|cookie-session|express-session|csurf)$/,
  ],
  ['CORS', /^(@fastify\/cors|cors)$/],
  ['mobile', /^(react-native|@capacitor\/.*|cordova.*|expo)$/],
  ['email', /^(nodemailer|@sendgrid\/.*|mailgun.*)$/],
  ['payment', /^(stripe|@stripe\/.*|@paypal\/.*)$/],
  ['GraphQL and gRPC', /^(graphql|@apollo\/.*|@grpc\/.*|mercurius)$/],
];

const found = (names: readonly string[]): string[] =>
  foreign.flatMap(([practice, packages]) =>
    names.filter((name) => packages.test(name)).map((name) => `${practice}: ${name}`),
  );

test('no dependency belongs to a practice that docs/not-applicable.md excludes', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: object;
    devDependencies: object;
  };
  expect(found([...Object.keys(dependencies), ...Object.keys(devDependencies)])).toEqual([]);
  expect(found(['pg', 'ioredis', '@sentry/electron'])).toEqual([
    'cache server: ioredis',
    'telemetry: @sentry/electron',
  ]);
});
