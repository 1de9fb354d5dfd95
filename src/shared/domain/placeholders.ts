import type { Field } from './entities.ts';
import { fold } from './fold.ts';

const signs = /^(?:[-–—_]+|\?+|\.{2,}|…|\\n)$/;

const wordSet = (lines: string): ReadonlySet<string> => new Set(lines.split(',').map((word) => word.trim()));

/** They stand for nothing in any column. */
const anywhere = wordSet(
  'n/a, n a, nan, #n/a, null, nil, tbd, t b d, tba, tbc, to be determined, to be defined, to be announced, to be confirmed, blank, empty, leer, ' +
    'k a, keine angabe, keine angaben, not available, not applicable, not specified, not set, no data, no value, undefined, n v, n/v, n/d, nicht verfugbar, nicht bekannt, entfallt',
);

/** They stand for nothing where a name, a number, a day or a word of a list is wanted; elsewhere somebody may mean what they say. */
const whereNamed = wordSet(
  'none, nothing, unknown, unbekannt, offen, noch offen, open, pending, missing, keine, keiner, keines, keins, kein, ohne, nicht zugeordnet, unassigned, not assigned, not known, aucun, aucune, ninguno',
);

/** Whether a text says that there is nothing: "N/A", "-", "TBD", "k. A.". `named`: a name, a number, a day or a word of a list is wanted. */
export function isPlaceholder(text: string, named: boolean): boolean {
  const written = text.trim();
  if (written.length > 24) return false;
  // "Na" is a name, "NA" is what statistics programs write.
  if (written === 'NA' || written === '<NA>') return true;
  const folded = fold(written);
  if (signs.test(folded)) return true;
  const word = folded
    .replace(/^[([<{]\s*(.*?)\s*[)\]>}]$/, '$1')
    .replaceAll(/[.\s]+/g, ' ')
    .trim();
  return anywhere.has(word) || (named && whereNamed.has(word));
}

/** Whether the values of a field are names, numbers, days or words of a list: where "none" and "offen" stand for nothing too. */
export const isNamedField = ({ key, kind }: Pick<Field, 'key' | 'kind'>): boolean =>
  key !== 'name' && ['reference', 'references', 'number', 'choice', 'date'].includes(kind);
