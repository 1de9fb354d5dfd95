import { z } from 'zod';
import { templateNames } from '#shared/domain/repair-templates.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { CommandFailure } from '../output/errors.ts';
import { oneLine } from '../output/output.ts';
import { hiddenText, typeNoun } from '../format.ts';
import { findUnknownField } from '../unknown-fields.ts';
import type { SandboxWriter } from './targets.ts';
import { inputOf, sandboxToChange, tool } from './tool.ts';
import type { Tool, ToolCall } from './tool.ts';

const fieldValues = z
  .record(z.string(), z.unknown())
  .describe('Values by field; the fields are the columns that describe_tables lists for the type');
const newFieldNames = z
  .array(z.string().min(1))
  .max(20)
  .default([])
  .describe('Custom fields that no record has yet; without this, unknown fields are refused');

/** Changes the sandbox. The result names it and explains how to promote the change. */
const changeSandbox = async (
  { targets, agent }: ToolCall,
  sandboxName: string,
  work: (writer: SandboxWriter) => Promise<object>,
): Promise<object> =>
  targets.writeSandbox(agent, sandboxName, async (writer) => ({
    ...(await work(writer)),
    sandbox: writer.sandbox,
    next: 'Live is unchanged. A person promotes the sandbox in FRAMES: in Play, Compare, then Promote.',
  }));

async function refuseUnknownField(
  writer: SandboxWriter,
  type: EntityType,
  data: Readonly<Record<string, unknown>>,
  allowedFields: readonly string[],
): Promise<void> {
  const fields = Object.keys(data).filter((name) => !allowedFields.includes(name));
  const customFields = (input: { type: EntityType }) => writer.call('entities.customFields', input);
  const unknownField = await findUnknownField({ customFields }, type, fields);
  if (unknownField === null) return;
  const { name, suggestion } = unknownField;
  const hint = suggestion === undefined ? '' : ` Did you mean "${suggestion}"?`;
  const message = `Unknown field "${name}" of ${type}.${hint} To add it, name it in new_fields. Nothing was changed.`;
  throw new CommandFailure('UNKNOWN_FIELD', message, { field: name });
}

const createRecord = tool({
  name: 'create_record',
  title: 'Create a record in a sandbox',
  description: 'Creates a record in a sandbox. Live does not change.',
  effect: 'changes',
  input: inputOf('entities.create', {
    type: 'The type of the record',
    id: 'An id for it; without one, it gets one',
    data: fieldValues,
  }).extend({ sandbox: sandboxToChange, new_fields: newFieldNames }),
  run: (call, { sandbox: sandboxName, new_fields, ...input }) =>
    changeSandbox(call, sandboxName, async (writer) => {
      await refuseUnknownField(writer, input.type, input.data, new_fields);
      return writer.call('entities.create', input);
    }),
});

const updateRecord = tool({
  name: 'update_record',
  title: 'Change a record in a sandbox',
  description:
    'Changes fields of a record in a sandbox; fields that are not named stay. Live does not change.',
  effect: 'changes',
  input: inputOf('entities.update', {
    type: 'The type of the record',
    id: 'The id of the record',
    data: fieldValues.default({}),
    unset: 'Remove these fields',
  }).extend({ sandbox: sandboxToChange, new_fields: newFieldNames }),
  run: (call, { sandbox: sandboxName, new_fields, ...input }) =>
    changeSandbox(call, sandboxName, async (writer) => {
      await refuseUnknownField(writer, input.type, input.data ?? {}, new_fields);
      return writer.call('entities.update', input);
    }),
});

const addComment = tool({
  name: 'add_comment',
  title: 'Comment on a record in a sandbox',
  description: 'Adds a comment to a record in a sandbox. Live does not change.',
  effect: 'changes',
  input: z.strictObject({
    record: z.string().min(1).max(200).describe('The id of the record'),
    text: z.string().min(1).describe('The comment'),
    mentions: z.array(z.string()).max(20).default([]).describe('Ids of people or teams that it mentions'),
    sandbox: sandboxToChange,
  }),
  run: (call, { record, text, mentions, sandbox: sandboxName }) =>
    changeSandbox(call, sandboxName, (writer) =>
      writer.call('entities.create', {
        type: 'comment',
        data: { record_id: record, text, ...(mentions.length > 0 && { mentions }) },
      }),
    ),
});

