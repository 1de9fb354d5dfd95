import { deflateSync } from 'node:zlib';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInProcess } from '#core/kernel/processes/run-in-process.ts';
import { maxCharacters, maxPages, extractText } from '#core/documents/text/extract-text.ts';
import { docxOf, docxParts } from '#test/support/documents/docx.ts';
import { pdfFile, pdfOf } from '#test/support/documents/pdf.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { lawRuns } from '#test/support/law-runs.ts';
import { refused } from '#test/support/refusal.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { TestWorkspace } from '#test/support/workspace.ts';
import { zip } from '#test/support/zip.ts';
import { drain } from '../transfer/workspace.ts';

const template = await makeTemplate(preparePeople);
const megabyte = 1024 * 1024;
/** Limits of a test, far below those of the program, so that a file that exceeds them is small. */
const limits = { timeoutMs: 20_000, maxBytes: 400 * megabyte };

let folder = '';
beforeAll(() => {
  folder = makeFolder();
});
afterAll(() => removeFolder(folder));

async function attach(workspace: TestWorkspace, name: string, bytes: Buffer | string) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const grant = workspace.core.grants.issue(path, 'read');
  return (await drain(await workspace.as().documents.attach({ grant }))).result;
}

/** Names of everything that is left in the folder of the documents. */
const left = ({ files }: TestWorkspace): string[] =>
  existsSync(files.documents)
    ? readdirSync(files.documents, { recursive: true, encoding: 'utf8' }).filter((name) => name.length > 2)
    : [];

/** Reads the text of a file in a process, with limits of a test. */
function extracted(name: string, bytes: Buffer, most: { timeoutMs: number; maxBytes: number } = limits) {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return runInProcess(extractText, { path, kind: name.endsWith('pdf') ? 'pdf' : 'docx' }, most);
}

const blanks = Buffer.alloc(80 * megabyte, ' ');
const part = 'word/document.xml';
const parts = docxParts(['Grey switch']);
const deep = `<w:document xmlns:w="x">${'<w:p>'.repeat(300_000)}`;
const entities = `<!DOCTYPE x [<!ENTITY a "${'lol'.repeat(100)}"><!ENTITY b "${'&a;'.repeat(100)}">]><x>&b;</x>`;
const macroTypes = parts['[Content_Types].xml']?.replace(
  '/>',
  '><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>',
);

describe('a hostile DOCX', () => {
  test.each<[string, Buffer, string]>([
    ['bomb', zip({ ...parts, [part]: blanks }), 'swells'],
    [
      'bomb that states a small size',
      zip({ ...parts, [part]: blanks }, { sizes: { [part]: 1000 } }),
      'unknown_document',
    ],
    ['bomb that states a huge size', zip(parts, { sizes: { [part]: 0xffff_ffff } }), 'swells'],
    ['bomb in its list of types', zip({ ...parts, '[Content_Types].xml': blanks }), 'swells'],
    [
      'many parts',
      zip({ ...parts, ...Object.fromEntries(Array.from({ length: 6000 }, (_, at) => [`${at}`, ''])) }),
      'unknown_document',
    ],
    ['entities', zip({ ...parts, [part]: entities }), 'unknown_document'],
    ['nested elements without end', zip({ ...parts, [part]: deep }), 'unknown_document'],
    ['macros', zip({ ...parts, 'word/vbaProject.bin': 'x' }), 'macros'],
    [
      'macros under another name',
      zip({ ...parts, '[Content_Types].xml': macroTypes ?? '', 'word/x.bin': 'x' }),
      'macros',
    ],
    ['cut off', docxOf(['Grey switch']).subarray(0, 200), 'unknown_document'],
    ['no document', zip({ 'a.txt': 'a' }), 'unknown_document'],
  ])('is refused and leaves nothing: %s', async (_, bytes, reason) => {
    expect(bytes.length).toBeLessThan(megabyte);
    const workspace = await testWorkspace({ template });
    const fault = await refused('BAD_FILE', attach(workspace, 'a.docx', bytes));
    expect(fault.data.reason).toBe(reason);
    expect(left(workspace)).toEqual([]);
    expect((await workspace.as().entities.counts({})).documents).toBe(0);
  });

  test('with too much text is cut and marked', async () => {
    const workspace = await testWorkspace({ template });
    const long = docxOf([...Array<string>(50_000).fill('abcdefghij '.repeat(10)), 'Grey switch']);
    const { text } = await attach(workspace, 'long.docx', long);
    expect(text).toMatchObject({ state: 'cut', characters: maxCharacters });
  });
});

