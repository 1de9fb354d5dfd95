import { notice } from '../../ui/notices.tsx';

/** Says why a link leads nowhere here. */
export function refuse(title: string, more: string): null {
  notice({ id: 'link', title, more, stays: 15_000 });
  return null;
}
