import type { ReadHandle } from '../../kernel/db/connection.ts';
import { isUndone } from '../../log/audit/undone.ts';
import { yearBefore } from '../../network/contact-rows.ts';
import { drawBeta } from '../draws.ts';

/** What teams found when they confirmed their links. */
export interface Confirmations {
  confirmed: number;
  /** Links that nobody had recorded before. */
  added: number;
}

/** The share of the links that nobody recorded, as a Beta distribution. */
export interface UnrecordedShare {
  mean: number;
  /** The number of observed links that the distribution counts as. */
  strength: number;
}

/** The share if nobody confirmed anything. */
export const assumedShare: UnrecordedShare = { mean: 0.1, strength: 20 };

/** The default counts as 20 links, next to those that were confirmed and added. */
export function estimateUnrecorded({ confirmed, added }: Confirmations): UnrecordedShare {
  const strength = assumedShare.strength + confirmed + added;
  return { mean: (assumedShare.mean * assumedShare.strength + added) / strength, strength };
}

const intervalDraws = 2000;
const intervalShare = 0.8;

/** The middle 80 % of the distribution. */
export function intervalOf(share: UnrecordedShare): { low: number; high: number } {
  const draws = Array.from({ length: intervalDraws }, (_, seed) => drawBeta(seed, share)).sort(
    (a, b) => a - b,
  );
  const quantile = (part: number): number => draws[Math.round(part * (intervalDraws - 1))] as number;
  return { low: quantile((1 - intervalShare) / 2), high: quantile((1 + intervalShare) / 2) };
}

/** A change that another computer made has the time at which it was made there among its parameters. */
const answersQuery = `SELECT id, id + changes AS "end", op_id, substr(coalesce(params ->> '$.made_at', created_at), 1, 10) AS day
  FROM audit_transactions WHERE label = 'answers.read' AND undoes IS NULL AND redoes IS NULL`;
const linksQuery = `SELECT entity_id AS link, action FROM audit_logs
  WHERE id >= :id AND id < :end AND entity_type = 'interface' AND action IN ('create', 'update')`;

/** The distinct links that were confirmed or added in the year before the newest answers, without undone ones. */
export function readConfirmations(db: ReadHandle): Confirmations {
  const answers = db
    .all<{ id: number; end: number; op_id: string; day: string }>(answersQuery)
    .filter(({ op_id }) => !isUndone(db, op_id));
  const newestDay = answers.reduce((newest, { day }) => (day > newest ? day : newest), '');
  if (newestDay === '') return { confirmed: 0, added: 0 };
  const firstDay = yearBefore(newestDay);
  // Both teams of a link can confirm it, in separate files, and later again.
  const [links, addedLinks] = [new Set<string>(), new Set<string>()];
  for (const { id, end, day } of answers) {
    if (day < firstDay) continue;
    for (const { link, action } of db.all<{ link: string; action: string }>(linksQuery, { id, end })) {
      links.add(link);
      if (action === 'create') addedLinks.add(link);
    }
  }
  return { confirmed: links.size - addedLinks.size, added: addedLinks.size };
}
