import { zoomLimits } from '#shared/shell/seat-defaults.ts';
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

const seatKey = (name: Preference): string => `preference.${name}`;

function defaultChoice(name: Preference, language: string): string {
  const languageFormats = languages[spokenFor(language)];
  return (
    (name === 'dates' || name === 'numbers' ? languageFormats?.[name] : undefined) ??
    preferenceChoices[name][0]
  );
}

type StoredSettings = Pick<ReturnType<typeof useSeat.getState>, 'items' | 'language'>;

function readChoice<P extends Preference>({ items, language }: StoredSettings, name: P): Choice<P> {
  const choices: readonly string[] = preferenceChoices[name];
  const storedChoice = items[seatKey(name)];
  const isChoice = typeof storedChoice === 'string' && choices.includes(storedChoice);
  return (isChoice ? storedChoice : defaultChoice(name, language)) as Choice<P>;
}

export function preferenceOf<P extends Preference>(name: P): Choice<P> {
  return readChoice(useSeat.getState(), name);
}

export function usePreference<P extends Preference>(name: P): Choice<P> {
  return useSeat((seat) => readChoice(seat, name));
}

export function setPreference<P extends Preference>(name: P, choice: Choice<P>): void {
  setSeatItem(seatKey(name), choice === defaultChoice(name, useSeat.getState().language) ? null : choice);
}

/** The row height of lists in px, by density. */
export function useRowHeight(): number {
  return usePreference('density') === 'compact' ? 30 : 36;
}

export const zoomSteps = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

export async function zoomBy(step: -1 | 1): Promise<void> {
  const { zoom } = useSeat.getState();
  const nextZoom =
    step > 0 ? zoomSteps.find((one) => one > zoom + 0.01) : zoomSteps.findLast((one) => one < zoom - 0.01);
  if (nextZoom !== undefined) await chooseZoom(nextZoom);
}

/** Resets all preferences. Returns a function that restores the current ones. */
export async function resetPreferences(): Promise<() => Promise<void>> {
  const { theme, language, zoom, items } = useSeat.getState();
  const previous = preferenceNames.map((name) => [name, items[seatKey(name)] ?? null] as const);
  const applySettings = async (settings: {
    theme: typeof theme;
    language: string;
    zoom: number;
  }): Promise<void> => {
    await chooseTheme(settings.theme);
    await chooseLanguage(settings.language);
    await chooseZoom(settings.zoom);
  };
  for (const name of preferenceNames) setSeatItem(seatKey(name), null);
  await applySettings({ theme: 'system', language: SYSTEM_LANGUAGE, zoom: zoomLimits.initial });
  return async () => {
    for (const [name, choice] of previous) setSeatItem(seatKey(name), choice);
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
  useSeat.subscribe(({ items, language }, previous) => {
    if (items !== previous.items || language !== previous.language) applyPreferences();
    if (language !== previous.language) void speak(language);
  });
  await speak(useSeat.getState().language);
}
