import type { Proposal, SqlAnswer } from '#shared/contract/ask.ts';
import { csvLine } from '#core/export/csv.ts';
import { flag, resultSchemaOf, text } from '../args/option.ts';
import { command } from '../command.ts';
import type { Context } from '../command.ts';
import { callOperation } from '../operation.ts';
import { UsageError } from '../output/errors.ts';
import { resultLines, rowLines } from '../output/result.ts';
import { withoutControls } from '../output/output.ts';
import { tableLines } from '../output/table.ts';
import { pointInTimeOptions, withWorkspace } from '../workspace.ts';
import type { OpenWorkspace } from '../workspace.ts';
import { insightLines } from './insights.ts';
import { ModelSession, notSentNotice, requestLines } from './ask-model.ts';

/** `proposal` is null for SQL of the user, `answer` with --dry-run and while a request to the model is not sent. */
interface Outcome {
  proposal: Proposal | null;
  answer: unknown;
  formatLines: (width: number) => readonly string[];
  /** Null unless the question was answered by SQL. */
  table: SqlAnswer | null;
  conversation?: string;
}

const indentLines = (sql: string): string[] => sql.split('\n').map((line) => `  ${line}`);

function sqlAnswerLines({ columns, rows, sentence }: SqlAnswer, width: number): string[] {
  if (rows.length === 0) return [sentence];
  const isNumeric = (index: number): boolean =>
    rows.every((row) => row[index] === null || typeof row[index] === 'number');
  const tableColumns = columns.map(({ name }, index) => ({
    title: name,
    ...(isNumeric(index) && { align: 'right' as const }),
    cell: (row: SqlAnswer['rows'][number]) => (row[index] === null ? '' : String(row[index])),
  }));
  return [...tableLines(tableColumns, rows, width), '', sentence];
}

async function runSql(open: OpenWorkspace, sql: string, context: Context): Promise<SqlAnswer> {
  return callOperation(open, 'ask.run', { sql }, context);
}

async function answerProposal(
  open: OpenWorkspace,
  { proposal, context, isDryRun }: { proposal: Proposal; context: Context; isDryRun: boolean },
): Promise<Outcome> {
  const { way, sentence } = proposal;
  if (way.kind === 'model')
    return {
      proposal,
      answer: null,
      formatLines: () => [...requestLines(way.request), notSentNotice],
      table: null,
    };
  const introduction = [sentence, ...(way.kind === 'sql' ? indentLines(way.sql) : []), ''];
  if (isDryRun) return { proposal, answer: null, formatLines: () => introduction.slice(0, -1), table: null };
  if (way.kind === 'sql') {
    const table = await runSql(open, way.sql, context);
    return {
      proposal,
      answer: table,
      formatLines: (width) => [...introduction, ...sqlAnswerLines(table, width)],
      table,
    };
  }
  if (way.kind === 'insight') {
    const result = await callOperation(open, 'analysis.insights', way.input, context);
    return {
      proposal,
      answer: result,
      formatLines: (width) => [...introduction, ...insightLines(result, width)],
      table: null,
    };
  }
  const result = await callOperation(open, 'search.find', way.input, context);
  return {
    proposal,
    answer: result,
    formatLines: (width) => [...introduction, ...resultLines(resultSchemaOf('search.find'), result, width)],
    table: null,
  };
}

