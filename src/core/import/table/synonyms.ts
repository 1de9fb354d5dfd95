import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Vocabulary } from '#shared/domain/vocabulary.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { editSimilarity, textLikeness } from '../../model/interchange/likeness.ts';

/** Synonyms of values of open lists, in English and German. */
export const synonyms: Partial<Record<Vocabulary, Readonly<Record<string, string>>>> = {
  discipline: {
    elektrik: 'electrical',
    missionsbetrieb: 'mission-ops',
    systeme: 'systems',
    bodensegment: 'ground',
    fachubergreifend: 'interdisciplinary',
    anderes: 'other',
    'electrical engineering': 'electrical',
    elektrotechnik: 'electrical',
    elektronik: 'electrical',
    electronics: 'electrical',
    'software engineering': 'software',
    informatik: 'software',
    'computer science': 'software',
    'mechanical engineering': 'mechanical',
    maschinenbau: 'mechanical',
    mechanik: 'mechanical',
    'mission operations': 'mission-ops',
    operations: 'mission-ops',
    'systems engineering': 'systems',
    system: 'systems',
    systemtechnik: 'systems',
    comms: 'communications',
    communication: 'communications',
    kommunikation: 'communications',
    nutzlast: 'payload',
    'ground segment': 'ground',
    'ground station': 'ground',
    bodenstation: 'ground',
    interdisziplinar: 'interdisciplinary',
    sonstige: 'other',
    andere: 'other',
  },
  lifecycle: {
    scheidend: 'outgoing',
    new: 'incoming',
    neu: 'incoming',
    joining: 'incoming',
    active: 'established',
    etabliert: 'established',
    leaving: 'outgoing',
    graduating: 'outgoing',
    ausscheidend: 'outgoing',
  },
  faculty_role: {
    betreuung: 'faculty-advisor',
    personal: 'staff',
    anderes: 'other',
    'mentoring industrie': 'industry-mentor',
    'mentoring jpl': 'jpl-mentor',
    advisor: 'faculty-advisor',
    adviser: 'faculty-advisor',
    betreuer: 'faculty-advisor',
    'principal investigator': 'pi',
    'co principal investigator': 'co-pi',
    mitarbeiter: 'staff',
    mentor: 'industry-mentor',
  },
  bond_type: {
    'in reviewed documents': 'codified-strong',
    'in notes and routines': 'codified-moderate',
    'from person to person': 'institutional-weak',
    'by chance': 'fragile-temporary',
    'in gepruften dokumenten': 'codified-strong',
    'in notizen und routinen': 'codified-moderate',
    'von person zu person': 'institutional-weak',
    zufallig: 'fragile-temporary',
    'kodifiziert stark': 'codified-strong',
    'kodifiziert mittel': 'codified-moderate',
    'institutionell schwach': 'institutional-weak',
    'fragil befristet': 'fragile-temporary',
    stark: 'codified-strong',
    mittel: 'codified-moderate',
    mittelstark: 'codified-moderate',
    schwach: 'institutional-weak',
    fragil: 'fragile-temporary',
    strong: 'codified-strong',
    moderate: 'codified-moderate',
    medium: 'codified-moderate',
    weak: 'institutional-weak',
    fragile: 'fragile-temporary',
    temporary: 'fragile-temporary',
  },
  project_type: {
    'mehrere universitaten': 'multiversity',
    'jpl vertrag': 'jpl-contract',
    vertragsanbahnung: 'contract-pursuit',
    forschung: 'research',
    wettbewerb: 'competition',
    intern: 'internal',
    anderes: 'other',
  },
  organisation_kind: {
    firma: 'company',
    unternehmen: 'company',
    firm: 'company',
    vendor: 'company',
    supplier: 'company',
    lieferant: 'company',
    industrie: 'company',
    industry: 'company',
    entreprise: 'company',
    empresa: 'company',
    azienda: 'company',
    behorde: 'agency',
    agentur: 'agency',
    agence: 'agency',
    agencia: 'agency',
    agenzia: 'agency',
    labor: 'lab',
    laboratory: 'lab',
    laboratoire: 'lab',
    laboratorio: 'lab',
    forderer: 'funder',
    sponsor: 'funder',
    anderes: 'other',
  },
  interface_type: {
    'team lehrperson': 'team-to-faculty',
    'team projekt': 'team-to-project',
    'lehrperson lehrperson': 'faculty-to-faculty',
  },
  importance: {
    gering: 'low',
    niedrig: 'low',
    mittel: 'normal',
    medium: 'normal',
    moderate: 'normal',
    hoch: 'high',
    kritisch: 'critical',
  },
  contact_kind: {
    treffen: 'meeting',
    besprechung: 'meeting',
    call: 'meeting',
    'video call': 'meeting',
    'stand up': 'meeting',
    nachricht: 'message',
    'e mail': 'message',
    email: 'message',
    mail: 'message',
    chat: 'message',
    slack: 'message',
    'code review': 'review',
    'design review': 'review',
    'pull request': 'review',
    begutachtung: 'review',
    anderes: 'other',
  },
  outcome_type: {
    missionserfolg: 'mission_success',
    programmerfolg: 'program_success',
    mission: 'mission_success',
    programme: 'program_success',
    program: 'program_success',
    'programme success': 'program_success',
  },
};

const valuesByWord = new Map(
  (Object.keys(vocabulary) as Vocabulary[]).map((list) => {
    const valueByWord = new Map<string, string>();
    for (const [word, value] of Object.entries(synonyms[list] ?? {})) valueByWord.set(word, value);
    for (const value of vocabulary[list]) {
      valueByWord.set(plainHeading(value), value);
      // Kinds of links are shown as "team – team".
      valueByWord.set(plainHeading(value.replace('-to-', ' ')), value);
    }
    return [list, valueByWord] as const;
  }),
);

/** The value that a text means, by key, label or synonym; null if none. */
export function knownValue(list: Vocabulary, text: string): string | null {
  return valuesByWord.get(list)?.get(plainHeading(text)) ?? null;
}

/** Up to three values that a text can mean, most likely first. */
export function nearestValues(list: Vocabulary, text: string): string[] {
  const plainText = removeGenericEnd(plainHeading(text));
  const hasGenericStart = genericPrefix.test(plainText);
  const scores = new Map<string, number>();
  for (const [word, value] of valuesByWord.get(list) ?? []) {
    const score = hasGenericStart
      ? editSimilarity(plainText, word)
      : textLikeness(plainText, removeGenericEnd(word));
    // Up to a third of the letters can be wrong: with more, "testing" would be "leaving".
    if (score > (scores.get(value) ?? 0.65)) scores.set(value, score);
  }
  return [...scores]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 3)
    .map(([value]) => value);
}

/** Generic last words: two disciplines are not similar because both are engineering. */
const genericSuffix = /(?: (?:engineering|engineer|engr?|sciences?|studies|technology|technik))+$/;
/** A generic first word makes another discipline: "science communication" is not "communications". */
const genericPrefix = /^(?:engineering|sciences?|technology) /;

function removeGenericEnd(text: string): string {
  return text.replace(genericSuffix, '');
}
