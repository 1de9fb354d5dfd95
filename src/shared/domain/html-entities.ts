/** Entities of XML and the letters that pages of exports have; names are case-sensitive, as in HTML. */
const namedEntities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  ecirc: 'ê',
  agrave: 'à',
  aacute: 'á',
  ccedil: 'ç',
  ntilde: 'ñ',
  oacute: 'ó',
  iacute: 'í',
  uacute: 'ú',
  ndash: '–',
  mdash: '—',
  euro: '€',
};

/** The character of an entity such as `&auml;`, `&#228;` or `&#xE4;`; the text itself if it is none. */
export function decodeEntity(text: string): string {
  const name = text.slice(1, -1);
  if (!name.startsWith('#')) return namedEntities[name] ?? namedEntities[name.toLowerCase()] ?? text;
  const code = Number(/^#x/i.test(name) ? `0x${name.slice(2)}` : name.slice(1));
  return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : text;
}

/** The text of a piece of HTML on one line, without tags. */
export const htmlText = (html: string): string =>
  html
    .replaceAll(/<br\b[^>]*>/gi, ' ')
    .replaceAll(/<[^>]*>?/g, '')
    .replaceAll(/&#?\w+;/g, decodeEntity)
    .replaceAll(/\s+/g, ' ')
    .trim();
