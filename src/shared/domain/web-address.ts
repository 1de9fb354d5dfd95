/** Whether a text is an address that a browser opens: http or https, without spaces, and without a name or password in it. */
export const isWebAddress = (text: string): boolean =>
  /^https?:\/\/(?![^/?#]*@)[^\s/?#]+\S*$/i.test(text.trim());
