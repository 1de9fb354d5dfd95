/** Texts of the profiles feature. */
export default {} as const;
