/**
 * Loaded with --require before the program: makes the N-th call to the file system fail, once or from then on. KCL_FAULT is
 * `N:CODE:once` or `N:CODE:ever`; CODE is an errno name, or SHORT for a write that takes one byte only. Calls for the program's own
 * files are neither counted nor failed. At the end the number of calls goes to the file that KCL_CALLS names.
 */
const fs = require('node:fs');

const [at, code, how] = (process.env.KCL_FAULT ?? '0::once').split(':');
const own = process.env.KCL_OWN ?? '';
const original = { openSync: fs.openSync, writeSync: fs.writeSync, closeSync: fs.closeSync };
const ownDescriptors = new Set();
let calls = 0;
let failures = 0;

const numbers = { EIO: 5, ENOSPC: 28, EACCES: 13, EROFS: 30, EMFILE: 24, EINTR: 4, EDQUOT: 122 };

function errorOf(name) {
  return Object.assign(new Error(`${code}: injected, ${name}`), { code, errno: -numbers[code], syscall: name });
}

function isOwn(target) {
  if (typeof target === 'number') return ownDescriptors.has(target);
  return typeof target === 'string' && own !== '' && target.startsWith(own);
}

for (const name of [
  'openSync',
  'readSync',
  'writeSync',
  'writeFileSync',
  'readFileSync',
  'closeSync',
  'fstatSync',
  'statSync',
  'lstatSync',
  'readdirSync',
  'realpathSync',
  'renameSync',
  'fsyncSync',
  'fchmodSync',
  'fchownSync',
  'rmSync',
  'unlinkSync',
  'accessSync',
  'mkdirSync',
  'linkSync',
]) {
  const real = fs[name];
  const wrapped = (...args) => {
    const target = args[0];
    if (isOwn(target)) {
      const result = real.apply(fs, args);
      if (name === 'openSync') ownDescriptors.add(result);
      if (name === 'closeSync') ownDescriptors.delete(target);
      return result;
    }
    calls++;
    const isHit = how === 'ever' ? calls >= Number(at) && Number(at) > 0 : calls === Number(at);
    if (!isHit) return real.apply(fs, args);
    // What is said on the way out must be seen.
    if (target === 2) return real.apply(fs, args);
    if (code === 'SHORT') {
      if (name !== 'writeSync' || typeof args[1] === 'string') return real.apply(fs, args);
      failures++;
      const [fd, bytes, offset = 0, length = bytes.length - offset] = args;
      return original.writeSync.call(fs, fd, bytes, offset, Math.min(1, length));
    }
    failures++;
    // A descriptor is gone whatever close says.
    if (name === 'closeSync') real.apply(fs, args);
    throw errorOf(name);
  };
  Object.assign(wrapped, real);
  fs[name] = wrapped;
}

process.on('exit', () => {
  if (process.env.KCL_CALLS === undefined) return;
  const fd = original.openSync.call(fs, process.env.KCL_CALLS, 'w');
  original.writeSync.call(fs, fd, `${calls} ${failures}`);
  original.closeSync.call(fs, fd);
});
