import { isSandboxId } from '#shared/domain/target.ts';
import type { Seat } from '#shared/shell/seat.ts';

type Items = Seat['items'];

/** What was typed for records and is not saved: ids mean other records in another workspace, or none. */
const isDraft = (key: string): boolean => key === 'typing' || /^draft:[^@]+$/.test(key);

/** How lists are laid out: own fields that are columns in one workspace are not there in another. */
const isList = (key: string): boolean => /^columns:[a-z-]+$/.test(key);

/** What was begun in the wizard of live; a sandbox says its own in the key. */
const isWizard = (key: string): boolean => key === 'wizard';

/** Of what a seat keeps the tabs and drafts, and of what the layout of lists, each by its id. */
export interface Whose {
  /** Live, a sandbox, or one of them as it was: each has tabs of its own. */
  tabs: string;
  /** The workspace: its lists look the same in its sandboxes and its past. */
  lists: string;
}

/** The id that an item of this key belongs to; null where it is the same wherever one is. */
function ownerOf(key: string, { tabs, lists }: Whose): string | null {
  if (isList(key) || isWizard(key)) return lists;
  return key === 'tabs' || isDraft(key) ? tabs : null;
}
const isTyped = (key: string): boolean => isDraft(key) || isWizard(key);
const isOwn = (key: string): boolean => isList(key) || key === 'tabs' || isTyped(key);
const laidBy = (key: string, owner: string): string => `${key}@${owner}`;

/**
 * The items of a seat when it turns from one place to another: what was open in the one is laid by, and what was open in the other is
 * there again. `from` is null where nobody knows of what they were: then they stay.
 */
export function turnItems(items: Items, from: Whose | null, to: Whose): Items {
  if (from === null) return items;
  const turned = Object.entries(items).map(([key, value]): [string, Items[string]] => {
    const [here, there] = [ownerOf(key, from), ownerOf(key, to)];
    if (here !== null) return [here === there ? key : laidBy(key, here), value];
    const own = key.slice(0, key.lastIndexOf('@'));
    const owner = ownerOf(own, to);
    const comesBack = owner !== null && owner !== ownerOf(own, from) && laidBy(own, owner) === key;
    return [comesBack ? own : key, value];
  });
  return Object.fromEntries(turned);
}

/**
 * Items as a page changes them that is of `of` while the seat has turned to `now`: what it says of its own goes to what is laid by, and
 * never to what is open.
 */
export function itemsOf<T>(items: Readonly<Record<string, T>>, of: Whose, now: Whose): Record<string, T> {
  const entries = Object.entries(items);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const owner = ownerOf(key, of);
      return [owner === null || owner === ownerOf(key, now) ? key : laidBy(key, owner), value];
    }),
  );
}

/** The sandbox that an item belongs to by its own name, as `wizard:sbx_…`. */
function ofSandbox(key: string): string | undefined {
  const last = key.slice(key.lastIndexOf(':') + 1);
  return isSandboxId(last) ? last : undefined;
}

/**
 * The items without what is laid by for workspaces that are not among `known`, by id: nobody comes back to it. What somebody typed stays:
 * a workspace may be opened again from its folder. Without `sandboxes` what belongs to sandboxes stays too: `known` may lack some.
 */
export function letGo(items: Items, known: ReadonlySet<string>, sandboxes = true): Items {
  const stays = (id: string): boolean => known.has(id) || (!sandboxes && id.startsWith('sbx_'));
  return Object.fromEntries(
    Object.entries(items).filter(([key]) => {
      const sandbox = ofSandbox(key);
      if (sandbox !== undefined && !stays(sandbox)) return false;
      const [own = '', of] = key.split('@');
      const mayGo = isOwn(own) && !isTyped(own);
      return of === undefined || !mayGo || laidBy(own, of) !== key || stays(of);
    }),
  );
}
