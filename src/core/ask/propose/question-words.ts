import { foldText } from '#shared/domain/fold.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** English and German words as `normalizeWord` writes them. A word ending in `~` also has the endings of a German adjective. */
type Words = string;

/** Words in lower case without accents, separated by single blanks. */
export const normalizeWord = (text: string): string =>
  foldText(text)
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

const adjectiveEndings = ['', 'e', 'en', 'er', 'es', 'em'];

export const phrasesOf = (words: Words): string[] =>
  words.split(',').flatMap((text) => {
    const phrase = text.trim().replaceAll(/\s+/g, ' ');
    return phrase.endsWith('~') ? adjectiveEndings.map((ending) => phrase.slice(0, -1) + ending) : [phrase];
  });

export type Subject = EntityType | 'people';

/** Types without an entry have only their names. */
export const subjectWords: Readonly<Partial<Record<Subject, Words>>> = {
  university: 'university, universities, uni, unis, universitat, universitaten, hochschule, hochschulen',
  project: 'project, projects, projekt, projekte, projekten',
  organisation: `organisation, organisations, organization, organizations, organisationen, company, companies, firma, firmen, unternehmen`,
  team: 'team, teams',
  faculty: `faculty, faculty member, faculty members, professor, professors, professoren, professorin, professorinnen, lehrende, lehrenden, lehrperson,
    lehrpersonen, dozenten`,
  student: 'student, students, studierende, studierenden, studenten, studentin, studentinnen',
  interface:
    'link, links, interface, interfaces, connection, connections, verbindung, verbindungen, schnittstelle, schnittstellen',
  outcome: 'outcome, outcomes, result, results, ergebnis, ergebnisse, ergebnissen',
  'risk-factor': 'risk factor, risk factors, risikofaktor, risikofaktoren',
  'factor-model': 'factor model, factor models, faktormodell, faktormodelle',
  contact: 'contact, contacts, kontakt, kontakte, kontakten',
  document: 'document, documents, dokument, dokumente, dokumenten, unterlage, unterlagen',
  comment: 'comment, comments, kommentar, kommentare, kommentaren',
  repository: 'repository, repositories, repo, repos, repositorys, code repository',
  task: 'task, tasks, aufgabe, aufgaben',
  repair: 'repair, repairs, planned repair, planned repairs, abhilfe, abhilfen, reparatur, reparaturen',
  people: 'people, person, persons, personen, leute, leuten',
};

/** Additional words for fields, by key. Their English names need no entry. */
export const fieldWords: Readonly<Record<string, Words>> = {
  university_id: 'universitat',
  team_id: 'team',
  project_id: 'projekt',
  size: 'members, mitglieder, mitgliedern, grosse',
  experience: 'erfahrung',
  discipline: 'disciplines, fachgebiet, fachgebieten, fach',
  lifecycle: 'phase, lebensphase',
  importance: 'wichtigkeit, bedeutung',
  description: 'beschreibung',
  notes: 'notizen, notes',
  role: 'rolle, rollen, roles',
  expertise_area: 'expertise, area, areas, spezialgebiet, spezialgebieten, expertise area',
  needed_expertise:
    'needed areas, notige gebiete, needed expertise, benotigte fachkenntnis, required expertise',
  graduation_term: 'graduation term, abschluss',
  terms_remaining: 'terms left, terms remaining, restsemester, restsemestern',
  duration_months: 'duration, dauer, laufzeit',
  bond_type: 'bond type, bonds, bindung, bindungen',
  interface_type: 'kind of link, art',
  energy_loss:
    'knowledge loss, energy lost, energy loss, loss, losses, wissensverlust, energieverlust, verlust',
  documented: 'documentation, documents, dokumentation, dokumente, documented share',
  outcome_type: 'ergebnisart',
  cohort_year: 'cohort year, jahrgang, jahr, year',
  confirmed_at: 'confirmation, bestatigung',
  subject: 'thema',
  due_on: 'due date, frist',
  state: 'stand',
  category: 'kategorie',
  confidence_level: 'confidence level, sicherheit',
  validation_status: 'validation, validierung',
  kind: 'kind, art',
  bearers: 'bearer, getragen von, trager, tragern',
  owners: 'owner, owners, verantwortliche, verantwortlichen',
  other_team_ids: 'weitere teams',
  status: 'status',
};