describe('a hostile PDF', () => {
  test('of 10,000 pages is cut, and reports the pages read', async () => {
    const workspace = await testWorkspace({ template });
    const pages = Array.from({ length: 10_000 }, (_, at) => `Page number${at + 1}`);
    const { text } = await attach(workspace, 'long.pdf', pdfOf(pages));
    expect(text).toMatchObject({ state: 'cut', pages: 10_000, read_pages: maxPages });
    const found = async (word: string) =>
      (await workspace.as().search.find({ text: word })).hits.filter(({ found: how }) => how === 'words')
        .length;
    expect([await found(`number${maxPages}`), await found(`number${maxPages + 1}`)]).toEqual([1, 0]);
  });

  test.each<[string, Buffer, string]>([
    ['pictures only', pdfOf(['Grey switch'], { fonts: false }), 'no_text'],
    ['a font that names no letters', glyphsOnly(), 'no_text'],
    ['an encrypted file', encrypted(), 'encrypted'],
    ['a page tree that contains itself', cyclicTree(), 'damaged'],
    ['fewer pages than it states', manyStated(), 'no_text'],
    ['cut off', pdfOf(['Grey switch', 'Page two']).subarray(0, 250), 'damaged'],
    ['nothing but its first bytes', Buffer.from('%PDF-1.7\n'), 'damaged'],
  ])('is stored and reported: %s', async (_, bytes, state) => {
    const workspace = await testWorkspace({ template });
    const { record, text } = await attach(workspace, 'a.pdf', bytes);
    expect(text.state).toBe(state);
    expect(await workspace.as().documents.text({ id: record.id })).toMatchObject({ state });
    expect(left(workspace)).toHaveLength(2);
  });

  test('that needs more memory than it may is ended', async () => {
    const failure = extracted('bomb.pdf', contentBomb(400 * megabyte), {
      ...limits,
      maxBytes: 250 * megabyte,
    });
    await expect(failure).rejects.toMatchObject({ fault: 'memory' });
  });

  test('that takes longer than it may is ended', async () => {
    const failure = extracted('slow.pdf', contentBomb(60 * megabyte), { ...limits, timeoutMs: 1 });
    await expect(failure).rejects.toMatchObject({ fault: 'timeout' });
  });

  test('overwritten anywhere is read or reported', async () => {
    const whole = pdfOf(['Grey switch', 'Page two']);
    const blow = fc.record({
      at: fc.integer({ min: 5, max: whole.length - 1 }),
      with: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(blow, { minLength: 1, maxLength: 4 }), async (blows) => {
        const bytes = Buffer.from(whole);
        for (const one of blows) bytes.set(one.with.subarray(0, bytes.length - one.at), one.at);
        const { problem } = await extracted('changed.pdf', bytes);
        expect([null, 'no_text', 'encrypted', 'damaged']).toContain(problem);
      }),
      { numRuns: Number(process.env['SEARCH_RUNS'] ?? 1) * lawRuns(8) },
    );
  });
});

describe('a file with the ending of another kind', () => {
  test.each([
    ['pdf.txt', pdfOf(['Grey switch'])],
    ['pdf.docx', pdfOf(['Grey switch'])],
    ['docx.md', docxOf(['Grey switch'])],
    ['docx.pdf', docxOf(['Grey switch'])],
    ['program.txt', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)])],
    ['text.png', Buffer.from('Grey switch')],
    ['page.html', Buffer.from('<script>')],
    ['macros.docm', docxOf(['Grey switch'])],
  ])('is refused and leaves nothing (%s)', async (name, bytes) => {
    const workspace = await testWorkspace({ template });
    const fault = await refused('BAD_FILE', attach(workspace, name, bytes));
    expect(fault.data.reason).toBe('unknown_document');
    expect(left(workspace)).toEqual([]);
  });
});

test('an image is stored unchanged and never decoded', async () => {
  const workspace = await testWorkspace({ template });
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(1000, 255)]);
  const { record, text } = await attach(workspace, 'a.png', png);
  expect(text.state).toBe('no_text');
  const out = join(folder, 'out.png');
  const grant = workspace.core.grants.issue(out, 'write');
  await drain(await workspace.as().documents.save({ id: record.id, grant }));
  expect(readFileSync(out).equals(png)).toBe(true);
});

/** A page whose content stream is blanks once it is unpacked. */
function contentBomb(bytes: number): Buffer {
  let packed = deflateSync(Buffer.alloc(bytes, ' '));
  packed = deflateSync(packed);
  return pdfFile((tree) => [
    stream(packed, '/Filter [/FlateDecode /FlateDecode]'),
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 9 9] /Contents 3 0 R /Resources << >> >>`,
  ]);
}

const stream = (bytes: Buffer, more: string): string =>
  `<< /Length ${bytes.length} ${more} >>\nstream\n${bytes.toString('latin1')}\nendstream`;

/** Text in a font whose codes are glyphs, without a table of their letters. */
function glyphsOnly(): Buffer {
  return pdfFile((tree) => [
    stream(Buffer.from('BT /F1 11 Tf 50 700 Td <00010002000300040005> Tj ET'), ''),
    `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents 3 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+Own /Encoding /Identity-H /DescendantFonts [6 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+Own /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>',
  ]);
}

function encrypted(): Buffer {
  const key = `<${'ab'.repeat(32)}>`;
  return Buffer.from(
    pdfOf(['Grey switch'])
      .toString('latin1')
      .replace(
        'trailer\n<<',
        `trailer\n<< /ID [<aa> <aa>] /Encrypt << /Filter /Standard /V 1 /R 2 /O ${key} /U ${key} /P -4 >>`,
      ),
    'latin1',
  );
}

const cyclicTree = (): Buffer =>
  pdfFile((tree) => [`<< /Type /Pages /Count 5 /Kids [${tree} 0 R] >>`], { kids: [3], count: 5 });

const manyStated = (): Buffer =>
  pdfFile((tree) => [`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 9 9] >>`], {
    kids: [3],
    count: 50_000_000,
  });
