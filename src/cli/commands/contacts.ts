import type { LinkProposal, LinkProposals, ProposalsApplied } from '#shared/contract/contacts.ts';
import { field, list } from '../args/option.ts';
import { command } from '../command.ts';
import { changesText, problemLines, refusalOf } from '../output/differences.ts';
import { tableLines } from '../output/table.ts';
import { dryRun, operation } from '../operation.ts';
import { previewAndApply } from '../plan.ts';
import { yes } from '../prompts.ts';
import { amount, labelOf } from '../phrases.ts';
import { onMoment, onWorkspace, withWorkspace } from '../workspace.ts';

const since = field(
  'contacts.proposals',
  'since',
  'DATE',
  'First day; default: a year before the newest contact',
);

const bondOf = ({ bond, loss }: { bond: string | null; loss: number | null }): string =>
  [bond === null ? 'no bond' : labelOf(bond), ...(loss === null ? [] : [`${loss} %`])].join(', ');

const changeOf = ({ strength, bearers }: LinkProposal): string =>
  [
    ...(strength
      ? [strength.before ? `${bondOf(strength.before)} → ${bondOf(strength.after)}` : bondOf(strength.after)]
      : []),
    ...(bearers
      ? [
          `bearers: ${bearers
            .filter(({ isNew }) => isNew)
            .map(({ title, contacts }) => `${title} (${contacts})`)
            .join(', ')}`,
        ]
      : []),
  ].join('; ');

const proposalLines = ({ proposals, period, contacts, used, undated, upcoming }: LinkProposals): string[] => [
  period === null
    ? `No dated contacts (${amount(contacts, 'contact')}).`
    : `${amount(proposals.length, 'proposal')} from ${used} of ${amount(contacts, 'contact')}, ${period.from} to ${period.to}${undated > 0 ? `; ${undated} without a date` : ''}${upcoming > 0 ? `; ${upcoming} in the future` : ''}.`,
  ...(proposals.length === 0
    ? []
    : tableLines<LinkProposal>(
        [
          { title: 'Key', cell: ({ key }) => key },
          {
            title: 'Link',
            cell: ({ from, to, link }) => `${from.title} → ${to.title}${link === null ? ' (new)' : ''}`,
          },
          { title: 'Change', cell: changeOf },
          {
            title: 'Contacts',
            cell: ({ contacts: count, months, last }) =>
              `${count} in ${amount(months, 'month')}, last ${last}`,
          },
        ],
        proposals,
      )),
];

const appliedLines = ({ dry, problems, op_id, ...changes }: ProposalsApplied): string[] => [
  `${dry ? 'Would apply' : 'Applied'} proposals from contacts: ${changesText(changes)}.`,
  ...problemLines(problems),
  ...(op_id === null ? [] : ['Undo with "frames undo".']),
];

const apply = command({
  path: ['contacts', 'apply'],
  summary: 'Apply what contacts propose: missing links, bearers and stronger bonds',
  details: ['One change; undo with "frames undo".'],
  examples: [
    'frames contacts apply --workspace W --dry-run',
    'frames contacts apply --workspace W --key link_1',
  ],
  operation: 'contacts.applyProposals',
  parameters: {},
  options: { ...onWorkspace, since, key: list('KEY', 'Only this proposal'), ...dryRun, yes },
  async run(context, args) {
    const { since: from, key } = args;
    const chosen = {
      ...(from === undefined ? {} : { since: from }),
      ...(key.length > 0 ? { keys: [...key] } : {}),
    };
    await withWorkspace(context, args, 'contacts apply', ({ client }) =>
      previewAndApply<ProposalsApplied>(context, args, {
        run: (dry, preview) =>
          client.contacts.applyProposals(
            { ...chosen, dry, ...(preview ? { seen: preview.head } : {}) },
            { signal: context.signal },
          ),
        refusal: ({ problems }) => refusalOf(problems),
        lines: appliedLines,
        question: (preview) =>
          preview.records.length > 0 ? `Apply proposals from contacts: ${changesText(preview)}?` : null,
      }),
    );
  },
});

export const contactCommands = [
  operation({
    path: 'contacts proposals',
    operation: 'contacts.proposals',
    summary: 'Show what contacts propose for links',
    examples: ['frames contacts proposals --workspace W', 'frames contacts proposals --workspace W --json'],
    on: onMoment,
    options: { since },
    show: proposalLines,
  }),
  apply,
];
