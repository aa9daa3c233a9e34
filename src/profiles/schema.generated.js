// Made by scripts/generate-schemas.mjs.
var __getOwnPropNames = Object.getOwnPropertyNames;
var __commonJS = (cb, mod) => () => {
  try {
    return (mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports);
  } catch (e) {
    throw ((mod = 0), e);
  }
};
var require_ucs2length = __commonJS({
  'node_modules/ajv/dist/runtime/ucs2length.js'(exports) {
    Object.defineProperty(exports, '__esModule', { value: !0 });
    function ucs2length(str) {
      let len = str.length,
        length = 0,
        pos = 0,
        value;
      for (; pos < len; )
        length++,
          (value = str.charCodeAt(pos++)),
          value >= 55296 &&
            value <= 56319 &&
            pos < len &&
            ((value = str.charCodeAt(pos)), (value & 64512) === 56320 && pos++);
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  },
});
var require_fast_deep_equal = __commonJS({
  'node_modules/fast-deep-equal/index.js'(exports, module) {
    module.exports = function equal(a, b) {
      if (a === b) return !0;
      if (a && b && typeof a == 'object' && typeof b == 'object') {
        if (a.constructor !== b.constructor) return !1;
        var length, i, keys;
        if (Array.isArray(a)) {
          if (((length = a.length), length != b.length)) return !1;
          for (i = length; i-- !== 0; ) if (!equal(a[i], b[i])) return !1;
          return !0;
        }
        if (a.constructor === RegExp) return a.source === b.source && a.flags === b.flags;
        if (a.valueOf !== Object.prototype.valueOf) return a.valueOf() === b.valueOf();
        if (a.toString !== Object.prototype.toString) return a.toString() === b.toString();
        if (((keys = Object.keys(a)), (length = keys.length), length !== Object.keys(b).length)) return !1;
        for (i = length; i-- !== 0; ) if (!Object.hasOwn(b, keys[i])) return !1;
        for (i = length; i-- !== 0; ) {
          var key = keys[i];
          if (!equal(a[key], b[key])) return !1;
        }
        return !0;
      }
      return a !== a && b !== b;
    };
  },
});
var require_equal = __commonJS({
  'node_modules/ajv/dist/runtime/equal.js'(exports) {
    Object.defineProperty(exports, '__esModule', { value: !0 });
    var equal = require_fast_deep_equal();
    equal.code = 'require("ajv/dist/runtime/equal").default';
    exports.default = equal;
  },
});
var profile = validate20,
  schema31 = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://kconfig-lint.dev/schemas/profile.json',
    title: 'kconfig-lint profile',
    description: 'A named set of requirements on a Linux kernel config.',
    type: 'object',
    additionalProperties: !1,
    required: ['title', 'description', 'requirements'],
    properties: {
      title: { $ref: '#/$defs/text', description: 'A few words, as a person would name the platform.' },
      description: {
        $ref: '#/$defs/text',
        description: 'What a kernel that meets this profile can do, in one or two sentences.',
      },
      extends: {
        description:
          'Profiles whose requirements this one takes over. A requirement with the same name replaces the inherited one.',
        type: 'array',
        uniqueItems: !0,
        maxItems: 16,
        items: { type: 'string', pattern: '^(?:[a-z0-9][a-z0-9-]*|\\.{1,2}/.+\\.ya?ml)$' },
      },
      platform: {
        description: 'The versioned product that sets the requirements; --profile NAME@VERSION chooses a version.',
        type: 'object',
        additionalProperties: !1,
        required: ['name', 'versions'],
        properties: {
          name: { $ref: '#/$defs/text' },
          versions: {
            description: 'Known versions, oldest first; the last one is assumed when none is named.',
            type: 'array',
            minItems: 1,
            items: { $ref: '#/$defs/version' },
          },
        },
      },
      boot: {
        description: 'Boot facts that hold on this platform unless the user says otherwise (--boot no-FACT).',
        $ref: '#/$defs/bootList',
      },
      requirements: {
        type: 'object',
        maxProperties: 2e3,
        propertyNames: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$' },
        additionalProperties: { $ref: '#/$defs/requirement' },
      },
    },
    $defs: {
      text: { type: 'string', minLength: 1, maxLength: 4096 },
      symbol: { type: 'string', pattern: '^[A-Z0-9_a-z]+$' },
      version: { type: 'string', pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
      range: {
        description: "Space-separated comparisons that must all hold: '>=5.2 <6.9'.",
        type: 'string',
        pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
      },
      arch: { enum: ['x86', 'x86_64', 'i386', 'arm64', 'arm', 'riscv', 'powerpc', 's390', 'mips', 'loongarch'] },
      archList: { type: 'array', minItems: 1, uniqueItems: !0, items: { $ref: '#/$defs/arch' } },
      bootFact: { enum: ['initrd', 'no-modules', 'pci', 'cgroup-v1'] },
      bootList: { type: 'array', minItems: 1, uniqueItems: !0, items: { $ref: '#/$defs/bootFact' } },
      literal: { type: 'string', maxLength: 1024 },
      valueTest: {
        type: 'object',
        additionalProperties: !1,
        minProperties: 1,
        maxProperties: 1,
        properties: {
          'at-least': { $ref: '#/$defs/number' },
          'at-most': { $ref: '#/$defs/number' },
          includes: { description: 'A comma-separated list holds this item.', type: 'string', pattern: '^[^,]+$' },
        },
      },
      number: { type: 'string', pattern: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$' },
      accept: {
        description:
          'y, m, n (off: not set, =n, or absent from a complete config), a literal, a test, or a list of which one must hold.',
        anyOf: [
          { $ref: '#/$defs/literal' },
          { $ref: '#/$defs/valueTest' },
          {
            type: 'array',
            minItems: 1,
            items: { anyOf: [{ $ref: '#/$defs/literal' }, { $ref: '#/$defs/valueTest' }] },
          },
        ],
      },
      oneOrMany: {
        anyOf: [
          { type: 'string', minLength: 1 },
          { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
        ],
      },
      condition: {
        description: 'Symbols without CONFIG_ and the values they must have; several mean all of them.',
        type: 'object',
        minProperties: 1,
        maxProperties: 200,
        properties: {
          any: { type: 'array', minItems: 1, items: { $ref: '#/$defs/condition' } },
          all: { type: 'array', minItems: 1, items: { $ref: '#/$defs/condition' } },
          not: { $ref: '#/$defs/condition' },
          kernel: { $ref: '#/$defs/range' },
          platform: { $ref: '#/$defs/range' },
          arch: { anyOf: [{ $ref: '#/$defs/arch' }, { $ref: '#/$defs/archList' }] },
          boot: { anyOf: [{ $ref: '#/$defs/bootFact' }, { $ref: '#/$defs/bootList' }] },
          'file-name': {
            description: "The config file's own name matches one of these; * stands for anything.",
            $ref: '#/$defs/oneOrMany',
          },
        },
        patternProperties: { '^[A-Z0-9_][A-Za-z0-9_]*$': { $ref: '#/$defs/accept' } },
        additionalProperties: !1,
      },
      requirement: {
        type: 'object',
        additionalProperties: !1,
        required: ['require', 'reason', 'references'],
        properties: {
          title: { $ref: '#/$defs/text' },
          require: { $ref: '#/$defs/condition' },
          severity: {
            enum: ['error', 'warning', 'info'],
            description:
              'error (default): the platform does not work; warning: a feature is lost; info: worth knowing.',
          },
          when: { description: 'The requirement applies only if this holds.', $ref: '#/$defs/condition' },
          unless: {
            description: 'The requirement does not apply if this holds; then else does, if given.',
            $ref: '#/$defs/condition',
          },
          else: { description: 'What is required where unless holds (or when does not).', $ref: '#/$defs/condition' },
          kernel: { $ref: '#/$defs/range' },
          arch: { $ref: '#/$defs/archList' },
          platform: { $ref: '#/$defs/range' },
          boot: { description: 'Applies only when all these boot facts hold.', $ref: '#/$defs/bootList' },
          needs: {
            description:
              'Requirements of this profile that must hold first: when one fails, this one is reported under it.',
            type: 'array',
            minItems: 1,
            items: { type: 'string' },
          },
          reason: { $ref: '#/$defs/text', description: 'Why, in plain words: what breaks without it.' },
          references: {
            type: 'array',
            minItems: 1,
            maxItems: 10,
            items: { type: 'string', pattern: '^https://[^\\s]+$', maxLength: 500 },
          },
          confidence: {
            enum: ['source', 'kconfig', 'derived', 'contested', 'out-of-date', 'unverified'],
            description:
              'How well the row is backed; all but source and kconfig are shown to the user. Default source.',
          },
        },
      },
    },
  },
  schema32 = { type: 'string', minLength: 1, maxLength: 4096 },
  schema35 = { type: 'string', pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
  func1 = require_ucs2length().default,
  pattern4 = /^(?:[a-z0-9][a-z0-9-]*|\.{1,2}\/.+\.ya?ml)$/u,
  pattern5 = /^[0-9]+(?:\.[0-9]+){0,2}$/u,
  pattern6 = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/u,
  schema36 = { type: 'array', minItems: 1, uniqueItems: !0, items: { $ref: '#/$defs/bootFact' } },
  schema37 = { enum: ['initrd', 'no-modules', 'pci', 'cgroup-v1'] },
  func0 = require_equal().default;
function validate21(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate21.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    Array.isArray(data))
  ) {
    if (data.length < 1) {
      const err0 = {
        instancePath,
        schemaPath: '#/minItems',
        keyword: 'minItems',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 items',
        schema: 1,
        parentSchema: schema36,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      const data0 = data[i0];
      if (!(data0 === 'initrd' || data0 === 'no-modules' || data0 === 'pci' || data0 === 'cgroup-v1')) {
        const err1 = {
          instancePath: instancePath + '/' + i0,
          schemaPath: '#/$defs/bootFact/enum',
          keyword: 'enum',
          params: { allowedValues: schema37.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema37.enum,
          parentSchema: schema37,
          data: data0,
        };
        vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
      }
    }
    let i1 = data.length,
      j0;
    if (i1 > 1) {
      outer0: for (; i1--; )
        for (j0 = i1; j0--; )
          if (func0(data[i1], data[j0])) {
            const err2 = {
              instancePath,
              schemaPath: '#/uniqueItems',
              keyword: 'uniqueItems',
              params: { i: i1, j: j0 },
              message: 'must NOT have duplicate items (items ## ' + j0 + ' and ' + i1 + ' are identical)',
              schema: !0,
              parentSchema: schema36,
              data,
            };
            vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
            break outer0;
          }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema36.type,
      parentSchema: schema36,
      data,
    };
    vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
  }
  return ((validate21.errors = vErrors), errors === 0);
}
validate21.evaluated = { items: !0, dynamicProps: !1, dynamicItems: !1 };
var schema38 = {
    type: 'object',
    additionalProperties: !1,
    required: ['require', 'reason', 'references'],
    properties: {
      title: { $ref: '#/$defs/text' },
      require: { $ref: '#/$defs/condition' },
      severity: {
        enum: ['error', 'warning', 'info'],
        description: 'error (default): the platform does not work; warning: a feature is lost; info: worth knowing.',
      },
      when: { description: 'The requirement applies only if this holds.', $ref: '#/$defs/condition' },
      unless: {
        description: 'The requirement does not apply if this holds; then else does, if given.',
        $ref: '#/$defs/condition',
      },
      else: { description: 'What is required where unless holds (or when does not).', $ref: '#/$defs/condition' },
      kernel: { $ref: '#/$defs/range' },
      arch: { $ref: '#/$defs/archList' },
      platform: { $ref: '#/$defs/range' },
      boot: { description: 'Applies only when all these boot facts hold.', $ref: '#/$defs/bootList' },
      needs: {
        description:
          'Requirements of this profile that must hold first: when one fails, this one is reported under it.',
        type: 'array',
        minItems: 1,
        items: { type: 'string' },
      },
      reason: { $ref: '#/$defs/text', description: 'Why, in plain words: what breaks without it.' },
      references: {
        type: 'array',
        minItems: 1,
        maxItems: 10,
        items: { type: 'string', pattern: '^https://[^\\s]+$', maxLength: 500 },
      },
      confidence: {
        enum: ['source', 'kconfig', 'derived', 'contested', 'out-of-date', 'unverified'],
        description: 'How well the row is backed; all but source and kconfig are shown to the user. Default source.',
      },
    },
  },
  schema41 = {
    description: "Space-separated comparisons that must all hold: '>=5.2 <6.9'.",
    type: 'string',
    pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
  },
  func8 = Object.prototype.hasOwnProperty,
  schema40 = {
    description: 'Symbols without CONFIG_ and the values they must have; several mean all of them.',
    type: 'object',
    minProperties: 1,
    maxProperties: 200,
    properties: {
      any: { type: 'array', minItems: 1, items: { $ref: '#/$defs/condition' } },
      all: { type: 'array', minItems: 1, items: { $ref: '#/$defs/condition' } },
      not: { $ref: '#/$defs/condition' },
      kernel: { $ref: '#/$defs/range' },
      platform: { $ref: '#/$defs/range' },
      arch: { anyOf: [{ $ref: '#/$defs/arch' }, { $ref: '#/$defs/archList' }] },
      boot: { anyOf: [{ $ref: '#/$defs/bootFact' }, { $ref: '#/$defs/bootList' }] },
      'file-name': {
        description: "The config file's own name matches one of these; * stands for anything.",
        $ref: '#/$defs/oneOrMany',
      },
    },
    patternProperties: { '^[A-Z0-9_][A-Za-z0-9_]*$': { $ref: '#/$defs/accept' } },
    additionalProperties: !1,
  },
  schema43 = { enum: ['x86', 'x86_64', 'i386', 'arm64', 'arm', 'riscv', 'powerpc', 's390', 'mips', 'loongarch'] },
  schema47 = {
    anyOf: [
      { type: 'string', minLength: 1 },
      { type: 'array', minItems: 1, items: { type: 'string', minLength: 1 } },
    ],
  },
  pattern7 = /^[A-Z0-9_][A-Za-z0-9_]*$/u,
  pattern8 = /^(?:>=|<=|>|<|=)[0-9]+(?:\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\.[0-9]+){0,2})*$/u,
  wrapper0 = { validate: validate24 },
  schema44 = { type: 'array', minItems: 1, uniqueItems: !0, items: { $ref: '#/$defs/arch' } };
function validate25(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate25.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    Array.isArray(data))
  ) {
    if (data.length < 1) {
      const err0 = {
        instancePath,
        schemaPath: '#/minItems',
        keyword: 'minItems',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 items',
        schema: 1,
        parentSchema: schema44,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      const data0 = data[i0];
      if (
        !(
          data0 === 'x86' ||
          data0 === 'x86_64' ||
          data0 === 'i386' ||
          data0 === 'arm64' ||
          data0 === 'arm' ||
          data0 === 'riscv' ||
          data0 === 'powerpc' ||
          data0 === 's390' ||
          data0 === 'mips' ||
          data0 === 'loongarch'
        )
      ) {
        const err1 = {
          instancePath: instancePath + '/' + i0,
          schemaPath: '#/$defs/arch/enum',
          keyword: 'enum',
          params: { allowedValues: schema43.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema43.enum,
          parentSchema: schema43,
          data: data0,
        };
        vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
      }
    }
    let i1 = data.length,
      j0;
    if (i1 > 1) {
      outer0: for (; i1--; )
        for (j0 = i1; j0--; )
          if (func0(data[i1], data[j0])) {
            const err2 = {
              instancePath,
              schemaPath: '#/uniqueItems',
              keyword: 'uniqueItems',
              params: { i: i1, j: j0 },
              message: 'must NOT have duplicate items (items ## ' + j0 + ' and ' + i1 + ' are identical)',
              schema: !0,
              parentSchema: schema44,
              data,
            };
            vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
            break outer0;
          }
    }
  } else {
    const err3 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema44.type,
      parentSchema: schema44,
      data,
    };
    vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
  }
  return ((validate25.errors = vErrors), errors === 0);
}
validate25.evaluated = { items: !0, dynamicProps: !1, dynamicItems: !1 };
var schema48 = {
    description:
      'y, m, n (off: not set, =n, or absent from a complete config), a literal, a test, or a list of which one must hold.',
    anyOf: [
      { $ref: '#/$defs/literal' },
      { $ref: '#/$defs/valueTest' },
      { type: 'array', minItems: 1, items: { anyOf: [{ $ref: '#/$defs/literal' }, { $ref: '#/$defs/valueTest' }] } },
    ],
  },
  schema49 = { type: 'string', maxLength: 1024 },
  schema50 = {
    type: 'object',
    additionalProperties: !1,
    minProperties: 1,
    maxProperties: 1,
    properties: {
      'at-least': { $ref: '#/$defs/number' },
      'at-most': { $ref: '#/$defs/number' },
      includes: { description: 'A comma-separated list holds this item.', type: 'string', pattern: '^[^,]+$' },
    },
  },
  schema51 = { type: 'string', pattern: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$' },
  pattern11 = /^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$/u,
  pattern13 = /^[^,]+$/u;
function validate29(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate29.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    data && typeof data == 'object' && !Array.isArray(data))
  ) {
    if (Object.keys(data).length > 1) {
      const err0 = {
        instancePath,
        schemaPath: '#/maxProperties',
        keyword: 'maxProperties',
        params: { limit: 1 },
        message: 'must NOT have more than 1 properties',
        schema: 1,
        parentSchema: schema50,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: '#/minProperties',
        keyword: 'minProperties',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 properties',
        schema: 1,
        parentSchema: schema50,
        data,
      };
      vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
    }
    for (const key0 in data)
      if (!(key0 === 'at-least' || key0 === 'at-most' || key0 === 'includes')) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: !1,
          parentSchema: schema50,
          data,
        };
        vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
      }
    if (data['at-least'] !== void 0) {
      const data0 = data['at-least'];
      if (typeof data0 == 'string') {
        if (!pattern11.test(data0)) {
          const err3 = {
            instancePath: instancePath + '/at-least',
            schemaPath: '#/$defs/number/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$' },
            message: 'must match pattern "^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$"',
            schema: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$',
            parentSchema: schema51,
            data: data0,
          };
          vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/at-least',
          schemaPath: '#/$defs/number/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema51.type,
          parentSchema: schema51,
          data: data0,
        };
        vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
      }
    }
    if (data['at-most'] !== void 0) {
      const data1 = data['at-most'];
      if (typeof data1 == 'string') {
        if (!pattern11.test(data1)) {
          const err5 = {
            instancePath: instancePath + '/at-most',
            schemaPath: '#/$defs/number/pattern',
            keyword: 'pattern',
            params: { pattern: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$' },
            message: 'must match pattern "^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$"',
            schema: '^(?:-?[0-9]+|0[xX][0-9a-fA-F]+)$',
            parentSchema: schema51,
            data: data1,
          };
          vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/at-most',
          schemaPath: '#/$defs/number/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema51.type,
          parentSchema: schema51,
          data: data1,
        };
        vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
      }
    }
    if (data.includes !== void 0) {
      const data2 = data.includes;
      if (typeof data2 == 'string') {
        if (!pattern13.test(data2)) {
          const err7 = {
            instancePath: instancePath + '/includes',
            schemaPath: '#/properties/includes/pattern',
            keyword: 'pattern',
            params: { pattern: '^[^,]+$' },
            message: 'must match pattern "^[^,]+$"',
            schema: '^[^,]+$',
            parentSchema: schema50.properties.includes,
            data: data2,
          };
          vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/includes',
          schemaPath: '#/properties/includes/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema50.properties.includes.type,
          parentSchema: schema50.properties.includes,
          data: data2,
        };
        vErrors === null ? (vErrors = [err8]) : vErrors.push(err8), errors++;
      }
    }
  } else {
    const err9 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema50.type,
      parentSchema: schema50,
      data,
    };
    vErrors === null ? (vErrors = [err9]) : vErrors.push(err9), errors++;
  }
  return ((validate29.errors = vErrors), errors === 0);
}
validate29.evaluated = { props: !0, dynamicProps: !1, dynamicItems: !1 };
function validate28(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate28.evaluated;
  evaluated0.dynamicProps && (evaluated0.props = void 0), evaluated0.dynamicItems && (evaluated0.items = void 0);
  let _errs0 = errors,
    valid0 = !1,
    _errs1 = errors;
  if (typeof data == 'string') {
    if (func1(data) > 1024) {
      const err0 = {
        instancePath,
        schemaPath: '#/$defs/literal/maxLength',
        keyword: 'maxLength',
        params: { limit: 1024 },
        message: 'must NOT have more than 1024 characters',
        schema: 1024,
        parentSchema: schema49,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
  } else {
    const err1 = {
      instancePath,
      schemaPath: '#/$defs/literal/type',
      keyword: 'type',
      params: { type: 'string' },
      message: 'must be string',
      schema: schema49.type,
      parentSchema: schema49,
      data,
    };
    vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
  }
  var _valid0 = _errs1 === errors;
  valid0 = valid0 || _valid0;
  const _errs4 = errors;
  validate29(data, { instancePath, parentData, parentDataProperty, rootData, dynamicAnchors }) ||
    ((vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors)), (errors = vErrors.length));
  var _valid0 = _errs4 === errors;
  if (((valid0 = valid0 || _valid0), _valid0)) var props0 = !0;
  const _errs5 = errors;
  if (Array.isArray(data)) {
    if (data.length < 1) {
      const err2 = {
        instancePath,
        schemaPath: '#/anyOf/2/minItems',
        keyword: 'minItems',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 items',
        schema: 1,
        parentSchema: schema48.anyOf[2],
        data,
      };
      vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
    }
    const len0 = data.length;
    for (let i0 = 0; i0 < len0; i0++) {
      let data0 = data[i0],
        _errs8 = errors,
        valid4 = !1,
        _errs9 = errors;
      if (typeof data0 == 'string') {
        if (func1(data0) > 1024) {
          const err3 = {
            instancePath: instancePath + '/' + i0,
            schemaPath: '#/$defs/literal/maxLength',
            keyword: 'maxLength',
            params: { limit: 1024 },
            message: 'must NOT have more than 1024 characters',
            schema: 1024,
            parentSchema: schema49,
            data: data0,
          };
          vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
        }
      } else {
        const err4 = {
          instancePath: instancePath + '/' + i0,
          schemaPath: '#/$defs/literal/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema49.type,
          parentSchema: schema49,
          data: data0,
        };
        vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
      }
      var _valid1 = _errs9 === errors;
      valid4 = valid4 || _valid1;
      const _errs12 = errors;
      validate29(data0, {
        instancePath: instancePath + '/' + i0,
        parentData: data,
        parentDataProperty: i0,
        rootData,
        dynamicAnchors,
      }) ||
        ((vErrors = vErrors === null ? validate29.errors : vErrors.concat(validate29.errors)),
        (errors = vErrors.length));
      var _valid1 = _errs12 === errors;
      if (((valid4 = valid4 || _valid1), valid4))
        (errors = _errs8), vErrors !== null && (_errs8 ? (vErrors.length = _errs8) : (vErrors = null));
      else {
        const err5 = {
          instancePath: instancePath + '/' + i0,
          schemaPath: '#/anyOf/2/items/anyOf',
          keyword: 'anyOf',
          params: {},
          message: 'must match a schema in anyOf',
          schema: schema48.anyOf[2].items.anyOf,
          parentSchema: schema48.anyOf[2].items,
          data: data0,
        };
        vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
      }
    }
  } else {
    const err6 = {
      instancePath,
      schemaPath: '#/anyOf/2/type',
      keyword: 'type',
      params: { type: 'array' },
      message: 'must be array',
      schema: schema48.anyOf[2].type,
      parentSchema: schema48.anyOf[2],
      data,
    };
    vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
  }
  var _valid0 = _errs5 === errors;
  if (((valid0 = valid0 || _valid0), _valid0)) var items0 = !0;
  if (valid0) (errors = _errs0), vErrors !== null && (_errs0 ? (vErrors.length = _errs0) : (vErrors = null));
  else {
    const err7 = {
      instancePath,
      schemaPath: '#/anyOf',
      keyword: 'anyOf',
      params: {},
      message: 'must match a schema in anyOf',
      schema: schema48.anyOf,
      parentSchema: schema48,
      data,
    };
    vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
  }
  return ((validate28.errors = vErrors), (evaluated0.props = props0), (evaluated0.items = items0), errors === 0);
}
validate28.evaluated = { dynamicProps: !0, dynamicItems: !0 };
function validate24(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate24.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    data && typeof data == 'object' && !Array.isArray(data))
  ) {
    if (Object.keys(data).length > 200) {
      const err0 = {
        instancePath,
        schemaPath: '#/maxProperties',
        keyword: 'maxProperties',
        params: { limit: 200 },
        message: 'must NOT have more than 200 properties',
        schema: 200,
        parentSchema: schema40,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    if (Object.keys(data).length < 1) {
      const err1 = {
        instancePath,
        schemaPath: '#/minProperties',
        keyword: 'minProperties',
        params: { limit: 1 },
        message: 'must NOT have fewer than 1 properties',
        schema: 1,
        parentSchema: schema40,
        data,
      };
      vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
    }
    for (const key0 in data)
      if (
        !(
          key0 === 'any' ||
          key0 === 'all' ||
          key0 === 'not' ||
          key0 === 'kernel' ||
          key0 === 'platform' ||
          key0 === 'arch' ||
          key0 === 'boot' ||
          key0 === 'file-name' ||
          pattern7.test(key0)
        )
      ) {
        const err2 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: !1,
          parentSchema: schema40,
          data,
        };
        vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
      }
    if (data.any !== void 0) {
      const data0 = data.any;
      if (Array.isArray(data0)) {
        if (data0.length < 1) {
          const err3 = {
            instancePath: instancePath + '/any',
            schemaPath: '#/properties/any/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 items',
            schema: 1,
            parentSchema: schema40.properties.any,
            data: data0,
          };
          vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
        }
        const len0 = data0.length;
        for (let i0 = 0; i0 < len0; i0++)
          wrapper0.validate(data0[i0], {
            instancePath: instancePath + '/any/' + i0,
            parentData: data0,
            parentDataProperty: i0,
            rootData,
            dynamicAnchors,
          }) ||
            ((vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors)),
            (errors = vErrors.length));
      } else {
        const err4 = {
          instancePath: instancePath + '/any',
          schemaPath: '#/properties/any/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema40.properties.any.type,
          parentSchema: schema40.properties.any,
          data: data0,
        };
        vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
      }
    }
    if (data.all !== void 0) {
      const data2 = data.all;
      if (Array.isArray(data2)) {
        if (data2.length < 1) {
          const err5 = {
            instancePath: instancePath + '/all',
            schemaPath: '#/properties/all/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 items',
            schema: 1,
            parentSchema: schema40.properties.all,
            data: data2,
          };
          vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
        }
        const len1 = data2.length;
        for (let i1 = 0; i1 < len1; i1++)
          wrapper0.validate(data2[i1], {
            instancePath: instancePath + '/all/' + i1,
            parentData: data2,
            parentDataProperty: i1,
            rootData,
            dynamicAnchors,
          }) ||
            ((vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors)),
            (errors = vErrors.length));
      } else {
        const err6 = {
          instancePath: instancePath + '/all',
          schemaPath: '#/properties/all/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema40.properties.all.type,
          parentSchema: schema40.properties.all,
          data: data2,
        };
        vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
      }
    }
    if (
      (data.not !== void 0 &&
        (wrapper0.validate(data.not, {
          instancePath: instancePath + '/not',
          parentData: data,
          parentDataProperty: 'not',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? wrapper0.validate.errors : vErrors.concat(wrapper0.validate.errors)),
          (errors = vErrors.length))),
      data.kernel !== void 0)
    ) {
      const data5 = data.kernel;
      if (typeof data5 == 'string') {
        if (!pattern8.test(data5)) {
          const err7 = {
            instancePath: instancePath + '/kernel',
            schemaPath: '#/$defs/range/pattern',
            keyword: 'pattern',
            params: {
              pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            },
            message:
              'must match pattern "^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$"',
            schema: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            parentSchema: schema41,
            data: data5,
          };
          vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
        }
      } else {
        const err8 = {
          instancePath: instancePath + '/kernel',
          schemaPath: '#/$defs/range/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema41.type,
          parentSchema: schema41,
          data: data5,
        };
        vErrors === null ? (vErrors = [err8]) : vErrors.push(err8), errors++;
      }
    }
    if (data.platform !== void 0) {
      const data6 = data.platform;
      if (typeof data6 == 'string') {
        if (!pattern8.test(data6)) {
          const err9 = {
            instancePath: instancePath + '/platform',
            schemaPath: '#/$defs/range/pattern',
            keyword: 'pattern',
            params: {
              pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            },
            message:
              'must match pattern "^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$"',
            schema: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            parentSchema: schema41,
            data: data6,
          };
          vErrors === null ? (vErrors = [err9]) : vErrors.push(err9), errors++;
        }
      } else {
        const err10 = {
          instancePath: instancePath + '/platform',
          schemaPath: '#/$defs/range/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema41.type,
          parentSchema: schema41,
          data: data6,
        };
        vErrors === null ? (vErrors = [err10]) : vErrors.push(err10), errors++;
      }
    }
    if (data.arch !== void 0) {
      let data7 = data.arch,
        _errs16 = errors,
        valid7 = !1,
        _errs17 = errors;
      if (
        !(
          data7 === 'x86' ||
          data7 === 'x86_64' ||
          data7 === 'i386' ||
          data7 === 'arm64' ||
          data7 === 'arm' ||
          data7 === 'riscv' ||
          data7 === 'powerpc' ||
          data7 === 's390' ||
          data7 === 'mips' ||
          data7 === 'loongarch'
        )
      ) {
        const err11 = {
          instancePath: instancePath + '/arch',
          schemaPath: '#/$defs/arch/enum',
          keyword: 'enum',
          params: { allowedValues: schema43.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema43.enum,
          parentSchema: schema43,
          data: data7,
        };
        vErrors === null ? (vErrors = [err11]) : vErrors.push(err11), errors++;
      }
      var _valid0 = _errs17 === errors;
      valid7 = valid7 || _valid0;
      const _errs19 = errors;
      validate25(data7, {
        instancePath: instancePath + '/arch',
        parentData: data,
        parentDataProperty: 'arch',
        rootData,
        dynamicAnchors,
      }) ||
        ((vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors)),
        (errors = vErrors.length));
      var _valid0 = _errs19 === errors;
      if (((valid7 = valid7 || _valid0), valid7))
        (errors = _errs16), vErrors !== null && (_errs16 ? (vErrors.length = _errs16) : (vErrors = null));
      else {
        const err12 = {
          instancePath: instancePath + '/arch',
          schemaPath: '#/properties/arch/anyOf',
          keyword: 'anyOf',
          params: {},
          message: 'must match a schema in anyOf',
          schema: schema40.properties.arch.anyOf,
          parentSchema: schema40.properties.arch,
          data: data7,
        };
        vErrors === null ? (vErrors = [err12]) : vErrors.push(err12), errors++;
      }
    }
    if (data.boot !== void 0) {
      let data8 = data.boot,
        _errs21 = errors,
        valid9 = !1,
        _errs22 = errors;
      if (!(data8 === 'initrd' || data8 === 'no-modules' || data8 === 'pci' || data8 === 'cgroup-v1')) {
        const err13 = {
          instancePath: instancePath + '/boot',
          schemaPath: '#/$defs/bootFact/enum',
          keyword: 'enum',
          params: { allowedValues: schema37.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema37.enum,
          parentSchema: schema37,
          data: data8,
        };
        vErrors === null ? (vErrors = [err13]) : vErrors.push(err13), errors++;
      }
      var _valid1 = _errs22 === errors;
      valid9 = valid9 || _valid1;
      const _errs24 = errors;
      validate21(data8, {
        instancePath: instancePath + '/boot',
        parentData: data,
        parentDataProperty: 'boot',
        rootData,
        dynamicAnchors,
      }) ||
        ((vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors)),
        (errors = vErrors.length));
      var _valid1 = _errs24 === errors;
      if (((valid9 = valid9 || _valid1), valid9))
        (errors = _errs21), vErrors !== null && (_errs21 ? (vErrors.length = _errs21) : (vErrors = null));
      else {
        const err14 = {
          instancePath: instancePath + '/boot',
          schemaPath: '#/properties/boot/anyOf',
          keyword: 'anyOf',
          params: {},
          message: 'must match a schema in anyOf',
          schema: schema40.properties.boot.anyOf,
          parentSchema: schema40.properties.boot,
          data: data8,
        };
        vErrors === null ? (vErrors = [err14]) : vErrors.push(err14), errors++;
      }
    }
    if (data['file-name'] !== void 0) {
      let data9 = data['file-name'],
        _errs27 = errors,
        valid12 = !1,
        _errs28 = errors;
      if (typeof data9 == 'string') {
        if (func1(data9) < 1) {
          const err15 = {
            instancePath: instancePath + '/file-name',
            schemaPath: '#/$defs/oneOrMany/anyOf/0/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema47.anyOf[0],
            data: data9,
          };
          vErrors === null ? (vErrors = [err15]) : vErrors.push(err15), errors++;
        }
      } else {
        const err16 = {
          instancePath: instancePath + '/file-name',
          schemaPath: '#/$defs/oneOrMany/anyOf/0/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema47.anyOf[0].type,
          parentSchema: schema47.anyOf[0],
          data: data9,
        };
        vErrors === null ? (vErrors = [err16]) : vErrors.push(err16), errors++;
      }
      var _valid2 = _errs28 === errors;
      valid12 = valid12 || _valid2;
      const _errs30 = errors;
      if (Array.isArray(data9)) {
        if (data9.length < 1) {
          const err17 = {
            instancePath: instancePath + '/file-name',
            schemaPath: '#/$defs/oneOrMany/anyOf/1/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 items',
            schema: 1,
            parentSchema: schema47.anyOf[1],
            data: data9,
          };
          vErrors === null ? (vErrors = [err17]) : vErrors.push(err17), errors++;
        }
        const len2 = data9.length;
        for (let i2 = 0; i2 < len2; i2++) {
          const data10 = data9[i2];
          if (typeof data10 == 'string') {
            if (func1(data10) < 1) {
              const err18 = {
                instancePath: instancePath + '/file-name/' + i2,
                schemaPath: '#/$defs/oneOrMany/anyOf/1/items/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema47.anyOf[1].items,
                data: data10,
              };
              vErrors === null ? (vErrors = [err18]) : vErrors.push(err18), errors++;
            }
          } else {
            const err19 = {
              instancePath: instancePath + '/file-name/' + i2,
              schemaPath: '#/$defs/oneOrMany/anyOf/1/items/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema47.anyOf[1].items.type,
              parentSchema: schema47.anyOf[1].items,
              data: data10,
            };
            vErrors === null ? (vErrors = [err19]) : vErrors.push(err19), errors++;
          }
        }
      } else {
        const err20 = {
          instancePath: instancePath + '/file-name',
          schemaPath: '#/$defs/oneOrMany/anyOf/1/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema47.anyOf[1].type,
          parentSchema: schema47.anyOf[1],
          data: data9,
        };
        vErrors === null ? (vErrors = [err20]) : vErrors.push(err20), errors++;
      }
      var _valid2 = _errs30 === errors;
      if (((valid12 = valid12 || _valid2), valid12))
        (errors = _errs27), vErrors !== null && (_errs27 ? (vErrors.length = _errs27) : (vErrors = null));
      else {
        const err21 = {
          instancePath: instancePath + '/file-name',
          schemaPath: '#/$defs/oneOrMany/anyOf',
          keyword: 'anyOf',
          params: {},
          message: 'must match a schema in anyOf',
          schema: schema47.anyOf,
          parentSchema: schema47,
          data: data9,
        };
        vErrors === null ? (vErrors = [err21]) : vErrors.push(err21), errors++;
      }
    }
    for (const key1 in data)
      pattern7.test(key1) &&
        (validate28(data[key1], {
          instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
          parentData: data,
          parentDataProperty: key1,
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors)),
          (errors = vErrors.length)));
  } else {
    const err22 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema40.type,
      parentSchema: schema40,
      data,
    };
    vErrors === null ? (vErrors = [err22]) : vErrors.push(err22), errors++;
  }
  return ((validate24.errors = vErrors), errors === 0);
}
validate24.evaluated = { props: !0, dynamicProps: !1, dynamicItems: !1 };
var pattern16 = /^https:\/\/[^\s]+$/u;
function validate23(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate23.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    data && typeof data == 'object' && !Array.isArray(data))
  ) {
    if (data.require === void 0) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'require' },
        message: "must have required property 'require'",
        schema: schema38.required,
        parentSchema: schema38,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    if (data.reason === void 0) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'reason' },
        message: "must have required property 'reason'",
        schema: schema38.required,
        parentSchema: schema38,
        data,
      };
      vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
    }
    if (data.references === void 0) {
      const err2 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'references' },
        message: "must have required property 'references'",
        schema: schema38.required,
        parentSchema: schema38,
        data,
      };
      vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
    }
    for (const key0 in data)
      if (!func8.call(schema38.properties, key0)) {
        const err3 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: !1,
          parentSchema: schema38,
          data,
        };
        vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
      }
    if (data.title !== void 0) {
      const data0 = data.title;
      if (typeof data0 == 'string') {
        if (func1(data0) > 4096) {
          const err4 = {
            instancePath: instancePath + '/title',
            schemaPath: '#/$defs/text/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema32,
            data: data0,
          };
          vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
        }
        if (func1(data0) < 1) {
          const err5 = {
            instancePath: instancePath + '/title',
            schemaPath: '#/$defs/text/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema32,
            data: data0,
          };
          vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/title',
          schemaPath: '#/$defs/text/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema32.type,
          parentSchema: schema32,
          data: data0,
        };
        vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
      }
    }
    if (
      (data.require !== void 0 &&
        (validate24(data.require, {
          instancePath: instancePath + '/require',
          parentData: data,
          parentDataProperty: 'require',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors)),
          (errors = vErrors.length))),
      data.severity !== void 0)
    ) {
      const data2 = data.severity;
      if (!(data2 === 'error' || data2 === 'warning' || data2 === 'info')) {
        const err7 = {
          instancePath: instancePath + '/severity',
          schemaPath: '#/properties/severity/enum',
          keyword: 'enum',
          params: { allowedValues: schema38.properties.severity.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema38.properties.severity.enum,
          parentSchema: schema38.properties.severity,
          data: data2,
        };
        vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
      }
    }
    if (
      (data.when !== void 0 &&
        (validate24(data.when, {
          instancePath: instancePath + '/when',
          parentData: data,
          parentDataProperty: 'when',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors)),
          (errors = vErrors.length))),
      data.unless !== void 0 &&
        (validate24(data.unless, {
          instancePath: instancePath + '/unless',
          parentData: data,
          parentDataProperty: 'unless',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors)),
          (errors = vErrors.length))),
      data.else !== void 0 &&
        (validate24(data.else, {
          instancePath: instancePath + '/else',
          parentData: data,
          parentDataProperty: 'else',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate24.errors : vErrors.concat(validate24.errors)),
          (errors = vErrors.length))),
      data.kernel !== void 0)
    ) {
      const data6 = data.kernel;
      if (typeof data6 == 'string') {
        if (!pattern8.test(data6)) {
          const err8 = {
            instancePath: instancePath + '/kernel',
            schemaPath: '#/$defs/range/pattern',
            keyword: 'pattern',
            params: {
              pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            },
            message:
              'must match pattern "^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$"',
            schema: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            parentSchema: schema41,
            data: data6,
          };
          vErrors === null ? (vErrors = [err8]) : vErrors.push(err8), errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/kernel',
          schemaPath: '#/$defs/range/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema41.type,
          parentSchema: schema41,
          data: data6,
        };
        vErrors === null ? (vErrors = [err9]) : vErrors.push(err9), errors++;
      }
    }
    if (
      (data.arch !== void 0 &&
        (validate25(data.arch, {
          instancePath: instancePath + '/arch',
          parentData: data,
          parentDataProperty: 'arch',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate25.errors : vErrors.concat(validate25.errors)),
          (errors = vErrors.length))),
      data.platform !== void 0)
    ) {
      const data8 = data.platform;
      if (typeof data8 == 'string') {
        if (!pattern8.test(data8)) {
          const err10 = {
            instancePath: instancePath + '/platform',
            schemaPath: '#/$defs/range/pattern',
            keyword: 'pattern',
            params: {
              pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            },
            message:
              'must match pattern "^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$"',
            schema: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
            parentSchema: schema41,
            data: data8,
          };
          vErrors === null ? (vErrors = [err10]) : vErrors.push(err10), errors++;
        }
      } else {
        const err11 = {
          instancePath: instancePath + '/platform',
          schemaPath: '#/$defs/range/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema41.type,
          parentSchema: schema41,
          data: data8,
        };
        vErrors === null ? (vErrors = [err11]) : vErrors.push(err11), errors++;
      }
    }
    if (
      (data.boot !== void 0 &&
        (validate21(data.boot, {
          instancePath: instancePath + '/boot',
          parentData: data,
          parentDataProperty: 'boot',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors)),
          (errors = vErrors.length))),
      data.needs !== void 0)
    ) {
      const data10 = data.needs;
      if (Array.isArray(data10)) {
        if (data10.length < 1) {
          const err12 = {
            instancePath: instancePath + '/needs',
            schemaPath: '#/properties/needs/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 items',
            schema: 1,
            parentSchema: schema38.properties.needs,
            data: data10,
          };
          vErrors === null ? (vErrors = [err12]) : vErrors.push(err12), errors++;
        }
        const len0 = data10.length;
        for (let i0 = 0; i0 < len0; i0++) {
          const data11 = data10[i0];
          if (typeof data11 != 'string') {
            const err13 = {
              instancePath: instancePath + '/needs/' + i0,
              schemaPath: '#/properties/needs/items/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema38.properties.needs.items.type,
              parentSchema: schema38.properties.needs.items,
              data: data11,
            };
            vErrors === null ? (vErrors = [err13]) : vErrors.push(err13), errors++;
          }
        }
      } else {
        const err14 = {
          instancePath: instancePath + '/needs',
          schemaPath: '#/properties/needs/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema38.properties.needs.type,
          parentSchema: schema38.properties.needs,
          data: data10,
        };
        vErrors === null ? (vErrors = [err14]) : vErrors.push(err14), errors++;
      }
    }
    if (data.reason !== void 0) {
      const data12 = data.reason;
      if (typeof data12 == 'string') {
        if (func1(data12) > 4096) {
          const err15 = {
            instancePath: instancePath + '/reason',
            schemaPath: '#/$defs/text/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema32,
            data: data12,
          };
          vErrors === null ? (vErrors = [err15]) : vErrors.push(err15), errors++;
        }
        if (func1(data12) < 1) {
          const err16 = {
            instancePath: instancePath + '/reason',
            schemaPath: '#/$defs/text/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema32,
            data: data12,
          };
          vErrors === null ? (vErrors = [err16]) : vErrors.push(err16), errors++;
        }
      } else {
        const err17 = {
          instancePath: instancePath + '/reason',
          schemaPath: '#/$defs/text/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema32.type,
          parentSchema: schema32,
          data: data12,
        };
        vErrors === null ? (vErrors = [err17]) : vErrors.push(err17), errors++;
      }
    }
    if (data.references !== void 0) {
      const data13 = data.references;
      if (Array.isArray(data13)) {
        if (data13.length > 10) {
          const err18 = {
            instancePath: instancePath + '/references',
            schemaPath: '#/properties/references/maxItems',
            keyword: 'maxItems',
            params: { limit: 10 },
            message: 'must NOT have more than 10 items',
            schema: 10,
            parentSchema: schema38.properties.references,
            data: data13,
          };
          vErrors === null ? (vErrors = [err18]) : vErrors.push(err18), errors++;
        }
        if (data13.length < 1) {
          const err19 = {
            instancePath: instancePath + '/references',
            schemaPath: '#/properties/references/minItems',
            keyword: 'minItems',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 items',
            schema: 1,
            parentSchema: schema38.properties.references,
            data: data13,
          };
          vErrors === null ? (vErrors = [err19]) : vErrors.push(err19), errors++;
        }
        const len1 = data13.length;
        for (let i1 = 0; i1 < len1; i1++) {
          const data14 = data13[i1];
          if (typeof data14 == 'string') {
            if (func1(data14) > 500) {
              const err20 = {
                instancePath: instancePath + '/references/' + i1,
                schemaPath: '#/properties/references/items/maxLength',
                keyword: 'maxLength',
                params: { limit: 500 },
                message: 'must NOT have more than 500 characters',
                schema: 500,
                parentSchema: schema38.properties.references.items,
                data: data14,
              };
              vErrors === null ? (vErrors = [err20]) : vErrors.push(err20), errors++;
            }
            if (!pattern16.test(data14)) {
              const err21 = {
                instancePath: instancePath + '/references/' + i1,
                schemaPath: '#/properties/references/items/pattern',
                keyword: 'pattern',
                params: { pattern: '^https://[^\\s]+$' },
                message: 'must match pattern "^https://[^\\s]+$"',
                schema: '^https://[^\\s]+$',
                parentSchema: schema38.properties.references.items,
                data: data14,
              };
              vErrors === null ? (vErrors = [err21]) : vErrors.push(err21), errors++;
            }
          } else {
            const err22 = {
              instancePath: instancePath + '/references/' + i1,
              schemaPath: '#/properties/references/items/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema38.properties.references.items.type,
              parentSchema: schema38.properties.references.items,
              data: data14,
            };
            vErrors === null ? (vErrors = [err22]) : vErrors.push(err22), errors++;
          }
        }
      } else {
        const err23 = {
          instancePath: instancePath + '/references',
          schemaPath: '#/properties/references/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema38.properties.references.type,
          parentSchema: schema38.properties.references,
          data: data13,
        };
        vErrors === null ? (vErrors = [err23]) : vErrors.push(err23), errors++;
      }
    }
    if (data.confidence !== void 0) {
      const data15 = data.confidence;
      if (
        !(
          data15 === 'source' ||
          data15 === 'kconfig' ||
          data15 === 'derived' ||
          data15 === 'contested' ||
          data15 === 'out-of-date' ||
          data15 === 'unverified'
        )
      ) {
        const err24 = {
          instancePath: instancePath + '/confidence',
          schemaPath: '#/properties/confidence/enum',
          keyword: 'enum',
          params: { allowedValues: schema38.properties.confidence.enum },
          message: 'must be equal to one of the allowed values',
          schema: schema38.properties.confidence.enum,
          parentSchema: schema38.properties.confidence,
          data: data15,
        };
        vErrors === null ? (vErrors = [err24]) : vErrors.push(err24), errors++;
      }
    }
  } else {
    const err25 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema38.type,
      parentSchema: schema38,
      data,
    };
    vErrors === null ? (vErrors = [err25]) : vErrors.push(err25), errors++;
  }
  return ((validate23.errors = vErrors), errors === 0);
}
validate23.evaluated = { props: !0, dynamicProps: !1, dynamicItems: !1 };
function validate20(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate20.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    data && typeof data == 'object' && !Array.isArray(data))
  ) {
    if (data.title === void 0) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'title' },
        message: "must have required property 'title'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    if (data.description === void 0) {
      const err1 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'description' },
        message: "must have required property 'description'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
    }
    if (data.requirements === void 0) {
      const err2 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'requirements' },
        message: "must have required property 'requirements'",
        schema: schema31.required,
        parentSchema: schema31,
        data,
      };
      vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
    }
    for (const key0 in data)
      if (
        !(
          key0 === 'title' ||
          key0 === 'description' ||
          key0 === 'extends' ||
          key0 === 'platform' ||
          key0 === 'boot' ||
          key0 === 'requirements'
        )
      ) {
        const err3 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: !1,
          parentSchema: schema31,
          data,
        };
        vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
      }
    if (data.title !== void 0) {
      const data0 = data.title;
      if (typeof data0 == 'string') {
        if (func1(data0) > 4096) {
          const err4 = {
            instancePath: instancePath + '/title',
            schemaPath: '#/$defs/text/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema32,
            data: data0,
          };
          vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
        }
        if (func1(data0) < 1) {
          const err5 = {
            instancePath: instancePath + '/title',
            schemaPath: '#/$defs/text/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema32,
            data: data0,
          };
          vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
        }
      } else {
        const err6 = {
          instancePath: instancePath + '/title',
          schemaPath: '#/$defs/text/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema32.type,
          parentSchema: schema32,
          data: data0,
        };
        vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
      }
    }
    if (data.description !== void 0) {
      const data1 = data.description;
      if (typeof data1 == 'string') {
        if (func1(data1) > 4096) {
          const err7 = {
            instancePath: instancePath + '/description',
            schemaPath: '#/$defs/text/maxLength',
            keyword: 'maxLength',
            params: { limit: 4096 },
            message: 'must NOT have more than 4096 characters',
            schema: 4096,
            parentSchema: schema32,
            data: data1,
          };
          vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
        }
        if (func1(data1) < 1) {
          const err8 = {
            instancePath: instancePath + '/description',
            schemaPath: '#/$defs/text/minLength',
            keyword: 'minLength',
            params: { limit: 1 },
            message: 'must NOT have fewer than 1 characters',
            schema: 1,
            parentSchema: schema32,
            data: data1,
          };
          vErrors === null ? (vErrors = [err8]) : vErrors.push(err8), errors++;
        }
      } else {
        const err9 = {
          instancePath: instancePath + '/description',
          schemaPath: '#/$defs/text/type',
          keyword: 'type',
          params: { type: 'string' },
          message: 'must be string',
          schema: schema32.type,
          parentSchema: schema32,
          data: data1,
        };
        vErrors === null ? (vErrors = [err9]) : vErrors.push(err9), errors++;
      }
    }
    if (data.extends !== void 0) {
      const data2 = data.extends;
      if (Array.isArray(data2)) {
        if (data2.length > 16) {
          const err10 = {
            instancePath: instancePath + '/extends',
            schemaPath: '#/properties/extends/maxItems',
            keyword: 'maxItems',
            params: { limit: 16 },
            message: 'must NOT have more than 16 items',
            schema: 16,
            parentSchema: schema31.properties.extends,
            data: data2,
          };
          vErrors === null ? (vErrors = [err10]) : vErrors.push(err10), errors++;
        }
        const len0 = data2.length;
        for (let i0 = 0; i0 < len0; i0++) {
          const data3 = data2[i0];
          if (typeof data3 == 'string') {
            if (!pattern4.test(data3)) {
              const err11 = {
                instancePath: instancePath + '/extends/' + i0,
                schemaPath: '#/properties/extends/items/pattern',
                keyword: 'pattern',
                params: { pattern: '^(?:[a-z0-9][a-z0-9-]*|\\.{1,2}/.+\\.ya?ml)$' },
                message: 'must match pattern "^(?:[a-z0-9][a-z0-9-]*|\\.{1,2}/.+\\.ya?ml)$"',
                schema: '^(?:[a-z0-9][a-z0-9-]*|\\.{1,2}/.+\\.ya?ml)$',
                parentSchema: schema31.properties.extends.items,
                data: data3,
              };
              vErrors === null ? (vErrors = [err11]) : vErrors.push(err11), errors++;
            }
          } else {
            const err12 = {
              instancePath: instancePath + '/extends/' + i0,
              schemaPath: '#/properties/extends/items/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema31.properties.extends.items.type,
              parentSchema: schema31.properties.extends.items,
              data: data3,
            };
            vErrors === null ? (vErrors = [err12]) : vErrors.push(err12), errors++;
          }
        }
        let i1 = data2.length,
          j0;
        if (i1 > 1) {
          const indices0 = {};
          for (; i1--; ) {
            const item0 = data2[i1];
            if (typeof item0 == 'string') {
              if (typeof indices0[item0] == 'number') {
                j0 = indices0[item0];
                const err13 = {
                  instancePath: instancePath + '/extends',
                  schemaPath: '#/properties/extends/uniqueItems',
                  keyword: 'uniqueItems',
                  params: { i: i1, j: j0 },
                  message: 'must NOT have duplicate items (items ## ' + j0 + ' and ' + i1 + ' are identical)',
                  schema: !0,
                  parentSchema: schema31.properties.extends,
                  data: data2,
                };
                vErrors === null ? (vErrors = [err13]) : vErrors.push(err13), errors++;
                break;
              }
              indices0[item0] = i1;
            }
          }
        }
      } else {
        const err14 = {
          instancePath: instancePath + '/extends',
          schemaPath: '#/properties/extends/type',
          keyword: 'type',
          params: { type: 'array' },
          message: 'must be array',
          schema: schema31.properties.extends.type,
          parentSchema: schema31.properties.extends,
          data: data2,
        };
        vErrors === null ? (vErrors = [err14]) : vErrors.push(err14), errors++;
      }
    }
    if (data.platform !== void 0) {
      const data4 = data.platform;
      if (data4 && typeof data4 == 'object' && !Array.isArray(data4)) {
        if (data4.name === void 0) {
          const err15 = {
            instancePath: instancePath + '/platform',
            schemaPath: '#/properties/platform/required',
            keyword: 'required',
            params: { missingProperty: 'name' },
            message: "must have required property 'name'",
            schema: schema31.properties.platform.required,
            parentSchema: schema31.properties.platform,
            data: data4,
          };
          vErrors === null ? (vErrors = [err15]) : vErrors.push(err15), errors++;
        }
        if (data4.versions === void 0) {
          const err16 = {
            instancePath: instancePath + '/platform',
            schemaPath: '#/properties/platform/required',
            keyword: 'required',
            params: { missingProperty: 'versions' },
            message: "must have required property 'versions'",
            schema: schema31.properties.platform.required,
            parentSchema: schema31.properties.platform,
            data: data4,
          };
          vErrors === null ? (vErrors = [err16]) : vErrors.push(err16), errors++;
        }
        for (const key1 in data4)
          if (!(key1 === 'name' || key1 === 'versions')) {
            const err17 = {
              instancePath: instancePath + '/platform',
              schemaPath: '#/properties/platform/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key1 },
              message: 'must NOT have additional properties',
              schema: !1,
              parentSchema: schema31.properties.platform,
              data: data4,
            };
            vErrors === null ? (vErrors = [err17]) : vErrors.push(err17), errors++;
          }
        if (data4.name !== void 0) {
          const data5 = data4.name;
          if (typeof data5 == 'string') {
            if (func1(data5) > 4096) {
              const err18 = {
                instancePath: instancePath + '/platform/name',
                schemaPath: '#/$defs/text/maxLength',
                keyword: 'maxLength',
                params: { limit: 4096 },
                message: 'must NOT have more than 4096 characters',
                schema: 4096,
                parentSchema: schema32,
                data: data5,
              };
              vErrors === null ? (vErrors = [err18]) : vErrors.push(err18), errors++;
            }
            if (func1(data5) < 1) {
              const err19 = {
                instancePath: instancePath + '/platform/name',
                schemaPath: '#/$defs/text/minLength',
                keyword: 'minLength',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 characters',
                schema: 1,
                parentSchema: schema32,
                data: data5,
              };
              vErrors === null ? (vErrors = [err19]) : vErrors.push(err19), errors++;
            }
          } else {
            const err20 = {
              instancePath: instancePath + '/platform/name',
              schemaPath: '#/$defs/text/type',
              keyword: 'type',
              params: { type: 'string' },
              message: 'must be string',
              schema: schema32.type,
              parentSchema: schema32,
              data: data5,
            };
            vErrors === null ? (vErrors = [err20]) : vErrors.push(err20), errors++;
          }
        }
        if (data4.versions !== void 0) {
          const data6 = data4.versions;
          if (Array.isArray(data6)) {
            if (data6.length < 1) {
              const err21 = {
                instancePath: instancePath + '/platform/versions',
                schemaPath: '#/properties/platform/properties/versions/minItems',
                keyword: 'minItems',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 items',
                schema: 1,
                parentSchema: schema31.properties.platform.properties.versions,
                data: data6,
              };
              vErrors === null ? (vErrors = [err21]) : vErrors.push(err21), errors++;
            }
            const len1 = data6.length;
            for (let i2 = 0; i2 < len1; i2++) {
              const data7 = data6[i2];
              if (typeof data7 == 'string') {
                if (!pattern5.test(data7)) {
                  const err22 = {
                    instancePath: instancePath + '/platform/versions/' + i2,
                    schemaPath: '#/$defs/version/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
                    message: 'must match pattern "^[0-9]+(?:\\.[0-9]+){0,2}$"',
                    schema: '^[0-9]+(?:\\.[0-9]+){0,2}$',
                    parentSchema: schema35,
                    data: data7,
                  };
                  vErrors === null ? (vErrors = [err22]) : vErrors.push(err22), errors++;
                }
              } else {
                const err23 = {
                  instancePath: instancePath + '/platform/versions/' + i2,
                  schemaPath: '#/$defs/version/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema35.type,
                  parentSchema: schema35,
                  data: data7,
                };
                vErrors === null ? (vErrors = [err23]) : vErrors.push(err23), errors++;
              }
            }
          } else {
            const err24 = {
              instancePath: instancePath + '/platform/versions',
              schemaPath: '#/properties/platform/properties/versions/type',
              keyword: 'type',
              params: { type: 'array' },
              message: 'must be array',
              schema: schema31.properties.platform.properties.versions.type,
              parentSchema: schema31.properties.platform.properties.versions,
              data: data6,
            };
            vErrors === null ? (vErrors = [err24]) : vErrors.push(err24), errors++;
          }
        }
      } else {
        const err25 = {
          instancePath: instancePath + '/platform',
          schemaPath: '#/properties/platform/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema31.properties.platform.type,
          parentSchema: schema31.properties.platform,
          data: data4,
        };
        vErrors === null ? (vErrors = [err25]) : vErrors.push(err25), errors++;
      }
    }
    if (
      (data.boot !== void 0 &&
        (validate21(data.boot, {
          instancePath: instancePath + '/boot',
          parentData: data,
          parentDataProperty: 'boot',
          rootData,
          dynamicAnchors,
        }) ||
          ((vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors)),
          (errors = vErrors.length))),
      data.requirements !== void 0)
    ) {
      const data9 = data.requirements;
      if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
        if (Object.keys(data9).length > 2e3) {
          const err26 = {
            instancePath: instancePath + '/requirements',
            schemaPath: '#/properties/requirements/maxProperties',
            keyword: 'maxProperties',
            params: { limit: 2e3 },
            message: 'must NOT have more than 2000 properties',
            schema: 2e3,
            parentSchema: schema31.properties.requirements,
            data: data9,
          };
          vErrors === null ? (vErrors = [err26]) : vErrors.push(err26), errors++;
        }
        for (const key2 in data9) {
          const _errs26 = errors;
          if (typeof key2 == 'string' && !pattern6.test(key2)) {
            const err27 = {
              instancePath: instancePath + '/requirements',
              schemaPath: '#/properties/requirements/propertyNames/pattern',
              keyword: 'pattern',
              params: { pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$' },
              message: 'must match pattern "^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$"',
              schema: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$',
              parentSchema: schema31.properties.requirements.propertyNames,
              data: key2,
              propertyName: key2,
            };
            vErrors === null ? (vErrors = [err27]) : vErrors.push(err27), errors++;
          }
          var valid11 = _errs26 === errors;
          if (!valid11) {
            const err28 = {
              instancePath: instancePath + '/requirements',
              schemaPath: '#/properties/requirements/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key2 },
              message: 'property name must be valid',
              schema: schema31.properties.requirements.propertyNames,
              parentSchema: schema31.properties.requirements,
              data: data9,
            };
            vErrors === null ? (vErrors = [err28]) : vErrors.push(err28), errors++;
          }
        }
        for (const key3 in data9)
          validate23(data9[key3], {
            instancePath: instancePath + '/requirements/' + key3.replace(/~/g, '~0').replace(/\//g, '~1'),
            parentData: data9,
            parentDataProperty: key3,
            rootData,
            dynamicAnchors,
          }) ||
            ((vErrors = vErrors === null ? validate23.errors : vErrors.concat(validate23.errors)),
            (errors = vErrors.length));
      } else {
        const err29 = {
          instancePath: instancePath + '/requirements',
          schemaPath: '#/properties/requirements/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema31.properties.requirements.type,
          parentSchema: schema31.properties.requirements,
          data: data9,
        };
        vErrors === null ? (vErrors = [err29]) : vErrors.push(err29), errors++;
      }
    }
  } else {
    const err30 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema31.type,
      parentSchema: schema31,
      data,
    };
    vErrors === null ? (vErrors = [err30]) : vErrors.push(err30), errors++;
  }
  return ((validate20.errors = vErrors), errors === 0);
}
validate20.evaluated = { props: !0, dynamicProps: !1, dynamicItems: !1 };
var symbols = validate40,
  schema57 = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'https://kconfig-lint.dev/schemas/symbols.json',
    title: 'kconfig-lint symbol facts',
    description:
      'What is known of a Kconfig symbol across releases and architectures. A symbol without facts is taken to exist everywhere and to be settable.',
    type: 'object',
    additionalProperties: !1,
    required: ['symbols'],
    properties: {
      symbols: {
        type: 'object',
        propertyNames: { pattern: '^[A-Z0-9_a-z]+$' },
        additionalProperties: {
          type: 'object',
          additionalProperties: !1,
          minProperties: 1,
          properties: {
            added: { description: 'First release that has it.', $ref: '#/$defs/version' },
            removed: { description: 'First release without it.', $ref: '#/$defs/version' },
            arch: {
              description: 'Architectures on which it can be on at all.',
              type: 'array',
              minItems: 1,
              items: { $ref: '#/$defs/arch' },
            },
            'renamed-to': {
              description: 'The name it has from `removed` on; either name satisfies a requirement on the other.',
              $ref: '#/$defs/symbol',
            },
            hidden: {
              description:
                'It has no prompt: nobody can set it by hand. Always (true), or only for some releases or architectures.',
              anyOf: [
                { const: 'true' },
                {
                  type: 'object',
                  additionalProperties: !1,
                  minProperties: 1,
                  properties: {
                    kernel: { $ref: '#/$defs/range' },
                    arch: { type: 'array', minItems: 1, items: { $ref: '#/$defs/arch' } },
                  },
                },
              ],
            },
            follows: {
              description: 'What a person sets to get it (SYMBOL or SYMBOL=value), for hidden symbols.',
              type: 'array',
              minItems: 1,
              items: { type: 'string', pattern: '^[A-Z0-9_a-z]+(?:=[^\\s]+)?$' },
            },
            note: { type: 'string', minLength: 1, maxLength: 1e3 },
          },
        },
      },
    },
    $defs: {
      symbol: { type: 'string', pattern: '^[A-Z0-9_a-z]+$' },
      version: { type: 'string', pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
      range: {
        type: 'string',
        pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
      },
      arch: { enum: ['x86', 'x86_64', 'i386', 'arm64', 'arm', 'riscv', 'powerpc', 's390', 'mips', 'loongarch'] },
    },
  },
  schema58 = { type: 'string', pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
  schema60 = { enum: ['x86', 'x86_64', 'i386', 'arm64', 'arm', 'riscv', 'powerpc', 's390', 'mips', 'loongarch'] },
  schema61 = { type: 'string', pattern: '^[A-Z0-9_a-z]+$' },
  schema62 = {
    type: 'string',
    pattern: '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
  },
  pattern17 = /^[A-Z0-9_a-z]+$/u,
  pattern22 = /^[A-Z0-9_a-z]+(?:=[^\s]+)?$/u;
function validate40(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data, dynamicAnchors = {} } = {},
) {
  let vErrors = null,
    errors = 0,
    evaluated0 = validate40.evaluated;
  if (
    (evaluated0.dynamicProps && (evaluated0.props = void 0),
    evaluated0.dynamicItems && (evaluated0.items = void 0),
    data && typeof data == 'object' && !Array.isArray(data))
  ) {
    if (data.symbols === void 0) {
      const err0 = {
        instancePath,
        schemaPath: '#/required',
        keyword: 'required',
        params: { missingProperty: 'symbols' },
        message: "must have required property 'symbols'",
        schema: schema57.required,
        parentSchema: schema57,
        data,
      };
      vErrors === null ? (vErrors = [err0]) : vErrors.push(err0), errors++;
    }
    for (const key0 in data)
      if (key0 !== 'symbols') {
        const err1 = {
          instancePath,
          schemaPath: '#/additionalProperties',
          keyword: 'additionalProperties',
          params: { additionalProperty: key0 },
          message: 'must NOT have additional properties',
          schema: !1,
          parentSchema: schema57,
          data,
        };
        vErrors === null ? (vErrors = [err1]) : vErrors.push(err1), errors++;
      }
    if (data.symbols !== void 0) {
      const data0 = data.symbols;
      if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
        for (const key1 in data0) {
          const _errs4 = errors;
          if (typeof key1 == 'string' && !pattern17.test(key1)) {
            const err2 = {
              instancePath: instancePath + '/symbols',
              schemaPath: '#/properties/symbols/propertyNames/pattern',
              keyword: 'pattern',
              params: { pattern: '^[A-Z0-9_a-z]+$' },
              message: 'must match pattern "^[A-Z0-9_a-z]+$"',
              schema: '^[A-Z0-9_a-z]+$',
              parentSchema: schema57.properties.symbols.propertyNames,
              data: key1,
              propertyName: key1,
            };
            vErrors === null ? (vErrors = [err2]) : vErrors.push(err2), errors++;
          }
          var valid1 = _errs4 === errors;
          if (!valid1) {
            const err3 = {
              instancePath: instancePath + '/symbols',
              schemaPath: '#/properties/symbols/propertyNames',
              keyword: 'propertyNames',
              params: { propertyName: key1 },
              message: 'property name must be valid',
              schema: schema57.properties.symbols.propertyNames,
              parentSchema: schema57.properties.symbols,
              data: data0,
            };
            vErrors === null ? (vErrors = [err3]) : vErrors.push(err3), errors++;
          }
        }
        for (const key2 in data0) {
          const data1 = data0[key2];
          if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
            if (Object.keys(data1).length < 1) {
              const err4 = {
                instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                schemaPath: '#/properties/symbols/additionalProperties/minProperties',
                keyword: 'minProperties',
                params: { limit: 1 },
                message: 'must NOT have fewer than 1 properties',
                schema: 1,
                parentSchema: schema57.properties.symbols.additionalProperties,
                data: data1,
              };
              vErrors === null ? (vErrors = [err4]) : vErrors.push(err4), errors++;
            }
            for (const key3 in data1)
              if (
                !(
                  key3 === 'added' ||
                  key3 === 'removed' ||
                  key3 === 'arch' ||
                  key3 === 'renamed-to' ||
                  key3 === 'hidden' ||
                  key3 === 'follows' ||
                  key3 === 'note'
                )
              ) {
                const err5 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                  schemaPath: '#/properties/symbols/additionalProperties/additionalProperties',
                  keyword: 'additionalProperties',
                  params: { additionalProperty: key3 },
                  message: 'must NOT have additional properties',
                  schema: !1,
                  parentSchema: schema57.properties.symbols.additionalProperties,
                  data: data1,
                };
                vErrors === null ? (vErrors = [err5]) : vErrors.push(err5), errors++;
              }
            if (data1.added !== void 0) {
              const data2 = data1.added;
              if (typeof data2 == 'string') {
                if (!pattern5.test(data2)) {
                  const err6 = {
                    instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/added',
                    schemaPath: '#/$defs/version/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
                    message: 'must match pattern "^[0-9]+(?:\\.[0-9]+){0,2}$"',
                    schema: '^[0-9]+(?:\\.[0-9]+){0,2}$',
                    parentSchema: schema58,
                    data: data2,
                  };
                  vErrors === null ? (vErrors = [err6]) : vErrors.push(err6), errors++;
                }
              } else {
                const err7 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/added',
                  schemaPath: '#/$defs/version/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema58.type,
                  parentSchema: schema58,
                  data: data2,
                };
                vErrors === null ? (vErrors = [err7]) : vErrors.push(err7), errors++;
              }
            }
            if (data1.removed !== void 0) {
              const data3 = data1.removed;
              if (typeof data3 == 'string') {
                if (!pattern5.test(data3)) {
                  const err8 = {
                    instancePath:
                      instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/removed',
                    schemaPath: '#/$defs/version/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[0-9]+(?:\\.[0-9]+){0,2}$' },
                    message: 'must match pattern "^[0-9]+(?:\\.[0-9]+){0,2}$"',
                    schema: '^[0-9]+(?:\\.[0-9]+){0,2}$',
                    parentSchema: schema58,
                    data: data3,
                  };
                  vErrors === null ? (vErrors = [err8]) : vErrors.push(err8), errors++;
                }
              } else {
                const err9 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/removed',
                  schemaPath: '#/$defs/version/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema58.type,
                  parentSchema: schema58,
                  data: data3,
                };
                vErrors === null ? (vErrors = [err9]) : vErrors.push(err9), errors++;
              }
            }
            if (data1.arch !== void 0) {
              const data4 = data1.arch;
              if (Array.isArray(data4)) {
                if (data4.length < 1) {
                  const err10 = {
                    instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/arch',
                    schemaPath: '#/properties/symbols/additionalProperties/properties/arch/minItems',
                    keyword: 'minItems',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 items',
                    schema: 1,
                    parentSchema: schema57.properties.symbols.additionalProperties.properties.arch,
                    data: data4,
                  };
                  vErrors === null ? (vErrors = [err10]) : vErrors.push(err10), errors++;
                }
                const len0 = data4.length;
                for (let i0 = 0; i0 < len0; i0++) {
                  const data5 = data4[i0];
                  if (
                    !(
                      data5 === 'x86' ||
                      data5 === 'x86_64' ||
                      data5 === 'i386' ||
                      data5 === 'arm64' ||
                      data5 === 'arm' ||
                      data5 === 'riscv' ||
                      data5 === 'powerpc' ||
                      data5 === 's390' ||
                      data5 === 'mips' ||
                      data5 === 'loongarch'
                    )
                  ) {
                    const err11 = {
                      instancePath:
                        instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/arch/' + i0,
                      schemaPath: '#/$defs/arch/enum',
                      keyword: 'enum',
                      params: { allowedValues: schema60.enum },
                      message: 'must be equal to one of the allowed values',
                      schema: schema60.enum,
                      parentSchema: schema60,
                      data: data5,
                    };
                    vErrors === null ? (vErrors = [err11]) : vErrors.push(err11), errors++;
                  }
                }
              } else {
                const err12 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/arch',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/arch/type',
                  keyword: 'type',
                  params: { type: 'array' },
                  message: 'must be array',
                  schema: schema57.properties.symbols.additionalProperties.properties.arch.type,
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.arch,
                  data: data4,
                };
                vErrors === null ? (vErrors = [err12]) : vErrors.push(err12), errors++;
              }
            }
            if (data1['renamed-to'] !== void 0) {
              const data6 = data1['renamed-to'];
              if (typeof data6 == 'string') {
                if (!pattern17.test(data6)) {
                  const err13 = {
                    instancePath:
                      instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/renamed-to',
                    schemaPath: '#/$defs/symbol/pattern',
                    keyword: 'pattern',
                    params: { pattern: '^[A-Z0-9_a-z]+$' },
                    message: 'must match pattern "^[A-Z0-9_a-z]+$"',
                    schema: '^[A-Z0-9_a-z]+$',
                    parentSchema: schema61,
                    data: data6,
                  };
                  vErrors === null ? (vErrors = [err13]) : vErrors.push(err13), errors++;
                }
              } else {
                const err14 = {
                  instancePath:
                    instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/renamed-to',
                  schemaPath: '#/$defs/symbol/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema61.type,
                  parentSchema: schema61,
                  data: data6,
                };
                vErrors === null ? (vErrors = [err14]) : vErrors.push(err14), errors++;
              }
            }
            if (data1.hidden !== void 0) {
              let data7 = data1.hidden,
                _errs23 = errors,
                valid10 = !1,
                _errs24 = errors;
              if (data7 !== 'true') {
                const err15 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/hidden/anyOf/0/const',
                  keyword: 'const',
                  params: { allowedValue: 'true' },
                  message: 'must be equal to constant',
                  schema: 'true',
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[0],
                  data: data7,
                };
                vErrors === null ? (vErrors = [err15]) : vErrors.push(err15), errors++;
              }
              var _valid0 = _errs24 === errors;
              valid10 = valid10 || _valid0;
              const _errs25 = errors;
              if (data7 && typeof data7 == 'object' && !Array.isArray(data7)) {
                if (Object.keys(data7).length < 1) {
                  const err16 = {
                    instancePath:
                      instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden',
                    schemaPath: '#/properties/symbols/additionalProperties/properties/hidden/anyOf/1/minProperties',
                    keyword: 'minProperties',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 properties',
                    schema: 1,
                    parentSchema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1],
                    data: data7,
                  };
                  vErrors === null ? (vErrors = [err16]) : vErrors.push(err16), errors++;
                }
                for (const key4 in data7)
                  if (!(key4 === 'kernel' || key4 === 'arch')) {
                    const err17 = {
                      instancePath:
                        instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden',
                      schemaPath:
                        '#/properties/symbols/additionalProperties/properties/hidden/anyOf/1/additionalProperties',
                      keyword: 'additionalProperties',
                      params: { additionalProperty: key4 },
                      message: 'must NOT have additional properties',
                      schema: !1,
                      parentSchema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1],
                      data: data7,
                    };
                    vErrors === null ? (vErrors = [err17]) : vErrors.push(err17), errors++;
                  }
                if (data7.kernel !== void 0) {
                  const data8 = data7.kernel;
                  if (typeof data8 == 'string') {
                    if (!pattern8.test(data8)) {
                      const err18 = {
                        instancePath:
                          instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden/kernel',
                        schemaPath: '#/$defs/range/pattern',
                        keyword: 'pattern',
                        params: {
                          pattern:
                            '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
                        },
                        message:
                          'must match pattern "^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$"',
                        schema:
                          '^(?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2}(?: (?:>=|<=|>|<|=)[0-9]+(?:\\.[0-9]+){0,2})*$',
                        parentSchema: schema62,
                        data: data8,
                      };
                      vErrors === null ? (vErrors = [err18]) : vErrors.push(err18), errors++;
                    }
                  } else {
                    const err19 = {
                      instancePath:
                        instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden/kernel',
                      schemaPath: '#/$defs/range/type',
                      keyword: 'type',
                      params: { type: 'string' },
                      message: 'must be string',
                      schema: schema62.type,
                      parentSchema: schema62,
                      data: data8,
                    };
                    vErrors === null ? (vErrors = [err19]) : vErrors.push(err19), errors++;
                  }
                }
                if (data7.arch !== void 0) {
                  const data9 = data7.arch;
                  if (Array.isArray(data9)) {
                    if (data9.length < 1) {
                      const err20 = {
                        instancePath:
                          instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden/arch',
                        schemaPath:
                          '#/properties/symbols/additionalProperties/properties/hidden/anyOf/1/properties/arch/minItems',
                        keyword: 'minItems',
                        params: { limit: 1 },
                        message: 'must NOT have fewer than 1 items',
                        schema: 1,
                        parentSchema:
                          schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1].properties.arch,
                        data: data9,
                      };
                      vErrors === null ? (vErrors = [err20]) : vErrors.push(err20), errors++;
                    }
                    const len1 = data9.length;
                    for (let i1 = 0; i1 < len1; i1++) {
                      const data10 = data9[i1];
                      if (
                        !(
                          data10 === 'x86' ||
                          data10 === 'x86_64' ||
                          data10 === 'i386' ||
                          data10 === 'arm64' ||
                          data10 === 'arm' ||
                          data10 === 'riscv' ||
                          data10 === 'powerpc' ||
                          data10 === 's390' ||
                          data10 === 'mips' ||
                          data10 === 'loongarch'
                        )
                      ) {
                        const err21 = {
                          instancePath:
                            instancePath +
                            '/symbols/' +
                            key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                            '/hidden/arch/' +
                            i1,
                          schemaPath: '#/$defs/arch/enum',
                          keyword: 'enum',
                          params: { allowedValues: schema60.enum },
                          message: 'must be equal to one of the allowed values',
                          schema: schema60.enum,
                          parentSchema: schema60,
                          data: data10,
                        };
                        vErrors === null ? (vErrors = [err21]) : vErrors.push(err21), errors++;
                      }
                    }
                  } else {
                    const err22 = {
                      instancePath:
                        instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden/arch',
                      schemaPath:
                        '#/properties/symbols/additionalProperties/properties/hidden/anyOf/1/properties/arch/type',
                      keyword: 'type',
                      params: { type: 'array' },
                      message: 'must be array',
                      schema:
                        schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1].properties.arch
                          .type,
                      parentSchema:
                        schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1].properties.arch,
                      data: data9,
                    };
                    vErrors === null ? (vErrors = [err22]) : vErrors.push(err22), errors++;
                  }
                }
              } else {
                const err23 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/hidden/anyOf/1/type',
                  keyword: 'type',
                  params: { type: 'object' },
                  message: 'must be object',
                  schema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1].type,
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf[1],
                  data: data7,
                };
                vErrors === null ? (vErrors = [err23]) : vErrors.push(err23), errors++;
              }
              var _valid0 = _errs25 === errors;
              if (((valid10 = valid10 || _valid0), valid10))
                (errors = _errs23), vErrors !== null && (_errs23 ? (vErrors.length = _errs23) : (vErrors = null));
              else {
                const err24 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/hidden',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/hidden/anyOf',
                  keyword: 'anyOf',
                  params: {},
                  message: 'must match a schema in anyOf',
                  schema: schema57.properties.symbols.additionalProperties.properties.hidden.anyOf,
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.hidden,
                  data: data7,
                };
                vErrors === null ? (vErrors = [err24]) : vErrors.push(err24), errors++;
              }
            }
            if (data1.follows !== void 0) {
              const data11 = data1.follows;
              if (Array.isArray(data11)) {
                if (data11.length < 1) {
                  const err25 = {
                    instancePath:
                      instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/follows',
                    schemaPath: '#/properties/symbols/additionalProperties/properties/follows/minItems',
                    keyword: 'minItems',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 items',
                    schema: 1,
                    parentSchema: schema57.properties.symbols.additionalProperties.properties.follows,
                    data: data11,
                  };
                  vErrors === null ? (vErrors = [err25]) : vErrors.push(err25), errors++;
                }
                const len2 = data11.length;
                for (let i2 = 0; i2 < len2; i2++) {
                  const data12 = data11[i2];
                  if (typeof data12 == 'string') {
                    if (!pattern22.test(data12)) {
                      const err26 = {
                        instancePath:
                          instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/follows/' + i2,
                        schemaPath: '#/properties/symbols/additionalProperties/properties/follows/items/pattern',
                        keyword: 'pattern',
                        params: { pattern: '^[A-Z0-9_a-z]+(?:=[^\\s]+)?$' },
                        message: 'must match pattern "^[A-Z0-9_a-z]+(?:=[^\\s]+)?$"',
                        schema: '^[A-Z0-9_a-z]+(?:=[^\\s]+)?$',
                        parentSchema: schema57.properties.symbols.additionalProperties.properties.follows.items,
                        data: data12,
                      };
                      vErrors === null ? (vErrors = [err26]) : vErrors.push(err26), errors++;
                    }
                  } else {
                    const err27 = {
                      instancePath:
                        instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/follows/' + i2,
                      schemaPath: '#/properties/symbols/additionalProperties/properties/follows/items/type',
                      keyword: 'type',
                      params: { type: 'string' },
                      message: 'must be string',
                      schema: schema57.properties.symbols.additionalProperties.properties.follows.items.type,
                      parentSchema: schema57.properties.symbols.additionalProperties.properties.follows.items,
                      data: data12,
                    };
                    vErrors === null ? (vErrors = [err27]) : vErrors.push(err27), errors++;
                  }
                }
              } else {
                const err28 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/follows',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/follows/type',
                  keyword: 'type',
                  params: { type: 'array' },
                  message: 'must be array',
                  schema: schema57.properties.symbols.additionalProperties.properties.follows.type,
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.follows,
                  data: data11,
                };
                vErrors === null ? (vErrors = [err28]) : vErrors.push(err28), errors++;
              }
            }
            if (data1.note !== void 0) {
              const data13 = data1.note;
              if (typeof data13 == 'string') {
                if (func1(data13) > 1e3) {
                  const err29 = {
                    instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/note',
                    schemaPath: '#/properties/symbols/additionalProperties/properties/note/maxLength',
                    keyword: 'maxLength',
                    params: { limit: 1e3 },
                    message: 'must NOT have more than 1000 characters',
                    schema: 1e3,
                    parentSchema: schema57.properties.symbols.additionalProperties.properties.note,
                    data: data13,
                  };
                  vErrors === null ? (vErrors = [err29]) : vErrors.push(err29), errors++;
                }
                if (func1(data13) < 1) {
                  const err30 = {
                    instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/note',
                    schemaPath: '#/properties/symbols/additionalProperties/properties/note/minLength',
                    keyword: 'minLength',
                    params: { limit: 1 },
                    message: 'must NOT have fewer than 1 characters',
                    schema: 1,
                    parentSchema: schema57.properties.symbols.additionalProperties.properties.note,
                    data: data13,
                  };
                  vErrors === null ? (vErrors = [err30]) : vErrors.push(err30), errors++;
                }
              } else {
                const err31 = {
                  instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1') + '/note',
                  schemaPath: '#/properties/symbols/additionalProperties/properties/note/type',
                  keyword: 'type',
                  params: { type: 'string' },
                  message: 'must be string',
                  schema: schema57.properties.symbols.additionalProperties.properties.note.type,
                  parentSchema: schema57.properties.symbols.additionalProperties.properties.note,
                  data: data13,
                };
                vErrors === null ? (vErrors = [err31]) : vErrors.push(err31), errors++;
              }
            }
          } else {
            const err32 = {
              instancePath: instancePath + '/symbols/' + key2.replace(/~/g, '~0').replace(/\//g, '~1'),
              schemaPath: '#/properties/symbols/additionalProperties/type',
              keyword: 'type',
              params: { type: 'object' },
              message: 'must be object',
              schema: schema57.properties.symbols.additionalProperties.type,
              parentSchema: schema57.properties.symbols.additionalProperties,
              data: data1,
            };
            vErrors === null ? (vErrors = [err32]) : vErrors.push(err32), errors++;
          }
        }
      } else {
        const err33 = {
          instancePath: instancePath + '/symbols',
          schemaPath: '#/properties/symbols/type',
          keyword: 'type',
          params: { type: 'object' },
          message: 'must be object',
          schema: schema57.properties.symbols.type,
          parentSchema: schema57.properties.symbols,
          data: data0,
        };
        vErrors === null ? (vErrors = [err33]) : vErrors.push(err33), errors++;
      }
    }
  } else {
    const err34 = {
      instancePath,
      schemaPath: '#/type',
      keyword: 'type',
      params: { type: 'object' },
      message: 'must be object',
      schema: schema57.type,
      parentSchema: schema57,
      data,
    };
    vErrors === null ? (vErrors = [err34]) : vErrors.push(err34), errors++;
  }
  return ((validate40.errors = vErrors), errors === 0);
}
validate40.evaluated = { props: !0, dynamicProps: !1, dynamicItems: !1 };
var run = (validate) => (value) => (validate(value) ? [] : validate.errors),
  validateProfile = run(profile),
  validateSymbols = run(symbols);
export { validateProfile, validateSymbols };
