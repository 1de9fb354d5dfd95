import { IconLock } from '@tabler/icons-react';

/** Says before anybody types why the form below is read-only. `id` is what its fields are described by. */
export function LockedNote({ id, why }: { id: string; why: string }) {
  return (
    <div className="panel-note note-plain panel-locked">
      <IconLock size={16} stroke={1.6} aria-hidden />
      <p id={id}>{why}</p>
    </div>
  );
}
