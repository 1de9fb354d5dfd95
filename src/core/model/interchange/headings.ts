import { foldText } from '#shared/domain/fold.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { withoutControls } from '#shared/domain/limits.ts';
import { toCustomName } from '#shared/domain/custom-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** The beginning of a text, at most `maxUnits` UTF-16 units, without cutting a character. */
export function cutTo(text: string, maxUnits: number): string {
  if (text.length <= maxUnits) return text;
  const lastUnit = text.charCodeAt(maxUnits - 1);
  return text.slice(0, lastUnit >= 0xd800 && lastUnit <= 0xdbff ? maxUnits - 1 : maxUnits);
}

/** The folded text with single blanks between words. */
export function plainHeading(text: string): string {
  return foldText(text)
    .replaceAll(/[^\p{L}\p{M}\p{N}%#]+/gu, ' ')
    .trim();
}

/** A heading as it is read from a table: no control characters, NFC, at most 150 units. */
export function headingText(text: string): string {
  return cutTo(withoutControls(text).normalize('NFC'), 150);
}

export function columnLetters(index: number): string {
  const higherDigits = Math.floor(index / 26);
  return (higherDigits > 0 ? columnLetters(higherDigits - 1) : '') + String.fromCharCode(65 + (index % 26));
}

/** Headings of a field in English and German, folded; the first are those of our own lists. */
export const headingsByField: Readonly<Record<string, readonly string[]>> = {
  id: ['id', 'key', 'identifier', 'record id', 'frames id', 'kennung', 'schlussel'],
  meta: ['other notes', 'weitere angaben', 'further notes', 'sonstiges'],
  name: ['name', 'title', 'titel', 'full name', 'bezeichnung', 'vollstandiger name', 'label'],
  university_id: [
    'university',
    'universitat',
    'universities',
    'uni',
    'school',
    'college',
    'institution',
    'campus',
    'hochschule',
    'home university',
    'university id',
    'university name',
    'org',
    'organisation',
    'organization',
  ],
  project_id: ['project', 'projekt', 'mission', 'project name', 'project id', 'works on'],
  team_id: ['team', 'group', 'gruppe', 'subsystem team', 'team name', 'team id', 'member of'],
  other_team_ids: ['other teams', 'weitere teams', 'further teams', 'also in', 'andere teams', 'auch in'],
  date: ['date', 'datum', 'day', 'tag', 'when', 'wann', 'held on', 'sent on', 'timestamp', 'zeitpunkt'],
  kind: ['type', 'art', 'contact type', 'kind of contact', 'medium', 'channel', 'kanal'],
  subject: ['subject', 'thema', 'topic', 'betreff', 'agenda', 'about'],
  who: [
    'who',
    'wer',
    'participants',
    'attendees',
    'teilnehmende',
    'teilnehmer',
    'author',
    'sender',
    'organizer',
  ],
  with: [
    'with',
    'mit',
    'with whom',
    'mit wem',
    'recipients',
    'recipient',
    'empfanger',
    'reviewer',
    'reviewers',
  ],
  url: ['url', 'web address', 'webadresse', 'website', 'homepage', 'web', 'www'],
  owners: ['responsible', 'verantwortlich', 'assignee', 'owner'],
  due_on: ['due', 'due date', 'fallig', 'deadline', 'frist'],
  done_on: ['done on', 'done', 'erledigt', 'erledigt am', 'completed'],
  importance: ['importance', 'wichtigkeit', 'priority', 'prioritat', 'criticality', 'bedeutung'],
  discipline: [
    'discipline',
    'fachgebiet',
    'disziplin',
    'field',
    'major',
    'major area',
    'field of study',
    'field of work',
    'engineering area',
    'subject',
    'fachrichtung',
    'fach',
    'area',
    'bereich',
    'subsystem',
    'department',
    'specialty',
  ],
  lifecycle: [
    'lifecycle',
    'lebensphase',
    'phase',
    'life cycle',
    'stage',
    'status',
    'lebenszyklus',
    'maturity',
  ],
  size: [
    'size',
    'grosse',
    'team size',
    'members',
    'people',
    'headcount',
    'number of members',
    'no of members',
    'mitglieder',
    'anzahl',
    'personen',
    'teamgrosse',
    '# members',
  ],
  experience: [
    'experience',
    'erfahrung',
    'experience months',
    'experience in months',
    'time together',
    'months of experience',
    'years of experience',
  ],
  description: [
    'description',
    'beschreibung',
    'about',
    'summary',
    'details',
    'what it does',
    'purpose',
    'zweck',
    'notes',
    'note',
    'comment',
    'comments',
    'remark',
    'remarks',
    'bemerkung',
    'bemerkungen',
    'kommentar',
  ],
  type: ['type', 'art', 'kind', 'typ', 'project type', 'category', 'projekttyp'],
  duration_months: [
    'duration',
    'dauer',
    'duration in months',
    'months',
    'length',
    'laufzeit',
    'duration months',
    'duration in years',
  ],
  is_collaborative: ['shared', 'gemeinsam', 'collaborative', 'is shared', 'joint', 'multi university'],
  role: ['role', 'rolle', 'position', 'funktion', 'function'],
  expertise_area: [
    'expertise',
    'spezialgebiet',
    'expertise area',
    'skills',
    'skill',
    'knows',
    'fachgebiet',
    'kenntnisse',
    'specialisation',
    'specialization',
    'major',
    'studiengang',
  ],
  graduation_term: [
    'graduates',
    'abschluss',
    'graduation',
    'graduation term',
    'graduating',
    'grad term',
    'expected graduation',
    'graduation date',
  ],
  terms_remaining: [
    'terms left',
    'restsemester',
    'terms remaining',
    'semesters left',
    'remaining terms',
    'verbleibende semester',
    'semester ubrig',
    'semester noch',
    'noch semester',
    'restliche semester',
    'remaining semesters',
  ],
  is_lead: ['lead', 'leitung', 'is lead', 'leader', 'team lead', 'lead university', 'leiter'],
  active: ['active', 'aktiv', 'is active'],
  graduated_at: ['graduated on', 'abschluss am', 'graduated', 'graduated at', 'abschlussdatum'],
  from: [
    'from',
    'von',
    'source',
    'quelle',
    'from team',
    'a',
    'team a',
    'start',
    'from entity',
    'first',
    'who',
    'from name',
  ],
  to: [
    'to',
    'nach',
    'zu',
    'target',
    'ziel',
    'to team',
    'to name',
    'b',
    'team b',
    'end',
    'to entity',
    'second',
    'with',
    'mit',
    'with whom',
  ],
  interface_type: ['kind', 'art', 'interface type', 'link type', 'kind of link', 'type'],
  bond_type: ['bond', 'bindung', 'bond type', 'strength', 'tie', 'starke'],
  energy_loss: [
    'energy lost %',
    'energieverlust %',
    'energy lost',
    'energieverlust',
    'energy loss',
    'loss',
    'verlust',
    'loss %',
    'energy loss %',
  ],
  bearers: ['bearers', 'getragen von', 'bearer', 'carried by', 'held by', 'trager', 'tragende', 'people'],
  documented: [
    'documented %',
    'dokumentiert %',
    'documented',
    'dokumentiert',
    'documented share',
    'dokumentierter anteil',
    'written down',
    'written down %',
    'aufgeschrieben',
    'documentation',
    'dokumentation',
  ],
  confirmed_at: ['confirmed on', 'bestatigt am', 'confirmed', 'confirmed at'],
  confirmed_by: ['confirmed by', 'bestatigt von'],
  factor_values: ['risk ratings', 'risikobewertung'],
  outcome_type: ['outcome', 'ergebnis', 'outcome type', 'type', 'kind'],
  success: ['success', 'erfolg', 'successful', 'succeeded', 'passed', 'erfolgreich'],
  cohort_year: ['cohort', 'jahrgang', 'year', 'jahr', 'cohort year'],
  notes: [
    'notes',
    'notizen',
    'note',
    'comment',
    'comments',
    'remark',
    'remarks',
    'notiz',
    'bemerkung',
    'bemerkungen',
    'kommentar',
  ],
};

/** Headings that could mean other fields too: they count only if one of the values fits. */
export const vagueHeadings: ReadonlySet<string> = new Set(['stage', 'phase', 'status', 'maturity']);

export type CustomNamesOf = (type: SheetType) => readonly string[];

export const declaredMarks = ['FRAMES field', 'FRAMES-Feld'] as const;

/** The mark behind the heading of a custom field named like a FRAMES field, in each language of the window; “own field” is in older exports. */
export const customMarks = ['custom field', 'eigenes Feld', 'own field'] as const;

const markPattern = (marks: readonly string[]): RegExp =>
  new RegExp(`^(.+?)\\s*\\((?:${marks.join('|')})\\)$`);
const [declaredPattern, customPattern] = [markPattern(declaredMarks), markPattern(customMarks)];

/** The heading of a declared field without its mark; null if it has none. */
export function stripDeclaredMark(heading: string): string | null {
  return declaredPattern.exec(heading)?.[1] ?? null;
}

/** The heading of a custom field without its mark; null if it has none. */
export function stripCustomMark(heading: string): string | null {
  return customPattern.exec(heading)?.[1] ?? null;
}

/** The field with this heading in our lists, in English or German, or with this key; null for none. */
export function fieldByHeading(type: EntityType, heading: string): string | null {
  const name = plainHeading(heading);
  const field = fieldsOf(type).find(
    ({ key }) => plainHeading(key) === name || (headingsByField[key] ?? []).slice(0, 2).includes(name),
  );
  return field?.key ?? null;
}

interface MarkOptions {
  type: EntityType;
  names: readonly string[];
  /** `ours` marks a declared field, `own` a custom one. */
  marks: { ours: string; own: string };
}

/** Headings of an exported list. If a declared and a custom field share one, the declared one is marked. */
export function markHeadings(
  columns: readonly { key: string; heading: string; own: boolean }[],
  { type, names, marks }: MarkOptions,
): string[] {
  const customHeadings = new Set(names.map(headingText));
  const shownKeys = new Set(columns.map(({ key }) => key));
  return columns.map(({ heading, own: isCustom }) => {
    if (!isCustom) return customHeadings.has(headingText(heading)) ? `${heading} (${marks.ours})` : heading;
    const declaredKey = fieldByHeading(type, heading);
    return declaredKey !== null && !shownKeys.has(declaredKey) ? `${heading} (${marks.own})` : heading;
  });
}

export function nameByHeading(names: readonly string[]): ReadonlyMap<string, string> {
  return new Map(names.map((name) => [headingText(name), name]));
}

/** The custom field that stores a column of this name: the existing one, whatever its Unicode form, otherwise a new one. */
export function storedFieldName(name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const requestedName = toCustomName(name);
  return names.find((existing) => toCustomName(existing) === requestedName) ?? requestedName;
}
