import type { DuplicatePairs, MergedRecords } from '#shared/contract/merge.ts';
import { field, list, needed } from '../args/option.ts';
import { command } from '../command.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { tableLines } from '../output/table.ts';
import { dryRun, operation } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount } from '../words.ts';
import { onMoment, onWorkspace, withWorkspace } from '../workspace.ts';

const mergedLines = ({ dry, links, references, problems, op_id, ...done }: MergedRecords): string[] => [
  `${dry ? 'Would merge' : 'Merged'} the records: ${changesText(done)}.`,
  `  links moved: ${links.moved}, dropped as the same or between merged records: ${links.dropped}; other references moved: ${references}`,
  ...(links.parallel > 0
    ? [`  ${amount(links.parallel, 'moved link')} beside another between the same records that differs.`]
    : []),
  ...problemLines(problems),
  ...(op_id === null ? [] : ['"frames undo" undoes it.']),
];

const merge = command({
  path: ['records', 'merge'],
  summary: 'Merge records that are the same: links and references move to the one that stays',
  details: [
    'A field keeps what the one that stays holds; what it does not hold it takes from the others. They are deleted. "frames undo" undoes all of it.',
  ],
  examples: ['frames records merge --workspace W team_1 team_2 --also team_3 --dry-run'],
  operation: 'entities.merge',
  parameters: {
    keep: needed('KEEP', 'Id of the record that stays'),
    other: needed('OTHER', 'Id of a record that is the same'),
  },
  options: { ...onWorkspace, also: list('ID', 'Another that is the same'), ...dryRun, yes },
  async run(context, given) {
    const { keep, other, also } = given;
    await withWorkspace(context, given, 'records merge', async ({ client }) => {
      const { type } = await client.entities.find({ id: keep });
      return previewAndApply(context, given, {
        run: (dry, seen) =>
          client.entities.merge(
            { type, keep, others: [other, ...also], dry, seen: seen?.head },
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
    summary: 'Records of one type and university whose names are alike',
    examples: ['frames records duplicates --workspace W --type team'],
    on: onMoment,
    options: {
      type: field('entities.duplicates', 'type', 'TYPE', 'Only records of this type'),
      limit: field('entities.duplicates', 'limit', 'N', 'At most so many pairs'),
    },
    show: ({ pairs, count }) => [
      `${amount(count, 'pair')} may be the same.`,
      ...tableLines<(typeof pairs)[number]>(
        [
          { title: 'TYPE', cell: ({ type }) => type },
          { title: 'RECORD', cell: ({ one }) => withDependants(one) },
          { title: 'OTHER', cell: ({ other }) => withDependants(other) },
        ],
        pairs,
      ),
    ],
  }),
];
