import { field, list, requiredText } from '../args/option.ts';
import { operationCommand, plannedCommand } from '../operation.ts';
import { pointInTimeOptions } from '../workspace.ts';

export const mergeCommands = [
  plannedCommand({
    path: 'records merge',
    operation: 'entities.merge',
    summary: 'Merge duplicate records into one',
    details: [
      'KEEP takes over the links and references of the others, and values for its empty fields. The others are deleted. Undo with "frames undo".',
    ],
    examples: ['frames records merge --workspace W team_1 team_2 --also team_3 --dry-run'],
    parameters: {
      keep: field('entities.merge', 'keep', 'KEEP', 'Id of the record to keep'),
      other: requiredText('OTHER', 'Id of a duplicate'),
    },
    options: { also: list('ID', 'Another duplicate') },
    input: async ({ keep, other, also }, { client }) => ({
      type: (await client.entities.find({ id: keep })).type,
      others: [other, ...also],
    }),
    question: 'Merge',
    asksAlways: true,
  }),
  operationCommand({
    path: 'records duplicates',
    operation: 'entities.duplicates',
    summary: 'Find records with similar names',
    examples: ['frames records duplicates --workspace W --type team'],
    targetOptions: pointInTimeOptions,
    options: {
      type: field('entities.duplicates', 'type', 'TYPE', 'Only records of this type'),
      limit: field('entities.duplicates', 'limit', 'N', 'Maximum number of pairs'),
    },
  }),
];
