import { isContractProcedure } from '@orpc/contract';
import { describeApi } from '#server/operations/docs.ts';
import { apiRouter } from '#server/api.ts';
import { serverFaults } from '#shared/contract/server/faults.ts';
import { z } from 'zod';
import { callersOf } from './callers.ts';
import { limitsOf, typeText } from './json-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { cell, code, generated, linkTo, page, table } from './markdown.ts';

interface Content {
  content?: Readonly<Record<string, { schema?: JsonSchema }>>;
}
interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: JsonSchema;
}
interface Described {
  operationId?: string;
  summary: string;
  description?: string;
  tags: readonly string[];
  servers?: readonly { url: string }[];
  parameters?: readonly Parameter[];
  requestBody?: Content;
  responses: Readonly<Record<string, Content & { description?: string }>>;
}
interface ApiDocument {
  servers: readonly { url: string }[];
  tags: readonly { name: string; description: string }[];
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

interface Route extends Described {
  method: string;
  path: string;
  callers: string;
}

/** Routes for browsers that the document leaves out: a test asks the server for each. */
export const browserPages = [
  ['/docs', 'This API to try out (Swagger UI)'],
  ['/redoc', 'This API to read'],
  ['/openapi.json', 'The OpenAPI document of this API'],
  ['/api/v1/openapi.json', 'The same document'],
  ['/api/v1/auth/oidc/callback', 'Where a university sends somebody who signs in'],
] as const;

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** Routes outside of the API have no rule of the contract: their answers say who may call them. */
function outsideCallers({ responses }: Described): string {
  if ('101' in responses) return 'any user';
  return '401' in responses ? 'anyone, or the metrics token if one is set' : 'anyone, without a token';
}

async function routesOf(document: ApiDocument): Promise<Route[]> {
  const [prefix = ''] = document.servers.map(({ url }) => url);
  const routes: Route[] = [];
  for (const [path, item] of Object.entries(document.paths))
    for (const method of methods) {
      const described = item[method] as Described | undefined;
      if (!described) continue;
      const isOutside = described.operationId === undefined;
      const callers = isOutside
        ? outsideCallers(described)
        : await callersOf(operationBy(described.operationId ?? ''));
      routes.push({
        ...described,
        callers,
        method: method.toUpperCase(),
        path: isOutside ? path : prefix + path,
      });
    }
  return routes;
}

/** An operation of the server with its rules, by its id in the document: `teams.list`. */
export function operationBy(id: string): object {
  const [group = '', name = ''] = id.split('.');
  const found = (apiRouter as Readonly<Record<string, Readonly<Record<string, object>>>>)[group]?.[name];
  if (!isContractProcedure(found)) throw new Error(`the router has no operation ${id}`);
  return found;
}

/** `/api/v1/teams/{id}` and `/api/v1/teams` belong together. */
const resourceOf = ({ path }: Route): string => path.replaceAll(/\/\{[^}]+\}/g, '');

function routeTable(routes: readonly Route[]): string[] {
  return table(
    ['route', 'what it does', 'who may call it'],
    routes.map(({ method, path, summary, description, callers }) => [
      code(`${method} ${path}`),
      cell(description === undefined ? summary : `${summary}. ${description}`),
      callers,
    ]),
  );
}

interface Field {
  name: string;
  place: string;
  schema: JsonSchema;
  isRequired: boolean;
}

const schemaIn = ({ content = {} }: Content): JsonSchema | undefined =>
  Object.values(content).find(({ schema }) => schema)?.schema;

function fieldsOf({ parameters = [], requestBody = {} }: Route): Field[] {
  const body = schemaIn(requestBody);
  return [
    ...parameters.map(({ name, in: place, required = false, schema = {} }) => ({
      name,
      place,
      schema,
      isRequired: required,
    })),
    ...Object.entries(body?.properties ?? {}).map(([name, schema]) => ({
      name,
      place: 'body',
      schema,
      isRequired: body?.required?.includes(name) ?? false,
    })),
    ...(body?.additionalProperties ? [{ name: '…', place: 'body', schema: {}, isRequired: false }] : []),
  ];
}

/** How a resource calls one of its routes: by the method, and by the path too if two routes have that method. */
const labelIn = (routes: readonly Route[], { method, path }: Route): string =>
  routes.filter((one) => one.method === method).length > 1 ? `${method} ${path}` : method;

