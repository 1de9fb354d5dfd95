import { describe, expect, test } from 'vitest';
import { printFilter } from '#shared/address/filter.ts';
import { printQuery } from '#shared/address/query.ts';
import { foldText } from '#shared/domain/fold.ts';
import { joinNames } from '#shared/domain/name-lists.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';

const name = 'Zoë O’Neil-Ågren';
const pattern = new NamePattern([name, 'zoë@äpfel.example']);
const percent = encodeURIComponent(name);

/** Texts as the program writes them; each names the person once. */
const encodings: Readonly<Record<string, string>> = {
  plain: `Ask ${name}.`,
  'other case': `ask ${name.toUpperCase()}`,
  'without accents': `Ask ${foldText(name)}.`,
  'other accents, percent-encoded': `q=${encodeURIComponent("Zoé O'Neil-Agrèn")}`,
  'umlauts as two letters': "Ask Zoë O'Neil-Aagren",
  'invisible characters inside': `Ask Zo\u00ADë\u200B O’Neil-Ågren`,
  decomposed: `Ask ${name.normalize('NFD')}.`,
  'percent-encoded': `frames://live/teams?q=${percent}`,
  'percent-encoded in lower case': `q=${percent.replaceAll(/%../g, (byte) => byte.toLowerCase())}`,
  'percent-encoded between quotation marks': `q=%3D%20%27${percent}%27%20OR`,
  'percent-encoded decomposed': `q=${encodeURIComponent(name.normalize('NFD'))}`,
  'percent-encoded twice': `q=${encodeURIComponent(encodeURIComponent(`"${name}"`))}`,
  'percent-encoded form': `q=${percent.replaceAll('%20', '+')}&x=1`,
  'JSON escapes': JSON.stringify({ name }).replaceAll(/[^ -~]/g, (letter) => {
    return `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  }),
  'JSON in JSON': JSON.stringify(JSON.stringify({ a: `"${name}"` })),
  'XML entities': `<name>${name.replaceAll(/[^ -~]/g, (letter) => `&#${letter.codePointAt(0)};`)}</name>`,
  'file name': `CV_${name.replaceAll(' ', '_')}_2024.pdf`,
  'file name in an address': `path=%2Fhome%2F${percent.replaceAll('%20', '-')}.pdf`,
};

describe('a name is found and replaced as the program encodes it', () => {
  test.each(Object.entries(encodings))('%s', (_, text) => {
    expect(pattern.canMatchJson(text)).toBe(true);
    expect(pattern.hasMatch(text)).toBe(true);
    const redacted = pattern.redactText(text);
    expect(redacted.split('[erased]')).toHaveLength(2);
    expect(pattern.hasMatch(redacted)).toBe(false);
    expect(redacted).not.toMatch(/neil/i);
  });

  test('an SQL literal with doubled quotation marks', () => {
    const irish = new NamePattern(["Liam O'Hara"]);
    expect(irish.redactText("name = 'Liam O''Hara' OR 1")).toBe("name = '[erased]' OR 1");
    expect(irish.redactText(`q=${encodeURIComponent("name = 'Liam O''Hara'")}&x`)).toBe(
      'q=name%20%3D%20%27[erased]%27&x'.replaceAll('%27', "'"),
    );
  });

  test('doubled double quotes in tables, lists of names and typed filters', () => {
    const nickname = 'Ann "Bo" Lee';
    const quoted = new NamePattern([nickname]);
    const list = joinNames([nickname, 'Cy']);
    const texts = [list, `7,${list}`, JSON.stringify({ q: `name = ${list}` }), printQuery([['q', list]])];
    for (const text of texts) {
      expect(quoted.canMatchJson(text), text).toBe(true);
      const redacted = quoted.redactText(text);
      expect(redacted).toContain('[erased]');
      expect(redacted).not.toMatch(/Bo|Lee/);
      expect(redacted).toMatch(/Cy/);
    }
    expect(quoted.redactText('"",""')).toBe('"",""');
  });

  test('a text without the name stays the same, broken encodings too', () => {
    for (const text of ['50 % of Zoë', '%ZZ%C3', '%FF%C3%AB', String.raw`\u12 \x`, 'Zoëllner & O’Neil'])
      expect(pattern.redactText(text)).toBe(text);
  });

  test('an address made of the name loses the name', () => {
    const zoe = new NamePattern(['Zoë Quillfeather']);
    expect(zoe.redactText('Ask Zoë Quillfeather (zoe.quillfeather@example.edu), Zoe Quillfeather.')).toBe(
      'Ask [erased] ([erased]@example.edu), [erased].',
    );
  });

  test('a name without accents is found with them, and umlauts as two letters', () => {
    const plain = new NamePattern(['Zoe Muller']);
    for (const text of ['Zoë Müller', 'Zoë Müller'.normalize('NFD'), 'q=Zo%C3%AB%20M%C3%BCller&x'])
      expect(plain.redactText(text)).not.toMatch(/ller/);
    const umlaut = new NamePattern(['Jürgen Größ']);
    for (const text of ['Juergen Groess', 'JURGEN GROSS', 'Jürgen_Größ'])
      expect(umlaut.redactText(text)).toBe('[erased]');
    expect(umlaut.redactText('Jurgen Groß-Berg, Juergens Gross')).toBe('[erased]-Berg, Juergens Gross');
  });

  test('a part of another word is another name', () => {
    const lena = new NamePattern(['Lena Berg']);
    for (const text of ['Lena Bergmann', 'Helena Berg', 'q=Helena%20Berg', 'Lena. Berg am See'])
      expect(lena.redactText(text)).toBe(text);
  });
});

describe('names in payloads', () => {
  test('references stay, undeclared fields, notes and keys in them do not', () => {
    expect(
      pattern.redact('team', {
        name,
        university_id: name,
        owner: name,
        [`About ${name}`]: 1,
        meta: { from: name, [name]: { id: name } },
      }),
    ).toEqual({
      name: '[erased]',
      university_id: name,
      owner: '[erased]',
      'About [erased]': 1,
      meta: { from: '[erased]', '[erased]': { id: '[erased]' } },
    });
  });

  test('changes of a shared sandbox are read by their types', () => {
    const change = { type: 'team', id: name, title: name, action: 'update', before: null };
    expect(
      pattern.redact('shared-sandbox', { changes: [{ ...change, after: { university_id: name, x: name } }] }),
    ).toEqual({ changes: [{ ...change, title: '[erased]', after: { university_id: name, x: '[erased]' } }] });
  });

  test('the name of another person stays, with other accents and titles too', () => {
    for (const one of ['Zoë O’Neil-Ågren', "Dr. Zoe O'Neil-Agren", "ZOE O'NEIL-AGREN"]) {
      const payload = { name: one, expertise_area: `Like ${one}` };
      expect(pattern.redact('student', payload)).toMatchObject({ name: one });
      expect(pattern.redact('team', payload)).not.toMatchObject({ name: one });
    }
  });

  test('a payload without the name stays the same object', () => {
    const shared = {
      changes: [{ type: 'team', id: 'a', title: 'A', action: 'update', before: null, after: { x: 1 } }],
    };
    expect(pattern.redact('shared-sandbox', shared)).toBe(shared);
  });

  test('the filter of a view', () => {
    const filter = printFilter({ field: `About.${name}`, op: 'contains', value: `"${name}"` });
    const address = `frames://live/teams?${printQuery([['f', filter]])}`;
    expect(pattern.redactText(address)).not.toMatch(/neil/i);
  });
});
