import type { Field } from './entities.ts';
import { foldText } from './fold.ts';

const signPlaceholders = /^(?:[-–—_]+|\?+|\.{2,}|…|\\n)$/;

const maxPlaceholderLength = 24;
const inBrackets = /^[([<{]\s*(.*?)\s*[)\]>}]$/;

const wordSet = (lines: string): ReadonlySet<string> => new Set(lines.split(',').map((word) => word.trim()));

const generalPlaceholders = wordSet(
  'n/a, n a, n n, nan, #n/a, null, nil, tbd, t b d, tba, tbc, to be determined, to be defined, to be announced, to be confirmed, blank, empty, leer, ' +
    'k a, keine angabe, keine angaben, not available, not applicable, not specified, not set, no data, no value, undefined, n v, n/v, n/d, nicht verfugbar, nicht bekannt, entfallt',
);

/** Placeholders only in columns of names, numbers, days or list values; in other texts these words can be real values. */
const valuePlaceholders = wordSet(
  'none, nothing, nobody, niemand, vacant, vakant, unbesetzt, nn, unknown, unbekannt, offen, noch offen, open, pending, missing, keine, keiner, keines, keins, kein, ohne, nicht zugeordnet, unassigned, not assigned, not known, aucun, aucune, ninguno',
);

/** Whether a text is a placeholder: "N/A", "-", "TBD", "k. A.". `isValueColumn`: the column holds names, numbers, days or list values. */
export function isPlaceholder(text: string, isValueColumn: boolean): boolean {
  const trimmed = text.trim();
  if (trimmed.length > maxPlaceholderLength) return false;
  // "Na" is a name; statistics programs write "NA" for a missing value.
  if (trimmed === 'NA' || trimmed === '<NA>') return true;
  const folded = foldText(trimmed);
  if (signPlaceholders.test(folded)) return true;
  const word = folded
    .replace(inBrackets, '$1')
    .replaceAll(/[.\s]+/g, ' ')
    .trim();
  return generalPlaceholders.has(word) || (isValueColumn && valuePlaceholders.has(word));
}

/** Whether a field holds names, numbers, days or list values, where "none" and "offen" are placeholders too. */
export const isValueField = ({ key, kind }: Pick<Field, 'key' | 'kind'>): boolean =>
  key !== 'name' && ['reference', 'references', 'number', 'choice', 'date'].includes(kind);
