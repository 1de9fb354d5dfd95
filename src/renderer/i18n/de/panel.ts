import type en from '../en/panel.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Der Detailbereich eines Datensatzes. */
export default {
  close: 'Detailbereich schließen (Esc)',
  resize: 'Breite des Detailbereichs',
  tab: {
    details: 'Details',
    members: 'Mitglieder',
    history: 'Verlauf',
  },
  about: 'Öffnen:',
  more: 'Mehr zu diesem Datensatz',
  alone: { inList: 'In {{list}} anzeigen' },
  openElsewhere_one: '{{names}} hat diesen Datensatz geöffnet',
  openElsewhere_other: '{{names}} haben diesen Datensatz geöffnet',
  deletedNote: 'Sie können ihn mit seinen Verbindungen wiederherstellen.',
  other: 'Weitere Felder',
  otherTip: 'Felder, die FRAMES nicht kennt; sie bleiben unverändert.',
  notThen: 'Diesen Datensatz gab es zu diesem Zeitpunkt noch nicht.',
  required: 'erforderlich',
  overwritten: {
    title: '{{field}} wurde auch von jemand anderem geändert',
    by: '{{who}} hatte „{{value}}“ eingetragen; Ihr Wert ist gespeichert.',
    unknown: 'Vorher war „{{value}}“ eingetragen; Ihr Wert ist gespeichert.',
  },
  draft: {
    lost: 'Nicht gespeichert: Verbindung verloren. FRAMES speichert, sobald sie wieder da ist.',
    note_one: 'Eine nicht gespeicherte Änderung wurde wiederhergestellt.',
    note_other: '{{count}} nicht gespeicherte Änderungen wurden wiederhergestellt.',
  },
  same: {
    name: 'Möglicherweise doppelt: {{type}} mit diesem Namen existiert schon.',
    link: 'Möglicherweise doppelt: Diese beiden sind schon verbunden.',
  },
  create: {
    action: '{{type}} erstellen',
    missing: 'Erforderlich: {{fields}}.',
    untouched: 'Füllen Sie zuerst ein Feld aus.',
    kept: 'Ihr Entwurf ist noch da.',
    startOver: 'Von vorn beginnen',
  },
  list: {
    add: 'Hinzufügen…',
    remove: '{{name}} entfernen',
  },
  usualShare: 'üblich {{share, number}}',
  lookup: {
    use: '„{{text}}“ verwenden',
    unknown: 'Kein Datensatz heißt „{{text}}“. Wählen Sie einen aus der Liste oder drücken Sie Esc.',
  },
  members: {
    inList_one: '{{what}} in der Liste anzeigen',
    inList_other: 'Alle {{what}} in einer Liste anzeigen',
  },
  endsKind: {
    are: 'Verbindet „{{from}}“ und „{{to}}“.',
    both: 'Verbindet zwei {{types}}.',
    set: '„{{kind}}“ eintragen',
  },
  links: {
    empty: 'Noch keine Verbindungen.',
    add: 'Verbindung hinzufügen',
    with: 'Mit',
    choose: 'Datensatz wählen',
    direction: 'Richtung',
    out: 'Von hier',
    in: 'Hierher',
    begun: 'Diese Verbindung ist noch nicht gespeichert.',
    deleted: 'Dieser Datensatz ist gelöscht. Stellen Sie ihn zuerst wieder her oder brechen Sie ab.',
    open: 'Verbindung öffnen',
    openOther: '„{{title}}“ öffnen',
    menu: 'Mehr zur Verbindung mit „{{title}}“',
    delete: 'Verbindung löschen',
    more: 'Die ersten {{count, number}} Verbindungen.',
  },
  history: {
    more: 'Frühere Änderungen anzeigen',
    openAll: 'Im Verlauf anzeigen',
    menu: 'Aktionen für diese Änderung',
    undoWhole: 'Änderung an {{count, number}} Datensätzen rückgängig machen',
    held: 'Inhalt',
    link: {
      create: 'Mit „{{title}}“ verbunden',
      update: 'Verbindung mit „{{title}}“ geändert',
      delete: 'Verbindung mit „{{title}}“ gelöscht',
      restore: 'Verbindung mit „{{title}}“ wiederhergestellt',
      moved_here: 'Verbindung mit „{{title}}“ hierher verschoben',
      moved_away: 'Verbindung mit „{{title}}“ verschoben',
    },
  },
} satisfies Translation<typeof en>;
