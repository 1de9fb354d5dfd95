import type en from '../en/steps.ts';
import type { Translation } from '#shared/shell/translation.ts';

/** Die Liste der letzten eigenen Änderungen, um mehrere auf einmal zurückzunehmen oder zu wiederholen. */
export default {
  command: 'Schritte rückgängig machen…',
  title: 'Eigene Schritte',
  intro:
    'Die eigenen letzten Änderungen, auch von früheren Tagen. Rückgängig und Wiederholen gehen sie einzeln durch.',
  now: 'Hier stehen Sie',
  nowNothing: 'Hier stehen Sie – nichts Eigenes mehr rückgängig zu machen',
  undoTo_one: 'Rückgängig machen',
  undoTo_other: 'Diese {{count, number}} rückgängig machen',
  redoTo_one: 'Wiederholen',
  redoTo_other: 'Diese {{count, number}} wiederholen',
  undone: 'rückgängig gemacht',
  others: 'durch {{who}} – nur dieses Profil kann es rückgängig machen; der Verlauf zeigt es',
  gone: 'davon ist nichts mehr rückgängig zu machen',
  passed: 'übergangen',
  empty: 'In diesem Arbeitsbereich haben Sie noch nichts geändert.',
  more: 'Hier stehen nur die neuesten. Der Verlauf zeigt alle.',
  openHistory: 'Verlauf öffnen',
  failed: 'Die Liste ließ sich nicht lesen',
  didUndo_one: '{{count, number}} Änderung rückgängig gemacht',
  didUndo_other: '{{count, number}} Änderungen rückgängig gemacht',
  didRedo_one: '{{count, number}} Änderung wiederholt',
  didRedo_other: '{{count, number}} Änderungen wiederholt',
  stopped: 'Hier angehalten, wie gewählt.',
  list: 'Änderungen, die neueste zuerst',
} satisfies Translation<typeof en>;
