import { Menu } from '@mantine/core';
import { IconPlus, IconUserEdit, IconPencil } from '@tabler/icons-react';
import type { Profile } from '#shared/contract/workspace.ts';
import { useTexts } from '../../i18n/setup.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { useActor, useReadOnlyReason } from '../../stores/profile.ts';
import { RecordName } from '../../ui/RecordName.tsx';
import { addProfile, changeProfile } from './ProfileForm.tsx';
import { initialsOf, actAsProfile, useProfiles, renameMe } from './profiles.ts';
import { roleName } from '../../text/names.ts';
import type { Command } from '../../commands/command.ts';
import { enabledUnless, keywordsOf } from '../../commands/command.ts';
import { useCommands } from '../../commands/registry.ts';
import { permissionText } from '../../text/faults.ts';
import styles from './profiles.module.css';

/** Commands for one profile are not in menus, because each label has the profile's name. */
const commandBase = { group: 'file', menu: false } as const;

function useProfileCommands(me: Profile | undefined, profiles: readonly Profile[]): void {
  const { t } = useTexts('profiles');
  const readOnlyReason = useReadOnlyReason();
  useCommands(() => {
    if (!me) return [];
    const isAdmin = me.role === 'admin' && readOnlyReason === null;
    const adminOnly = enabledUnless(
      readOnlyReason ?? (isAdmin ? null : permissionText('profiles_need_admin')),
    );
    const actAsCommand = ({ id, name }: Profile): Command => {
      return {
        ...commandBase,
        id: `profile.as.${id}`,
        label: t('form.act', { name }),
        run: () => actAsProfile(id),
      };
    };
    const editCommand = ({ id, name }: Profile): Command => ({
      ...commandBase,
      id: `profile.change.${id}`,
      label: t('change.one', { name }),
      keywords: keywordsOf({ id: 'profile.change' }),
      run: () => changeProfile(id),
    });
    return [
      {
        id: 'profile.rename',
        group: 'file',
        label: `${t('rename.title')}…`,
        icon: IconPencil,
        ...enabledUnless(readOnlyReason),
        run: () => renameMe(me),
      },
      { id: 'profile.add', group: 'file', label: `${t('form.title')}…`, ...adminOnly, run: addProfile },
      {
        id: 'profile.change',
        group: 'file',
        label: t('change.command'),
        ...adminOnly,
        run: () => changeProfile(),
      },
      ...profiles.filter(({ id }) => id !== me.id).map(actAsCommand),
      ...(isAdmin ? profiles.map(editCommand) : []),
    ];
  }, [t, me, profiles, readOnlyReason]);
}

function Badge({ name }: { name: string }) {
  return (
    <span className={`rigid strong accent on-accent ${styles.badge}`} aria-hidden>
      {initialsOf(name)}
    </span>
  );
}

function ProfileFacts({ profile }: { profile: Profile }) {
  return (
    <span className={`stack shrink small ${styles.facts}`}>
      <span className={`${styles.name} cut`}>{profile.name}</span>
      <span className="dim cut">
        {roleName(profile.role)}
        {profile.university_id !== null && (
          <>
            {' · '}
            <RecordName id={profile.university_id} isPlain />
          </>
        )}
      </span>
    </span>
  );
}

/** The acting profile in the title bar: its permissions, switching, adding and editing profiles. */
export default function ProfileMenu() {
  const { t } = useTexts('profiles');
  const me = useActor();
  const readOnlyReason = useReadOnlyReason();
  const profiles = useProfiles();
  const otherProfiles = profiles.filter(({ id }) => id !== me?.id);
  useProfileCommands(me, profiles);
  if (!me) return <span className={`rigid strong accent on-accent ${styles.badge} on-hover`} />;
  const isAdmin = me.role === 'admin' && readOnlyReason === null;
  const label = t('button', { name: me.name });
  return (
    <Menu position="bottom-end" width={296}>
      <Menu.Target>
        <button type="button" className={`inline pointer ${styles.button}`} aria-label={label} title={label}>
          <Badge name={me.name} />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t('records:one.profile')}>
        <div className={`row gap-8 ${styles.me}`}>
          <Badge name={me.name} />
          <ProfileFacts profile={me} />
        </div>
        <p className="tiny dim px-8 pt-4 pb-8" role="none">
          {roleName(me.role)}: {t(`may.${me.role}`)}
        </p>
        <CommandItem id="profile.rename" />
        {otherProfiles.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('switchTo')}</Menu.Label>
            <div className="scroll-y most-280">
              {otherProfiles.map((profile) => (
                <Menu.Item
                  key={profile.id}
                  leftSection={<Badge name={profile.name} />}
                  onClick={() => void actAsProfile(profile.id)}
                >
                  <ProfileFacts profile={profile} />
                </Menu.Item>
              ))}
            </div>
          </>
        )}
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconPlus size={15} stroke={1.6} />}
          disabled={!isAdmin}
          onClick={() => addProfile()}
        >
          {`${t('form.title')}…`}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUserEdit size={15} stroke={1.6} />}
          disabled={!isAdmin}
          onClick={() => changeProfile()}
        >
          {t('change.command')}
        </Menu.Item>
        {!isAdmin && (
          <p className="tiny dim px-8 pt-4 pb-8" role="none">
            {readOnlyReason ?? t('denied', { name: me.name })}
          </p>
        )}
        <Menu.Divider />
        <p className="tiny dim px-8 pt-4 pb-8" role="none">
          {t('note')}
        </p>
        <Menu.Divider />
        {['file.preferences', 'help.terms'].map((id) => (
          <CommandItem key={id} id={id} showsKeys />
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
