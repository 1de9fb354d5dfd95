import { htmlText } from '#shared/domain/html-entities.ts';
import { RefusedDocument } from './normalize-text.ts';

/** A message or one of its parts; names of headers are in lower case. */
interface MailPart {
  headers: ReadonlyMap<string, string>;
  body: string;
}

const maxDepth = 10;

/** Splits a part, one character for each byte. */
function readPart(text: string): MailPart {
  const end = /\r?\n\r?\n/.exec(text);
  const head = end ? text.slice(0, end.index) : text;
  const headers = new Map<string, string>();
  // A line that begins with a space continues the header before it.
  for (const line of head.replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):[ \t]*(.*)$/.exec(line) ?? [];
    if (name !== undefined && !headers.has(name.toLowerCase())) headers.set(name.toLowerCase(), value ?? '');
  }
  return { headers, body: end ? text.slice(end.index + end[0].length) : '' };
}

const parameterOf = (header: string, name: string): string | undefined => {
  const match = new RegExp(String.raw`;\s*${name}\s*=\s*(?:"([^"]*)"|([^\s;]+))`, 'i').exec(header);
  return match?.[1] ?? match?.[2];
};

function decode(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

const fromHex = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    'latin1',
  );

/** Decodes words such as `=?UTF-8?Q?=C3=BCber?=` (RFC 2047), and bytes of UTF-8. */
const headerText = (value: string): string =>
  decode(Buffer.from(value, 'latin1'), 'utf-8').replaceAll(
    /=\?([^?]+)\?([bq])\?([^?]*)\?=(?:\s+(?==\?))?/gi,
    (_, charset: string, encoding: string, text: string) =>
      decode(
        encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : fromHex(text.replaceAll('_', ' ')),
        charset,
      ),
  );

function bodyText({ headers, body }: MailPart, type: string): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').trim().toLowerCase();
  const bytes =
    encoding === 'base64'
      ? Buffer.from(body, 'base64')
      : encoding === 'quoted-printable'
        ? fromHex(body.replaceAll(/=[ \t]*\r?\n/g, ''))
        : Buffer.from(body, 'latin1');
  return decode(bytes, parameterOf(type, 'charset') ?? 'utf-8');
}

/** The texts of the parts that are neither attachments nor other media. */
function textsIn(part: MailPart, depth = 0): { isHtml: boolean; text: string }[] {
  const type = part.headers.get('content-type') ?? 'text/plain';
  const boundary = parameterOf(type, 'boundary');
  if (/^multipart\//i.test(type) && boundary !== undefined && depth < maxDepth) {
    const [, ...parts] = `\n${part.body}`.split(`\n--${boundary}`);
    return parts
      .filter((text) => !text.startsWith('--'))
      .flatMap((text) => textsIn(readPart(text.replace(/^[ \t]*\r?\n/, '')), depth + 1));
  }
  const isHtml = /^text\/html/i.test(type);
  const isAttached = /^attachment/i.test(part.headers.get('content-disposition') ?? '');
  if (isAttached || (!isHtml && !/^text\/plain/i.test(type))) return [];
  return [{ isHtml, text: bodyText(part, type) }];
}

const linesOfHtml = (html: string): string =>
  html
    .replaceAll(/<(style|script|head)\b[^]*?<\/\1>/gi, '')
    .split(/<\/?(?:p|div|br|li|tr|h\d)\b[^>]*>/i)
    .map(htmlText)
    .join('\n');

/** The subject of a mail message, then its text. Throws RefusedDocument if the file is no message. */
export function mailText(bytes: Buffer): string {
  const message = readPart(bytes.toString('latin1'));
  const { headers } = message;
  if (!['from', 'subject', 'date'].some((name) => headers.has(name)))
    throw new RefusedDocument('WRONG_FORMAT');
  const texts = textsIn(message);
  const chosen = texts.find(({ isHtml }) => !isHtml) ?? texts[0];
  const text = chosen?.isHtml ? linesOfHtml(chosen.text) : (chosen?.text ?? '');
  return `${headerText(headers.get('subject') ?? '')}\n\n${text}`;
}
