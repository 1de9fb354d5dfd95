import { Button } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { listOf } from '#shared/address/view.ts';
import type { LinkProposal, LinkProposals } from '#shared/contract/contacts.ts';
import { changeVerdict } from '#shared/domain/permissions.ts';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
import { queryFor } from '../../stores/queries.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { permissionText } from '../../text/faults.ts';
import { formatDay } from '../../text/formats.ts';
import { typeNames } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { Page } from '../../ui/Page.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { useBusy } from '../../ui/useBusy.ts';
import { ProposalTable } from './ProposalTable.tsx';

/** The list shows at most this many proposals; the others appear after these are applied. */
const maxProposals = 200;

/** By the key of a proposal, the reason why the actor is not allowed to apply it; allowed proposals are omitted. */
function useRefusals(proposals: readonly LinkProposal[]): ReadonlyMap<string, string> {
  const me = useMe();
  return new Map(
    proposals.flatMap(({ key, from, to }) => {
      if (!me) return [];
      const verdict = changeVerdict(me, {
        type: 'interface',
        universities: [from.university, to.university],
      });
      return verdict.allowed ? [] : [[key, permissionText(verdict.rule)]];
    }),
  );
}

function Summary({ proposals, period, contacts, used, undated, upcoming }: LinkProposals) {
  const { t } = useTexts('contacts');
  if (!period) return null;
  return (
    <section>
      <p className="lead">{t('lead', { count: proposals.length })}</p>
      <p className="dim">
        {t('basis', {
          count: used,
          all: contacts,
          from: formatDay(period.from),
          to: formatDay(period.to),
        })}
        {undated > 0 && ` ${t('undated', { count: undated })}`}
        {upcoming > 0 && ` ${t('upcoming', { count: upcoming })}`} {t('rule')}
      </p>
    </section>
  );
}

export default function ProposalsView() {
  const { t } = useTexts('contacts');
  const readOnlyReason = useReadOnlyReason();
  const [deselected, setDeselected] = useState<ReadonlySet<string>>(new Set());
  const query = useQuery(queryFor('contacts.proposals', {}));
  const { data, refetch } = query;
  const shownProposals = data?.proposals.slice(0, maxProposals) ?? [];
  const refusals = useRefusals(shownProposals);
  const selected = shownProposals.filter(({ key }) => !deselected.has(key) && !refusals.has(key));
  const [isApplying, apply] = useBusy(async () => {
    await reportErrors(async () => {
      if (!data) return;
      const keys = selected.map(({ key }) => key);
      const { op_id } = await whileSaving(async () =>
        awaitResult(api.contacts.applyProposals({ keys, seen: data.head }), () => {}),
      );
      notice({ ...undoAction(op_id), title: t('applied', { count: keys.length }) });
    });
    await refetch();
  });
  return (
    <Page
      title={t('title')}
      width="form"
      actions={
        shownProposals.length > 0 && (
          <Button
            variant="filled"
            loading={isApplying}
            disabled={readOnlyReason !== null || selected.length === 0}
            title={readOnlyReason ?? ''}
            onClick={apply}
          >
            {t('apply', { count: selected.length })}
          </Button>
        )
      }
    >
      <QueryView
        query={query}
        label={t('title')}
        isEmpty={({ contacts }) => contacts === 0}
        empty={
          <EmptyState icon={IconMessages} text={t('empty')}>
            <Button onClick={() => navigate({ kind: 'import' })}>{t('import')}</Button>
          </EmptyState>
        }
      >
        {(result) => (
          <>
            <Summary {...result} />
            {shownProposals.length > 0 ? (
              <ProposalTable
                proposals={shownProposals}
                deselected={deselected}
                refusals={refusals}
                onDeselect={setDeselected}
              />
            ) : (
              <p>
                <Button onClick={() => navigate(listOf('contact'))}>{typeNames('contact')}</Button>
              </p>
            )}
            {result.proposals.length > shownProposals.length && (
              <p className="dim">{t('more', { count: result.proposals.length - shownProposals.length })}</p>
            )}
          </>
        )}
      </QueryView>
    </Page>
  );
}
