import { zodResolver } from '@hookform/resolvers/zod';
import type { FieldErrors, Resolver } from 'react-hook-form';
import type { z } from 'zod';
import { fieldsOf, payloadSchemas } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fromRaw, toRaw } from './inputs.ts';
import type { Parsed, Raw } from './inputs.ts';
import { messageFor, ruleText } from './messages.ts';

/** What the controls of a form hold, by field. */
export type Inputs = Record<string, Raw>;

/** The controls' content for a payload. */
export function inputsOf(type: EntityType, payload: JsonObject): Inputs {
  return Object.fromEntries(fieldsOf(type).map((field) => [field.key, toRaw(field, payload[field.key])]));
}

/** The payload that the controls stand for, on top of `base`; fields that cannot be read keep their problem instead. */
export function payloadOf(
  fields: readonly Field[],
  inputs: Inputs,
  base: JsonObject = {},
): { payload: JsonObject; problems: ReadonlyMap<string, string> } {
  const payload: Record<string, Json> = { ...base };
  const problems = new Map<string, string>();
  for (const field of fields) {
    const parsed = fromRaw(field, inputs[field.key] ?? null);
    if (!parsed.ok) problems.set(field.key, parsed.message);
    else if (parsed.value === undefined || (parsed.value === null && !(field.key in base)))
      delete payload[field.key];
    else payload[field.key] = parsed.value;
  }
  return { payload, problems };
}

type Plain = Record<string, unknown>;

/** Checks a form by the contract's own schema of the type; what cannot be read at all is told first. */
export function resolverFor(type: EntityType, base: JsonObject = {}): Resolver<Inputs> {
  const schema: z.ZodType<Plain, Plain> = payloadSchemas[type] as never;
  const bySchema = zodResolver(schema, { error: messageFor });
  return async (inputs, context, options) => {
    const { payload, problems } = payloadOf(fieldsOf(type), inputs, base);
    const checked = await bySchema(payload, context, options as never);
    const errors: Record<string, { type: string; message: string }> = {};
    for (const [key, error] of Object.entries(checked.errors as FieldErrors<Record<string, unknown>>)) {
      errors[key] = { type: 'schema', message: ruleText(messageIn(error) ?? '') };
    }
    for (const [key, message] of problems) errors[key] = { type: 'unreadable', message };
    return Object.keys(errors).length > 0
      ? { values: {}, errors: errors as FieldErrors<Inputs> }
      : { values: inputs, errors: {} };
  };
}

/** The first message within a field's errors, which are nested for lists. */
function messageIn(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('message' in error && typeof error.message === 'string') return error.message;
  return Object.values(error)
    .map(messageIn)
    .find((message) => message !== undefined);
}

/** One field by itself, for editing in a grid: its value, or what is wrong with it. */
export function checkField(type: EntityType, field: Field, raw: Raw): Parsed {
  const parsed = fromRaw(field, raw);
  if (!parsed.ok) return parsed;
  const schema = (payloadSchemas[type].shape as Readonly<Record<string, z.ZodType>>)[field.key];
  const result = schema?.safeParse(parsed.value, { error: messageFor });
  if (!result || result.success) return parsed;
  return { ok: false, message: ruleText(result.error.issues[0]?.message ?? '') };
}
