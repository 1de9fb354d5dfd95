import { pointsOf, shareUnits } from '#shared/domain/share-units.ts';
import type { ShareUnit } from '#shared/domain/share-units.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import {
  headingsByField,
  linkDescriptionHeadings,
  restHeadings,
} from '../../../model/interchange/heading-words.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { typeWords } from '../../../model/interchange/type-words.ts';
import { orderOfHeading } from './name-order-headings.ts';
import { nameHeadings } from './person-columns.ts';

const plainWords = (heading: string): string =>
  plainHeading(heading.replaceAll(/(?<=\p{Ll})(?=\p{Lu})/gu, ' '));

/** A heading as the words of a table: "homeUniversity" and "home_university" are "home university", "班 (Han)" is "班". */
export const plainColumn = (heading: string): string => wordsOfOneLanguage(heading) ?? plainWords(heading);

const bracketed = /^([^()[\]（）]+)[([（]([^()[\]（）]+)[)\]）]$/u;
const separated = /^([^/|\n]+)[/|\n]([^/|\n]+)$/u;
const maxBracketWords = 3;
const isLatin = (text: string): boolean => /\p{Script=Latin}/u.test(text);

/** The known part of a heading in two languages: "Nom / Name", or "渡す側 (From)" in two scripts. Null for other headings. */
function wordsOfOneLanguage(heading: string): string | null {
  const parts = bracketed.exec(heading.trim()) ?? separated.exec(heading.trim());
  if (!parts) return null;
  const [, written = '', translated = ''] = parts;
  const [first, second] = [plainWords(written), plainWords(translated)];
  if (!/\p{L}/u.test(first) || !/\p{L}/u.test(second)) return null;
  // "Subsystem (if you changed it, fill in the form again)"
  if (heading.includes('(') && second.split(' ').length > maxBracketWords) return first;
  if (isLatin(first) === isLatin(second)) return haveOneMeaning(first, second) ? first : null;
  return [first, second].find(isKnownHeading) ?? null;
}

const haveOneMeaning = (first: string, second: string): boolean =>
  first !== second &&
  [headingsByField, restHeadings].some((lists) =>
    Object.values(lists).some((words) => words.includes(first) && words.includes(second)),
  );

/** A heading without the number that tells it from an equal one: "Functie (2)". */
export const withoutCount = (heading: string): string => heading.replace(/ \(\d+\)$/, '');

/** "Loss (%)", "Verlust in Prozent", "Duração (meses)" */
const unitSuffix =
  /\s+(?:(?:in|i|en|em|w|v)\s+)?(?:%|percent|per cent|prozent|procent|procento|pourcent|pour cent|por ciento|por cento|percento|yuzde|pct|percentage|porcentaje|percentuale|anteil|fraction|fracao|fraccion|frazione|bruchteil|months|monate|monaten|mois|meses|mesi|miesiace|mesice|mesicu|manader|maanden|ay|terms|semesters|semester|semestres|oui non|yes no|ja nein|si no)$/;

/** "Loss %", "Verlust in Prozent" */
const percentSuffix =
  / (?:percent|per cent|percentage|prozent|procent|procento|pourcent|pour cent|porcentaje|por ciento|por cento|percento|percentuale|yuzde|pct)$/;

/** Whether a heading says that its shares are in per cent. */
export const statesPercent = (heading: string): boolean =>
  heading.includes('%') || percentSuffix.test(plainColumn(heading));

const rangeWords = 'to|bis|a|do|till|tot|until';
const scaleWords =
  'von|of|out of|sur|su|de|di|van|z|ze|av|af|max|maximum|max de|scale|skala|scala|escala|echelle|schaal';
const pointWords = 'p|pts|points?|punkten?|punti|puntos|pontos|punten|body|bodu|bodů|pkt';
const scaleEnds = '100|10|[1345-7]';

/** "Loss (0-5)", "Verlust 1 bis 10", "Perte /5", "Pérdida (de 10)", "Loss, max. 4" */
const scaleSuffix = new RegExp(
  `(?:(?<!\\d)[01]\\s*(?:[-–—]|\\.{2,3}|…|${rangeWords}|à)\\s*|(?:/|\\b(?:${scaleWords}|échelle)\\.?)\\s*)(${scaleEnds})(?!\\d)\\s*(?:${pointWords})?\\.?\\s*[)\\]]?\\s*$`,
  'iu',
);
/** A scale in a plain heading: "loss 0 5". */
const plainScale = new RegExp(
  ` (?:[01] )?(?:(?:${rangeWords}|${scaleWords}) )?(?:${scaleEnds})(?: (?:${pointWords}))?$`,
);

/** The unit that a heading states for its shares; null for none. */
export function statedUnit(heading: string): ShareUnit | null {
  if (statesPercent(heading)) return 'percent';
  const most = scaleSuffix.exec(heading.trim())?.[1];
  if (most === '100') return 'percent';
  if (most === '1') return 'fraction';
  return shareUnits.find((unit) => most !== undefined && pointsOf(unit) === Number(most)) ?? null;
}

/** "Dokumentationsgrad", "Verlustanteil", "loss ratio" */
const shareSuffix = /s?(?:grad|anteil|quote)$| (?:share|ratio|level|rate|fraction)$/;

/** Words that change nothing: "Your full name", "Main team", "Lead university". */
const fillers: ReadonlySet<string> = new Set(
  (
    'what which who when where how is are am be do does did you your yours my our their the a an of in on at for to from by with and or expect expected ' +
    'cual que es son a tu en perteneces tienes trabajas quel quelle est ton ta appartiens qual sua tua de expected anticipated voraussichtl current currently now main primary home own please enter field value der die das des dem den und im am zur zum vom bei ihr ihre dein deine aktuell ' +
    'aktuelle voraussichtlich voraussichtliche le la les de du des votre l el los las tu su il lo lead'
  ).split(' '),
);

