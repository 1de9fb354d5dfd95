/** How the part of an address begins that says where a window besides the first is to be. */
export const anotherMark = '#another=';
