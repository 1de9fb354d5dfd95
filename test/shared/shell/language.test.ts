import { describe, expect, it } from 'vitest';
import { languageFor, SYSTEM_LANGUAGE } from '#shared/shell/language.ts';
import { seatPatch } from '#shared/shell/seat.ts';

const known = ['en', 'de'];

describe('the language to speak', () => {
  it('is the chosen one, whatever the system has', () => {
    expect(languageFor('de', ['en-US'], known)).toBe('de');
    expect(languageFor('en', ['de-DE'], known)).toBe('en');
  });

  it('is the system’s until one is chosen, with or without its region', () => {
    expect(languageFor(SYSTEM_LANGUAGE, ['de-AT'], known)).toBe('de');
    expect(languageFor(SYSTEM_LANGUAGE, ['de_CH'], known)).toBe('de');
    expect(languageFor(SYSTEM_LANGUAGE, ['fr-FR', 'de', 'en'], known)).toBe('de');
  });

  it('is English without a catalogue of another', () => {
    expect(languageFor(SYSTEM_LANGUAGE, ['fr-FR'], known)).toBe('en');
    expect(languageFor(SYSTEM_LANGUAGE, [], known)).toBe('en');
    expect(languageFor('tlh', ['de'], known)).toBe('en');
  });

  it('can be kept in the seat', () => {
    for (const language of ['en', 'de', 'pt-BR', SYSTEM_LANGUAGE]) {
      expect(seatPatch.safeParse({ language }).success).toBe(true);
    }
    expect(seatPatch.safeParse({ language: 'Deutsch' }).success).toBe(false);
  });
});
