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
  'none, nothing, nobody, niemand, vacant, vakant, unbesetzt, nn, unknown, unbekannt, offen, noch offen, open, pending, missing, keine, keiner, keines, keins, kein, ohne, nicht zugeordnet, unassigned, not assigned, not known, aucun, aucune, ninguno, ' +
    'n d, n c, s d, s i, sin dato, sin datos, no disponible, non disponibile, non disponible, non communique, inconnu, inconnue, desconocido, desconocida, sconosciuto, sconosciuta, brak, brak danych, nieznany, neznamy, onbekend, niet bekend, okand, ukjent, ukendt, tuntematon, bilinmiyor, ismeretlen, nincs, nincs adat, necunoscut, nepoznato, неизвестно, нет данных, 不明, 未定, 未知, 未調査, 未確認, 未记录, 미정, 미조사, 미확인, 없음, 해당 없음',
);

/** Phrases that begin a text about an open position, and no name. */
const vacancyPhrases = (
  'avoin,avoinna,taytetaan,wakat,vacature,vacant,vacante,vacantes,vacancy,vakant,vakanz,vakans,unbesetzt,nicht besetzt,zu besetzen,noch zu besetzen,wird besetzt,offene stelle,stelle offen,nachfolge offen,a pourvoir,poste vacant,poste a pourvoir,' +
  'open position,position open,open role,open slot,to be hired,to be filled,to be appointed,to be recruited,hiring,unfilled,por cubrir,por definir,por asignar,sin asignar,plaza vacante,puesto vacante,posto vacante,da assegnare,da definire,da nominare,' +
  'a designar,a definir,a contratar,por preencher,vaga aberta,vaga em aberto,nog in te vullen,nog te bepalen,nog onbekend,openstaand,niet ingevuld,do obsadzenia,nieobsadzone,szukamy,neobsazeno,neobsadene,volne misto,volna pozice,hleda se,betoltetlen,ures allas,' +
  'tyhja paikka,avoin paikka,ledig plats,ledig stilling,ledig tjanst,tillsatts,bos kadro,bos pozisyon,atanacak,munhal,belirlenecek,нет кандидата,вакансия,вакантно,вакантная,упразднено,upraznjeno,slobodno mjesto,prazno mesto,de ocupat,post vacant,κενη θεση,κενο,' +
  'tbd,tba,tbc,t b d,to be determined,to be announced,to be confirmed,to be decided,to be defined,空席,募集中,待定'
).split(',');
const vacancyStart = new RegExp(`^(?:${vacancyPhrases.join('|')})(?![\\p{L}\\p{M}])`, 'u');
const wholeInBrackets = /^[([<{（][^()[\]<>{}]*[)\]>}）]$/u;
/** "– avoin –", "*** vacant ***" */
const betweenMarks = /^([-–—*_.=~#+]{1,4})\s*\p{L}[\p{L}\p{M}\s]*\1$/u;

/** Whether the text of a person's name names nobody: in brackets as a whole, or about an open position ("vacature per 1 maart"). */
export function isNobody(text: string): boolean {
  const trimmed = text.trim();
  const plain = foldText(trimmed)
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
    .normalize('NFC');
  // "N. N. Rao" is a name.
  return (
    wholeInBrackets.test(trimmed) ||
    betweenMarks.test(trimmed) ||
    vacancyStart.test(plain) ||
    /^n ?n(?: \d+)?$/.test(plain)
  );
}

const openDay =
  /^(?:(?:31[./-]12|12[./-]31|0?1[./-]0?1)[./-](?:9999|2999)|(?:9999|2999)[./-](?:12[./-]31|0?1[./-]0?1)|0{1,2}[./-]0{1,2}[./-]0{2,4}|0{4}[./-]0{2}[./-]0{2}|0?1[./-]0?1[./-](?:1900|0001)|(?:1900|0001)-01-0[01]|1899-12-3[01])(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/** Whether a text is a day that programs write for no day: 31.12.9999, 00.00.0000, 01.01.1900. */
export const isOpenDay = (text: string): boolean => openDay.test(text.trim());

/** Like `isOpenDay`, in a column of days or terms: also without separators. */
export const isOpenTerm = (text: string): boolean =>
  isOpenDay(text) || /^(?:9999|0000|99991231|00000000|19000101)$/.test(text.trim());

/** Whether a text is a placeholder: "N/A", "-", "TBD", "k. A.". `isValueColumn`: the column holds names, numbers, days or list values. */
export function isPlaceholder(text: string, isValueColumn: boolean): boolean {
  const trimmed = text.trim();
  if (trimmed.length > maxPlaceholderLength) return false;
  // "Na" is a name; statistics programs write "NA" for a missing value.
  if (trimmed === 'NA' || trimmed === '<NA>') return true;
  const folded = foldText(trimmed).normalize('NFC');
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
