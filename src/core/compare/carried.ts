import type { JsonObject } from '#shared/domain/json.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { AuditTransactionRow } from '../kernel/db/schema.ts';
import { parse } from '../history/effect.ts';
import { steppedOver } from './between.ts';
import type { SteppedOver } from './between.ts';

/** The label of the transaction that brings a sandbox's changes into live. */
export const promoted = 'sandbox.promoted';

/** A transaction of live's log that brought work of Play in, or took such work back; or one that undid or redid that. */
export interface Carrying {
  id: number;
  /** The row of the log that comes after it. */
  end: number;
  takes: boolean;
  /** Of what it is about itself, or of what it undid or did again. */
  root: number;
  /** It went back on all that was done after that transaction, whoever did it; null where it is about a promotion alone. */
  moment: number | null;
  /** Where it is about a promotion: the newest transaction of Play's log then. */
  play: number;
}

/** What moves the base of single records. */
export interface Carryings {
  /** In live's log, oldest first. */
  inLive: readonly Carrying[];
  /** What these were about is as it was before or after the refresh, whatever was promoted in between. */
  stepped: readonly SteppedOver[];
}

export const nothingCarried: Carryings = { inLive: [], stepped: [] };

type Entry = Pick<AuditTransactionRow, 'id' | 'op_id' | 'label' | 'undoes' | 'redoes' | 'changes' | 'params'>;
type Play = { db: ReadHandle; id: string };

const columns = 'id, op_id, label, undoes, redoes, changes, params';
/** What brings work of a sandbox in, and what goes back on what was done. */
const roots = `SELECT ${columns} FROM audit_transactions WHERE id >= :common AND undoes IS NULL AND redoes IS NULL
  AND label IN ('${promoted}', 'moment.restored', 'backups.records') ORDER BY id`;
const stepsOver = `SELECT ${columns} FROM audit_transactions WHERE undoes = :op OR redoes = :op ORDER BY id`;
const hashOf = 'SELECT hash FROM audit_transactions WHERE id = ?';

/** Everything by which work of Play came into live or was taken back there, since both logs part. */
export function carryingsOf(live: ReadHandle, play: Play, common: number): Carryings {
  const inLive = carryingIn(live, play, common);
  if (inLive.length === 0) return nothingCarried;
  return { inLive, stepped: steppedOver(play.db, common) };
}

function carryingIn(live: ReadHandle, play: Play, common: number): Carrying[] {
  const found: Carrying[] = [];
  for (const root of live.all<Entry>(roots, { common })) {
    const steps = live.all<Entry>(stepsOver, { op: root.op_id });
    const said = parse(root.params);
    if (root.label !== promoted) {
      // A backup of another workspace, or of what a restore displaced, is no moment of this log.
      if (typeof said['at'] !== 'number') continue;
      for (const one of [root, ...steps]) found.push(spanOf(one, root.id, one.undoes === null, said['at']));
    } else if (isOf(play, said)) {
      for (const one of [root, ...steps])
        found.push(spanOf(one, root.id, one.undoes !== null, null, headIn(said).id));
    } else if (said['id'] === play.id && said['play'] === undefined) {
      // Of a former version, which does not say what Play was: it may be another by now, but what is undone is not brought by anything.
      const last = steps.at(-1);
      if (last && last.undoes !== null) found.push(spanOf(last, root.id, true, null));
    }
  }
  return found.sort((one, other) => one.id - other.id);
}

const spanOf = (
  { id, changes }: Entry,
  root: number,
  takes: boolean,
  moment: number | null,
  play = Number.MAX_SAFE_INTEGER,
): Carrying => ({ id, root, end: id + changes, takes, moment, play });

const headIn = ({ play }: JsonObject) => (play ?? {}) as { id?: number; hash?: string };

/**
 * Whether Play has what was promoted: its log has the transaction that was the newest of the sandbox then. Ids do not tell: a duplicate has
 * another and the same work, and one that was brought back from before has the same and less.
 */
function isOf({ db }: Play, said: JsonObject): boolean {
  const { id, hash } = headIn(said);
  return id !== undefined && db.get<{ hash: string }>(hashOf, [id])?.hash === hash;
}
