import { fold } from '#shared/domain/fold.ts';
import type { z } from 'zod';
import type { SideAction } from '#shared/contract/compare.ts';
import type { differences } from '#shared/contract/moments.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { copyNamed } from '#shared/domain/moments.ts';
import { isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { FoldedRecord } from '../log/audit/fold-row.ts';
import { actionOf, classify } from '../compare/classify.ts';
import type { Differing } from '../compare/classify.ts';
import { nowhere } from '../compare/states.ts';
import { differencesOfTwo } from '../compare/two-copies.ts';
import type { TwoCopies } from '../compare/two-copies.ts';
import type { State } from '../compare/states.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle, readUniversity } from '../model/titles.ts';
import { batches } from '../kernel/chunks.ts';
import { completed, streamed } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { isUpkeep } from '../model/workspace-settings.ts';
import type { Reading } from '../versions/open.ts';
import { withSide } from './copies.ts';
import type { Side } from './copies.ts';
import { namedBetween, pastOf, together } from './past.ts';
import { momentOf, pointAt } from './point.ts';
import type { Point } from '../model/point-in-time.ts';

type Asked = z.output<(typeof differences)['~orpc']['inputSchema'] & z.ZodType>;

interface Found {
  from: Side['said'];
  to: Side['said'];
  counts: Record<SideAction, number>;
  matched: number;
  rows: Row[];
}
type Row = Omit<Differing, 'base' | 'live' | 'play' | 'twoTypes'> & {
  title: string;
  university: string | null;
  play: SideAction | null;
  live: null;
};

/** Every record that differs between two points in time, by type and id. Yields the number of rows and records read. */
export function* between(
  db: ReadHandle,
  from: Point,
  to: Point,
  take: (found: Differing) => void,
): Generator<number, void, void> {
  const [first, last] = from.end <= to.end ? [from.end, to.end] : [to.end, from.end];
  const named = yield* namedBetween(db, first, last);
  let done = last - first;
  for (const [type, ids] of named) {
    const some = [...ids].filter((id) => !isUpkeep(type, id)).sort();
    for (const portion of batches(some, together)) {
      const [was, is] = [pastOf(db, portion, from.end), pastOf(db, portion, to.end)];
      for (const id of portion) {
        const found = compared(type, id, stateOf(id, was.get(id)), stateOf(id, is.get(id)));
        if (found) take(found);
      }
      yield (done += portion.length);
    }
  }
}

const compared = (type: AuditedType, id: string, base: State, play: State): Differing | null =>
  classify({ type, id, base, live: base, play, twoTypes: false });

/** A record of the log in the form that comparisons use. */
export function stateOf(id: string, record: FoldedRecord | undefined): State {
  if (!record) return nowhere;
  return { id, payload: record.deleted_at === null ? (JSON.parse(record.payload) as JsonObject) : null };
}

/**
 * One page of the differences between two points in time or copies, with the number of each kind. Two points in time are compared by the
 * log between them. Throws as `withSide`.
 */
export async function differencesPage(
  { home: services }: Services,
  asked: Asked,
  reading: Reading,
): Promise<Found> {
  const { clock, signal, tell } = reading;
  const run = (steps: Generator<number, Found, void>): Promise<Found> =>
    completed(streamed(steps, { step: 'checking', total: null, clock, signal }), tell);
  const isOfLog = [asked.from, asked.to].every((at) => copyNamed(String(at)) === null);
  if (isOfLog) return run(ofLog(services.read, asked));
  return withSide(services, asked.from, reading, (from) =>
    withSide(services, asked.to, reading, (to) => {
      const [copies, said] = [
        { from: from.db, to: to.db },
        { from: from.said, to: to.said },
      ];
      return run(pageOf(asked, copies, said, (take) => differencesOfTwo(copies, take)));
    }),
  );
}

function* ofLog(db: ReadHandle, asked: Asked): Generator<number, Found, void> {
  const [from, to] = [pointAt(db, asked.from), pointAt(db, asked.to)];
  const said = { from: momentOf(db, from.id), to: momentOf(db, to.id) };
  return yield* pageOf(asked, { from: db, to: db }, said, (take) => between(db, from, to, take));
}

function* pageOf(
  asked: Asked,
  copies: TwoCopies,
  said: Pick<Found, 'from' | 'to'>,
  each: (take: (found: Differing) => void) => Generator<number, void, void>,
): Generator<number, Found, void> {
  const counts = { created: 0, updated: 0, deleted: 0, restored: 0 };
  const rows: Differing[] = [];
  let matched = 0;
  const matches = filterOf(copies, asked);
  yield* each((found) => {
    const action = actionOf(found.base, found.play);
    if (action) counts[action] += 1;
    if (!matches(found, action)) return;
    matched += 1;
    if (matched > asked.offset && rows.length < asked.limit) rows.push(found);
  });
  return { ...said, counts, matched, rows: rows.map((row) => toRow(copies, row)) };
}

function filterOf(copies: TwoCopies, { types, actions, text }: Asked) {
  const wanted = fold(text);
  const contains = (value: string): boolean => fold(value).includes(wanted);
  return (found: Differing, action: SideAction | null): boolean =>
    (types.length === 0 || types.includes(found.type)) &&
    (actions.length === 0 || (action !== null && actions.includes(action))) &&
    (wanted === '' || contains(found.id) || contains(titleOf(copies, found)));
}

const readFrom = ({ from, to }: TwoCopies, { play, base }: Differing) =>
  play.payload ? { db: to, payload: play.payload } : { db: from, payload: base.payload ?? {} };

function titleOf(copies: TwoCopies, found: Differing): string {
  const { db, payload } = readFrom(copies, found);
  const title = readTitle(db, found.type, payload);
  return title === '' && !isEntityType(found.type) ? found.id : title;
}

function toRow(copies: TwoCopies, found: Differing): Row {
  const { type, id, base, play, conflict, fields } = found;
  const { db, payload } = readFrom(copies, found);
  return {
    type,
    id,
    title: titleOf(copies, found),
    university: readUniversity(db, { type, id, payload }),
    class: found.class,
    play: actionOf(base, play),
    live: null,
    conflict,
    fields,
  };
}
