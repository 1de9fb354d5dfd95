import { field } from '../args/option.ts';
import { operationCommand, plannedCommand } from '../operation.ts';
import { pointInTimeOptions } from '../workspace.ts';

const sinceOption = field(
  'contacts.proposals',
  'since',
  'DATE',
  'First day; default: a year before the newest contact',
);

export const contactCommands = [
  operationCommand({
    path: 'contacts proposals',
    operation: 'contacts.proposals',
    summary: 'Show what contacts propose for links',
    examples: ['frames contacts proposals --workspace W', 'frames contacts proposals --workspace W --json'],
    targetOptions: pointInTimeOptions,
    options: { since: sinceOption },
  }),
  plannedCommand({
    path: 'contacts apply',
    operation: 'contacts.applyProposals',
    summary: 'Apply what contacts propose: missing links, people who carry them, and stronger bonds',
    details: ['One change; undo with "frames undo".'],
    examples: [
      'frames contacts apply --workspace W --dry-run',
      'frames contacts apply --workspace W --key link_1',
    ],
    options: {
      since: sinceOption,
      key: field('contacts.applyProposals', 'keys', 'KEY', 'Only this proposal'),
    },
    question: 'Apply proposals from contacts',
  }),
];
