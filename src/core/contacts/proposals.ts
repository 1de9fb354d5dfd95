import type { LinkProposal, LinkProposals } from '#shared/contract/contacts.ts';
import { interfaceKind, defaultLoss } from '#shared/domain/interfaces.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { maxReferences } from '#shared/domain/limits.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { headOf } from '../compare/page.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { readNames } from '../model/names.ts';
import type { RecordName } from '../model/names.ts';
import { readEvidence } from './evidence.ts';
import type { Evidence, PairEvidence } from './evidence.ts';

/** Fewer contacts propose nothing for an existing link. The rules are documented in docs/science.md. */
const minContacts = 3;
/** A missing link needs so many contacts of people who met more than once, and more of them than chance would give. */
const minRepeated = 4;
/** A bearer takes part in at least this number, and at least this share, of the contacts. */
const minBearerContacts = 2;
const minBearerShare = 0.2;
/** Contacts in at least this share of the months are regular. */
const minRegularShare = 0.5;

interface Link {
  id: string;
  from: string;
  to: string;
  payload: JsonObject;
}

/** A proposal with the fields that it sets. */
export interface PlannedProposal {
  proposal: LinkProposal;
  /** The current link; null for a new one. */
  before: JsonObject | null;
  changes: JsonObject;
}

export interface ProposalResult extends Omit<LinkProposals, 'proposals'> {
  proposals: readonly PlannedProposal[];
}

const linksSql = `SELECT id, from_id AS "from", to_id AS "to", payload FROM interfaces
  WHERE from_id IN (SELECT value FROM json_each(:ids)) AND to_id IN (SELECT value FROM json_each(:ids)) AND ${visibleCondition()} ORDER BY id`;

const membersSql = `SELECT team_id AS team, count(*) AS members FROM students
  WHERE team_id IN (SELECT value FROM json_each(:ids)) AND (active IS NULL OR active <> 0) AND ${visibleCondition()} GROUP BY team_id`;

const keyOf = (from: string, to: string): string => `${from} → ${to}`;

/** The proposals from contacts since `since`. Yields while it reads. */
export function* proposeLinks(
  db: ReadHandle,
  request: { since?: string | undefined; today: string },
): Generator<number, ProposalResult, void> {
  const head = headOf(db);
  const { pairs, ...evidence } = yield* readEvidence(db, request);
  const relevantPairs = pairs.filter(({ contacts }) => contacts >= minContacts);
  const ids = JSON.stringify([...new Set(relevantPairs.flatMap(({ from, to }) => [from, to]))]);
  const links = new Map<string, Link[]>();
  for (const { payload, ...link } of db.all<Omit<Link, 'payload'> & { payload: string }>(linksSql, { ids })) {
    const key = keyOf(link.from, link.to);
    links.set(key, [...(links.get(key) ?? []), { ...link, payload: JSON.parse(payload) as JsonObject }]);
  }
  yield evidence.contacts;
  const members = new Map(
    db.all<{ team: string; members: number }>(membersSql, { ids }).map((row) => [row.team, row.members]),
  );
  const names = readNames(db, [
    ...relevantPairs.flatMap(({ from, to, people }) => [from, to, ...people.keys()]),
    ...[...links.values()].flat().flatMap(({ payload }) => referencedIds(payload['bearers'])),
  ]);
  const proposals = relevantPairs.flatMap((pair) => {
    const { from, to } = pair;
    const existing = links.get(keyOf(from, to)) ?? [];
    const candidates = existing.length > 0 ? existing : (links.get(keyOf(to, from)) ?? []);
    // With several links, the contacts cannot be assigned to one.
    if (candidates.length > 1 || (candidates.length === 0 && !suggestsLink(pair))) return [];
    return propose(pair, candidates[0], { names, members, period: evidence.period }) ?? [];
  });
  proposals.sort(({ proposal: a }, { proposal: b }) => b.contacts - a.contacts || (a.key < b.key ? -1 : 1));
  return { ...evidence, proposals, head };
}

