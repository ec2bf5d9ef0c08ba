/** TLS encrypts, and so copies, all that it is given: this much of a body at a time, the next when it was taken. */
export const tlsPieceBytes = 65_536;
