import fc from 'fast-check';

/** As much of a JSON schema as the document uses. */
export interface Schema {
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

/** JSON text, so that what JSON.stringify cannot write can be sent, too. */
export type JsonText = string;

const deep = (levels: number): JsonText => '['.repeat(levels) + ']'.repeat(levels);

/** What somebody sends who means no good. */
export const hostileTexts: readonly string[] = [
  "'; DROP TABLE users; --",
  "' OR '1'='1",
  "x' UNION SELECT password_hash FROM users --",
  '$1',
  '{{7*7}}',
  '../../../etc/passwd',
  '%00',
  'nul \u0000 inside',
  'half \ud800 of a pair',
  '\u202e\u0007',
  '__proto__',
  'constructor',
  '',
  ' ',
  'ß'.repeat(400),
  '-1',
  '1e999',
  'null',
];

const hostileJson: readonly JsonText[] = [
  ...hostileTexts.map((text) => JSON.stringify(text)),
  '"\\ud800"',
  'null',
  'true',
  '0',
  '-1',
  '1e308',
  '9007199254740993',
  '[]',
  '{}',
  '[null]',
  '{"a":{"b":[1,"x"]}}',
  '{"constructor":{"prototype":1}}',
  '{"":1}',
  deep(50),
  deep(5000),
];

const hostile: fc.Arbitrary<JsonText> = fc.oneof(
  fc.constantFrom(...hostileJson),
  fc.jsonValue({ maxDepth: 3 }).map((value) => JSON.stringify(value)),
);

const written = (arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<JsonText> =>
  arbitrary.map((value) => JSON.stringify(value));

function textsOf({ format, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<JsonText> {
  if (format === 'uuid') return written(fc.uuid());
  if (format === 'email') return written(fc.emailAddress());
  if (format === 'date-time')
    return written(fc.date({ noInvalidDate: true }).map((day) => day.toISOString()));
  return written(fc.string({ minLength, maxLength: Math.max(minLength, Math.min(maxLength, 40)) }));
}

/** Values that the schema allows, as far as a schema says that. */
function valid(schema: Schema, level: number): fc.Arbitrary<JsonText> {
  if (schema.const !== undefined) return fc.constant(JSON.stringify(schema.const));
  if (schema.enum) return written(fc.constantFrom(...schema.enum));
  const some = schema.anyOf ?? schema.oneOf;
  if (some && some.length > 0) return fc.oneof(...some.map((one) => valuesOf(one, level + 1)));
  if (schema.allOf) {
    const properties = Object.assign({}, ...schema.allOf.map((one) => one.properties ?? {})) as object;
    const required = schema.allOf.flatMap((one) => one.required ?? []);
    return objects({ properties: properties as Record<string, Schema>, required }, level);
  }
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  const { minimum: min = -1000, maximum: max = Math.max(1000, min) } = schema;
  switch (type) {
    case 'string':
      return textsOf(schema);
    case 'integer':
      return written(
        fc.integer({ min: Math.ceil(Math.max(min, -(2 ** 31))), max: Math.min(max, 2 ** 31 - 1) }),
      );
    case 'number':
      return written(fc.double({ min, max, noNaN: true, noDefaultInfinity: true }));
    case 'boolean':
      return written(fc.boolean());
    case 'null':
      return fc.constant('null');
    case 'array':
      return fc
        .array(valuesOf(schema.items ?? {}, level + 1), {
          minLength: schema.minItems ?? 0,
          maxLength: Math.max(schema.minItems ?? 0, 3),
        })
        .map((items) => `[${items.join(',')}]`);
    case 'object':
      return objects(schema, level);
    default:
      return hostile;
  }
}

/** Values of fields that mean something: ids of records that are there. */
const named: Readonly<Record<string, readonly JsonText[]>> = {
  university_id: ['"univ_own"', 'null'],
  from: ['"team_a"', '"team_b"'],
  to: ['"fac_a"', '"team_a"'],
  project_id: ['null'],
  team_id: ['"team_a"', 'null'],
};

function objects({ properties = {}, required = [] }: Schema, level: number): fc.Arbitrary<JsonText> {
  const entries = Object.entries(properties).map(([key, one]) => {
    const there = named[key];
    const other = valuesOf(one, level + 1);
    const value = there
      ? fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...there) }, { weight: 1, arbitrary: other })
      : other;
    return [key, required.includes(key) ? value : fc.option(value, { nil: undefined })] as const;
  });
  const unknown = fc.option(hostile, { nil: undefined, freq: 4 });
  return fc.record({ ...Object.fromEntries(entries), unknown_field: unknown }).map((record) => {
    const members = Object.entries(record).flatMap(([key, value]) =>
      value === undefined ? [] : [`${JSON.stringify(key)}:${value}`],
    );
    return `{${members.join(',')}}`;
  });
}

/** Mostly values that a schema allows; now and then, at any place of them, something else. */
export function valuesOf(schema: Schema, level = 0): fc.Arbitrary<JsonText> {
  return fc.oneof({ weight: 40, arbitrary: valid(schema, level) }, { weight: 1, arbitrary: hostile });
}
