/** Texts of the home feature. */
export default {} as const;
