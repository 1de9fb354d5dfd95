import { languageFor, SYSTEM_LANGUAGE } from '#shared/shell/language.ts';
import { german } from './texts-de.ts';
import { english } from './texts-en.ts';
import type { ShellTexts } from './texts-en.ts';

const catalogues: Readonly<Record<'en' | 'de', ShellTexts>> = {
  en: { ...english, roles: {} },
  de: german,
};

let spoken: 'en' | 'de' = 'en';

/** Speaks the language of the seat from now on; `system` are those of the computer, the best first. */
export function speak(wanted: string = SYSTEM_LANGUAGE, system: readonly string[] = []): void {
  spoken = languageFor(wanted, system, Object.keys(catalogues)) === 'de' ? 'de' : 'en';
}

/** The code of the language that is spoken. */
export function language(): string {
  return spoken;
}

/** The texts in the language that is spoken now. */
export function texts(): ShellTexts {
  return catalogues[spoken];
}
