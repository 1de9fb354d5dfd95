/**
 * What is different between three closed files, found by SQLite's own ATTACH and EXCEPT, in a process of its own: nothing of core takes part.
 * Reads lines of JSON { base, live, play } with paths and answers each with a line of JSON.
 */
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';

const tables: Record<string, [table: string, key: string]> = {
  university: ['universities', 'r.id'],
  project: ['projects', 'r.id'],
  organisation: ['organisations', 'r.id'],
  team: ['teams', 'r.id'],
  faculty: ['faculty', 'r.id'],
  student: ['students', 'r.id'],
  interface: ['interfaces', 'r.id'],
  outcome: ['outcomes', 'r.id'],
  'risk-factor': ['risk_factors', 'r.id'],
  'factor-model': ['factor_models', 'r.id'],
  contact: ['contacts', 'r.id'],
  repair: ['repairs', 'r.id'],
  task: ['tasks', 'r.id'],
  repository: ['repositories', 'r.id'],
  document: ['documents', 'r.id'],
  comment: ['comments', 'r.id'],
  profile: ['profiles', 'r.id'],
  view: ['views', 'r.id'],
  position: ['positions', `json_extract(r.payload, '$.node')`],
  workspace: ['workspaces', `'only'`],
};

export interface Found {
  type: string;
  key: string;
  class: string;
  conflict: string | null;
  play: string | null;
  live: string | null;
  /** `size conflict`, sorted. */
  fields: string[];
}

interface Paths {
  base: string;
  live: string;
  play: string;
}

/** Fields within a value have no order. */
function canonical(text: unknown): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted);
    if (typeof value !== 'object' || value === null) return value;
    return Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]);
  };
  return JSON.stringify(sorted(JSON.parse(text as string)));
}

function compare({ base, live, play }: Paths): Found[] {
  const db = new DatabaseSync(':memory:');
  db.function('canonical', { deterministic: true }, canonical);
  for (const [name, file] of Object.entries({ base, live, play }))
    db.exec(`ATTACH '${file.replaceAll("'", "''")}' AS ${name}`);
  const found = Object.keys(tables).flatMap((type) => inTable(db, type));
  db.close();
  return found;
}

const sides = ['base', 'live', 'play'] as const;

/** The keys of a set of fields, as text that tells key and field apart. */
function inTable(db: DatabaseSync, type: string): Found[] {
  const [table, key] = tables[type] as [string, string];
  for (const side of sides) {
    db.exec(`DROP TABLE IF EXISTS temp.${side}_fields; DROP TABLE IF EXISTS temp.${side}_rows;
      CREATE TEMP TABLE ${side}_fields AS SELECT ${key} AS k, j.key AS field, j.type AS type,
        CASE WHEN j.type IN ('object', 'array') THEN canonical(j.value) ELSE j.value END AS value
        FROM ${side}.${table} r, json_each(r.payload) j WHERE r.deleted_at IS NULL;
      CREATE TEMP TABLE ${side}_rows AS SELECT ${key} AS k, id, deleted_at FROM ${side}.${table} r`);
  }
  const pairs = (sql: string): Set<string> =>
    new Set(
      (db.prepare(sql).all() as { k: string; field: string }[]).map(({ k, field }) => `${k}\u0000${field}`),
    );
  const apart = (a: string, b: string): Set<string> =>
    pairs(`SELECT k, field FROM (SELECT * FROM ${a}_fields EXCEPT SELECT * FROM ${b}_fields)
      UNION SELECT k, field FROM (SELECT * FROM ${b}_fields EXCEPT SELECT * FROM ${a}_fields)`);
  const keys = (sql: string): Set<string> =>
    new Set((db.prepare(sql).all() as { k: string }[]).map(({ k }) => k));
  const there = Object.fromEntries(
    sides.map((side) => [side, keys(`SELECT k FROM ${side}_rows WHERE deleted_at IS NULL`)]),
  ) as Record<(typeof sides)[number], Set<string>>;
  const known = keys('SELECT k FROM base_rows');
  const [inLive, inPlay, between] = [apart('base', 'live'), apart('base', 'play'), apart('live', 'play')];
  const every = new Set([...inLive, ...inPlay].map((pair) => pair.split('\u0000')[0] as string));
  for (const [a, b] of [
    ['base', 'live'],
    ['base', 'play'],
  ] as const)
    for (const one of [...there[a], ...there[b]]) if (there[a].has(one) !== there[b].has(one)) every.add(one);
  const clashes = otherTypes(db, type);
  return [...every].toSorted().map((one) => {
    const fields = [...new Set([...inLive, ...inPlay])]
      .filter((pair) => pair.split('\u0000')[0] === one)
      .map((pair) => {
        const both = between.has(pair) ? 'conflict' : 'same';
        const of = inLive.has(pair) && inPlay.has(pair) ? both : inLive.has(pair) ? 'live' : 'play';
        return [pair.split('\u0000')[1] as string, of] as const;
      });
    const action = (side: 'live' | 'play', changed: boolean): string | null => {
      const [was, is] = [there.base.has(one), there[side].has(one)];
      if (!was && is) return known.has(one) ? 'restored' : 'created';
      if (was && !is) return 'deleted';
      return was && is && changed ? 'updated' : null;
    };
    const touched = (set: Set<string>): boolean => fields.some(([field]) => set.has(`${one}\u0000${field}`));
    const [play, live] = [action('play', touched(inPlay)), action('live', touched(inLive))];
    const [of, conflict] = judge();
    const whole = of === 'conflict' && conflict !== 'field';
    return {
      type,
      key: one,
      class: of,
      conflict,
      play,
      live,
      fields: fields
        .map(([field, how]) => `${field} ${whole && how !== 'same' ? 'conflict' : how}`)
        .toSorted(),
    };

    function judge(): [string, string | null] {
      if (clashes.has(one)) return ['conflict', 'other_type'];
      if (!live) return ['play', null];
      if (!play) return ['live', null];
      if (there.live.has(one) !== there.play.has(one)) return ['conflict', 'deleted'];
      if (!touched(between)) return ['same', null];
      if (!there.base.has(one)) return ['conflict', 'created'];
      const hows = new Set(fields.map(([, how]) => how));
      if (hows.has('conflict')) return ['conflict', 'field'];
      // What both made alike says nothing about whose the rest is.
      if (hows.has('play') === hows.has('live')) return ['both', null];
      return [hows.has('play') ? 'play' : 'live', null];
    }
  });
}

/** Ids of a table that one side has in it and the other in another one. */
function otherTypes(db: DatabaseSync, type: string): Set<string> {
  const mine = tables[type]?.[0] as string;
  const found = new Set<string>();
  for (const [table] of Object.values(tables)) {
    if (table === mine) continue;
    for (const [a, b] of [
      ['live', 'play'],
      ['play', 'live'],
    ]) {
      const sql = `SELECT id FROM ${a}.${mine} INTERSECT SELECT id FROM ${b}.${table}`;
      for (const { id } of db.prepare(sql).all() as { id: string }[]) found.add(id);
    }
  }
  return found;
}

if (import.meta.main) {
  for await (const line of createInterface({ input: process.stdin }))
    process.stdout.write(`${JSON.stringify(compare(JSON.parse(line) as Paths))}\n`);
}
