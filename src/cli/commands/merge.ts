import type { DuplicatePairs, MergedRecords } from '#shared/contract/merge.ts';
import { field, list, required } from '../args/option.ts';
import { command } from '../command.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { tableLines } from '../output/table.ts';
import { dryRun, operation } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount, nameOf } from '../phrases.ts';
import { onMoment, onWorkspace, withWorkspace } from '../workspace.ts';

const mergedLines = ({ dry, links, references, problems, op_id, ...changes }: MergedRecords): string[] => [
  `${dry ? 'Would merge' : 'Merged'}: ${changesText(changes)}.`,
  `  links moved: ${links.moved}, redundant links deleted: ${links.dropped}, other references moved: ${references}`,
  ...(links.parallel > 0
    ? [`  ${amount(links.parallel, 'moved link')} parallel to a different link between the same records.`]
    : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['Undo with "frames undo".']),
];

const merge = command({
  path: ['records', 'merge'],
  summary: 'Merge duplicate records into one',
  details: [
    'KEEP takes over the links and references of the others, and values for its empty fields. The others are deleted. Undo with "frames undo".',
  ],
  examples: ['frames records merge --workspace W team_1 team_2 --also team_3 --dry-run'],
  operation: 'entities.merge',
  parameters: {
    keep: required('KEEP', 'Id of the record to keep'),
    other: required('OTHER', 'Id of a duplicate'),
  },
  options: { ...onWorkspace, also: list('ID', 'Another duplicate'), ...dryRun, yes },
  async run(context, args) {
    const { keep, other, also } = args;
    await withWorkspace(context, args, 'records merge', async ({ client }) => {
      const { type } = await client.entities.find({ id: keep });
      return previewAndApply(context, args, {
        run: (dry, preview) =>
          client.entities.merge(
            { type, keep, others: [other, ...also], dry, seen: preview?.head },
            { signal: context.signal },
          ),
        refusal: ({ problems }) => refusalOf(problems),
        lines: mergedLines,
        question: (preview) => `Merge: ${changesText(preview)}?`,
      });
    });
  },
});

const withDependants = ({
  id,
  title,
  dependants: { links, records },
}: DuplicatePairs['pairs'][number]['one']): string =>
  `${title} (${id}; ${amount(links, 'link')}, ${amount(records, 'record')})`;

export const mergeCommands = [
  merge,
  operation({
    path: 'records duplicates',
    operation: 'entities.duplicates',
    summary: 'Find records with similar names',
    examples: ['frames records duplicates --workspace W --type team'],
    on: onMoment,
    options: {
      type: field('entities.duplicates', 'type', 'TYPE', 'Only records of this type'),
      limit: field('entities.duplicates', 'limit', 'N', 'Maximum number of pairs'),
    },
    show: ({ pairs, count }) => [
      count === 0 ? 'No duplicates found.' : `${amount(count, 'possible duplicate')}.`,
      ...(pairs.length === 0
        ? []
        : tableLines<(typeof pairs)[number]>(
            [
              { title: 'Type', cell: ({ type }) => nameOf(type) },
              { title: 'Record', cell: ({ one }) => withDependants(one) },
              { title: 'Similar to', cell: ({ other }) => withDependants(other) },
            ],
            pairs,
          )),
    ],
  }),
];
