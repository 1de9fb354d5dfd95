import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { decodeText } from '#core/kernel/files/encoding.ts';

describe('the encoding of a table', () => {
  const text = 'Größe;Übung\nŁódź;“quoted” – 5 €\n';

  it('is UTF-8 with or without its mark, and UTF-16 with its', () => {
    expect(decodeText(Buffer.from(text))).toMatchObject({ text, encoding: 'utf-8' });
    expect(decodeText(Buffer.from(`\ufeff${text}`))).toMatchObject({ text, encoding: 'utf-8' });
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le'))).toMatchObject({ text, encoding: 'utf-16le' });
    expect(decodeText(Buffer.from(`\ufeff${text}`, 'utf16le').swap16())).toMatchObject({
      text,
      encoding: 'utf-16be',
    });
  });

  it('falls back to windows-1252, in which older programs write', () => {
    const bytes = Buffer.from([0x47, 0x72, 0xf6, 0xdf, 0x65, 0x20, 0x80, 0x20, 0x93, 0x78, 0x94, 0x20, 0x96]);
    expect(decodeText(bytes)).toMatchObject({ text: 'Größe € “x” –', encoding: 'windows-1252' });
  });

  it('is Central European if windows-1252 would put symbols before small letters', () => {
    // More of it is German than Polish or Czech.
    const bytes = Buffer.from(
      'a3f3647a6b613b4dfc6e6368656e3b4be47468652053747261df6275726765723b4df66c6c65723b5a6269676e69657720af756b3b4a69f8ed3b64729ee16b',
      'hex',
    );
    expect(decodeText(bytes)).toMatchObject({
      text: 'Łódzka;München;Käthe Straßburger;Möller;Zbigniew Żuk;Jiří;držák',
      encoding: 'windows-1250',
      isGuessed: true,
    });
    const long = readFileSync(join(root, 'test/fixtures/stranger/vazby-1250.csv'));
    expect(decodeText(long)).toMatchObject({ encoding: 'windows-1250' });
    const western = Buffer.from('25 °C in München;3 m²;½ Tag;£5;Größe', 'latin1');
    expect(decodeText(western)).toMatchObject({ encoding: 'windows-1252' });
  });

  it('is null for binary data', () => {
    expect(decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]))).toBeNull();
    expect(decodeText(Buffer.from(Array.from({ length: 200 }, (_, index) => index % 8)))).toBeNull();
  });

  it('gives back every text that was written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (written) => {
        fc.pre(!/[^\P{Cc}\n\r\t]/u.test(written) && !written.startsWith('\ufeff'));
        expect(decodeText(Buffer.from(written))?.text).toBe(written);
      }),
    );
  });

  it('reads a truncated UTF-16 file as far as possible', () => {
    expect(decodeText(Buffer.from([0xfe, 0xff, 0, 65, 0]))).toMatchObject({
      text: 'A',
      encoding: 'utf-16be',
    });
  });
});
