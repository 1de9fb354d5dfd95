import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import { languages, spokenFor } from './languages.ts';
import { english } from './resources.ts';
import type { Namespace, Say } from './texts.ts';

/** The texts, ready at once: the English ones are part of the program and need no loading. */
void i18next.use(initReactI18next).init({
  lng: 'en',
  fallbackLng: 'en',
  resources: { en: english },
  ns: Object.keys(english),
  defaultNS: 'common',
  interpolation: { escapeValue: false },
  initAsync: false,
});

export const i18n = i18next;
/** A text outside of components, which do not notice a change of language: for notices and formatters. */
export const say = i18next.t as unknown as Say<'common'>;

/** The texts of a namespace. The component renders again when the language changes. */
export function useTexts<N extends Namespace>(namespace: N): { t: Say<N> } {
  const { t } = useTranslation(namespace);
  return { t: t as unknown as Say<N> };
}

/** The language that is spoken; the component is drawn again when it is another. */
export function useLanguage(): string {
  return useTranslation().i18n.language;
}

let wanted = 'en';

/** Speaks another language from now on; `system` is that of the computer. One that there is no catalogue of is English. */
export async function speak(code: string): Promise<void> {
  const known = spokenFor(code);
  wanted = known;
  document.documentElement.lang = known;
  if (known === i18next.language) return;
  const texts = await languages[known]?.load();
  for (const [namespace, part] of Object.entries(texts ?? {})) {
    i18next.addResourceBundle(known, namespace, part, true, true);
  }
  // Somebody may have chosen another one while this was loaded.
  if (wanted === known) await i18next.changeLanguage(known);
}