export const askCommand = command({
  path: ['ask'],
  summary: 'Answer a question in words, or by SQL',
  details: [
    'Understands questions of Insights, and lists with filters, counts and orders, in English and German words; finds records with these words otherwise. ' +
      'Shows how the question was understood, and the SQL.',
    'SQL reads a copy of the visible records, which --schema documents. It may take 2 seconds and return 1,000 rows.',
    'If a language model is set up ("frames models"), it is asked for the SQL of questions that no rule knows. The request is printed, and sent only with --send. ' +
      'SQL that fails is sent back to it at most twice.',
  ],
  examples: [
    'frames ask "software teams at Summit" --workspace W',
    'frames ask "How many students at each university?" --workspace W --csv',
    'frames ask --sql "SELECT discipline, count(*) FROM teams GROUP BY 1" --workspace W',
  ],
  parameters: { question: text('QUESTION', 'The question, or a statement with --sql') },
  options: {
    ...pointInTimeOptions,
    sql: flag('The question is an SQL statement'),
    schema: flag('Show the tables and columns instead of an answer'),
    csv: flag('Print the rows as CSV; only of an answer by SQL'),
    'ask-model': flag('Ask the language model even if a rule knows the answer'),
    send: flag('Send the shown request to the language model'),
    conversation: text('ID', 'Keep the question in this conversation; "new" begins one'),
    project: text('ID', 'The project that a new conversation is about'),
    'dry-run': flag('Show how the question was understood, and run nothing'),
  },
  async run(context, args) {
    const { output } = context;
    const { question, sql, schema, csv } = args;
    if (schema === (question !== undefined))
      throw new UsageError('Give a question, or --schema.', { argument: 'QUESTION' });
    if (csv && output.json) throw new UsageError('Use either --csv or --json, not both.');
    await withWorkspace(context, args, 'ask', async (open) => {
      if (question === undefined) {
        const { tables } = await callOperation(open, 'ask.schema', {}, context);
        output.result({ tables }, () =>
          tables.flatMap(({ name, columns }) => [name, ...rowLines(undefined, columns, output.width), '']),
        );
        return;
      }
      const outcome = sql
        ? await answerSql(open, question, context)
        : await askInWords(open, question, context, {
            ...args,
            preferModel: args['ask-model'],
            isDryRun: args['dry-run'],
          });
      if (csv) printCsv(outcome, context);
      else {
        const { formatLines, table: _, ...result } = outcome;
        output.result(result, () => formatLines(output.width));
      }
    });
  },
});

interface AskArguments {
  preferModel: boolean;
  send: boolean;
  conversation: string | undefined;
  project: string | undefined;
  isDryRun: boolean;
}

async function askInWords(
  open: OpenWorkspace,
  question: string,
  context: Context,
  args: AskArguments,
): Promise<Outcome> {
  const { conversation = null, project = null, isDryRun } = args;
  const conversationId = conversation === 'new' ? null : conversation;
  const modelSession = new ModelSession(open, context, { question, conversation: conversationId });
  let proposal = await modelSession.propose(args.preferModel ? 'model' : 'rules');
  if (args.send && !isDryRun) proposal = await modelSession.send(proposal);
  if (isDryRun || (proposal.way.kind === 'model' && !args.send))
    return answerProposal(open, { proposal, context, isDryRun });
  for (;;) {
    try {
      const result = await answerProposal(open, { proposal, context, isDryRun });
      if (conversation === null) return result;
      const turn = {
        question,
        by: result.proposal?.by ?? 'search',
        sql: result.table?.sql ?? null,
        sentence: result.table?.sentence ?? proposal.sentence,
        sent: modelSession.sentRequests,
      };
      const { id } = await callOperation(
        open,
        'ask.addTurn',
        { conversation: conversationId, project, turn },
        context,
      );
      return {
        ...result,
        conversation: id,
        formatLines: (width) => [...result.formatLines(width), `Conversation: ${id}`],
      };
    } catch (error) {
      const nextProposal = args.send ? await modelSession.repair(proposal, error) : null;
      if (!nextProposal) throw error;
      proposal = nextProposal;
    }
  }
}

async function answerSql(open: OpenWorkspace, sql: string, context: Context): Promise<Outcome> {
  const table = await runSql(open, sql, context);
  return { proposal: null, answer: table, formatLines: (width) => sqlAnswerLines(table, width), table };
}

function printCsv({ table }: Outcome, { stdout }: Context): void {
  if (!table) throw new UsageError('Only an answer by SQL has rows for --csv.', { option: 'csv' });
  const text = [table.columns.map(({ name }) => name), ...table.rows].map((cells) => csvLine(cells)).join('');
  stdout.write(stdout.isTTY === true ? withoutControls(text) : text);
}
