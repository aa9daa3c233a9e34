/** Parsed input must never reach a prototype: with these frozen, a write that tries throws. */
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);
