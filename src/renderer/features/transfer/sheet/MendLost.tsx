import type { Field } from '#shared/domain/entities.ts';
import { Existing } from './MendReference.tsx';
import { MendText } from './MendText.tsx';
import { KeepIt, Likely } from './MendWays.tsx';
import { readAs } from './tool.ts';
import type { ToolProps } from './tool.ts';

/** What a text says whose letters were lost: as it most likely was, as somebody writes it, or as it stands. */
export function MendLost({ field, ...props }: ToolProps & { field: Field | undefined }) {
  const { value, count, suggestions } = props.problem;
  const named = field?.kind === 'reference';
  return (
    <>
      {suggestions.map((one) => (
        <Likely
          key={one.value}
          label={one.label}
          count={count}
          onUse={() => readAs(props, one.value, named)}
        />
      ))}
      {named && field.to !== undefined && field.to !== 'any' && (
        <Existing types={[field.to]} onUse={(id) => readAs(props, id)} />
      )}
      <MendText {...props} from={value} create={named} />
      <KeepIt {...props} />
    </>
  );
}
