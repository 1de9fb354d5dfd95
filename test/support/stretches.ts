import type { Connection } from '#core/kernel/db/connection.ts';

/** A connection that counts the rows that come out of it. */
export interface Counted {
  db: Connection;
  rows: () => number;
}

/** The same connection, with every row counted that `all`, `column`, `get` and prepared statements give out. */
export function counted(db: Connection): Counted {
  let rows = 0;
  const list = <T>(found: T[]): T[] => {
    rows += found.length;
    return found;
  };
  const statement = (prepared: object): object =>
    new Proxy(prepared, {
      get(target, key) {
        const value = Reflect.get(target, key) as unknown;
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const result = (value as (...given: unknown[]) => unknown).apply(target, given);
          if (key === 'all') return list(result as unknown[]);
          return result === target ? statement(target) : result;
        };
      },
    });
  const raw = new Proxy(db.raw, {
    get(target, key) {
      const value = Reflect.get(target, key) as unknown;
      if (key === 'prepare') return (sql: string) => statement(target.prepare(sql));
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
  return {
    rows: () => rows,
    db: {
      ...db,
      raw,
      all: (sql, parameters) => list(db.all(sql, parameters)),
      column: (sql, parameters) => list(db.column(sql, parameters)),
      get: (sql, parameters) => {
        rows += 1;
        return db.get(sql, parameters);
      },
    },
  };
}

/** What work returns, how often it paused, and the most rows that it read between two pauses. */
export function stretchesOf<R>(
  work: Generator<unknown, R, void>,
  rows: () => number,
): { result: R; pauses: number; longest: number } {
  let [pauses, longest, before] = [0, 0, rows()];
  for (;;) {
    const step = work.next();
    longest = Math.max(longest, rows() - before);
    before = rows();
    if (step.done) return { result: step.value, pauses, longest };
    pauses += 1;
  }
}
