/** Counts what a suite found, one line each, and ends with the line that .ci/run adds up. */

export function createTally() {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  return {
    expect(what, holds, detail = '') {
      if (holds) passed++;
      else failed++;
      console.log(`${holds ? 'ok' : 'FAILED'}: ${what}${holds ? '' : ` ${detail}`}`);
    },
    /** Something that cannot be tried on this machine. */
    skip(what) {
      skipped++;
      console.log(`SKIPPED: ${what}`);
    },
    end() {
      console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
      process.exitCode = failed > 0 ? 1 : 0;
    },
  };
}