/** Additional words for vocabulary values. The values themselves need no entry. */
export const valueWords: Readonly<Record<string, Words>> = {
  electrical: 'electronics, elektrik, elektronik, elektrisch~',
  software: 'programming',
  mechanical: 'mechanik, mechanisch~, structural',
  'mission-ops': 'mission operations, operations, missionsbetrieb',
  systems: 'system, systemtechnik',
  communications: 'communication, kommunikation, kommunikations',
  payload: 'nutzlast',
  ground: 'ground segment, bodensegment',
  interdisciplinary: 'interdisziplinar~',
  incoming: 'new, neu~, ankommend~',
  established: 'etabliert~',
  outgoing: 'ausscheidend~',
  'codified-strong': 'reviewed documents, gepruften dokumenten, strong, stark~, kodifiziert stark~',
  'codified-moderate':
    'notes and routines, notizen und routinen, moderate, mittelstark~, kodifiziert massig~',
  'institutional-weak': 'person to person, person zu person, weak, schwach~, institutionell schwach~',
  'fragile-temporary': 'by chance, zufallig~, fragile, temporary, fragil~, zerbrechlich~',
  low: 'niedrig~, gering~',
  high: 'hoch, hohe, hoher, hohen',
  critical: 'kritisch~',
  meeting: 'meetings, treffen, besprechung, besprechungen',
  message: 'messages, nachricht, nachrichten',
  review: 'reviews',
  'faculty-advisor': 'advisor, advisors, betreuer',
  pi: 'principal investigator, principal investigators, pis',
  'co-pi': 'co pis',
  'industry-mentor': 'industry mentors',
  'jpl-mentor': 'jpl mentors',
  cubesat: 'cubesats',
  competition: 'competitions, wettbewerb, wettbewerbe',
  research: 'forschung, forschungs',
  multiversity: 'multi university',
  validated: 'validiert~',
  rejected: 'verworfen~',
};

export type Role =
  | 'skip'
  | 'who'
  | 'count'
  | 'by'
  | 'with'
  | 'without'
  | 'most'
  | 'least'
  | 'leaving'
  | 'knows'
  | 'or'
  | 'term'
  | '>'
  | '>='
  | '<'
  | '<='
  | '=';

export const roleWords: Readonly<Record<Role, Words>> = {
  skip: `the, a, an, all, any, every, show, list, me, us, give, find, get, display, tell, about, please, which, what, where, are, is, was, were, there, that, these,
    those, have, has, having, do, does, did, of, at, in, on, from, to, for, and, our, their, its, we, i, be, can, you, whose, work, works, working, belong, belongs,
    between, zwischen, last, lasting, take, dauern, dauert, study, studies, called, named, record, records, exist, exists, does not matter, currently, now, then,
    der, die, das, den, dem, des, ein, eine, einen, einem, einer, alle, aller, allen, zeige, zeig, zeigen, liste, auflisten, mir, uns, gib, finde, welche, welcher, welches,
    welchen, was, wo, sind, ist, es, gibt, haben, hat, habe, von, vom, bei, beim, im, in, an, am, aus, zu, zum, zur, fur, und, unsere, unser, ihre, wir, ich, bitte,
    arbeiten, arbeitet, studieren, studiert, gehoren, gehort, heisst, heissen, derzeit, datensatze`,
  who: 'who, wer',
  count: 'how many, number of, count, count of, wie viele, wieviele, anzahl, anzahl der, zahle',
  by: 'by, per, for each, at each, in each, of each, each, grouped by, je, pro, nach, jede, jeder, jedes, jedem, jeden',
  with: 'with, mit',
  without:
    'without, without any, with no, no, lacking, missing, ohne, kein, keine, keinen, keiner, fehlt, fehlende, fehlender',
  most: 'most, with the most, the most, largest number of, mit den meisten, die meisten, meisten, meiste',
  least: 'fewest, least, with the fewest, mit den wenigsten, wenigsten, wenigste',
  leaving: `leave, leaves, leaving, graduate, graduates, graduating, depart, departing, gehen, geht, gehende, verlassen, verlasst, ausscheiden,
    ausscheidet, abschliessen, uns verlassen, leave us`,
  or: 'or, oder',
  knows:
    'know, knows, knowing, expert, experts, expert in, experts in, expert on, experts on, kennt, kennen, weiss, wissen, kann, konnen, experte, experten, expertin, expertinnen',
  term: 'this term, this semester, soon, at the end of the term, dieses semester, diesem semester, in diesem semester, bald, am ende des semesters, am semesterende',
  '>': 'more than, over, above, greater than, higher than, longer than, langer als, mehr als, uber, grosser als, hoher als',
  '>=': 'at least, mindestens, or more',
  '<': 'less than, fewer than, under, below, smaller than, shorter than, kurzer als, weniger als, unter, kleiner als',
  '<=': 'at most, up to, hochstens, bis zu',
  '=': 'exactly, equal to, genau',
};

