import { UsageError } from '../output/errors.ts';
import { field, flag, list, requiredText } from '../args/option.ts';
import { operationCommand, plannedCommand } from '../operation.ts';
import { pointInTimeOptions } from '../workspace.ts';

export const mergeCommands = [
  plannedCommand({
    path: 'records merge',
    operation: 'entities.merge',
    summary: 'Merge duplicate records into one',
    details: [
      'KEEP takes over the links and references of the others, and values for its empty fields. The others are deleted. Undo with "frames undo".',
      'With --with-contents, records of merged universities that have the same name are merged too (people also by e-mail address or number), and links between them. Values of the kept records stay, and the values that are lost are listed.',
    ],
    examples: [
      'frames records merge --workspace W team_1 team_2 --also team_3 --dry-run',
      'frames records merge --workspace W univ_1 univ_2 --with-contents',
    ],
    parameters: {
      keep: field('entities.merge', 'keep', 'KEEP', 'Id of the record to keep'),
      other: requiredText('OTHER', 'Id of a duplicate'),
    },
    options: {
      also: list('ID', 'Another duplicate'),
      'with-contents': flag('Merge the matching records of universities too'),
      except: list('ID', 'Matching record to leave out, by the id of the record that would be deleted'),
    },
    input: async ({ keep, other, also, except, 'with-contents': contents }, { client }) => {
      const { type } = await client.entities.find({ id: keep });
      if (contents && type !== 'university')
        throw new UsageError('--with-contents is only for universities.');
      return { type, others: [other, ...also], contents, except: [...except] };
    },
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
