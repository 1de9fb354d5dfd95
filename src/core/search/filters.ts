import type { EntityType } from '#shared/domain/types.ts';

export interface SearchFilters {
  types?: readonly EntityType[] | undefined;
  university?: string | undefined;
  since?: string | undefined;
}

/** Conditions on `passages p`, each after AND, with their parameters. */
export function filterSql({ types, university, since }: SearchFilters): {
  sql: string;
  values: Readonly<Record<string, string>>;
} {
  const conditions = [
    ...(types ? ['p.type IN (SELECT value FROM json_each(:types))'] : []),
    ...(university === undefined ? [] : ['p.university = :university']),
    ...(since === undefined ? [] : ['p.changed >= :since']),
  ];
  return {
    sql: conditions.map((condition) => ` AND ${condition}`).join(''),
    values: {
      ...(types ? { types: JSON.stringify(types) } : {}),
      ...(university === undefined ? {} : { university }),
      // With milliseconds, because the stored times have them and are compared as texts.
      ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
    },
  };
}
