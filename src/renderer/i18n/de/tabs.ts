import type en from '../en/tabs.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  list: 'Offene Tabs',
  listSecond: 'Offene Tabs rechts',
  divider: 'Breite der Teilfenster',
  all: 'Alle offenen Tabs',
  new: 'Neuer Tab',
  newWindow: 'Neues Fenster',
  close: 'Tab schließen',
  closeNamed: '„{{title}}“ schließen',
  closeOthers: 'Andere Tabs schließen',
  reopen: 'Geschlossenen Tab wieder öffnen',
  duplicate: 'Tab duplizieren',
  pin: 'Tab anheften',
  unpin: 'Tab lösen',
  pinned: 'angeheftet',
  next: 'Nächster Tab',
  previous: 'Voriger Tab',
  nth: 'Tab {{number}}',
  last: 'Letzter Tab',
  split: 'Nach rechts teilen',
  join: 'Teilung aufheben',
  otherPane: 'Zum anderen Teilfenster',
  moveAcross: 'Tab ins andere Teilfenster verschieben',
} satisfies Translation<typeof en>;