/** Words for a share, which change nothing next to its field: "Share of knowledge lost". */
const shareWords: ReadonlySet<string> = new Set(
  'share part portion proportion fraction amount degree anteil teil quote quota parte part cuota porcion percentage aandeel deel udzial podil andel osuus payi di de of coef coefficient coeficiente'.split(
    ' ',
  ),
);

/** Words of another thing than the field's: "Members planned", "Former university", "Team id". */
const others: ReadonlySet<string> = new Set(
  'planned plan max maximum min minimum former previous old last next other second target required needed id ids nr no number num code email mail phone url date count'.split(
    ' ',
  ),
);

const knownHeadings: ReadonlySet<string> = new Set([
  ...Object.values(headingsByField).flat(),
  ...Object.values(restHeadings).flat(),
  ...Object.values(typeWords).flat(),
  ...nameHeadings,
]);

/** Whether a heading is one of a table's, whatever it means there. */
export const isKnownHeading = (heading: string): boolean =>
  knownHeadings.has(heading) || orderOfHeading(heading) !== null;

const essenceOf = (parts: readonly string[]): string => parts.filter((word) => !fillers.has(word)).join(' ');

const minAbbreviation = 4;

/** Whether a heading is a cut-off word of a field: "Déperd." is a "déperdition". `name` is as written, `heading` plain. */
export const isAbbreviated = (name: string, heading: string, field: Field): boolean =>
  /^\p{L}+\.$/u.test(name.trim()) &&
  heading.length >= minAbbreviation &&
  headingsOf(field).some((word) => word.startsWith(heading) && !word.includes(' '));

const allTypeWords: ReadonlySet<string> = new Set(Object.values(typeWords).flat());

/** The end of a link that a heading names together with words for types: "Von Team", "Team (an)", "da_squadra". Null for other headings. */
export function endInHeading(heading: string): 'from' | 'to' | null {
  const words = heading.split(' ');
  const [word = '', ...others] = words.filter((one) => !allTypeWords.has(one));
  if (others.length > 0 || words.length < 2) return null;
  const ends = (['from', 'to'] as const).filter((end) => headingsByField[end]?.includes(word));
  // "A team" is a target in Italian; "Team A" is one of two.
  const [end] = ends;
  if (word === 'a') return heading.startsWith('a ') ? 'to' : null;
  return ends.length === 1 && word.length > 1 && end ? end : null;
}

/** Words for the future: no graduation that has taken place. */
const expectedWord =
  /\b(?:voraus\w*|erwartet\w*|geplant\w*|expected|anticipated|planned|estimated|prev\w*|attendu\w*|verwacht\w*|planowan\w*|varhato|beraknad|forventet|tahmini|ocekavan\w*)\b/;

const linkDescription = fieldOf('interface', 'description');

const headingsOf = (field: Field): readonly string[] => [
  plainHeading(field.key),
  ...(field === linkDescription ? linkDescriptionHeadings : (headingsByField[field.key] ?? [])),
];

/** How surely a heading means a field: 1 for its own words (a little more for those of our lists), less with others around them, else 0. */
export function matchHeading(heading: string, field: Field, words = headingsOf(field)): number {
  if (field.key === 'graduated_at' && expectedWord.test(heading)) return 0;
  const end = field.key === 'from' || field.key === 'to' ? endInHeading(heading) : null;
  if (end !== null) return end === field.key ? 1 : 0;
  const exact = words.indexOf(heading);
  if (exact >= 0) return exact <= 2 ? 1.01 : 1;
  const withoutUnit = heading.replace(unitSuffix, '');
  if (withoutUnit !== heading && words.includes(withoutUnit)) return 1;
  if (field.unit === 'percent') {
    const withoutScale = withoutUnit.replace(plainScale, '');
    if (words.includes(withoutScale) || words.includes(withoutScale.replace(shareSuffix, ''))) return 1;
  }
  const parts = heading.split(' ');
  if (parts.length < 2 || parts.length > 10) return 0;
  const essence = essenceOf(parts);
  if (essence !== '' && words.some((word) => word.includes(' ') && essenceOf(word.split(' ')) === essence))
    return 0.85;
  let best = 0;
  for (const word of words) {
    if (word.length < 4 || word === 'name' || word === 'title') continue;
    const size = word.split(' ').length;
    for (let at = 0; at + size <= parts.length; at += 1) {
      if (parts.slice(at, at + size).join(' ') !== word) continue;
      const rest = [...parts.slice(0, at), ...parts.slice(at + size)];
      if (rest.some((one) => others.has(one))) continue;
      const isFiller = (one: string): boolean =>
        fillers.has(one) || /^\d+$/.test(one) || (field.unit === 'percent' && shareWords.has(one));
      best = Math.max(best, rest.every(isFiller) ? 0.8 : 0);
    }
  }
  return best;
}

/** "Team name", "Name of team", "Projekttitel", "Your full name" */
export function isNameHeading(heading: string, ownTypeWords: ReadonlySet<string>): boolean {
  const words = heading
    .split(' ')
    .filter((word) => !fillers.has(word) && word !== 'full' && word !== 'complete');
  const nameWords = headingsByField['name'] ?? [];
  if (words.length === 1) return heading !== words[0] && nameWords.includes(words[0] ?? '');
  return (
    words.length === 2 &&
    words.some((word) => ownTypeWords.has(word)) &&
    words.some((word) => nameWords.includes(word))
  );
}
