import { useState } from 'react';
import type { FormEvent } from 'react';
import type { Issue } from '#shared/contract/fault-data.ts';
import { faultData, issueText } from '../text/faults.ts';

export type Problems<Field extends string> = Partial<Record<Field, string>>;

/** The texts of a failed save: at the fields, or one text for the whole form. */
export interface Failures<Field extends string> {
  fields: Problems<Field>;
  formProblem: string | null;
}

/** The texts of refused values by field; null unless each issue belongs to a field. */
export function problemsAtFields<Field extends string>(
  error: unknown,
  fieldOf: (path: string) => Field | undefined,
  textOf = (issue: Issue): string => issueText({ ...issue, path: '' }),
): Problems<Field> | null {
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  const problems: Problems<Field> = {};
  for (const issue of issues) {
    const field = fieldOf(issue.path);
    if (field === undefined) return null;
    problems[field] = textOf(issue);
  }
  return issues.length === 0 ? null : problems;
}

interface Options<Values, Field extends string> {
  initialValues: Values;
  /** Missing and invalid values, in the order of the fields. */
  check: (values: Values) => Problems<Field>;
  failures: Failures<Field>;
  onEdit: () => void;
  save: (values: Values) => void;
}

/** A form with named fields. Submitting invalid values shows their problems and focuses the first field that has one. */
export function useFieldForm<Values extends Record<Field, unknown>, Field extends string>({
  initialValues,
  check,
  failures,
  onEdit,
  save,
}: Options<Values, Field>) {
  const [values, setValues] = useState(initialValues);
  const [isSubmitted, setSubmitted] = useState(false);
  const problems = check(values);
  const errorAt = (field: Field): string | undefined =>
    (isSubmitted ? problems[field] : undefined) ?? failures.fields[field];
  const change = (part: Partial<Values>): void => {
    setValues((previous) => ({ ...previous, ...part }));
    onEdit();
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSubmitted(true);
    const [firstInvalid] = Object.keys(problems);
    if (firstInvalid === undefined) save(values);
    else event.currentTarget.querySelector<HTMLElement>(`[name="${firstInvalid}"]`)?.focus();
  };
  const textField = <Name extends Field>(name: Name) => ({
    name,
    value: values[name],
    error: errorAt(name),
    spellCheck: false,
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) =>
      change({ [name]: value } as Partial<Values>),
  });
  return { values, errorAt, change, onSubmit, textField };
}
