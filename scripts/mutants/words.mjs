/** The words of vitest that the tests use, with vitest's own `expect`: enough to collect tests and to run them one by one. */
import { format } from 'node:util';
import {
  ASYMMETRIC_MATCHERS_OBJECT,
  chai,
  GLOBAL_EXPECT,
  getState,
  JestAsymmetricMatchers,
  JestChaiExpect,
  JestExtend,
  setState,
} from '@vitest/expect';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

const expect = (value, message) => chai.expect(value, message);
Object.defineProperty(globalThis, GLOBAL_EXPECT, { value: expect, writable: true, configurable: true });
Object.assign(expect, chai.expect, globalThis[ASYMMETRIC_MATCHERS_OBJECT]);
expect.getState = () => getState(expect);
expect.setState = (state) => setState(state, expect);
expect.setState({
  assertionCalls: 0,
  isExpectingAssertions: false,
  expectedAssertionsNumber: null,
  environment: 'node',
});

let suite;

const suiteIn = (parent, name, isSkipped) => ({
  parent,
  name,
  isSkipped,
  tests: [],
  before: [],
  after: [],
  beforeEach: [],
  afterEach: [],
});

/** The tests that `load` declares; ids are unique and the same each time. */
export function collect(file, load) {
  const top = suiteIn(undefined, file, false);
  const all = [];
  top.all = all;
  suite = top;
  load();
  const seen = new Map();
  for (const test of all) {
    const count = (seen.get(test.id) ?? 0) + 1;
    seen.set(test.id, count);
    test.file = file;
    if (count > 1) test.id += ` (${count})`;
  }
  return all;
}

function describe(isSkipped, name, body) {
  const outer = suite;
  suite = suiteIn(outer, `${outer.name} > ${name}`, isSkipped || outer.isSkipped);
  suite.all = outer.all;
  try {
    body();
  } finally {
    suite = outer;
  }
}

function it(isSkipped, name, body) {
  suite.all.push({
    id: `${suite.name} > ${name}`.slice(0, 200),
    suite,
    run: body,
    isSkipped: isSkipped || suite.isSkipped,
  });
}

/** What a title tells of a value. */
const shortly = (value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? '{}' : value);

/** `word(name, …)` with `each`, `skipIf`, `runIf`; what stands behind the body, a time limit, is left alone. */
function withVariants(word) {
  const variants = (isSkipped) => {
    const plain = (name, ...rest) =>
      word(
        isSkipped,
        name,
        rest.findLast((each) => typeof each === 'function'),
      );
    plain.each = (rows) => (name, body) => {
      for (const row of rows) {
        const given = Array.isArray(row) ? row : [row];
        word(isSkipped, format(name, ...given.map(shortly)), () => body(...given));
      }
    };
    return plain;
  };
  const result = variants(false);
  result.skipIf = (condition) => variants(Boolean(condition));
  result.runIf = (condition) => variants(!condition);
  return result;
}

/** Runs what stands around tests: once for a suite, before its first test and behind the last of all. */
export function hooksOf() {
  const begun = new Set();
  const chain = ({ suite }) => {
    const suites = [];
    for (let each = suite; each !== undefined; each = each.parent) suites.unshift(each);
    return suites;
  };
  return {
    before: async (test) => {
      for (const each of chain(test)) {
        if (!begun.has(each)) {
          begun.add(each);
          for (const hook of each.before) await hook();
        }
      }
      for (const each of chain(test)) for (const hook of each.beforeEach) await hook();
    },
    after: async (test) => {
      for (const each of chain(test).reverse()) for (const hook of each.afterEach) await hook();
    },
    end: async () => {
      for (const each of [...begun].reverse()) for (const hook of each.after) await hook();
    },
  };
}

const stubbed = new Map();

export const words = {
  describe: withVariants(describe),
  it: withVariants(it),
  expect,
  beforeAll: (hook) => suite.before.push(hook),
  afterAll: (hook) => suite.after.push(hook),
  beforeEach: (hook) => suite.beforeEach.push(hook),
  afterEach: (hook) => suite.afterEach.push(hook),
  vi: {
    resetModules: () => {},
    stubGlobal: (name, value) => {
      if (!stubbed.has(name)) stubbed.set(name, globalThis[name]);
      globalThis[name] = value;
    },
    unstubAllGlobals: () => {
      for (const [name, value] of stubbed) globalThis[name] = value;
      stubbed.clear();
    },
  },
};
