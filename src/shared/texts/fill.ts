export type TextValues = Readonly<Record<string, string | number | undefined>>;

/** Fills the placeholders of an English text: `{{name}}`, or `{{count, number}}` for a number with separators. */
export function fill(text: string, values: TextValues): string {
  return text.replaceAll(/\{\{(\w+)(?:, number)?\}\}/g, (_, name: string) => {
    const value = values[name] ?? '';
    return typeof value === 'number' ? value.toLocaleString('en-US') : value;
  });
}

/** The names of the placeholders of a text. */
export type PlaceholderNames<Text> = Text extends `${string}{{${infer Name}}}${infer Rest}`
  ? (Name extends `${infer Bare},${string}` ? Bare : Name) | PlaceholderNames<Rest>
  : never;
