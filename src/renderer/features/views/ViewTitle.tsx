import {
  IconBookmarkPlus,
  IconDeviceFloppy,
  IconCheck,
  IconChevronDown,
  IconLayoutList,
} from '@tabler/icons-react';
import { useTexts } from '../../i18n/setup.ts';
import { runCommand, useCommand, useRegistry } from '../../commands/registry.ts';
import { useIsPaneFocused } from '../../stores/tabs/store.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { isWorthSaving, useCurrentView, useSaveRefusal } from './current.ts';
import { Menu, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { historyOf, listOf } from '#shared/address/view.ts';
import { networkOf } from '#shared/address/network.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { typeNames } from '../../text/names.ts';
import { navigate } from '../../stores/address.ts';
import type { CurrentView } from './current.ts';
import { leaveSavedView, openSaved } from './open-saved.ts';
import { addressOf } from './saved.ts';
import type { SavableView } from './saved.ts';
import styles from './views.module.css';

export function SaveView() {
  const { t } = useTexts('views');
  const current = useCurrentView();
  const isPaneFocused = useIsPaneFocused();
  const refusal = useSaveRefusal(current?.saved ?? null);
  const id = current?.saved ? 'view.saveChanges' : 'view.save';
  const command = useCommand(id);
  if (!current || !isPaneFocused || refusal !== null || !command || !isWorthSaving(current)) return null;
  return (
    <QuietButton
      icon={current.saved ? IconDeviceFloppy : IconBookmarkPlus}
      title={command.label}
      onClick={() => runCommand(id)}
    >
      {current.saved ? t('saveChangesShort') : `${t('saveTitle')}…`}
    </QuietButton>
  );
}

interface Props {
  name: string;
  children?: ReactNode;
}

const plainViewOf = (view: SavableView): SavableView =>
  view.kind === 'list' ? listOf(view.type) : view.kind === 'history' ? historyOf() : networkOf();

function ViewActions() {
  const commands = useRegistry((registry) => registry.commands);
  const ids = ['saveChanges', 'discard', 'save', 'rename', 'copyLink', 'delete'].map((id) => `view.${id}`);
  const viewCommands = ids.flatMap((id) => commands.find((command) => command.id === id) ?? []);
  return viewCommands
    .filter(({ enabled, why }) => enabled !== false || why !== undefined)
    .map(({ id }) => <CommandItem key={id} id={id} />);
}

function SavedViewItems({ current, name }: { current: CurrentView; name: string }) {
  const { t } = useTexts('views');
  const { groupViews, saved, view } = current;
  const checkMark = (isChecked: boolean) =>
    isChecked ? <IconCheck size={16} stroke={1.8} /> : <span className={styles.unmarked} />;
  return (
    <>
      <Menu.Item
        leftSection={checkMark(saved === null && addressOf(view) === addressOf(plainViewOf(view)))}
        onClick={() => {
          if (saved) leaveSavedView(view, '');
          navigate(plainViewOf(view));
        }}
      >
        {view.kind === 'list' ? t(`grid:all.${view.type}`) : name}
      </Menu.Item>
      <Menu.Label>{typeNames('view')}</Menu.Label>
      {groupViews.length === 0 && <p className={`small dim ${styles.none}`}>{t('views:none')}</p>}
      {groupViews.map((other) => (
        <Menu.Item
          key={other.id}
          leftSection={checkMark(other.id === saved?.id)}
          aria-current={other.id === saved?.id ? 'true' : undefined}
          rightSection={
            <span className={`cut block tiny faint ${styles.owner}`}>
              {other.isMine ? t('views:onlyMe') : other.owner.name}
            </span>
          }
          onClick={() => openSaved(other)}
        >
          {other.name}
        </Menu.Item>
      ))}
    </>
  );
}

/** The title of a view as a menu of saved views and commands; a dot marks a modified view. */
export function ViewTitle({ name, children }: Props) {
  const { t } = useTexts('views');
  const current = useCurrentView();
  const isPaneFocused = useIsPaneFocused();
  if (!current) return <h1 className="cut">{name}</h1>;
  const { saved, isModified, isRemoved } = current;
  const title = saved?.name ?? name;
  return (
    <div className="row shrink gap-8 view-title">
      <Menu width={280} disabled={!isPaneFocused}>
        <h1 className={`flex shrink ${styles.heading}`}>
          <Menu.Target>
            <button
              type="button"
              className={`row shrink gap-8 px-8 rounded ${styles.titleButton}`}
              title={isModified ? t('modifiedTip') : t('records:many.view')}
            >
              {saved && <IconLayoutList size={16} stroke={1.7} className={styles.titleSign} />}
              <span className="cut">{title}</span>
              {isModified && <span className={`rigid round ${styles.dot}`} />}
              {isModified && <VisuallyHidden>{t('modified')}</VisuallyHidden>}
              <IconChevronDown size={15} stroke={1.8} />
            </button>
          </Menu.Target>
        </h1>
        <Menu.Dropdown className="view-menu">
          <SavedViewItems current={current} name={name} />
          <Menu.Divider />
          <ViewActions />
        </Menu.Dropdown>
      </Menu>
      {isRemoved && (
        <span className="pill pill-warn" title={t('goneTip')}>
          {t('gone')}
        </span>
      )}
      {children}
    </div>
  );
}
