import { useTexts } from '../../../i18n/setup.ts';
import { showPanel } from '../../../stores/address.ts';
import { ActionIcon, Menu, Button } from '@mantine/core';
import {
  IconArrowLeft,
  IconArrowRight,
  IconDots,
  IconLink,
  IconTrash,
  IconAffiliate,
  IconPlus,
} from '@tabler/icons-react';
import type { EntityRecord, RecordRef } from '#shared/contract/record.ts';
import { choiceName, displayTitle, typeName } from '../../../text/names.ts';
import { Loss } from '../../../ui/Loss.tsx';
import { useChangeRefusal, creationRefusal } from '../data/permissions.ts';
import { removeRecords } from '../data/remove.ts';
import { useOpenRecord } from '../data/record.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { windowStore } from '../../../api/window-store.ts';
import { useMe } from '../../../stores/profile.ts';
import { queryFor } from '../../../stores/queries.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { QueryView } from '../../../ui/QueryView.tsx';
import { iconOf } from '../../../ui/icons.ts';
import { MenuAction } from '../../../ui/MenuAction.tsx';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { isNetworkType, showNetworkAround } from '../../../stores/network.ts';
import { draftKeyOf, setDraftField } from '../../../stores/drafts.ts';
import { AddLink, useHasLinkDraft } from './AddLink.tsx';
import type { OtherEnd } from './AddLink.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import styles from './links.module.css';

/** The record for which a new link was requested from outside of its panel; null for none. */
export const useRequestedLink = windowStore<{ id: string | null }>(() => ({ id: null }));

/** Shows a record's links with the form of a new link, optionally with the other record filled in. */
export function askForLink(id: string, other?: OtherEnd): void {
  if (other)
    setDraftField(draftKeyOf.link(id), 'other', { id: other.id, type: other.type, title: other.title });
  useRequestedLink.setState({ id });
  showPanel({ kind: 'record', id, tab: 'links' });
}

function clearLinkRequest(id: string): void {
  useRequestedLink.setState((request) => (request.id === id ? { id: null } : request));
}

interface Props {
  row: { link: EntityRecord; direction: 'out' | 'in'; other: RecordRef | null };
  /** The university of the other record, or ''. Shown because records can have the same name. */
  university: string;
}

function LinkRow({ row: { link, direction, other }, university }: Props) {
  const { t } = useTexts('panel');
  const refusal = useChangeRefusal(link, true);
  const openRecord = useOpenRecord();
  const Arrow = direction === 'out' ? IconArrowRight : IconArrowLeft;
  const bond = link.payload.bond_type;
  // Parallel links have one title.
  const description = typeof link.payload.description === 'string' ? link.payload.description : '';
  const subtitle = [
    other ? typeName(other.type) : '',
    university,
    typeof bond === 'string' ? choiceName(bond) : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
  const title = other ? displayTitle(other.title, other.type) : t('history:action.delete');
  return (
    <li className="row gap-8 small line-below high-42">
      <Loss value={link.payload.energy_loss} withoutNumber />
      <Arrow className="rigid faint" size={14} stroke={1.8} aria-label={t(`links.${direction}`)} />
      <span className="grow stack single start">
        {other ? (
          <span className="full row gap-4">
            <LinkButton
              className={`medium fits ${styles.name} cut`}
              title={t('links.openOther', { title })}
              onClick={() => openRecord(other.type, other.id)}
            >
              {title}
            </LinkButton>
            {description !== '' && (
              <span className="grow dim cut" title={description}>
                {description}
              </span>
            )}
          </span>
        ) : (
          <span className="dim">{title}</span>
        )}
        <span className="tiny faint fits cut" title={subtitle}>
          {subtitle}
        </span>
      </span>
      <span className="rigid dim num">
        {typeof link.payload.energy_loss === 'number' ? `${link.payload.energy_loss} %` : '–'}
      </span>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size={24} aria-label={t('links.menu', { title })}>
            <IconDots size={16} stroke={1.6} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <MenuAction
            icon={IconLink}
            label={t('links.open')}
            onRun={() => openRecord('interface', link.id)}
          />
          <MenuAction
            bad
            icon={IconTrash}
            label={t('links.delete')}
            why={refusal}
            onRun={() => removeRecords([link])}
          />
        </Menu.Dropdown>
      </Menu>
    </li>
  );
}

const maxLinks = 200;

export function LinksTab({ record }: { record: EntityRecord }) {
  const { t } = useTexts('panel');
  const [isFormOpen, setIsFormOpen] = useState(false);
  const isRequested = useRequestedLink(({ id }) => id === record.id);
  const hasDraft = useHasLinkDraft(record.id);
  const isAdding = isFormOpen || isRequested || hasDraft;
  // The request ends when the panel leaves its record.
  useEffect(() => (isRequested ? () => clearLinkRequest(record.id) : undefined), [isRequested, record.id]);
  const query = useQuery(queryFor('entities.links', { id: record.id, limit: maxLinks }));
  const universities = useUniversityNames();
  const isDeleted = record.deleted_at !== null;
  // A profile can add a link if it can change one of its two records, and the other record is not known yet.
  const refusal = creationRefusal(useMe(), 'interface');
  const whyDisabled = isDeleted ? t('links.deleted') : refusal;
  const addButton = (
    <Button
      disabled={whyDisabled !== null}
      {...(whyDisabled === null ? {} : { title: whyDisabled })}
      variant={query.data?.total === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={15} stroke={1.8} />}
      onClick={() => setIsFormOpen(true)}
    >
      {t('links.add')}
    </Button>
  );
  return (
    <QueryView query={query} label={null}>
      {(data) => (
        <div className="stack start gap-12 links">
          {(isDeleted ? hasDraft : isAdding) && (
            <AddLink
              record={record}
              why={whyDisabled}
              canCancel={refusal === null}
              takesFocus={isFormOpen || isRequested}
              onDone={() => {
                setIsFormOpen(false);
                clearLinkRequest(record.id);
              }}
            />
          )}
          {data.total === 0 && !isAdding && (
            <EmptyState icon={iconOf.interface} text={t('links.empty')}>
              {!isDeleted && addButton}
            </EmptyState>
          )}
          {data.total > 0 && (
            <>
              <ul className={`full ${styles.list}`}>
                {data.rows.map((row) => (
                  <LinkRow
                    key={row.link.id}
                    row={row}
                    university={universities.get(row.other?.university_id ?? '') ?? ''}
                  />
                ))}
              </ul>
              {data.total > data.rows.length && (
                <p className="dim">{t('links.more', { count: data.rows.length })}</p>
              )}
              {!isDeleted && !isAdding && addButton}
              {!isDeleted && isNetworkType(record.type) && (
                <Button
                  variant="subtle"
                  leftSection={<IconAffiliate size={15} stroke={1.6} />}
                  onClick={() => showNetworkAround(record.id)}
                >
                  {t('commands:list.network')}
                </Button>
              )}
            </>
          )}
        </div>
      )}
    </QueryView>
  );
}
