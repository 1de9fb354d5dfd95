/** The shape of a catalogue with other words: exactly its keys, any text under each. */
export type Translation<Texts> = {
  readonly [Key in keyof Texts]: Texts[Key] extends string ? string : Translation<Texts[Key]>;
};
