/** Breaks text into lines for a terminal. */
/** Breaks `text` at blanks so that no line passes `width`; later lines start behind `margin` blanks. */
export declare function wrap(text: string, margin: number, width: number): string;
