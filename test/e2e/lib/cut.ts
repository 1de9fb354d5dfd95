import type { Page } from '@playwright/test';

interface Cut {
  text: string;
  /** Where it stands: the class or the name of the element. */
  at: string;
}

/** Every text in sight that is cut, with dots or without: it is wider than its place, or has more lines than it may have. */
function cutOn(page: Page): Promise<Cut[]> {
  return page.evaluate(() => {
    const found: Cut[] = [];
    const texts = (element: Element): Node[] =>
      [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());

    /** Whether an ancestor cuts off a part of a text that sticks out of its own element. */
    const sticksOut = (element: Element, text: Node): boolean => {
      const range = document.createRange();
      range.selectNodeContents(text);
      const { left, right } = range.getBoundingClientRect();
      for (let at: Element | null = element; at; at = at.parentElement) {
        const { overflowX, position } = getComputedStyle(at);
        // Inside of it one can scroll to what is cut off.
        if (overflowX === 'auto' || overflowX === 'scroll') return false;
        const box = at.getBoundingClientRect();
        if (overflowX !== 'visible' && (left < box.left - 1 || right > box.right + 1)) return true;
        if (position === 'fixed') return false;
      }
      return false;
    };
    const isCut = (element: Element): boolean => {
      const { overflowX, webkitLineClamp } = getComputedStyle(element);
      const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
      if (webkitLineClamp !== 'none') return scrollHeight > clientHeight + 1;
      if (overflowX !== 'visible' && scrollWidth > clientWidth) return true;
      return texts(element).some((text) => sticksOut(element, text));
    };
    const canvas = document.createElement('canvas').getContext('2d');
    /** The words that stand in an empty field, where there is no room for all of them. */
    const hintCut = (field: HTMLInputElement): boolean => {
      if (!canvas || field.placeholder === '' || field.value !== '') return false;
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      canvas.font = font;
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return canvas.measureText(field.placeholder).width > room;
    };
    /** What is chosen of a list of the system, beside its sign. */
    const choiceCut = (field: HTMLSelectElement): boolean => {
      const chosen = field.selectedOptions[0]?.text;
      if (!canvas || !chosen) return false;
      const { font, paddingLeft, paddingRight } = getComputedStyle(field);
      canvas.font = font;
      const room = field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
      return canvas.measureText(chosen).width > room + 1;
    };
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const shown = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
      // What only a screen reader meets is a pixel wide; the values of records are as long as people made them.
      if (!shown || element.getBoundingClientRect().width < 2) continue;
      if (element.closest('.unseen, [role="gridcell"], svg')) continue;
      const at = element.className || element.tagName.toLowerCase();
      if (element instanceof HTMLInputElement) {
        if (hintCut(element)) found.push({ text: element.placeholder, at });
      } else if (element instanceof HTMLSelectElement) {
        if (choiceCut(element)) found.push({ text: element.selectedOptions[0]?.text ?? '', at });
      } else if (texts(element).length > 0 && isCut(element)) {
        found.push({ text: element.innerText.trim(), at });
      }
    }
    return found;
  });
}

/**
 * Texts of the program that are cut in its window, each with where it stands. Texts with a name that people gave (`own`) in them may
 * be: nobody knows how long those are.
 */
export async function cutTexts(page: Page, own: readonly string[]): Promise<string[]> {
  const given = own.filter((name) => name.length > 3);
  return (await cutOn(page))
    .filter(({ text }) => !given.some((name) => text.includes(name)))
    .map(({ text, at }) => `“${text}” in ${at}`);
}
