import type { Fact } from '../../../text/act-facts.ts';

/** What an act says of itself, line by line; ids stand back. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  if (facts.length === 0) return null;
  return (
    <dl className="diff-record">
      {facts.map(({ label, value, id }, index) => (
        <div key={`${index} ${label}`}>
          <dt>{label}</dt>
          <dd>
            {value !== '' && <span>{value}</span>}
            {id !== undefined && <code className="fact-id">{id}</code>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
