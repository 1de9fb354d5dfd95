import { field } from '../args/option.ts';
import { operationCommand } from '../operation.ts';
import { pointInTimeOptions } from '../workspace.ts';

export const questionCommands = [
  operationCommand({
    path: 'questions list',
    operation: 'ask.approvedQuestions',
    summary: 'List the approved questions with their SQL',
    examples: ['frames questions list --workspace W'],
    targetOptions: pointInTimeOptions,
  }),
  operationCommand({
    path: 'questions approve',
    operation: 'ask.approve',
    summary: 'Approve SQL as the answer to a question',
    details: [
      '"frames ask" and the window use it whenever somebody asks this question. It replaces the SQL approved before.',
    ],
    examples: [
      'frames questions approve "Who tests radios?" "SELECT id, name FROM students WHERE expertise_area LIKE \'%radio%\'" --workspace W',
    ],
    parameters: {
      question: field('ask.approve', 'question', 'QUESTION', 'The question'),
      sql: field('ask.approve', 'sql', 'SQL', 'The statement'),
    },
    writes: true,
  }),
  operationCommand({
    path: 'questions remove',
    operation: 'views.remove',
    summary: 'Remove an approved question',
    examples: ['frames questions remove view_1 --workspace W'],
    parameters: { id: field('views.remove', 'id', 'ID', 'The approved question') },
    writes: true,
    done: 'Removed.',
  }),
  operationCommand({
    path: 'conversations list',
    operation: 'ask.conversations',
    summary: 'List conversations, the newest first',
    examples: ['frames conversations list --text thermal --workspace W'],
    options: {
      text: field('ask.conversations', 'text', 'TEXT', 'Only with this in a question or an answer'),
      project: field('ask.conversations', 'project', 'ID', 'Only about this project'),
    },
  }),
  operationCommand({
    path: 'conversations show',
    operation: 'ask.exportConversation',
    summary: 'Print a conversation as Markdown, with what was sent to a language model',
    examples: ['frames conversations show conversation_1 --workspace W'],
    parameters: { id: field('ask.exportConversation', 'id', 'ID', 'The conversation') },
    show: ({ text: markdown }) => markdown.trimEnd().split('\n'),
  }),
  operationCommand({
    path: 'conversations delete',
    operation: 'ask.deleteConversation',
    summary: 'Delete a conversation for good',
    examples: ['frames conversations delete conversation_1 --workspace W'],
    parameters: { id: field('ask.deleteConversation', 'id', 'ID', 'The conversation') },
    ask: ({ id }) => `Delete the conversation ${id}? This cannot be undone.`,
    done: 'Deleted.',
  }),
];
