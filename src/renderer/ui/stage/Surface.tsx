import { useId, useLayoutEffect, useRef, useState } from 'react';
import type { ComponentProps, ElementType, KeyboardEvent, RefObject, SyntheticEvent } from 'react';

interface SurfaceProps {
  kind: 'application' | 'grid' | 'img';
  label: string;
  help?: string;
  /** Returns whether the key was used. */
  onKey?: (event: KeyboardEvent) => boolean;
  /** The element under the pointer or with the focus; null when the pointer leaves. */
  onPoint?: (target: Element | null) => void;
}

type Props<E extends 'div' | 'svg'> = SurfaceProps & { as: E } & Omit<ComponentProps<E>, keyof SurfaceProps>;

/** A labelled drawing or grid that handles keys: itself, or the one of its elements with `tabIndex` 0, has the focus. */
export function Surface<E extends 'div' | 'svg'>({
  as,
  kind,
  label,
  help,
  onKey,
  onPoint,
  ...rest
}: Props<E>) {
  const id = useId();
  const Element = as as ElementType;
  const reportTarget = ({ target }: SyntheticEvent): void => onPoint?.(target as Element);
  return (
    <>
      {help !== undefined && (
        <p id={id} className="unseen">
          {help}
        </p>
      )}
      <Element
        data-surface
        role={kind}
        aria-label={label}
        aria-describedby={help === undefined ? undefined : id}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.defaultPrevented || !onKey?.(event)) return;
          event.preventDefault();
          event.stopPropagation();
        }}
        // Not `mouseover`, which also comes when content scrolls under a resting pointer.
        onMouseMove={reportTarget}
        onMouseLeave={() => onPoint?.(null)}
        onFocus={reportTarget}
        {...rest}
      />
    </>
  );
}

const activeSelector = '[tabindex="0"]';

/** Focuses the active element of a surface without scrolling. Returns whether it is rendered. */
export function focusActiveElement(surface: Element | null): boolean {
  const element = surface?.querySelector<HTMLElement>(activeSelector);
  element?.focus({ preventScroll: true });
  return Boolean(element);
}

export function focusSurface(container: Element | null): void {
  const surface = container?.querySelector<HTMLElement>('[data-surface]');
  (surface?.querySelector<HTMLElement>(activeSelector) ?? surface)?.focus();
}

/** The active item of a surface. `moveTo` also focuses its element, as soon as that is rendered; `setActive` does not. */
export function useActive<T>(surface: RefObject<Element | null>, initialItem: T, isFocused = false) {
  const [current, setActive] = useState(initialItem);
  const mustFocus = useRef(isFocused);
  // Runs before the next key is handled, which starts from the focused element.
  useLayoutEffect(() => {
    if (mustFocus.current && focusActiveElement(surface.current)) mustFocus.current = false;
  });
  const moveTo = (next: T): void => {
    mustFocus.current = true;
    setActive(next);
  };
  return { current, setActive, moveTo };
}
