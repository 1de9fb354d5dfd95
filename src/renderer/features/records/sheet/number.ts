interface Signs {
  group: string;
  decimal: string;
}

/** How a language parts thousands and decimals. */
function signsOf(language: string): Signs {
  const parts = new Intl.NumberFormat(language, { useGrouping: 'always' }).formatToParts(12_345_678.5);
  const sign = (type: string, usual: string): string =>
    parts.find((part) => part.type === type)?.value ?? usual;
  return { group: sign('group', ','), decimal: sign('decimal', '.') };
}

/** A number as text that the same language reads back exactly; without signs between thousands. */
export function formatNumber(value: number, language: string): string {
  return String(value).replace('.', signsOf(language).decimal);
}

const escape = (sign: string): string => sign.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
const plain = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;

/**
 * The number that a text stands for in the notation of the language, `1,250.5` or `1.250,5`, or as programs write it (`1250.5`); with
 * blanks and a unit behind it as far as `unit` names one. Null when it is none.
 */
export function parseNumber(text: string, language: string, units: readonly string[] = []): number | null {
  let bare = text.trim().replace('\u2212', '-');
  const unit = units.find((one) => one !== '' && bare.toLowerCase().endsWith(one.toLowerCase()));
  if (unit !== undefined) bare = bare.slice(0, -unit.length).trim();
  const { group, decimal } = signsOf(language);
  // Blanks of any width part thousands in many languages.
  const parting = `(?:${escape(group)}|[\\s\u00a0\u202f])`;
  const own = new RegExp(
    String.raw`^[-+]?(?:\d{1,3}(?:${parting}\d{3})+|\d+)?(?:${escape(decimal)}\d+)?(?:e[-+]?\d+)?$`,
    'i',
  );
  if (/\d/.test(bare) && own.test(bare)) {
    const value = Number(bare.replaceAll(new RegExp(parting, 'g'), '').replace(decimal, '.'));
    if (Number.isFinite(value)) return value;
  }
  const value = plain.test(bare) ? Number(bare) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}