/** One table of all fields that the routes of a resource take: most of them take the same. */
function inputOf(routes: readonly Route[]): string[][] {
  const taken = routes.flatMap((route) =>
    fieldsOf(route).map((field) => ({ ...field, label: labelIn(routes, route) })),
  );
  if (taken.length === 0) return [];
  const same = Map.groupBy(taken, ({ name, place, schema }) => JSON.stringify([name, place, schema]));
  const long: string[][] = [];
  const rows = [...same.values()].map((uses) => {
    const [{ name, place, schema }] = uses as [(typeof uses)[number]];
    const type = typeText(schema);
    if (type.includes('\n')) long.push(['```ts', `${name}: ${type}`, '```']);
    return [
      code(name),
      place,
      type.includes('\n') ? 'see below' : code(name === '…' ? 'any' : type),
      name === '…' ? 'custom fields' : cell(limitsOf(schema)),
      uses.map(({ label, isRequired }) => (isRequired ? `**${label}**` : label)).join(', '),
    ];
  });
  return [
    ['Input. A route in bold requires the field.'],
    table(['field', 'in', 'type', 'limits', 'routes'], rows),
    ...long,
  ];
}

/** The answers of a resource, each type once. */
function outputOf(routes: readonly Route[]): string[][] {
  const answers = routes.flatMap((route) =>
    Object.entries(route.responses)
      .filter(([status]) => Number(status) < 300)
      .map(([status, response]) => {
        const schema = schemaIn(response);
        const isEmpty = status === '204' || !schema;
        return { label: `${labelIn(routes, route)}: ${status}`, type: isEmpty ? '' : typeText(schema) };
      }),
  );
  return [...Map.groupBy(answers, ({ type }) => type)].flatMap(([type, group]) => {
    const labels = group.map(({ label }) => label).join(', ');
    return type === '' ? [[`Answer (${labels}): empty.`]] : [[`Answer (${labels}):`], ['```ts', type, '```']];
  });
}

function eventsOf(document: ApiDocument): string[][] {
  return Object.entries(document.paths).flatMap(([path, item]) => {
    const events = item['x-events'] as Readonly<Record<string, JsonSchema>> | undefined;
    if (!events) return [];
    return [
      [`## Events`],
      [`What the server sends over \`${path}\`. Events of one type share a line.`],
      ...[...Map.groupBy(Object.entries(events), ([, schema]) => typeText(schema))].flatMap(
        ([type, group]) => [[`${group.map(([name]) => `\`${name}\``).join(', ')}:`], ['```ts', type, '```']],
      ),
    ];
  });
}

function errorTable(): string[] {
  const rows = Object.entries(serverFaults).map(([name, { status, message, data }]) => [
    code(name),
    String(status),
    code(typeText(z.toJSONSchema(data) as JsonSchema).replaceAll(/\s+/g, ' ')),
    cell(message),
  ]);
  return table(['code', 'status', 'details', 'when'], rows);
}

/** The page of the server's API, from the OpenAPI document that it serves and from its router. */
export async function apiPage(): Promise<string> {
  const document = (await describeApi('0')) as ApiDocument;
  const routes = await routesOf(document);
  const topics = document.tags.map(({ name, description }) => {
    const own = routes.filter(({ tags }) => tags.includes(name));
    return { name, description, resources: [...Map.groupBy(own, resourceOf)] };
  });
  return page([
    ['# API of the server'],
    [
      generated(
        'the OpenAPI document that the server serves at `/openapi.json` and from the rules of its router',
      ),
    ],
    [
      `${routes.length} routes. An access token goes into the header \`Authorization: Bearer TOKEN\`. Roles are those of [profiles](../guide/history.md#profiles-who-acts). Within a role, permission also depends on the record: editors change only records of their own university, and a user with a limited view sees only these. See [Running a server](../operations/README.md).`,
    ],
    ['## Contents'],
    topics.flatMap(({ name, resources }) => [
      `- ${linkTo(name)}: ${resources.map(([resource]) => linkTo(resource, code(resource))).join(', ')}`,
    ]),
    [`${linkTo('Events')} · ${linkTo('Errors')} · ${linkTo('Pages for browsers')}`],
    ...topics.flatMap(({ name, description, resources }) => [
      [`## ${name}`],
      [description],
      ...resources.flatMap(([resource, own]) => [
        [`### ${resource}`],
        routeTable(own),
        ...inputOf(own),
        ...outputOf(own),
      ]),
    ]),
    ...eventsOf(document),
    ['## Errors'],
    [
      'Every operation declares the same errors. The body is `{error: {code, message, details, timestamp, request_id}}`, and `message` is a sentence for people.',
    ],
    errorTable(),
    ['## Pages for browsers'],
    table(
      ['path', 'what it shows'],
      browserPages.map(([path, what]) => [code(path), what]),
    ),
  ]);
}
