import type { Fault } from '../stores/notices.ts';
import { CopyDetails } from './CopyDetails.tsx';
import { useDescribed } from './useDescribed.ts';

/** What went wrong in its three parts, under what was being done, with all that is copied of it. */
export function FaultWords({ fault: { described, at, doing } }: { fault: Fault }) {
  return (
    <>
      <div>{[doing === undefined ? null : described.title, described.detail].filter(Boolean).join(': ')}</div>
      <div>
        {described.safe} {described.action}
      </div>
      <CopyDetails error={described} at={at} doing={doing} />
    </>
  );
}

/** As `FaultWords`, of what was caught: what it means may turn out later. */
export function Failure({ error, at, doing }: { error: unknown } & Omit<Fault, 'described'>) {
  return <FaultWords fault={{ described: useDescribed(error), at, doing }} />;
}
