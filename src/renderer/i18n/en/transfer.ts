/** Texts of the transfer feature. */
export default {} as const;