/** Values that stand for records by themselves: "meetings with Ada". */
export const questionNouns: ReadonlySet<string> = new Set(
  phrasesOf(`meetings, messages, reviews, treffen, besprechungen, nachrichten, advisors, betreuer, industry mentors, jpl mentors, principal investigators, pis,
    cubesats, competitions, wettbewerbe`),
);

export const orderWords: readonly (readonly [words: Words, column: string, direction: 'ASC' | 'DESC'])[] = [
  ['largest, biggest, grosste, grossten, grosster', 'size', 'DESC'],
  ['smallest, kleinste, kleinsten', 'size', 'ASC'],
  ['most experienced, erfahrenste, erfahrensten', 'experience', 'DESC'],
  ['least experienced, unerfahrenste, unerfahrensten', 'experience', 'ASC'],
  ['weakest, schwachste, schwachsten', 'energy_loss', 'DESC'],
  ['strongest, starkste, starksten', 'energy_loss', 'ASC'],
  ['longest, langste, langsten', 'duration_months', 'DESC'],
  ['shortest, kurzeste, kurzesten', 'duration_months', 'ASC'],
  ['newest, latest, neueste, neuesten', 'created_at', 'DESC'],
  ['oldest, alteste, altesten', 'created_at', 'ASC'],
  [
    'recently changed, changed last, last changed, zuletzt geandert, zuletzt geanderte, zuletzt geanderten',
    'updated_at',
    'DESC',
  ],
];

export const conditionWords: readonly (readonly [
  subject: Subject,
  words: Words,
  condition: string,
  meaning: string,
])[] = [
  [
    'interface',
    'undocumented, undokumentiert~, not documented, nicht dokumentiert~',
    'documented_usual = 0',
    'nothing is documented',
  ],
  ['interface', 'documented, dokumentiert~', 'documented_usual > 0', 'something is documented'],
  [
    'interface',
    `across universities, cross university, between universities, between two universities, universitatsubergreifend~, zwischen universitaten,
    uber universitaten hinweg`,
    'is_cross_university = 1',
    'the ends are of two universities',
  ],
  [
    'interface',
    'within a university, within universities, within one university, innerhalb einer universitat',
    'is_cross_university = 0',
    'the ends are of one university',
  ],
  ['student', 'graduated, former, ehemalig~', 'graduated_at IS NOT NULL', 'has graduated'],
  ['student', 'lead, leads, leading, leiter, leitend~, leitung', 'is_lead = 1', 'is a lead'],
  ['university', 'lead, leading, leitend~, fuhrend~', 'is_lead = 1', 'is a lead'],
  ['student', 'active, aktiv~', 'active = 1', 'is active'],
  ['student', 'inactive, inaktiv~', 'active = 0', 'is not active'],
  ['university', 'active, aktiv~', 'active = 1', 'is active'],
  ['university', 'inactive, inaktiv~', 'active = 0', 'is not active'],
  ['project', 'shared, collaborative, joint, gemeinsam~', 'is_collaborative = 1', 'is shared'],
  ['outcome', 'successful, success, successes, erfolgreich~', 'success = 1', 'succeeded'],
  ['outcome', 'failed, failure, failures, unsuccessful, gescheitert~, erfolglos~', 'success = 0', 'failed'],
  ['repair', 'open, unfinished, offen~', 'done_on IS NULL', 'is not done'],
  ['repair', 'done, finished, completed, erledigt~', 'done_on IS NOT NULL', 'is done'],
  ['repair', 'overdue, late, uberfallig~', "done_on IS NULL AND due_on < date('now')", 'is overdue'],
];

/** Words of German questions that English ones do not have. */
export const germanWords: ReadonlySet<string> = new Set(
  `der das den dem des ein eine einen einem einer mit ohne und oder mehr als weniger mindestens hochstens uber unter genau welche welcher welches wer wie viele
    anzahl haben hat sind ist von vom bei beim im zum zur fur kein keine zeige liste alle allen`.split(/\s+/),
);

/** Units: a number before a unit belongs to the field with that unit. */
export const unitWords: Readonly<Record<string, Words>> = {
  people: 'people, members, personen, leute, mitglieder, mitgliedern',
  months: 'month, months, monat, monate, monaten',
  terms: 'term, terms, semester, semesters, semestern',
  percent: 'percent, per cent, prozent',
};
