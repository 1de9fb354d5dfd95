/** The parts of JSON Schema that the API's document uses. */
export interface JsonSchema {
  type?: string | readonly string[];
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly JsonSchema[];
  items?: JsonSchema;
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  additionalProperties?: JsonSchema | boolean;
  default?: unknown;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
}

const longestLine = 90;

/** A schema in the notation of TypeScript. An object that is too long for a line has a line for each field. */
export function typeText(schema: JsonSchema, indent = ''): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((one) => typeText(one, indent)))].join(' | ');
  if (schema.type === 'array') {
    const item = typeText(schema.items ?? {}, indent);
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (schema.type === 'object') return objectText(schema, indent);
  if (schema.type === 'integer') return 'number';
  return typeof schema.type === 'object' ? schema.type.join(' | ') : (schema.type ?? 'any');
}

function objectText({ properties, required = [], additionalProperties }: JsonSchema, indent: string): string {
  const inner = `${indent}  `;
  const isOpen = typeof additionalProperties === 'object';
  const parts = (deeper: string): string[] => [
    ...Object.entries(properties ?? {}).map(
      ([key, one]) => `${key}${required.includes(key) ? '' : '?'}: ${typeText(one, deeper)}`,
    ),
    ...(isOpen ? [`[field: string]: ${typeText(additionalProperties, deeper)}`] : []),
  ];
  const short = `{ ${parts(indent).join('; ')} }`;
  if (parts(indent).length === 0) return '{}';
  if (!short.includes('\n') && indent.length + short.length <= longestLine) return short;
  return ['{', ...parts(inner).map((part) => `${inner}${part};`), `${indent}}`].join('\n');
}

/** What a value must fulfil besides its type, as "1 to 200 characters". */
export function limitsOf(schema: JsonSchema): string {
  const some = schema.anyOf?.find(({ type }) => type !== 'null');
  if (some) return limitsOf(some);
  const between = (least: number | undefined, most: number | undefined, unit: string): string => {
    const isBounded = most !== undefined && Math.abs(most) < Number.MAX_SAFE_INTEGER;
    if (least !== undefined && isBounded) return `${least} to ${most}${unit}`;
    if (isBounded) return `up to ${most}${unit}`;
    return least === undefined ? '' : `at least ${least}${unit}`;
  };
  return [
    schema.format ?? '',
    schema.type === 'integer' ? 'whole' : '',
    between(schema.minLength, schema.maxLength, ' characters'),
    between(schema.minimum, schema.maximum, ''),
    between(schema.minItems, schema.maxItems, ' items'),
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ]
    .filter(Boolean)
    .join(', ');
}
