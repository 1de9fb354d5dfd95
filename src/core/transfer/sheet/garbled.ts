import { isUtf8 } from 'node:buffer';
import { asWindows1252 } from './decode.ts';

/** Could begin what UTF-8 has beyond ASCII, read as windows-1252: without one there is nothing to look at. */
const lead = /[\u00c2-\u00f4]/;

/** Letters of the Latin alphabets of Europe, of Romanian and Vietnamese, and the signs that texts in them have. */
const latin = /[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u0218-\u021b\u1e00-\u1eff‐-›€№™−]/u;

/** Letters of another script, of which one alone among Latin ones is chance and no word. */
const greek = /[\u0370-\u03ff]/u;
const cyrillic = /[\u0400-\u045f\u0490-\u0491]/u;
const hebrew = /[\u05d0-\u05ea]/u;
const arabic = /[\u0620-\u064a\u0660-\u0669\u067e-\u06d3]/u;
const twoBytes = [greek, cyrillic, hebrew, arabic];

/** What three and more bytes say never comes by chance. */
const manyBytes = /[\p{L}\p{M}\p{Extended_Pictographic}\p{Sc}\p{So}]/u;

/** Signs that stand after a capital letter in good texts too ("SPÄ’S", "Block Ä–B"), and those that end a word ("NESCAFÉ®"). */
const joins = /[‘’–—\u00a0]/u;
const ends = /[“”…®™»«·°]/u;

const letters = /\p{L}{2}/u;
const capital = /\p{Lu}/u;
const letter = /\p{L}/u;
const small = /\p{Ll}/u;
/** Ã and Â, which begin most of what is garbled and end next to nothing that is not. */
const telling = /[\u00c2\u00c3]/;

/** One sign that stood as several. `chance`: what stands there may be meant as it is. */
interface Read {
  sign: string;
  chance: boolean;
}

/** Whether a pair may be a capital letter and the sign after it: at the end of capitals, or by itself where no word goes on. */
function mayBeMeant(text: string, at: number): boolean {
  const [first = '', second = '', before = '', after = ''] = [
    text[at],
    text[at + 1],
    text[at - 1],
    text[at + 2],
  ];
  if (telling.test(first) || !(joins.test(second) || (ends.test(second) && !letter.test(after))))
    return false;
  return capital.test(before) || (!letter.test(before) && !small.test(after));
}

/** The signs beyond ASCII that a garbled text says; its letters before and after tell what may be meant as it is. */
function* readSigns(text: string, meant: string): Generator<Read> {
  let at = 0;
  for (const sign of meant) {
    const length = Buffer.byteLength(sign);
    if (length > 1) yield { sign, chance: length === 2 && mayBeMeant(text, at) };
    at += length;
  }
}

/**
 * What a text says whose UTF-8 was read as windows-1252 ("MÃ¼ller"), or null where that is not sure: every sign of it must fit, and
 * what comes out must be letters that stand in one text. Linear in the length of the text.
 */
export function ungarbled(text: string): string | null {
  if (!lead.test(text)) return null;
  const bytes = asWindows1252(text);
  if (bytes === null || !isUtf8(bytes)) return null;
  const meant = bytes.toString('utf8');
  const others = new Map<RegExp, number>();
  let [sure, found] = [0, 0];
  for (const { sign, chance } of readSigns(text, meant)) {
    const script = twoBytes.find((one) => one.test(sign));
    if (script) others.set(script, (others.get(script) ?? 0) + 1);
    else if (!latin.test(sign) && !(Buffer.byteLength(sign) > 2 && manyBytes.test(sign))) return null;
    found += 1;
    if (!chance) sure += 1;
  }
  if (found === 0 || (sure === 0 && found < 2)) return null;
  if ([...others.values()].some((count) => count < 2)) return null;
  return letters.test(meant) ? meant : null;
}
