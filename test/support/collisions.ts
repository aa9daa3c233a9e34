/** Names of symbols that the scan's hash cannot tell apart, as somebody could make them who means harm. */

/** Eight letters; each bit of `choice` changes one in the first four and the one in the last four that makes up for it. */
function block(choice: number): string {
  const letters = [...'BBBBxxxx'].map((letter) => letter.charCodeAt(0));
  const flip = (at: number, bits: number): void => {
    letters[at] = (letters[at] as number) ^ bits;
  };
  for (let i = 0; i < 4; i++) {
    if ((choice >> (2 * i)) & 1) {
      flip(i, 1);
      flip(4 + i, 32);
    }
    if ((choice >> (2 * i + 1)) & 1) {
      flip(i, 8);
      flip(4 + ((i + 1) % 4), 1);
    }
  }
  return String.fromCharCode(...letters);
}

/** The name of that number, of 65,536. */
export const collidingName = (number: number): string => block(number >> 8) + block(number & 255);
