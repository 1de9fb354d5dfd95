import type en from '../en/steps.ts';
import type { Translation } from '#shared/shell/translation.ts';

export default {
  command: 'Liste der eigenen Änderungen…',
  title: 'Eigene Änderungen',
  intro: 'Ihre letzten Änderungen. „Rückgängig“ und „Wiederholen“ gehen sie einzeln durch.',
  now: 'Sie sind hier',
  nowNothing: 'Sie sind hier – nichts mehr rückgängig zu machen',
  undoTo_one: 'Rückgängig machen',
  undoTo_other: 'Diese {{count, number}} rückgängig machen',
  redoTo_one: 'Wiederholen',
  redoTo_other: 'Diese {{count, number}} wiederholen',
  others: 'von {{who}} – nur dieses Profil kann es rückgängig machen',
  gone: 'nichts mehr rückgängig zu machen',
  passed: 'übersprungen',
  empty: 'Sie haben diesen Arbeitsbereich noch nicht geändert.',
  more: 'Ältere Änderungen stehen im Verlauf.',
  openHistory: 'Verlauf öffnen',
  didUndo_one: '{{count, number}} Änderung rückgängig gemacht',
  didUndo_other: '{{count, number}} Änderungen rückgängig gemacht',
  didRedo_one: '{{count, number}} Änderung wiederholt',
  didRedo_other: '{{count, number}} Änderungen wiederholt',
  stopped: 'Wie gewünscht angehalten.',
} satisfies Translation<typeof en>;
