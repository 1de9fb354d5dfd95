import { withTemporaryFile } from '#files/temporary-file.ts';
import type { InputOf, ResultOf } from '#shared/contract/base.ts';
import type { capture } from '#shared/contract/repairs.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import german from '#shared/texts/de/templates.ts';
import english from '#shared/texts/en/templates.ts';
import { readConversation, toMarkdown } from '../../ask/conversations.ts';
import { attachDocument } from '../../documents/attach.ts';
import type { DocumentText } from '../../documents/text/extract-text.ts';
import { withFile } from '../../kernel/files/with-file.ts';
import type { RequestPace } from '../../kernel/progress.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { createRecord, visibleRecord } from '../../model/commands.ts';
import { readRecord } from '../../model/queries.ts';
import type { CallContext } from '../../model/services.ts';

type Input = InputOf<typeof capture>;

/** The operation `repairs.capture`. */
export function captureRepair(
  call: CallContext,
  { source, ...input }: Input,
  pace: RequestPace,
): Promise<ResultOf<typeof capture>> {
  const { grants, home } = call.services;
  if (source.kind === 'file')
    return withFile(grants, { grant: source.grant, use: 'read' }, (path) =>
      captureFile(call, path, input, pace),
    );
  const conversation = readConversation(home.read, source.id);
  // Requests to a model stay in the conversation.
  const turns = conversation.turns.map((turn) => ({ ...turn, sent: [] }));
  const text = turns.map(({ question, sentence }) => `${question}\n${sentence}`.trim()).join('\n\n');
  return withTemporaryFile('conversation.md', toMarkdown({ ...conversation, turns }), (path) =>
    captureFile(call, path, { ...input, name: conversation.title, text }, pace),
  );
}

/** Keeps a file as a document of a repair, in one transaction; without `repair`, of a new one that its text describes. */
async function captureFile(
  call: CallContext,
  path: string,
  { repair, language, name, text }: Omit<Input, 'source'> & { name?: string; text?: string },
  pace: RequestPace,
): Promise<ResultOf<typeof capture>> {
  const { read } = call.services;
  if (repair !== undefined) visibleRecord(read, 'repair', repair);
  let id = repair ?? '';
  const request = {
    path,
    record_ids: repair === undefined ? [] : [repair],
    ...(name !== undefined && { name: name.slice(0, maxLengths.name) }),
    ...(repair === undefined && {
      describe: (write: WriteContext, { pages }: DocumentText, file: string) => {
        const created = createRepair(write, (text ?? pages.join('\n')).trim(), file, language);
        ({ id } = created);
        return created;
      },
    }),
  };
  const { record, op_id } = await attachDocument(call, request, pace);
  return { repair: readRecord(read, 'repair', id), document: record, op_id };
}

const maxNotes = 4000;

/** Creates a repair from a text: the first line is the name, the rest the notes. */
function createRepair(write: WriteContext, text: string, file: string, language: Input['language']) {
  const [first = ''] = text.split('\n', 1);
  const rest = text.slice(first.length).trim();
  const { goesOn } = language === 'de' ? german : english;
  const notes = rest.length > maxNotes ? `${rest.slice(0, maxNotes)}…\n\n${goesOn}` : rest;
  const name = (first.replace(/^[#>*\s-]+/, '').trim() || file).slice(0, maxLengths.name);
  const id = createRecord(write, { type: 'repair', data: { name, ...(notes !== '' && { notes }) } });
  return { id, setLabel: () => write.audit.label('repair.create', { type: 'repair', id, title: name }) };
}
