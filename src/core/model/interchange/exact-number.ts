/** The digits and power of ten of a decimal number, without redundant zeros: 1.50e3 is 15 times ten to the 2. */
function parseDecimal(text: string): { digits: string; power: number } {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').toLowerCase().split('e');
  const [integerPart = '', fraction = ''] = mantissa.split('.');
  const allDigits = (integerPart + fraction).replace(/^0+/, '');
  const digits = allDigits.replace(/0+$/, '');
  return {
    digits,
    power: digits === '' ? 0 : Number(exponent) - fraction.length + (allDigits.length - digits.length),
  };
}

/** Maximum length of a decimal text that a JavaScript number represents exactly. */
export const maxExactLength = 15;

/** Whether JavaScript represents a JSON number exactly: 0.1 and 1.50e3 yes, 12345678901234567890 and 1e999 no. */
export function isExactNumber(text: string, value: number): boolean {
  if (text.length <= maxExactLength && !/e/i.test(text)) return true;
  if (!Number.isFinite(value)) return false;
  const textDecimal = parseDecimal(text);
  const valueDecimal = parseDecimal(String(value));
  return textDecimal.digits === valueDecimal.digits && textDecimal.power === valueDecimal.power;
}

/** Parses a finite number. Undefined for other texts, and for an integer with too many digits for a JavaScript number. */
export function exactNumberIn(text: string): number | undefined {
  const trimmed = text.trim();
  const number = Number(trimmed);
  if (trimmed === '' || !Number.isFinite(number)) return undefined;
  const isInteger = /^[+-]?\d+$/.test(trimmed);
  return isInteger && !isExactNumber(trimmed.replace('+', ''), number) ? undefined : number;
}
