import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ungarbled } from '#core/import/table/names.ts';

/** What a program shows that reads the UTF-8 of a text as windows-1252. */
const garble = (text: string): string =>
  [...Buffer.from(text)].map((byte) => new TextDecoder('windows-1252').decode(Uint8Array.of(byte))).join('');

describe('a text whose UTF-8 was read as windows-1252', () => {
  it.each([
    'łukasz',
    'Müller',
    'Černý',
    'Café – Bar',
    'Groß',
    'Straße',
    'Weiß GmbH',
    'Università',
    'Čapek',
    'Doğa Yavaş',
    'Ayşe',
    'ÊTRE',
    '«Müller»',
    'Müller®',
    'à la carte',
    'Škoda',
    'KÖLN',
    'Österreich',
    'Wągry',
    'Łódź',
    'Œuvre',
    'cœur',
    'Ștefan Ionuț',
    'Nguyễn Văn Dương',
    'İstanbul',
    'Прага',
    'Ελλάδα',
    'שלום',
    'جامعة',
    '東京',
    '한국',
    'don’t',
    '50 °C Köln',
    'Müller № 5',
    'Rocket 🚀 club',
  ])('is told to say %j', (text) => {
    expect(garble(text)).not.toBe(text);
    expect(ungarbled(garble(text))).toBe(text);
  });

  it.each([
    'plain',
    'Müller',
    'São Paulo',
    'SÃO PAULO',
    'Ångström',
    'ÅÄÖ',
    '5 â€“ 6',
    'Müller MÃ¼ller',
    'łukasz Ã¼',
  ])('%j is as it should be, or nobody can tell', (text) => expect(ungarbled(text)).toBeNull());

  it('is read back whatever small letters of Europe it has', () => {
    const small = fc.constantFrom(...Array.from('abcdeäöüßéèàçñåøæłśżąęčřšžďťğşıőűțșāēīūģķļņœ'));
    const word = fc.array(small, { minLength: 1, maxLength: 12 }).map((signs) => `Be${signs.join('')}`);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const text = words.join(' ');
        expect(ungarbled(garble(text))).toBe(garble(text) === text ? null : text);
      }),
    );
  });
});
