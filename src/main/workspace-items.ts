import { isSandboxId } from '#shared/domain/target.ts';
import type { Seat } from '#shared/shell/seat.ts';

type Items = Seat['items'];

/** What was typed for records and is not saved: ids mean other records in another workspace, or none. */
const isDraft = (key: string): boolean => key === 'typing' || /^draft:[^@]+$/.test(key);

/**
 * What of a seat belongs to one workspace: the tabs that are open in it, how its lists are laid out (own fields that are columns here
 * are not there in another), and drafts.
 */
const isOwn = (key: string): boolean => key === 'tabs' || /^columns:[a-z-]+$/.test(key) || isDraft(key);
const laidBy = (key: string, workspace: string): string => `${key}@${workspace}`;

/**
 * The items of a seat when it turns from one workspace to another, each named by an id: what was open in the one is laid by, and what
 * was open in the other is there again. `from` is null where nobody knows which workspace they were of: then they stay.
 */
export function turnItems(items: Items, from: string | null, to: string): Items {
  if (from === null || from === to) return items;
  const turned = Object.entries(items).map(([key, value]): [string, Items[string]] => {
    if (isOwn(key)) return [laidBy(key, from), value];
    const own = key.slice(0, -laidBy('', to).length);
    return [isOwn(own) && laidBy(own, to) === key ? own : key, value];
  });
  return Object.fromEntries(turned);
}

/**
 * Items as a page changes them that belongs to the workspace `of` while the seat has turned to `now`: what it says of its own goes to
 * what is laid by, and never to the workspace that is open.
 */
export function itemsOf<T>(items: Readonly<Record<string, T>>, of: string, now: string): Record<string, T> {
  const entries = Object.entries(items);
  return Object.fromEntries(
    entries.map(([key, value]) => [of !== now && isOwn(key) ? laidBy(key, of) : key, value]),
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
      const mayGo = isOwn(own) && !isDraft(own);
      return of === undefined || !mayGo || laidBy(own, of) !== key || stays(of);
    }),
  );
}
