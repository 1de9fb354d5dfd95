/** A text for comparing: without regard to case, accents and blanks at its ends. */
export function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().trim();
}

/** A name as it can be typed in one word: `Terms left` → `terms-left`. */
export function oneWord(name: string): string {
  return fold(name)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '');
}
