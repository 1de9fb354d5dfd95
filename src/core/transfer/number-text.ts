/** The digits and the power of ten of a decimal number, without zeros that say nothing: 1.50e3 is 15 times ten to the 2. */
function decimal(text: string): { digits: string; power: number } {
  const [mantissa = '', exponent = '0'] = text.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const all = (whole + fraction).replace(/^0+/, '');
  const digits = all.replace(/0+$/, '');
  return {
    digits,
    power: digits === '' ? 0 : Number(exponent) - fraction.length + (all.length - digits.length),
  };
}

/**
 * Whether a number as JSON writes it is the one that JavaScript would write for it: 0.1 and 1.50e3 are, 12345678901234567890
 * and 1e999 are not.
 */
export function isExactNumber(text: string, value: number): boolean {
  // Up to 15 significant digits always come back; a leading sign, a point and an exponent take room as well.
  if (text.length <= 15 && !/e/i.test(text)) return true;
  if (!Number.isFinite(value)) return false;
  const written = decimal(text);
  const kept = decimal(String(value));
  return written.digits === kept.digits && written.power === kept.power;
}
