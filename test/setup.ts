/** Parsed input must never reach a prototype: with these frozen, a write that tries throws. */

// Libraries may give objects of their own a toString, which a frozen data property would forbid them.
const { toString: original } = Object.prototype;
Object.defineProperty(Object.prototype, 'toString', {
  get: () => original,
  set(this: object, value: unknown) {
    if (this === Object.prototype) throw new TypeError('a write to Object.prototype');
    Object.defineProperty(this, 'toString', { value, writable: true, configurable: true, enumerable: true });
  },
});
Object.freeze(Object.prototype);
Object.freeze(Array.prototype);
