/** Whether a text is an http or https address without spaces and credentials. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\/(?![^/?#]*@)[^\s/?#]+\S*$/i.test(text.trim());
