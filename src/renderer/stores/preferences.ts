import { zoomLimits } from '#shared/shell/seat-limits.ts';
import { SYSTEM_LANGUAGE } from '#shared/shell/language.ts';
import { languages, spokenFor } from '../i18n/languages.ts';
import { speak } from '../i18n/setup.ts';
import { useFormats } from '../text/formats.ts';
import type { DateStyle, NumberStyle } from '../i18n/styles.ts';
import { chooseLanguage, chooseTheme, chooseZoom, setSeatItem, useSeat } from './seat.ts';

/** Preferences other than theme, language and zoom. The first choice is the default, unless the language has another. */
export const preferenceChoices = {
  density: ['comfortable', 'compact'],
  motion: ['system', 'reduced'],
  start: ['resume', 'home'],
  dates: ['day-month', 'month-day', 'iso'],
  numbers: ['comma', 'point', 'space'],
} as const satisfies {
  density: readonly string[];
  motion: readonly string[];
  start: readonly string[];
  dates: readonly DateStyle[];
  numbers: readonly NumberStyle[];
};
export type Preference = keyof typeof preferenceChoices;
export type Choice<P extends Preference> = (typeof preferenceChoices)[P][number];
export const preferenceNames = Object.keys(preferenceChoices) as Preference[];

const keyOf = (name: Preference): string => `preference.${name}`;

function defaultChoice(name: Preference, language: string): string {
  const languageFormats = languages[spokenFor(language)];
  return (
    (name === 'dates' || name === 'numbers' ? languageFormats?.[name] : undefined) ??
    preferenceChoices[name][0]
  );
}

type StoredSettings = Pick<ReturnType<typeof useSeat.getState>, 'items' | 'language'>;

function readChoice<P extends Preference>({ items, language }: StoredSettings, name: P): Choice<P> {
  const all: readonly string[] = preferenceChoices[name];
  const stored = items[keyOf(name)];
  const isChoice = typeof stored === 'string' && all.includes(stored);
  return (isChoice ? stored : defaultChoice(name, language)) as Choice<P>;
}

export function preferenceOf<P extends Preference>(name: P): Choice<P> {
  return readChoice(useSeat.getState(), name);
}

export function usePreference<P extends Preference>(name: P): Choice<P> {
  return useSeat((seat) => readChoice(seat, name));
}

export function setPreference<P extends Preference>(name: P, choice: Choice<P>): void {
  setSeatItem(keyOf(name), choice === defaultChoice(name, useSeat.getState().language) ? null : choice);
}

/** The row height of lists in px, by density. */
export function useRowHeight(): number {
  return usePreference('density') === 'compact' ? 30 : 36;
}

export const zoomSteps = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export async function zoomBy(step: -1 | 1): Promise<void> {
  const { zoom } = useSeat.getState();
  const next =
    step > 0 ? zoomSteps.find((one) => one > zoom + 0.01) : zoomSteps.findLast((one) => one < zoom - 0.01);
  if (next !== undefined) await chooseZoom(next);
}

/** Resets all preferences. Returns a function that restores the current ones. */
export async function resetPreferences(): Promise<() => Promise<void>> {
  const { theme, language, zoom, items } = useSeat.getState();
  const previous = preferenceNames.map((name) => [name, items[keyOf(name)] ?? null] as const);
  const applySettings = async (to: {
    theme: typeof theme;
    language: string;
    zoom: number;
  }): Promise<void> => {
    await chooseTheme(to.theme);
    await chooseLanguage(to.language);
    await chooseZoom(to.zoom);
  };
  for (const name of preferenceNames) setSeatItem(keyOf(name), null);
  await applySettings({ theme: 'system', language: SYSTEM_LANGUAGE, zoom: zoomLimits.initial });
  return async () => {
    for (const [name, choice] of previous) setSeatItem(keyOf(name), choice);
    await applySettings({ theme, language, zoom });
  };
}

function applyPreferences(): void {
  const { dataset } = document.documentElement;
  dataset.density = preferenceOf('density');
  dataset.motion = preferenceOf('motion');
  useFormats.setState({ dates: preferenceOf('dates'), numbers: preferenceOf('numbers') });
}

/** Applies the preferences now and on each change. Resolves when the language is loaded. */
export async function followPreferences(): Promise<void> {
  applyPreferences();
  useSeat.subscribe(({ items, language }, before) => {
    if (items !== before.items || language !== before.language) applyPreferences();
    if (language !== before.language) void speak(language);
  });
  await speak(useSeat.getState().language);
}