const proposeRepair = tool({
  name: 'propose_repair',
  title: 'Propose a repair in a sandbox',
  description:
    'Plans a repair of a risk with its tasks from a template, in a sandbox. Live does not change. A person promotes and approves it; agents cannot.',
  effect: 'changes',
  input: inputOf('repairs.plan', {
    template: z.enum(templateNames).describe('The template of the tasks'),
    subjects: z
      .array(z.string().min(1))
      .min(1)
      .max(100)
      .describe('The ids of the records concerned; also names of areas of expertise or code'),
    question: 'The question of Insights that the repair answers; its value is then measured',
    owner: 'The id of the person who is responsible',
    due_on: 'The day before which the tasks are due (YYYY-MM-DD)',
    language: 'The language of the texts',
  }).extend({ sandbox: sandboxToChange }),
  run: (call, { sandbox: sandboxName, ...input }) =>
    changeSandbox(call, sandboxName, (writer) => writer.call('repairs.plan', input)),
});

const deleteRecord = tool({
  name: 'delete_record',
  title: 'Delete a record in a sandbox',
  description:
    'Deletes a record in a sandbox, after a person confirmed it; its links are hidden too. Live does not change. restore_record restores it.',
  effect: 'deletes',
  input: inputOf('entities.remove', {
    type: 'The type of the record',
    id: 'The id of the record',
    with_contents: 'Required to delete a university that has records; they are hidden too',
  }).extend({ sandbox: sandboxToChange }),
  run: (call, { sandbox: sandboxName, ...input }) =>
    changeSandbox(call, sandboxName, async (writer) => {
      const { type, id } = input;
      const { title } = await writer.call('entities.find', { id });
      const hiddenRecords = hiddenText(await writer.call('entities.previewRemoval', { type, id }));
      const recordText = oneLine(`${typeNoun(type)} "${title}" (${id})`);
      call.confirm(
        `Delete the ${recordText} in the sandbox "${oneLine(writer.sandbox.name)}"${hiddenRecords}?`,
      );
      return writer.call('entities.remove', input);
    }),
});

const restoreRecord = tool({
  name: 'restore_record',
  title: 'Restore a deleted record in a sandbox',
  description: 'Restores a deleted record in a sandbox, with what was hidden with it. Live does not change.',
  effect: 'changes',
  input: inputOf('entities.restore', {
    type: 'The type of the record',
    id: 'The id of the record',
    with_references: 'Also restore the records it needs, such as the ends of a link',
  }).extend({ sandbox: sandboxToChange }),
  run: (call, { sandbox: sandboxName, ...input }) =>
    changeSandbox(call, sandboxName, (writer) => writer.call('entities.restore', input)),
});

const createSandbox = tool({
  name: 'create_sandbox',
  title: 'Create a sandbox',
  description: 'Creates a sandbox: a copy of live, or of another sandbox, to make changes in.',
  effect: 'changes',
  input: inputOf('sandboxes.create', {
    name: 'A name that no other sandbox has',
    from: z
      .string()
      .min(1)
      .max(200)
      .default('live')
      .describe('"live", or the sandbox to copy, by id or name'),
  }),
  run: ({ targets, agent }, { name, from }) =>
    targets.manageSandboxes(agent, (manager) => {
      const source = from === undefined || from === 'live' ? 'live' : targets.sandboxId(from);
      return manager.call('sandboxes.create', { name, from: source });
    }),
});

const discardSandbox = tool({
  name: 'discard_sandbox',
  title: 'Discard a sandbox',
  description: 'Moves a sandbox to the trash, after a person confirmed it. They can recover it in FRAMES.',
  effect: 'deletes',
  input: z.strictObject({ sandbox: sandboxToChange }),
  run: ({ targets, agent, confirm }, { sandbox: sandboxName }) =>
    targets.manageSandboxes(agent, async (manager) => {
      const id = targets.sandboxId(sandboxName);
      const sandboxInfo = (await manager.call('sandboxes.list', {})).find((candidate) => candidate.id === id);
      confirm(oneLine(`Discard the sandbox "${sandboxInfo?.name ?? sandboxName}" (${id})?`));
      return manager.call('sandboxes.discard', { id });
    }),
});

export const writingTools: readonly Tool[] = [
  createSandbox,
  createRecord,
  updateRecord,
  addComment,
  proposeRepair,
  deleteRecord,
  restoreRecord,
  discardSandbox,
];
