/* oxlint-disable jsx-a11y/prefer-tag-over-role, jsx-a11y/no-noninteractive-element-interactions -- a dialog element would be modal or placed by the browser; the card handles keys as a whole */
import { networkOf } from '#shared/address/network.ts';
import { listOf, listWithRecord } from '#shared/address/view.ts';
import type { View } from '#shared/address/view.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../api/client.ts';
import { navigate } from '../../stores/address.ts';
import { notice, reportErrors } from '../../ui/notices.tsx';
import { useEffect, useState, useLayoutEffect, useRef } from 'react';
import { frontPane } from '../../ui/focus.ts';
import { Button, Group } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { endTour, openTourView, showStep, useTour } from './state.ts';
import styles from './tour.module.css';

export interface TourStep {
  id: 'rail' | 'list' | 'panel' | 'network' | 'undo' | 'palette';
  view?: View;
  /** The selector of the target element. The card is centred if no visible element matches. */
  target: string;
  opensFirstRecord?: boolean;
}

export const tourSteps: readonly TourStep[] = [
  { id: 'rail', view: { kind: 'home' }, target: '.rail' },
  { id: 'list', view: listOf('team'), target: '[role="grid"]' },
  { id: 'panel', view: listOf('team'), target: '[data-record-panel]', opensFirstRecord: true },
  { id: 'network', view: networkOf(), target: '.network' },
  { id: 'undo', target: '[data-command="edit.undo"]' },
  { id: 'palette', target: '.search-box' },
];

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

interface Size {
  width: number;
  height: number;
}

const gap = 12;

const clamp = (value: number, max: number): number => Math.max(gap, Math.min(value, max - gap));

/**
 * The position of a card: the first of below, above, right and left of its target that has room; else over the target’s lower right
 * corner. Centred without a target.
 */
export function cardPosition(target: Box | null, card: Size, viewport: Size): { left: number; top: number } {
  if (!target) {
    return { left: (viewport.width - card.width) / 2, top: (viewport.height - card.height) / 2 };
  }
  const right = target.left + target.width;
  const bottom = target.top + target.height;
  const middleTop = target.top + target.height / 2 - card.height / 2;
  const centredLeft = target.left + target.width / 2 - card.width / 2;
  const positionAt = (left: number, top: number) => ({
    left: clamp(left, viewport.width - card.width),
    top: clamp(top, viewport.height - card.height),
  });
  if (bottom + gap + card.height + gap <= viewport.height) return positionAt(centredLeft, bottom + gap);
  if (target.top - gap - card.height >= gap) return positionAt(centredLeft, target.top - gap - card.height);
  if (right + gap + card.width + gap <= viewport.width) return positionAt(right + gap, middleTop);
  if (target.left - gap - card.width >= gap) return positionAt(target.left - gap - card.width, middleTop);
  return positionAt(right - card.width - gap, bottom - card.height - gap);
}

/** Opens the first record of a list, or the plain list if it is empty. */
export async function openFirstRecord(type: EntityType): Promise<void> {
  await reportErrors(async () => {
    const [first] = (await api.entities.list({ type, limit: 1 })).rows;
    navigate(first ? listWithRecord(type, first.id, 'links') : listOf(type));
  });
}

/** Milliseconds between lookups of the target, which appears late and moves with the window. */
const lookupMs = 120;

const findVisible = (root: ParentNode, selector: string): Element | undefined =>
  [...root.querySelectorAll(selector)].find((element) => element.getClientRects().length > 0);

function boxOf(selector: string): Box | null {
  // In split view, searches the front pane first; parts of the window frame are in no pane.
  const element = findVisible(frontPane(), selector) ?? findVisible(document, selector);
  if (!element) return null;
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}

/** The position and size of a target, updated while it moves; null if no visible element matches. */
export function useTarget(selector: string): Box | null {
  const [box, setBox] = useState<Box | null>(null);
  useEffect(() => {
    let lastBoxText = '';
    const updateBox = (): void => {
      const newBox = boxOf(selector);
      const text = JSON.stringify(newBox);
      if (text !== lastBoxText) setBox(newBox);
      lastBoxText = text;
    };
    updateBox();
    const timer = setInterval(updateBox, lookupMs);
    return () => clearInterval(timer);
  }, [selector]);
  return box;
}

function openStep(step: TourStep): void {
  if (step.opensFirstRecord) void openFirstRecord('team');
  else if (step.view) openTourView(step.view);
}

/** A step: a card next to its target. The window stays usable. */
function Step({ index, step }: { index: number; step: TourStep }) {
  const { t } = useTexts('tour');
  const card = useRef<HTMLDivElement>(null);
  const box = useTarget(step.target);
  const [position, setPosition] = useState({ left: 0, top: 0 });
  const isLast = index === tourSteps.length - 1;
  useEffect(() => openStep(step), [step]);
  // The target can take the focus when it appears, but the next key belongs to the card.
  const hasTarget = box !== null;
  useLayoutEffect(() => card.current?.focus(), []);
  useLayoutEffect(() => {
    if (hasTarget) card.current?.focus();
  }, [hasTarget]);
  useLayoutEffect(() => {
    const size = card.current?.getBoundingClientRect();
    if (size) setPosition(cardPosition(box, size, { width: innerWidth, height: innerHeight }));
  }, [box]);
  const finish = (): void => {
    endTour();
    // A person who ends the tour at the first step needs no explanation.
    if (index > 0) notice({ id: 'tour', title: t('doneTitle'), more: t('doneMore') });
  };
  const goForward = (): void => (isLast ? finish() : showStep(index + 1));
  const onKeyDown = (event: KeyboardEvent): void => {
    const direction = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === 'Escape') finish();
    // Enter on a button presses that button.
    else if (event.key === 'Enter' && event.target === event.currentTarget) goForward();
    else if (direction !== undefined && tourSteps[index + direction]) showStep(index + direction);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <>
      {box && <div className={`rounded untouched ${styles.ring}`} style={box} aria-hidden />}
      <div
        ref={card}
        role="dialog"
        aria-labelledby="tour-title"
        aria-describedby="tour-text"
        tabIndex={-1}
        data-keeps-focus
        className={`stack gap-8 small pad-16 on-bg rounded ${styles.card}`}
        style={position}
        onKeyDown={onKeyDown}
      >
        <p className="tiny dim">{t('grid:some', { shown: index + 1, all: tourSteps.length })}</p>
        <h2 id="tour-title">{t(`${step.id}.title`)}</h2>
        <p id="tour-text">{t(`${step.id}.text`)}</p>
        <Group gap={8} mt={8} justify="space-between">
          {!isLast && (
            <Button size="xs" variant="subtle" color="gray" onClick={finish}>
              {t('end')}
            </Button>
          )}
          <Group gap={8} ms="auto">
            {index > 0 && (
              <Button size="xs" onClick={() => showStep(index - 1)}>
                {say('commands:go.back')}
              </Button>
            )}
            <Button variant="filled" size="xs" onClick={goForward}>
              {isLast ? t('done') : t('next')}
            </Button>
          </Group>
        </Group>
      </div>
    </>
  );
}

export default function Tour() {
  const index = useTour((tour) => tour.stepIndex);
  const step = index === null ? undefined : tourSteps[index];
  return step && index !== null ? <Step key={step.id} index={index} step={step} /> : null;
}