const suggestsLink = ({ repeated, expected }: PairEvidence): boolean =>
  repeated >= minRepeated && repeated > expected;

interface ProposalContext {
  names: ReadonlyMap<string, RecordName>;
  /** Active members of each team. */
  members: ReadonlyMap<string, number>;
  period: Evidence['period'];
}

function propose(
  pair: PairEvidence,
  link: Link | undefined,
  context: ProposalContext,
): PlannedProposal | null {
  const nameOf = (id: string): LinkProposal['from'] | null => {
    const record = context.names.get(id);
    if (!record) return null;
    const { type, title, university_id: university } = record;
    return { id, type, title, university };
  };
  const [from, to] = [nameOf(link?.from ?? pair.from), nameOf(link?.to ?? pair.to)];
  if (!from || !to) return null;
  const strength = strengthOf(pair, link?.payload, context.period?.months ?? 1);
  const bearers = bearersOf(pair, link?.payload, context);
  if (link && !strength && !bearers) return null;
  const kind = interfaceKind(from.type, to.type);
  const changes: JsonObject = {
    ...(link ? {} : { from: from.id, to: to.id, ...(kind === null ? {} : { interface_type: kind }) }),
    ...(strength ? { bond_type: strength.after.bond, energy_loss: strength.after.loss } : {}),
    ...(bearers ? { bearers } : {}),
  };
  const { contacts, repeated, expected, months, first, last } = pair;
  const storedBearers = new Set(referencedIds(link?.payload['bearers']));
  const proposal: LinkProposal = {
    key: link?.id ?? keyOf(from.id, to.id),
    link: link?.id ?? null,
    from,
    to,
    contacts,
    repeated,
    expected: Math.round(10 * expected) / 10,
    months,
    first,
    last,
    strength,
    bearers:
      bearers?.flatMap((id) => {
        const person = nameOf(id);
        return person ? { ...person, contacts: pair.people.get(id) ?? 0, isNew: !storedBearers.has(id) } : [];
      }) ?? null,
  };
  return { proposal, before: link?.payload ?? null, changes };
}

/** Contacts show that people meet, not documents, so only undocumented bonds are proposed. No link is weakened. */
function strengthOf(
  { months }: PairEvidence,
  payload: JsonObject | undefined,
  periodMonths: number,
): LinkProposal['strength'] {
  const isRegular = months >= minRegularShare * periodMonths;
  const bond = isRegular ? 'institutional-weak' : 'fragile-temporary';
  const after = { bond, loss: defaultLoss(bond) };
  if (!payload) return { before: null, after };
  const before = { bond: textOf(payload['bond_type']), loss: numberOf(payload['energy_loss']) };
  const isFragile = before.bond === null || before.bond === 'fragile-temporary';
  const isWeaker = before.loss === null || before.loss > after.loss;
  return isFragile && isWeaker && before.bond !== bond ? { before, after } : null;
}

/** The stored bearers and the people with enough contacts. Null if that adds nobody, or if none is stored and all members qualify. */
function bearersOf(
  { contacts, people, from, to }: PairEvidence,
  payload: JsonObject | undefined,
  { members, names }: ProposalContext,
): string[] | null {
  const requiredContacts = Math.max(minBearerContacts, minBearerShare * contacts);
  const qualifiedIds = [...people]
    .filter(([id, count]) => count >= requiredContacts && names.get(id)?.deleted === false)
    .toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([id]) => id);
  const storedBearers = referencedIds(payload?.['bearers']);
  const addedIds = qualifiedIds.filter((id) => !storedBearers.includes(id));
  if (addedIds.length === 0) return null;
  const memberCount = (members.get(from) ?? 0) + (members.get(to) ?? 0);
  if (storedBearers.length === 0 && qualifiedIds.length >= memberCount) return null;
  return [...storedBearers, ...addedIds].slice(0, maxReferences);
}

const textOf = (value: Json | undefined): string | null => (typeof value === 'string' ? value : null);
const numberOf = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null);
