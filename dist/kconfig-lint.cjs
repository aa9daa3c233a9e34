#!/usr/bin/env node
"use strict";
var __create = Object.create;
var __defProp = Object.defineProperty;
var __getOwnPropDesc = Object.getOwnPropertyDescriptor;
var __getOwnPropNames = Object.getOwnPropertyNames;
var __getProtoOf = Object.getPrototypeOf;
var __hasOwnProp = Object.prototype.hasOwnProperty;
var __commonJS = (cb, mod) => function __require() {
  try {
    return mod || (0, cb[__getOwnPropNames(cb)[0]])((mod = { exports: {} }).exports, mod), mod.exports;
  } catch (e) {
    throw mod = 0, e;
  }
};
var __copyProps = (to, from, except, desc) => {
  if (from && typeof from === "object" || typeof from === "function") {
    for (let key of __getOwnPropNames(from))
      if (!__hasOwnProp.call(to, key) && key !== except)
        __defProp(to, key, { get: () => from[key], enumerable: !(desc = __getOwnPropDesc(from, key)) || desc.enumerable });
  }
  return to;
};
var __toESM = (mod, isNodeMode, target) => (target = mod != null ? __create(__getProtoOf(mod)) : {}, __copyProps(
  // If the importer is in node compatibility mode or this is not an ESM
  // file that has been converted to a CommonJS file using a Babel-
  // compatible transform (i.e. "__esModule" has not been set), then set
  // "default" to the CommonJS "module.exports" for node compatibility.
  isNodeMode || !mod || !mod.__esModule ? __defProp(target, "default", { value: mod, enumerable: true }) : target,
  mod
));

// node_modules/picocolors/picocolors.js
var require_picocolors = __commonJS({
  "node_modules/picocolors/picocolors.js"(exports2, module2) {
    var p = process || {};
    var argv = p.argv || [];
    var env = p.env || {};
    var isColorSupported = !(!!env.NO_COLOR || argv.includes("--no-color")) && (!!env.FORCE_COLOR || argv.includes("--color") || p.platform === "win32" || (p.stdout || {}).isTTY && env.TERM !== "dumb" || !!env.CI);
    var formatter = (open, close, replace = open) => (input) => {
      let string = "" + input, index = string.indexOf(close, open.length);
      return ~index ? open + replaceClose(string, close, replace, index) + close : open + string + close;
    };
    var replaceClose = (string, close, replace, index) => {
      let result = "", cursor = 0;
      do {
        result += string.substring(cursor, index) + replace;
        cursor = index + close.length;
        index = string.indexOf(close, cursor);
      } while (~index);
      return result + string.substring(cursor);
    };
    var createColors2 = (enabled = isColorSupported) => {
      let f = enabled ? formatter : () => String;
      return {
        isColorSupported: enabled,
        reset: f("\x1B[0m", "\x1B[0m"),
        bold: f("\x1B[1m", "\x1B[22m", "\x1B[22m\x1B[1m"),
        dim: f("\x1B[2m", "\x1B[22m", "\x1B[22m\x1B[2m"),
        italic: f("\x1B[3m", "\x1B[23m"),
        underline: f("\x1B[4m", "\x1B[24m"),
        inverse: f("\x1B[7m", "\x1B[27m"),
        hidden: f("\x1B[8m", "\x1B[28m"),
        strikethrough: f("\x1B[9m", "\x1B[29m"),
        black: f("\x1B[30m", "\x1B[39m"),
        red: f("\x1B[31m", "\x1B[39m"),
        green: f("\x1B[32m", "\x1B[39m"),
        yellow: f("\x1B[33m", "\x1B[39m"),
        blue: f("\x1B[34m", "\x1B[39m"),
        magenta: f("\x1B[35m", "\x1B[39m"),
        cyan: f("\x1B[36m", "\x1B[39m"),
        white: f("\x1B[37m", "\x1B[39m"),
        gray: f("\x1B[90m", "\x1B[39m"),
        bgBlack: f("\x1B[40m", "\x1B[49m"),
        bgRed: f("\x1B[41m", "\x1B[49m"),
        bgGreen: f("\x1B[42m", "\x1B[49m"),
        bgYellow: f("\x1B[43m", "\x1B[49m"),
        bgBlue: f("\x1B[44m", "\x1B[49m"),
        bgMagenta: f("\x1B[45m", "\x1B[49m"),
        bgCyan: f("\x1B[46m", "\x1B[49m"),
        bgWhite: f("\x1B[47m", "\x1B[49m"),
        blackBright: f("\x1B[90m", "\x1B[39m"),
        redBright: f("\x1B[91m", "\x1B[39m"),
        greenBright: f("\x1B[92m", "\x1B[39m"),
        yellowBright: f("\x1B[93m", "\x1B[39m"),
        blueBright: f("\x1B[94m", "\x1B[39m"),
        magentaBright: f("\x1B[95m", "\x1B[39m"),
        cyanBright: f("\x1B[96m", "\x1B[39m"),
        whiteBright: f("\x1B[97m", "\x1B[39m"),
        bgBlackBright: f("\x1B[100m", "\x1B[49m"),
        bgRedBright: f("\x1B[101m", "\x1B[49m"),
        bgGreenBright: f("\x1B[102m", "\x1B[49m"),
        bgYellowBright: f("\x1B[103m", "\x1B[49m"),
        bgBlueBright: f("\x1B[104m", "\x1B[49m"),
        bgMagentaBright: f("\x1B[105m", "\x1B[49m"),
        bgCyanBright: f("\x1B[106m", "\x1B[49m"),
        bgWhiteBright: f("\x1B[107m", "\x1B[49m")
      };
    };
    module2.exports = createColors2();
    module2.exports.createColors = createColors2;
  }
});

// src/cli/bin.ts
var import_node_v8 = require("node:v8");

// src/host.ts
var Exit = {
  ok: 0,
  findings: 1,
  usage: 2,
  unreadable: 3,
  output: 4,
  internal: 70
};

// src/node-host.ts
var import_node_buffer = require("node:buffer");
var fs = __toESM(require("node:fs"), 1);
var import_node_path = require("node:path");

// src/source.ts
function createSource(path, text, encoding = "utf-8") {
  const codes = new Uint16Array(text.length);
  for (let i = 0; i < text.length; i++) codes[i] = text.charCodeAt(i);
  return { path, text, encoding, codes };
}
function createAsciiSource(path, bytes, decode2) {
  let text;
  return {
    path,
    encoding: "utf-8",
    codes: bytes,
    get text() {
      text ??= decode2(bytes);
      return text;
    }
  };
}
var lineStartsBySource = /* @__PURE__ */ new WeakMap();
function rememberLineStarts(source, starts) {
  lineStartsBySource.set(source, starts);
}
function lineStartsOf(source) {
  let starts = lineStartsBySource.get(source);
  if (starts === void 0) {
    const found = [0];
    const { codes } = source;
    for (let at = codes.indexOf(10); at !== -1; at = codes.indexOf(10, at + 1)) found.push(at + 1);
    starts = Int32Array.from(found);
    lineStartsBySource.set(source, starts);
  }
  return starts;
}
function lineIndexOf(source, offset) {
  const starts = lineStartsOf(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = low + high + 1 >> 1;
    if (starts[middle] <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
function positionOf(source, offset) {
  const index = lineIndexOf(source, offset);
  return { line: index + 1, column: offset - lineStartsOf(source)[index] + 1 };
}
function lineSpanOf(source, index) {
  const starts = lineStartsOf(source);
  const start = starts[index] ?? source.codes.length;
  let end = index + 1 < starts.length ? starts[index + 1] - 1 : source.codes.length;
  if (end > start && source.codes[end - 1] === 13) end--;
  return { start, end };
}

// src/node-host.ts
var latin1 = (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("latin1");
function createNodeHost(assets) {
  const output = createWriter(1);
  const errors = createWriter(2);
  let shared = Buffer.alloc(0);
  const room = (size, keep) => {
    if (keep) return Buffer.allocUnsafeSlow(size);
    if (shared.length < size) shared = Buffer.allocUnsafeSlow(size * 2);
    return shared;
  };
  return {
    readSource: (path, options) => readSource(path, options, room),
    pathKind: (path) => kindOf(path, true),
    linkKind: (path) => kindOf(path, false),
    list: (folder) => {
      try {
        return fs.readdirSync(folder).sort();
      } catch {
        return void 0;
      }
    },
    asset: (name) => fs.readFileSync((0, import_node_path.join)(assets, name), "utf8"),
    sameFile: (a, b) => {
      try {
        const x = fs.statSync(a);
        const y = fs.statSync(b);
        return x.ino === y.ino && x.dev === y.dev;
      } catch {
        return false;
      }
    },
    write: output.write,
    writeError: (text) => void errors.write(text),
    outputFailure: output.failure,
    openOutput,
    env: process.env,
    get isTerminal() {
      return process.stdout.isTTY === true;
    },
    get columns() {
      const columns = Number(process.env["COLUMNS"]);
      return columns > 0 ? columns : process.stdout.columns ?? 80;
    }
  };
}
function readError(error) {
  const { code = "", message = String(error) } = error;
  const known = {
    ENOENT: "missing",
    ENOTDIR: "missing",
    EACCES: "denied",
    EPERM: "denied",
    EISDIR: "folder",
    ENXIO: "not-regular"
  };
  return { error: known[code] ?? "io", detail: code || message };
}
function readSource(path, options, room) {
  try {
    const bytes = path === "-" ? readAll(0, options, room, 0) : readFile(path, options, room);
    if ("error" in bytes) return bytes;
    const content = isGzip(bytes) ? gunzip(bytes, options.unzippedLimit) : bytes;
    return "error" in content ? content : decode(path, content);
  } catch (error) {
    return readError(error);
  }
}
function readFile(path, options, room) {
  const fd = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NONBLOCK);
  try {
    const stat = fs.fstatSync(fd);
    if (stat.isDirectory()) return { error: "folder", detail: "EISDIR" };
    if (!stat.isFile()) return { error: "not-regular", detail: "not a regular file" };
    if (stat.size > options.limit) return tooLarge(options.limit);
    return readAll(fd, options, room, stat.size);
  } finally {
    fs.closeSync(fd);
  }
}
function tooLarge(limit) {
  return { error: "too-large", detail: `more than ${limit} bytes` };
}
function readAll(fd, { limit, keep }, room, expected) {
  let buffer = room(Math.max(expected, 4095) + 1, keep);
  let length = 0;
  for (; ; ) {
    if (length === buffer.length) {
      const wider = room(buffer.length * 2, true);
      buffer.copy(wider, 0, 0, length);
      buffer = wider;
    }
    const read = readSome(fd, buffer, length);
    if (read === 0) return buffer.subarray(0, length);
    length += read;
    if (length > limit) return tooLarge(limit);
  }
}
function readSome(fd, buffer, at) {
  for (; ; ) {
    try {
      return fs.readSync(fd, buffer, at, buffer.length - at, null);
    } catch (error) {
      const { code } = error;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      pause();
    }
  }
}
function isGzip(bytes) {
  return bytes.length >= 2 && bytes[0] === 31 && bytes[1] === 139;
}
function gunzip(bytes, limit) {
  const zlib = process.getBuiltinModule("node:zlib");
  try {
    return zlib.gunzipSync(bytes, { maxOutputLength: limit });
  } catch (error) {
    const { code = "", message = "" } = error;
    if (code === "ERR_BUFFER_TOO_LARGE") return tooLarge(limit);
    return { error: "bad-gzip", detail: message };
  }
}
function decode(path, bytes) {
  const name = path === "-" ? "<stdin>" : path;
  if ((0, import_node_buffer.isAscii)(bytes)) return createAsciiSource(name, bytes, latin1);
  if ((0, import_node_buffer.isUtf8)(bytes)) return createSource(name, bytes.toString("utf8"));
  return createSource(name, latin1(bytes), "latin1");
}
function kindOf(path, follow) {
  try {
    const stat = follow ? fs.statSync(path) : fs.lstatSync(path);
    return stat.isFile() ? "file" : stat.isDirectory() ? "folder" : stat.isSymbolicLink() ? "link" : "other";
  } catch {
    return "missing";
  }
}
function pause() {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
}
function createWriter(fd) {
  let failure;
  return {
    write: (text) => {
      if (failure !== void 0) return false;
      const bytes = Buffer.from(text, "utf8");
      let at = 0;
      while (at < bytes.length) {
        try {
          at += fs.writeSync(fd, bytes, at);
        } catch (error) {
          const { code = "", message } = error;
          if (code === "EAGAIN" || code === "EINTR") pause();
          else {
            failure = code === "EPIPE" ? "closed" : code || message;
            return false;
          }
        }
      }
      return true;
    },
    failure: () => failure
  };
}
function openOutput(path) {
  const kind = kindOf(path, false);
  if (kind !== "missing" && kind !== "file") return `${path} is not a regular file`;
  const temporary = (0, import_node_path.join)((0, import_node_path.dirname)(path), `.${process.pid}-${Date.now()}.kconfig-lint.tmp`);
  let failure;
  let fd;
  try {
    fd = fs.openSync(temporary, "wx", 438);
  } catch (error) {
    return error.message;
  }
  const attempt = (action) => {
    if (failure !== void 0) return false;
    try {
      action();
    } catch (error) {
      failure = error.message;
    }
    return failure === void 0;
  };
  return {
    write: (text) => attempt(() => {
      const bytes = Buffer.from(text, "utf8");
      for (let at = 0; at < bytes.length; ) at += fs.writeSync(fd, bytes, at);
    }),
    commit: () => {
      attempt(() => fs.fsyncSync(fd));
      fs.closeSync(fd);
      attempt(() => fs.renameSync(temporary, path));
      if (failure !== void 0) fs.rmSync(temporary, { force: true });
      return failure;
    }
  };
}

// src/suggest.ts
function distance(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        previous[j] + 1,
        current[j - 1] + 1,
        previous[j - 1] + (same ? 0 : 1)
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2] + 1);
      }
      current.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length];
}
function nearest(word2, known) {
  const lower = word2.toLowerCase();
  const limit = Math.max(1, Math.floor(word2.length / 3));
  const scored = [];
  for (const candidate of known) {
    const other = candidate.toLowerCase();
    const d = distance(lower, other, limit);
    if (d <= limit) scored.push({ candidate, score: d });
    else if (lower.length >= 3 && other.includes(lower)) scored.push({ candidate, score: limit + 1 });
  }
  scored.sort((a, b) => a.score - b.score || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, 3).map(({ candidate }) => candidate);
}
function didYouMean(word2, known) {
  const found = nearest(word2, known);
  if (found.length === 0) return "";
  const last = found.pop();
  return `did you mean ${found.length === 0 ? last : `${found.join(", ")} or ${last}`}?`;
}

// src/project/inputs.ts
var skippedFolders = /* @__PURE__ */ new Set(["node_modules", ".git"]);
function isConfigName(name) {
  return name === ".config" || name.endsWith(".config") || name.startsWith("config-") || name.endsWith("_defconfig") || name === "defconfig" || name.endsWith(".fragment");
}
function hasGlob(argument) {
  return /[*?[\]{}]|[!@+]\(/.test(argument);
}
function findInputs(args, host, glob) {
  const paths = /* @__PURE__ */ new Set();
  const failures = [];
  for (const argument of args) {
    if (argument === "-") {
      paths.add(argument);
      continue;
    }
    const path = tidy(argument);
    const kind = host.pathKind(path);
    if (kind === "folder") {
      const found = configsIn(path, host);
      if (found.length === 0) failures.push(nothingIn(argument));
      for (const file of found) paths.add(file);
    } else if (kind === "missing" && hasGlob(argument)) {
      const found = glob(argument);
      if (found.length === 0) failures.push(nothingMatches(argument));
      for (const file of [...found].sort()) paths.add(file);
    } else paths.add(path);
  }
  return { paths: [...paths], failures };
}
function tidy(path) {
  const plain = path.replace(/^(?:\.\/)+(?=.)/, "");
  return plain.length > 1 ? plain.replace(/\/+$/, "") || "/" : plain;
}
function configsIn(folder, host) {
  const found = [];
  const todo = [folder];
  for (let next = todo.pop(); next !== void 0; next = todo.pop()) {
    const folders = [];
    for (const name of host.list(next) ?? []) {
      const path = next === "." ? name : next === "/" ? `/${name}` : `${next}/${name}`;
      const kind = host.linkKind(path);
      if (kind === "folder" && !skippedFolders.has(name)) folders.push(path);
      else if (kind === "file" && isConfigName(name)) found.push(path);
    }
    todo.push(...folders.reverse());
  }
  return found.sort();
}
function nothingIn(path) {
  return {
    path,
    code: "no-config-in-folder",
    message: "no kernel config in this folder",
    help: "files named .config, *.config, config-*, *_defconfig and *.fragment are looked for; name others one by one"
  };
}
function nothingMatches(path) {
  return {
    path,
    code: "no-match",
    message: "no file matches this pattern",
    help: "check the pattern; ** goes through folders"
  };
}
function missingHelp(path, host) {
  const cut = path.lastIndexOf("/");
  const folder = cut === -1 ? "." : path.slice(0, cut) || "/";
  const names = host.list(folder);
  if (names === void 0) return `the folder ${folder} is not there either`;
  const near = nearest(path.slice(cut + 1), names.slice(0, 5e3));
  if (near.length > 0)
    return `near it ${near.length === 1 ? "is" : "are"} ${near.map((name) => cut === -1 ? name : `${folder}/${name}`).join(", ")}`;
  const configs = names.filter(isConfigName).slice(0, 3);
  return configs.length > 0 ? `in that folder: ${configs.join(", ")}` : "check the path";
}

// src/profiles/compiled.ts
function compiledLibrary(rules, readTexts) {
  let texts;
  return {
    profiles: new Map(rules.profiles.map((profile2) => [profile2.id, profile2])),
    symbols: new Map(rules.symbols),
    textOf: (id) => {
      texts ??= readTexts();
      return Object.hasOwn(texts, id) ? texts[id] : { reason: "", references: [] };
    }
  };
}

// src/project/library.ts
function builtInLibrary(host) {
  const rules = JSON.parse(host.asset("rules.json"));
  return compiledLibrary(rules, () => JSON.parse(host.asset("texts.json")));
}
function loadBuiltIn(host) {
  return (paths) => paths.length === 0 ? { library: builtInLibrary(host), names: [] } : paths.map((path) => ({ message: `${path} cannot be read here`, help: "" }));
}

// src/invisible.ts
var ranges = "\\u00ad\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffb";
var invisibleCharacters = new RegExp(`[${ranges}]`, "g");
var unsafe = new RegExp(
  `[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f${ranges}]|[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]`,
  "g"
);
function visible(text) {
  return text.replace(unsafe, (c) => `\\u{${c.charCodeAt(0).toString(16).toUpperCase()}}`);
}

// src/config/limits.ts
var limits = {
  /** Bytes of a config, before and after decompression. */
  fileSize: 8 * 1024 * 1024,
  decompressedSize: 16 * 1024 * 1024,
  /** UTF-16 code units of one line. */
  lineLength: 64 * 1024,
  lines: 2e5,
  symbols: 1e5
};

// src/config/classify.ts
var spelledOut = /* @__PURE__ */ new Map([
  ["yes", "y"],
  ["true", "y"],
  ["on", "y"],
  ["enable", "y"],
  ["enabled", "y"],
  ["builtin", "y"],
  ["built-in", "y"],
  ["no", "n"],
  ["false", "n"],
  ["off", "n"],
  ["disable", "n"],
  ["disabled", "n"],
  ["none", "n"],
  ["mod", "m"],
  ["module", "m"],
  ["y", "y"],
  ["m", "m"],
  ["n", "n"]
]);
var closeLooks = 1e3;
function classifyFile(source, scanned, problems) {
  const { codes } = source;
  const add = (code, message, start, end, extra = {}) => {
    const span = { start, end: Math.min(end, codes.length) };
    problems.push({ code, message, location: { source, span }, ...extra });
  };
  if (codes.length === 0) return add("empty", "the file is empty", 0, 0);
  if (scanned.exceeded !== void 0) {
    const { limit, at } = scanned.exceeded;
    const message = limit === "line-too-long" ? `a line is longer than ${limits.lineLength} characters` : limit === "too-many-lines" ? `there are more than ${limits.lines} lines` : `there are more than ${limits.symbols} settings`;
    add(limit, message, at, at + 1);
  }
  for (const at of scanned.controls) {
    const c = codes[at];
    if (c === 0) {
      const wide = looksUtf16(codes);
      if (wide) add("utf-16", "the text is UTF-16, which the kernel cannot read", 0, 1);
      else add("nul-byte", `there is a NUL byte at offset ${at}`, at, at + 1);
      break;
    }
  }
  for (const at of scanned.controls) {
    const c = codes[at];
    if (c !== 0) add("invisible-character", `control character U+${hex(c)}`, at, at + 1, { replacement: "" });
  }
  if (source.encoding === "latin1") {
    const at = codes.findIndex((c) => c > 127);
    add("not-utf8", `byte 0x${codes[at].toString(16)} is not valid UTF-8`, at, at + 1);
  } else if (codes instanceof Uint16Array) {
    for (const match of source.text.matchAll(invisibleCharacters)) {
      const at = match.index;
      if (at === 0 && match[0] === "\uFEFF")
        add("byte-order-mark", "a byte order mark starts the file", 0, 1, { replacement: "" });
      else
        add("invisible-character", `invisible character U+${hex(match[0].charCodeAt(0))}`, at, at + 1, {
          replacement: ""
        });
    }
  }
  if (scanned.carriageReturns > 0) {
    const all = scanned.carriageReturns === scanned.lines;
    const at = codes.indexOf(13);
    const count = all ? "every line ends" : `${scanned.carriageReturns} of ${scanned.lines} lines end`;
    add("carriage-return", `${count} in CR LF`, at, at + 1, all ? { harmless: true } : {});
  }
  if (codes[codes.length - 1] !== 10) {
    add("missing-final-newline", "the last line has no newline at its end", codes.length, codes.length, {
      replacement: "\n"
    });
  }
  const contentOfNoConfig = scanned.irregular.length > 0 && scanned.table.count === 0;
  if (contentOfNoConfig && !mentionsConfig(source, scanned)) {
    add("not-a-config", "no line sets a CONFIG_ symbol", 0, lineSpanOf(source, 0).end);
  }
}
function mentionsConfig(source, scanned) {
  return scanned.irregular.slice(0, 1e3).some((line) => {
    const { start, end } = lineSpanOf(source, line);
    return /CONFIG_\w|^[A-Z][A-Z0-9_]*=/i.test(source.text.slice(start, Math.min(end, start + 300)));
  });
}
function looksUtf16(codes) {
  let low = 0;
  let high = 0;
  const n = Math.min(codes.length, 200);
  for (let i = 0; i < n; i++) if (codes[i] === 0) i % 2 === 0 ? low++ : high++;
  return Math.max(low, high) > n / 4;
}
function hex(c) {
  return c.toString(16).toUpperCase().padStart(4, "0");
}
function classifyLine(source, line, problems) {
  const span = lineSpanOf(source, line);
  if (span.end - span.start > limits.lineLength) return;
  const text = source.text.slice(span.start, span.end);
  const add = (code, message, extra = {}) => {
    const location = { source, span };
    problems.push({ code, message, location, ...extra });
  };
  if (text.startsWith("\uFEFF")) return;
  if (text.startsWith("#")) classifyComment(text, add);
  else classifyAssignment(text, add);
}
function offLine(symbol) {
  return `# CONFIG_${symbol} is not set`;
}
function classifyComment(text, add) {
  const match = /^#[ \t]*CONFIG_(\w+)(.*)$/s.exec(text);
  if (match === null) return;
  const [, symbol = "", rest = ""] = match;
  const off = { symbol, replacement: offLine(symbol) };
  if (/^[ \t]*(?:is[ \t]+)?(?:not[ \t]+set|unset|disabled)[ \t.;!]*$/i.test(rest)) {
    add("not-set-spelling", `this comment does not turn CONFIG_${symbol} off`, off);
  } else if (/^ is not set/.test(rest)) {
    add("not-set-spelling", 'the text after "is not set" makes this line a comment', off);
  } else if (/^[ \t]*=/.test(rest)) {
    const value = rest.replace(/^[ \t]*=[ \t]*/, "");
    if (value === "n") add("commented-assignment", `this comment does not turn CONFIG_${symbol} off`, off);
    else add("commented-assignment", `CONFIG_${symbol} is set only in a comment`, { symbol });
  }
}
function classifyAssignment(text, add) {
  const match = /^([ \t]*)(config_)([^=]*?)([ \t]*)=([ \t]*)(.*)$/is.exec(text);
  if (match === null) return classifyOther(text, add);
  const [, indent2 = "", prefix = "", name = "", before = "", after = "", value = ""] = match;
  if (name === "") return add("unexpected-data", "there is no symbol between CONFIG_ and =");
  if (!/^\w+$/.test(name)) return add("odd-symbol-name", `"CONFIG_${name}" is not the name of a symbol`);
  const tidy2 = { symbol: name, replacement: `CONFIG_${name}=${value.trimEnd()}` };
  if (indent2 !== "") add("unexpected-data", "the line starts with a blank, so the kernel skips it", tidy2);
  else if (prefix !== "CONFIG_") add("missing-prefix", `"${prefix}" must be written CONFIG_, in capitals`, tidy2);
  else if (before !== "") {
    add("space-around-equals", `a blank stands before the =: the kernel looks for a symbol named "${name} "`, tidy2);
  } else if (after !== "") {
    add("space-around-equals", "a blank stands after the =: the kernel takes it for the value", tidy2);
  } else classifyValue(name, value, add);
}
function classifyOther(text, add) {
  const bare = /^[ \t]*([A-Z][A-Z0-9_]*)=(y|m|n|\d+|0x[\da-f]+|".*")[ \t]*$/i.exec(text);
  if (bare !== null) {
    const [, symbol = "", value = ""] = bare;
    const replacement = `CONFIG_${symbol}=${value}`;
    return add("missing-prefix", `"${symbol}" is not a setting without CONFIG_ in front`, { symbol, replacement });
  }
  const unset = /^[ \t]*CONFIG_(\w+)[ \t]+is[ \t]+not[ \t]+set[ \t]*$/i.exec(text);
  if (unset !== null) {
    const [, symbol = ""] = unset;
    const message = `CONFIG_${symbol} is not turned off without "# " in front`;
    return add("not-set-spelling", message, { symbol, replacement: offLine(symbol) });
  }
  const named = /^CONFIG_(\w+)$/.exec(text)?.[1];
  if (named !== void 0) add("unexpected-data", `CONFIG_${named} is given no value`, { symbol: named });
  else add("unexpected-data", "this is neither a setting nor a comment");
}
function classifyValue(symbol, value, add) {
  const set = (v) => v === "n" ? offLine(symbol) : `CONFIG_${symbol}=${v}`;
  if (value.trim() === "") return add("empty-value", `CONFIG_${symbol} is given an empty value`, { symbol });
  if (value.startsWith('"')) return classifyString(symbol, value, add);
  const glued = /^(.*?)(CONFIG_(\w+)=.*)$/s.exec(value);
  if (glued !== null) {
    const [, first = "", second = "", lost = ""] = glued;
    const replacement = `${set(first)}
${second}`;
    return add("glued-lines", `two settings stand on one line; CONFIG_${lost} is lost`, { symbol, replacement });
  }
  const commented = /^([ymn]|-?\d+|0x[\da-f]+)(?:[ \t]+.*|[ \t]*(?:#|\/\/|\/\*|;).*)$/is.exec(value);
  if (commented !== null) {
    const [, kept = ""] = commented;
    const extra = { symbol, replacement: set(kept) };
    if (/^[ymn]$/.test(kept)) {
      add("comment-after-value", `text follows the value; the kernel happens to read "${kept}"`, {
        ...extra,
        harmless: true
      });
    } else add("comment-after-value", "text follows the number, so the kernel rejects it", extra);
    return;
  }
  const meant = spelledOut.get(value.toLowerCase());
  if (meant !== void 0) {
    const extra = { symbol, replacement: set(meant) };
    if (value.startsWith(meant)) {
      add("value-spelling", `the kernel reads only the first letter of "${value}"`, { ...extra, harmless: true });
    } else add("value-spelling", `"${value}" is not y, m or n: the kernel rejects it and the setting is lost`, extra);
    return;
  }
  const quoted = `CONFIG_${symbol}="${value.replace(/[\\"]/g, "\\$&")}"`;
  const message = `"${value}" is not y, m, n, a number or a quoted string: the kernel drops it or misreads it`;
  add("unquoted-string", message, { symbol, replacement: quoted });
}
function classifyString(symbol, value, add) {
  const letter = /^"([ymn])"$/.exec(value)?.[1];
  if (letter !== void 0) {
    const replacement2 = letter === "n" ? offLine(symbol) : `CONFIG_${symbol}=${letter}`;
    const message = `${value} is a string: for a bool or tristate the kernel rejects it and the setting is lost`;
    return add("value-spelling", message, { symbol, replacement: replacement2 });
  }
  let at = 1;
  while (at < value.length && value.charAt(at) !== '"') at += value.charAt(at) === "\\" ? 2 : 1;
  if (at >= value.length) {
    const replacement2 = `CONFIG_${symbol}=${value}"`;
    return add("malformed-string", "the string has no closing quote: the kernel drops the setting", {
      symbol,
      replacement: replacement2
    });
  }
  const rest = value.slice(at + 1);
  const closed = `CONFIG_${symbol}=${value.slice(0, at + 1)}`;
  if (/^[ \t]*(?:#.*)?$/s.test(rest)) {
    const extra = { symbol, replacement: closed, harmless: true };
    return add("comment-after-value", "text follows the closing quote; the kernel drops it", extra);
  }
  const second = /^CONFIG_(\w+)=/.exec(rest)?.[1];
  if (second !== void 0) {
    const replacement2 = `${closed}
${rest}`;
    return add("glued-lines", `two settings stand on one line; CONFIG_${second} is lost`, { symbol, replacement: replacement2 });
  }
  const escaped = `CONFIG_${symbol}="${value.slice(1, -1).replace(/(^|[^\\])"/g, '$1\\"')}"`;
  const replacement = rest.length > 1 && rest.endsWith('"') ? escaped : closed;
  add("malformed-string", `the string ends at its second quote; ${JSON.stringify(rest)} is lost`, {
    symbol,
    replacement
  });
}

// src/config/kind.ts
var derivedName = /CONFIG_(?:HAVE|ARCH_(?:HAS|WANT|SUPPORTS|USE|HAVE)|GENERIC|CC_HAS|AS_HAS|HAS)_/g;
var enoughDerived = 60;
function detectKind(source, scanned, rowOf, choice) {
  if (choice !== "auto") return { kind: choice, because: `--kind ${choice}` };
  const { count } = scanned.table;
  if (count === 0) return { kind: "fragment", because: "it sets nothing" };
  if (count >= 200 && rowOf("INIT_ENV_ARG_LIMIT") >= 0) {
    return { kind: "complete", because: "it holds symbols that only Kconfig itself writes" };
  }
  if (count >= enoughDerived) {
    let derived = 0;
    for (const _ of source.text.matchAll(derivedName)) {
      if (++derived === enoughDerived)
        return { kind: "complete", because: "it holds symbols that only Kconfig itself writes" };
    }
  }
  return { kind: "fragment", because: "it lacks the symbols that Kconfig writes into every complete config" };
}

// src/target.ts
var bootFacts = ["initrd", "no-modules", "pci", "cgroup-v1"];
function parseKernelVersion(text) {
  const match = /^v?(\d{1,4})\.(\d{1,3})(?:\.(\d{1,3}))?(?!\d)/.exec(text);
  if (match === null) return void 0;
  return Number(match[1]) * 1e6 + Number(match[2]) * 1e3 + Number(match[3] ?? 0);
}
function formatKernelVersion(version2) {
  const patch = version2 % 1e3;
  const series = `${Math.floor(version2 / 1e6)}.${Math.floor(version2 / 1e3) % 1e3}`;
  return patch === 0 ? series : `${series}.${patch}`;
}
function inRange(range, version2) {
  for (const { op, value, parts } of range) {
    const step = parts === 1 ? 1e6 : parts === 2 ? 1e3 : 1;
    const floor = version2 - version2 % step;
    const holds2 = op === ">=" ? version2 >= value : op === "<" ? version2 < value : op === "<=" ? floor <= value : op === ">" ? floor > value : floor === value;
    if (!holds2) return false;
  }
  return true;
}
function formatRange(range) {
  return range.map(({ op, value, parts }) => `${op}${formatParts(value, parts)}`).join(" ");
}
function formatParts(value, parts) {
  return [Math.floor(value / 1e6), Math.floor(value / 1e3) % 1e3, value % 1e3].slice(0, parts).join(".");
}
var archNames = /* @__PURE__ */ new Map([
  ["x86_64", "x86_64"],
  ["amd64", "x86_64"],
  ["x64", "x86_64"],
  ["i386", "i386"],
  ["i486", "i386"],
  ["i586", "i386"],
  ["i686", "i386"],
  ["arm64", "arm64"],
  ["aarch64", "arm64"],
  ["arm", "arm"],
  ["armhf", "arm"],
  ["armel", "arm"],
  ["armv7", "arm"],
  ["armv7l", "arm"],
  ["riscv", "riscv"],
  ["riscv64", "riscv"],
  ["powerpc", "powerpc"],
  ["ppc64", "powerpc"],
  ["ppc64le", "powerpc"],
  ["ppc64el", "powerpc"],
  ["s390", "s390"],
  ["s390x", "s390"],
  ["mips", "mips"],
  ["mips64", "mips"],
  ["mipsel", "mips"],
  ["mips64el", "mips"],
  ["loongarch", "loongarch"],
  ["loongarch64", "loongarch"],
  ["loong64", "loongarch"]
]);
function parseArch(name) {
  return archNames.get(name.toLowerCase());
}
function knownArchNames() {
  return [...archNames.keys()];
}
function archMatches(names, arch) {
  return names.includes(arch) || (arch === "x86_64" || arch === "i386") && names.includes("x86");
}

// src/config/origin.ts
var headerSize = 4096;
function headerOf(source) {
  const head = source.codes.subarray(0, headerSize);
  if (head.indexOf(35) === -1) return void 0;
  const text = String.fromCharCode(...head);
  const match = /^#[ \t]*(?:Linux(?:\/(\S+))?[ \t]+)?v?(\d+\.\d+\S*)[ \t]+Kernel Configuration[ \t]*\r?$/m.exec(text) ?? /^#[ \t]*Linux()[ \t]+kernel version:[ \t]*(\d+\.\d+\S*)[ \t]*\r?$/m.exec(text);
  if (match === null) return void 0;
  const arch = match[1];
  return {
    release: match[2],
    start: match.index,
    end: match.index + match[0].trimEnd().length,
    ...arch ? { arch } : {}
  };
}
var archSymbols = [
  ["X86_64", "x86_64"],
  ["X86_32", "i386"],
  ["ARM64", "arm64"],
  ["ARM", "arm"],
  ["RISCV", "riscv"],
  ["PPC", "powerpc"],
  ["S390", "s390"],
  ["MIPS", "mips"],
  ["LOONGARCH", "loongarch"]
];
function archOfSymbols(isOn) {
  for (const [symbol, arch] of archSymbols) if (isOn(symbol)) return { arch, symbol };
  return void 0;
}
function archOfHeader(name) {
  if (name === "x86") return void 0;
  return parseArch(name) ?? "other";
}
function factsOfName(path) {
  const parts = path.split("/");
  const base = parts.pop() ?? "";
  const folder = parts.pop() ?? "";
  const release = /(?:^|[-_.v])(\d{1,2}\.\d{1,3}(?:\.\d{1,3})?(?:-rc\d+|-\d+[\w.-]*?)?)(?=$|[-_.+~])/.exec(base)?.[1];
  const words = base.split(/[-.]/);
  const arch = words.map((word2) => parseArch(word2)).find((found) => found !== void 0) ?? (/(?:^|[-.])x86(?:[-.]|$)/.test(base) ? void 0 : parseArch(folder));
  const flavour = /^config-\d[\d.]*(?:-rc\d+)?(?:[+~][\w.]+)?(?:-\d+)?-(.+)$/.exec(base)?.[1];
  return {
    ...release === void 0 ? {} : { release },
    ...arch === void 0 ? {} : { arch },
    ...flavour === void 0 ? {} : { flavour }
  };
}
function detectTarget(source, isOn, stringOf2) {
  const header = headerOf(source);
  const name = factsOfName(source.path);
  const release = header?.release ?? name.release;
  const kernel = release === void 0 ? void 0 : parseKernelVersion(release);
  const bySymbol = archOfSymbols(isOn);
  const byHeader = header?.arch === void 0 ? void 0 : archOfHeader(header.arch);
  const arch = bySymbol?.arch ?? byHeader ?? name.arch;
  const flavour = name.flavour ?? flavourOf(header?.release) ?? nonEmpty(stringOf2("LOCALVERSION"));
  return {
    ...kernel === void 0 ? {} : { kernel, kernelFrom: header === void 0 ? "file name" : "header" },
    ...release === void 0 ? {} : { release },
    ...arch === void 0 ? {} : {
      arch,
      archFrom: bySymbol !== void 0 ? `CONFIG_${bySymbol.symbol}` : byHeader !== void 0 ? "header" : "file name"
    },
    ...flavour === void 0 ? {} : { flavour }
  };
}
function flavourOf(release) {
  return release === void 0 ? void 0 : nonEmpty(/^\d+\.\d+(?:\.\d+)?-(.+)$/.exec(release)?.[1]);
}
function nonEmpty(text) {
  return text === void 0 || text === "" ? void 0 : text;
}

// src/config/scan.ts
var Mark = { y: 1, m: 2, n: 3, notSet: 4, other: 5 };
var outsideName = new Uint8Array(129).fill(1);
for (const c of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz") outsideName[c.charCodeAt(0)] = 0;
var newline = 10;
var carriageReturn = 13;
var space = 32;
var quote = 34;
var hash = 35;
var equals = 61;
var backslash = 92;
function hashName(name) {
  let h = 0;
  for (let i = 0; i < name.length; i++) h = Math.imul(h, 31) + name.charCodeAt(i) | 0;
  return h;
}
function slotOf(h, mask) {
  return (h ^ h >>> 15) & mask;
}
function makeTable(codes, reuse) {
  const rows = Math.min(Math.ceil((codes.length + 1) / 11), limits.symbols) + 1;
  let slots = 64;
  while (slots < rows) slots *= 2;
  if (reuse !== void 0 && reuse.line.length >= rows && reuse.slots.length >= slots) {
    reuse.slots.fill(0);
    reuse.count = 0;
    reuse.duplicates = [];
    return reuse;
  }
  return {
    count: 0,
    line: new Int32Array(rows),
    nameStart: new Int32Array(rows),
    nameEnd: new Int32Array(rows),
    end: new Int32Array(rows),
    hash: new Int32Array(rows),
    mark: new Uint8Array(rows),
    slots: new Int32Array(slots),
    duplicates: []
  };
}
function findRow(codes, table, name, h = hashName(name)) {
  const mask = table.slots.length - 1;
  for (let slot = slotOf(h, mask); ; slot = slot + 1 & mask) {
    const row2 = table.slots[slot] - 1;
    if (row2 < 0) return -1;
    if (table.hash[row2] !== h) continue;
    const start = table.nameStart[row2];
    if (table.nameEnd[row2] - start !== name.length) continue;
    let i = 0;
    while (i < name.length && codes[start + i] === name.charCodeAt(i)) i++;
    if (i === name.length) return row2;
  }
}
function insertRow(codes, table, row2) {
  const { slots, hash: hashes, nameStart, nameEnd } = table;
  const mask = slots.length - 1;
  const h = hashes[row2];
  let slot = slotOf(h, mask);
  for (let found = slots[slot]; found !== 0; found = slots[slot]) {
    const other = found - 1;
    if (hashes[other] === h) {
      const a = nameStart[row2];
      const b = nameStart[other];
      const length = nameEnd[row2] - a;
      let i = nameEnd[other] - b === length ? 0 : length + 1;
      while (i < length && codes[a + i] === codes[b + i]) i++;
      if (i === length) {
        table.duplicates.push(other, row2);
        break;
      }
    }
    slot = slot + 1 & mask;
  }
  slots[slot] = row2 + 1;
}
function isRegularValue(codes, start, end) {
  let p = start;
  let c = codes[p];
  if (c === quote) {
    if (end === start + 3 && (codes[p + 1] === 121 || codes[p + 1] === 109 || codes[p + 1] === 110)) return false;
    for (p++; p < end; p++) {
      c = codes[p];
      if (c === backslash) p++;
      else if (c === quote) return p === end - 1;
    }
    return false;
  }
  if (c === 48 && (codes[p + 1] === 120 || codes[p + 1] === 88)) {
    for (p += 2; p < end; p++) {
      c = codes[p] | 32;
      if (!(c >= 48 && c <= 57 || c >= 97 && c <= 102)) return false;
    }
    return end > start + 2;
  }
  if (c === 45) p++;
  for (const first = p; p < end; p++) {
    c = codes[p];
    if (c < 48 || c > 57) return false;
    if (p === end - 1) return p >= first;
  }
  return false;
}
function isPrefix(codes, p) {
  return codes[p] === 67 && codes[p + 1] === 79 && codes[p + 2] === 78 && codes[p + 3] === 70 && codes[p + 4] === 73 && codes[p + 5] === 71 && codes[p + 6] === 95;
}
function isNotSet(codes, p) {
  return codes[p] === space && codes[p + 1] === 105 && codes[p + 2] === 115 && codes[p + 3] === space && codes[p + 4] === 110 && codes[p + 5] === 111 && codes[p + 6] === 116 && codes[p + 7] === space && codes[p + 8] === 115 && codes[p + 9] === 101 && codes[p + 10] === 116;
}
function scan(codes, reuse) {
  const table = makeTable(codes, reuse);
  const irregular = [];
  const controls = [];
  const length = codes.length;
  let lineStarts = new Int32Array(64 + (length >> 3));
  let line = 0;
  let count = 0;
  let carriageReturns = 0;
  let exceeded;
  let p = 0;
  while (p < length) {
    if (line === limits.lines) {
      exceeded ??= { limit: "too-many-lines", at: p };
      break;
    }
    if (line + 1 >= lineStarts.length) {
      const wider = new Int32Array(line * 4);
      wider.set(lineStarts);
      lineStarts = wider;
    }
    const start = p;
    lineStarts[line] = start;
    let mark = 0;
    let nameStart = 0;
    let nameEnd = 0;
    let h = 0;
    let odd = 0;
    let c = codes[p];
    if (c === 67 && isPrefix(codes, p)) {
      nameStart = p = start + 7;
      for (; p < length; p++) {
        c = codes[p];
        if (c === equals || c === newline) break;
        h = Math.imul(h, 31) + c | 0;
        odd |= outsideName[c < 128 ? c : 128];
      }
      nameEnd = p;
      if (c !== equals || p === length || p === nameStart) odd = 1;
      else {
        p++;
        c = codes[p];
        mark = c === 121 ? Mark.y : c === 109 ? Mark.m : c === 110 ? Mark.n : Mark.other;
      }
    } else if (c === hash) {
      let at = start + 1;
      while (codes[at] === space || codes[at] === 9) at++;
      if (codes[at] === 67 && isPrefix(codes, at)) {
        nameStart = p = at + 7;
        for (; p < length; p++) {
          c = codes[p];
          if (outsideName[c < 128 ? c : 128] === 1) break;
          h = Math.imul(h, 31) + c | 0;
        }
        nameEnd = p;
        if (at === start + 2 && codes[start + 1] === space && nameEnd > nameStart && isNotSet(codes, p)) {
          mark = Mark.notSet;
          p += 11;
        } else odd = 1;
      }
    } else if (c !== newline) {
      odd = 1;
    }
    let newlineAt = p;
    for (; newlineAt < length; newlineAt++) {
      c = codes[newlineAt];
      if (c < 32 || c === 127) {
        if (c === newline) break;
        const isEnding = c === carriageReturn && (newlineAt + 1 === length || codes[newlineAt + 1] === newline);
        if (c !== 9 && !isEnding && controls.length < 100) controls.push(newlineAt);
      }
    }
    let end = newlineAt;
    if (end > start && codes[end - 1] === carriageReturn) {
      end--;
      carriageReturns++;
    }
    if (mark === Mark.notSet) {
      if (p !== end) {
        mark = 0;
        odd = 1;
      }
    } else if (mark !== 0) {
      if (mark === Mark.other || end !== p + 1) {
        if (!isRegularValue(codes, p, end)) odd = 1;
        mark = Mark.other;
      }
      if (odd === 1 && hasOddName(codes, nameStart, nameEnd)) mark = 0;
    } else if (end === start) {
      odd = 0;
    }
    if (end - start > limits.lineLength) exceeded ??= { limit: "line-too-long", at: start };
    if (mark !== 0) {
      if (count === limits.symbols) {
        exceeded ??= { limit: "too-many-symbols", at: start };
        break;
      }
      table.line[count] = line;
      table.nameStart[count] = nameStart;
      table.nameEnd[count] = nameEnd;
      table.end[count] = end;
      table.hash[count] = h;
      table.mark[count] = mark;
      insertRow(codes, table, count);
      count++;
    }
    if (odd === 1) irregular.push(line);
    line++;
    p = newlineAt + 1;
  }
  table.count = count;
  const lines = line;
  if (length > 0 && p === length && codes[length - 1] === newline) lineStarts[line++] = length;
  return {
    table,
    lines,
    lineStarts: lineStarts.subarray(0, Math.max(line, 1)),
    irregular,
    controls,
    carriageReturns,
    ...exceeded === void 0 ? {} : { exceeded }
  };
}
function hasOddName(codes, start, end) {
  for (let p = start; p < end; p++) {
    const c = codes[p];
    if (outsideName[c < 128 ? c : 128] === 1) return true;
  }
  return false;
}

// src/config/value.ts
function readValue(written) {
  if (written.charCodeAt(0) === 34) return unquote(written);
  const word2 = /^(?:(y)|(m)|(n))(?:es|od|odule|o|CONFIG_.*)?(?![\w.-])/.exec(written);
  if (word2 !== null) return word2[1] ?? word2[2] ?? word2[3];
  return written;
}
function unquote(written) {
  if (!written.includes("\\")) {
    const close = written.indexOf('"', 1);
    return written.slice(1, close === -1 ? void 0 : close);
  }
  let content = "";
  for (let i = 1; i < written.length; i++) {
    let c = written.charAt(i);
    if (c === '"') break;
    if (c === "\\") c = written.charAt(++i);
    content += c;
  }
  return content;
}
function isNumber(value) {
  return /^(?:-?\d+|0[xX][\da-fA-F]+)$/.test(value);
}
function numberOf(value) {
  if (!isNumber(value)) return void 0;
  return value.startsWith("-") ? -BigInt(value.slice(1)) : BigInt(value);
}

// src/config/document.ts
function parseConfig(source, options = {}) {
  const scanned = scan(source.codes, options.reuse?.scanned.table);
  rememberLineStarts(source, scanned.lineStarts);
  const problems = [];
  classifyFile(source, scanned, problems);
  for (const line of scanned.irregular.slice(0, closeLooks)) classifyLine(source, line, problems);
  problems.sort((a, b) => a.location.span.start - b.location.span.start);
  const rowOf = (symbol) => findRow(source.codes, scanned.table, symbol);
  const { kind, because } = detectKind(source, scanned, rowOf, options.kind ?? "auto");
  const document = { source, kind, kindBecause: because, problems, settings: scanned.table.count, scanned, target: {} };
  const isOn = (symbol) => {
    const row2 = rowOf(symbol);
    return row2 >= 0 && scanned.table.mark[row2] === Mark.y;
  };
  return { ...document, target: detectTarget(source, isOn, (symbol) => stringOf(document, symbol)) };
}
function settingOf(document, symbol) {
  const row2 = findRow(document.source.codes, document.scanned.table, symbol);
  return row2 < 0 ? { kind: "absent", symbol } : settingAt(document, row2, symbol);
}
function stringOf(document, symbol) {
  const setting = settingOf(document, symbol);
  return setting.kind === "set" ? setting.value : void 0;
}
function settingAt(document, row2, symbol = symbolAt(document, row2)) {
  const { table, lineStarts } = document.scanned;
  const start = lineStarts[table.line[row2]];
  const end = table.end[row2];
  const location = { source: document.source, span: { start, end } };
  const mark = table.mark[row2];
  if (mark === Mark.notSet || mark === Mark.n) return { kind: "not-set", symbol, location };
  const valueSpan = { start: table.nameEnd[row2] + 1, end };
  const value = mark === Mark.y ? "y" : mark === Mark.m ? "m" : readValue(document.source.text.slice(valueSpan.start, end));
  if (value === "n") return { kind: "not-set", symbol, location };
  return { kind: "set", symbol, value, location, valueSpan };
}
function symbolAt(document, row2) {
  const { nameStart, nameEnd } = document.scanned.table;
  let name = "";
  for (let p = nameStart[row2]; p < nameEnd[row2]; p++) {
    name += String.fromCharCode(document.source.codes[p]);
  }
  return name;
}
function writtenValueAt(document, row2) {
  const { table } = document.scanned;
  if (table.mark[row2] === Mark.notSet) return "is not set";
  return document.source.text.slice(table.nameEnd[row2] + 1, table.end[row2]);
}
function* repeatedRows(document) {
  const { duplicates } = document.scanned.table;
  for (let i = 0; i < duplicates.length; i += 2) yield [duplicates[i], duplicates[i + 1]];
}

// src/profiles/symbols.ts
function existenceOf(facts, target, symbols) {
  const own = ownExistence(facts, target);
  if (own === "yes") return own;
  let best = own;
  for (const name of facts.otherNames) {
    const other = symbols.get(name);
    const existence = other === void 0 ? "yes" : ownExistence(other, target);
    if (existence === "yes") return existence;
    if (existence === "maybe") best = existence;
  }
  return best;
}
function ownExistence(facts, { kernel, arch }) {
  if (facts.arch !== void 0 && arch !== void 0 && !archMatches(facts.arch, arch)) return "no";
  if (kernel !== void 0) {
    if (facts.added !== void 0 && kernel < facts.added) return "no";
    if (facts.removed !== void 0 && kernel >= facts.removed) return "no";
  }
  const archOpen = facts.arch !== void 0 && arch === void 0;
  const kernelOpen = (facts.added !== void 0 || facts.removed !== void 0) && kernel === void 0;
  return archOpen || kernelOpen ? "maybe" : "yes";
}
function nameOn(symbol, target, symbols) {
  const facts = symbols.get(symbol);
  if (facts === void 0 || ownExistence(facts, target) !== "no") return symbol;
  return facts.otherNames.find((name) => {
    const other = symbols.get(name);
    return other === void 0 || ownExistence(other, target) !== "no";
  }) ?? symbol;
}
function whyNot(symbol, facts, target, symbols) {
  const name = `CONFIG_${symbol}`;
  const existence = existenceOf(facts, target, symbols);
  if (existence === "yes") return void 0;
  const { kernel, arch } = target;
  if (facts.arch !== void 0 && arch !== void 0 && !archMatches(facts.arch, arch)) {
    return `${name} does not exist on ${arch === "other" ? "this architecture" : arch}`;
  }
  if (kernel !== void 0 && facts.added !== void 0 && kernel < facts.added) {
    return `${name} exists only since ${formatKernelVersion(facts.added)}`;
  }
  if (kernel !== void 0 && facts.removed !== void 0 && kernel >= facts.removed) {
    return `${name} is gone since ${formatKernelVersion(facts.removed)}`;
  }
  const open = facts.arch !== void 0 && arch === void 0 ? "architecture" : "kernel version";
  return `${name} does not exist for every ${open}, and this one's is not known`;
}
function isHidden(facts, target) {
  const hidden = facts?.hidden;
  if (hidden === void 0) return false;
  if (hidden === true) return true;
  if (hidden.arch !== void 0 && (target.arch === void 0 || !archMatches(hidden.arch, target.arch))) return false;
  if (hidden.kernel !== void 0 && (target.kernel === void 0 || !inRange(hidden.kernel, target.kernel)))
    return false;
  return true;
}

// src/profiles/condition.ts
var Accept = { y: 1, m: 2, n: 4 };
var Verdict = { met: 0, unmet: 1, unknown: 2, notApplicable: 3 };
function judge(condition, situation) {
  switch (condition.kind) {
    case "symbol":
      return judgeSymbol(condition, situation);
    case "all":
      return judgeAll(condition.of, situation);
    case "any":
      return judgeAny(condition.of, situation);
    case "not": {
      const inner = judge(condition.of, situation);
      return inner === Verdict.met ? Verdict.unmet : inner === Verdict.unmet ? Verdict.met : inner;
    }
    case "kernel":
      if (situation.target.kernel === void 0) return Verdict.unknown;
      return holds(inRange(condition.range, situation.target.kernel));
    case "platform":
      if (situation.platform === void 0) return Verdict.unknown;
      return holds(inRange(condition.range, situation.platform));
    case "arch":
      if (situation.target.arch === void 0) return Verdict.unknown;
      return holds(archMatches(condition.names, situation.target.arch));
    case "boot":
      return holds(condition.facts.every((fact) => situation.boot.has(fact)));
    case "file-name":
      return holds(
        condition.patterns.some((pattern) => matchesName(pattern, baseName(situation.document.source.path)))
      );
  }
}
function holds(is) {
  return is ? Verdict.met : Verdict.unmet;
}
function judgeAll(members, situation) {
  let result = Verdict.notApplicable;
  for (const member of members) {
    const verdict = judge(member, situation);
    if (verdict === Verdict.unmet) return verdict;
    if (verdict === Verdict.unknown) result = verdict;
    else if (verdict === Verdict.met && result === Verdict.notApplicable) result = verdict;
  }
  return result;
}
function judgeAny(members, situation) {
  let result = Verdict.notApplicable;
  for (const member of members) {
    const verdict = judge(member, situation);
    if (verdict === Verdict.met) return verdict;
    if (verdict === Verdict.unknown) result = verdict;
    else if (verdict === Verdict.unmet && result === Verdict.notApplicable) result = verdict;
  }
  return result;
}
function rowFor(condition, facts, situation) {
  const { document } = situation;
  const { codes } = document.source;
  const { table } = document.scanned;
  const row2 = findRow(codes, table, condition.symbol, condition.hash);
  if (row2 >= 0 || facts === void 0) return row2;
  for (const name of facts.otherNames) {
    const other = findRow(codes, table, name);
    if (other >= 0) return other;
  }
  return -1;
}
function judgeSymbol(condition, situation) {
  const facts = situation.symbols.get(condition.symbol);
  const row2 = rowFor(condition, facts, situation);
  const complete = situation.document.kind === "complete";
  const exists = facts === void 0 ? "yes" : existenceOf(facts, situation.target, situation.symbols);
  const off = row2 < 0 && (complete || exists === "no");
  if (off && (condition.accept & Accept.n) !== 0) return Verdict.met;
  if (exists === "no" && !(complete && row2 >= 0)) return Verdict.notApplicable;
  if (row2 < 0) return complete && exists === "yes" ? Verdict.unmet : Verdict.unknown;
  return accepts(condition, situation.document, row2) ? Verdict.met : Verdict.unmet;
}
function accepts(condition, document, row2) {
  switch (document.scanned.table.mark[row2]) {
    case Mark.y:
      return (condition.accept & Accept.y) !== 0;
    case Mark.m:
      return (condition.accept & Accept.m) !== 0;
    case Mark.n:
    case Mark.notSet:
      return (condition.accept & Accept.n) !== 0;
  }
  const setting = settingAt(document, row2, condition.symbol);
  if (setting.kind === "not-set") return (condition.accept & Accept.n) !== 0;
  const { value } = setting;
  const quoted = document.source.codes[setting.valueSpan.start] === 34;
  if (!quoted && (value === "y" || value === "m")) return (condition.accept & Accept[value]) !== 0;
  return condition.values.some((test) => passes(test, value));
}
function passes(test, value) {
  if (test.test === "includes") return value.split(",").some((item) => item.trim() === test.value);
  const is = numberOf(value);
  const bound = numberOf(test.value);
  if (is === void 0 || bound === void 0) return test.test === "is" && value === test.value;
  return test.test === "is" ? is === bound : test.test === "at-least" ? is >= bound : is <= bound;
}
function baseName(path) {
  return path.slice(path.lastIndexOf("/") + 1);
}
function matchesName(pattern, name) {
  const parts = pattern.split("*");
  const last = parts.pop();
  if (parts.length === 0) return name === last;
  let at = 0;
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const found = i === 0 ? name.startsWith(part) ? 0 : -1 : name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
function symbolsOf(condition) {
  switch (condition.kind) {
    case "symbol":
      return [condition];
    case "all":
    case "any":
      return condition.of.flatMap(symbolsOf);
    case "not":
      return symbolsOf(condition.of);
    default:
      return [];
  }
}
function decidingSetting(condition, situation) {
  const row2 = rowFor(condition, situation.symbols.get(condition.symbol), situation);
  return row2 < 0 ? settingOf(situation.document, condition.symbol) : settingAt(situation.document, row2);
}
function partsWith(verdict, condition, situation) {
  if (judge(condition, situation) !== verdict) return [];
  if (condition.kind !== "all") return [condition];
  return condition.of.flatMap((member) => partsWith(verdict, member, situation));
}
function describe(condition, situation) {
  switch (condition.kind) {
    case "symbol":
      return describeSymbol(condition, nameOn(condition.symbol, situation.target, situation.symbols));
    case "all":
      return joinAll(condition.of, situation, " and ");
    case "any":
      return joinAll(condition.of, situation, " or ");
    case "not":
      return `not (${describe(condition.of, situation)})`;
    case "kernel":
      return `kernel ${formatRange(condition.range)}`;
    case "platform":
      return `${situation.platformName ?? "platform"} ${formatRange(condition.range)}`;
    case "arch":
      return condition.names.join(" or ");
    case "boot":
      return condition.facts.join(" and ");
    case "file-name":
      return `a file name like ${condition.patterns.join(" or ")}`;
  }
}
function joinAll(members, situation, by) {
  return members.map((member) => {
    const text = describe(member, situation);
    return member.kind === "all" || member.kind === "any" ? `(${text})` : text;
  }).join(by);
}
function describeSymbol(condition, name) {
  const values = acceptedValues(condition);
  if (values.length === 1 && values[0] === "off") return `CONFIG_${name} off`;
  const tests = condition.values.some((test) => test.test !== "is");
  return tests ? `CONFIG_${name} ${values.join(" or ")}` : `CONFIG_${name}=${values.join(" or ")}`;
}
function acceptedValues(condition) {
  const words = [];
  if (condition.accept & Accept.y) words.push("y");
  if (condition.accept & Accept.m) words.push("m");
  if (condition.accept & Accept.n) words.push("off");
  for (const { test, value } of condition.values) {
    if (test === "is") words.push(writeValue(value));
    else if (test === "includes") words.push(`with "${value}" in its list`);
    else words.push(`${test.replace("-", " ")} ${value}`);
  }
  return words;
}
function writeValue(value) {
  return numberOf(value) !== void 0 ? value : `"${value.replace(/[\\"]/g, "\\$&")}"`;
}
function reasonFor(condition, situation) {
  const { target } = situation;
  switch (condition.kind) {
    case "symbol": {
      const facts = situation.symbols.get(condition.symbol);
      const why = facts === void 0 ? void 0 : whyNot(condition.symbol, facts, target, situation.symbols);
      if (why !== void 0) return why;
      return `CONFIG_${nameOn(condition.symbol, target, situation.symbols)} is not mentioned`;
    }
    case "all":
    case "any": {
      const verdict = judge(condition, situation);
      const reasons = condition.of.filter((member) => judge(member, situation) === verdict).map((member) => reasonFor(member, situation));
      return [...new Set(reasons)].join(", ");
    }
    case "not":
      return reasonFor(condition.of, situation);
    case "kernel":
      return target.kernel === void 0 ? "the kernel version is not known" : `the kernel is ${formatKernelVersion(target.kernel)}`;
    case "arch":
      return target.arch === void 0 ? "the architecture is not known" : `the architecture is ${describeArch(target.arch)}`;
    case "platform":
      return situation.platform === void 0 ? "the platform version is not known" : `${situation.platformName ?? "the platform"} is ${formatKernelVersion(situation.platform)}`;
    case "boot":
      return condition.facts.map((fact) => situation.boot.has(fact) ? `boot fact ${fact}` : `no boot fact ${fact}`).join(", ");
    case "file-name":
      return `the file is named ${baseName(situation.document.source.path)}`;
  }
}
function describeArch(arch) {
  return arch === "other" ? "another one" : arch;
}

// src/profiles/advice.ts
function adviceFor(condition, situation) {
  switch (condition.kind) {
    case "symbol":
      return judge(condition, situation) === Verdict.unmet ? symbolAdvice(condition, situation) : [];
    case "all":
      return unique(condition.of.flatMap((member) => adviceFor(member, situation)));
    case "any":
      return condition.of.filter((member) => judge(member, situation) === Verdict.unmet).map((member) => adviceFor(member, situation)).filter((lines) => lines.length > 0).reduce((best, lines) => best.length === 0 || lines.length < best.length ? lines : best, []);
    case "not":
      return condition.of.kind === "symbol" && condition.of.accept === (Accept.y | Accept.m) ? [offLine2(nameOn(condition.of.symbol, situation.target, situation.symbols))] : [];
    default:
      return [];
  }
}
function unique(lines) {
  return [...new Set(lines)];
}
function offLine2(symbol) {
  return `# CONFIG_${symbol} is not set`;
}
function symbolAdvice(condition, situation) {
  const facts = situation.symbols.get(condition.symbol);
  if (isHidden(facts, situation.target)) {
    if ((condition.accept & (Accept.y | Accept.m)) === 0) return [];
    return (facts?.follows ?? []).flatMap((text) => {
      const [symbol = "", value = "y"] = text.split("=");
      const name2 = nameOn(symbol, situation.target, situation.symbols);
      const setting2 = settingOf(situation.document, name2);
      const has = setting2.kind === "set" && (setting2.value === value || value === "m" && setting2.value === "y");
      return has ? [] : [`CONFIG_${name2}=${value}`];
    });
  }
  const name = nameOn(condition.symbol, situation.target, situation.symbols);
  if (condition.accept & Accept.y) return [`CONFIG_${name}=y`];
  if (condition.accept & Accept.m) return [`CONFIG_${name}=m`];
  const test = condition.values[0];
  if (test === void 0) return [offLine2(name)];
  if (test.test !== "includes") return [`CONFIG_${name}=${writeValue(test.value)}`];
  const setting = decidingSetting(condition, situation);
  const items = setting.kind === "set" && setting.value !== "" ? [...setting.value.split(","), test.value] : [test.value];
  return [`CONFIG_${name}="${items.join(",")}"`];
}
function symbolOfLine(line) {
  return /CONFIG_(\w+)/.exec(line)?.[1] ?? "";
}
function fixOf(document, lines) {
  if (lines.length === 0) return void 0;
  const { source } = document;
  const edits = [];
  const added = [];
  for (const line of lines) {
    const row2 = findRow(source.codes, document.scanned.table, symbolOfLine(line));
    if (row2 < 0) added.push(line);
    else edits.push({ location: settingAt(document, row2).location, newText: line });
  }
  if (added.length > 0) {
    const end = source.codes.length;
    const ending = document.scanned.carriageReturns > 0 ? "\r\n" : "\n";
    const glue = end > 0 && source.codes[end - 1] !== 10 ? ending : "";
    const newText = glue + added.map((line) => line + ending).join("");
    edits.push({ location: { source, span: { start: end, end } }, newText });
  }
  return { title: lines.length === 1 ? `Set ${lines[0]}` : `Set ${lines.length} options`, edits };
}

// src/profiles/evaluate.ts
function judgeRequirement(requirement, situation) {
  const { applies, when, otherwise, require: require2 } = requirement;
  let open;
  if (applies !== void 0) {
    const verdict2 = judge(applies, situation);
    if (verdict2 === Verdict.unmet || verdict2 === Verdict.notApplicable) {
      return { verdict: Verdict.notApplicable, decidedBy: firstFailing(applies, situation) };
    }
    if (verdict2 === Verdict.unknown) open = applies;
  }
  let wanted = require2;
  if (when !== void 0) {
    const verdict2 = judge(when, situation);
    if (verdict2 === Verdict.unknown) {
      open ??= when;
      if (otherwise !== void 0 && judge(otherwise, situation) !== Verdict.met) wanted = otherwise;
    } else if (verdict2 !== Verdict.met) {
      if (otherwise === void 0) return { verdict: Verdict.notApplicable, decidedBy: firstFailing(when, situation) };
      wanted = otherwise;
    }
  }
  const verdict = judge(wanted, situation);
  if (open !== void 0 && verdict === Verdict.unmet) return { verdict: Verdict.unknown, decidedBy: open };
  return { verdict, decidedBy: wanted };
}
function firstFailing(condition, situation) {
  return partsWith(Verdict.unmet, condition, situation)[0] ?? condition;
}
function ruleOf(requirement, library) {
  const text = library.textOf(requirement.id);
  const doubt = doubtOf(requirement);
  return {
    id: requirement.id,
    title: text.title ?? titleOf(requirement),
    severity: requirement.severity,
    explanation: doubt === void 0 ? text.reason : `${text.reason} (${doubt})`,
    references: text.references
  };
}
function titleOf(requirement) {
  return describe(requirement.require, anywhere);
}
var anywhere = {
  document: void 0,
  target: {},
  boot: /* @__PURE__ */ new Set(),
  symbols: /* @__PURE__ */ new Map()
};
function doubtOf({ confidence }) {
  switch (confidence) {
    case "derived":
      return "derived: no published list says so";
    case "contested":
      return "contested: sources disagree";
    case "out-of-date":
      return "the source is out of date";
    case "unverified":
      return "not verified";
    default:
      return void 0;
  }
}
function unknownOf(requirement, judgement, situation, library) {
  const parts = partsWith(Verdict.unknown, judgement.decidedBy, situation);
  const missing = parts.flatMap(
    (part) => symbolsOf(part).filter((symbol) => judge(symbol, situation) === Verdict.unknown).map((symbol) => nameOn(symbol.symbol, situation.target, situation.symbols))
  );
  return {
    rule: ruleOf(requirement, library),
    expected: describe(requirement.require, situation),
    reason: [...new Set(parts.map((part) => reasonFor(part, situation)))].join(", "),
    missing: [...new Set(missing)]
  };
}
function notApplicableOf(requirement, judgement, situation, library) {
  return { rule: ruleOf(requirement, library), reason: reasonFor(judgement.decidedBy, situation) };
}
function findingOf(requirement, judgement, situation, library) {
  const wanted = judgement.decidedBy;
  const parts = partsWith(Verdict.unmet, wanted, situation);
  const symbols = parts.flatMap(symbolsOf);
  const settings = symbols.map((symbol) => decidingSetting(symbol, situation));
  const [first] = parts;
  const main2 = first?.kind === "symbol" ? first : symbols[0];
  const advice = adviceFor(wanted, situation);
  const location = locate(settings, symbols, requirement, situation);
  const fix = fixOf(situation.document, advice);
  return {
    rule: ruleOf(requirement, library),
    severity: requirement.severity,
    ...main2 === void 0 ? {} : { symbol: nameOn(main2.symbol, situation.target, situation.symbols) },
    message: messageOf(parts, requirement.severity, situation),
    expected: parts.map((part) => describe(part, situation)).join(" and "),
    actual: settings.length > 0 ? settings.map(describeSetting).join(", ") : actualOf(first, situation),
    location,
    related: relatedOf(settings, symbols, location, situation),
    sameAs: [],
    advice,
    ...fix === void 0 ? {} : { fix }
  };
}
var duty = { error: "must be", warning: "should be", info: "better" };
function messageOf(parts, severity, situation) {
  return parts.map((part) => {
    if (part.kind !== "symbol") {
      const symbols = symbolsOf(part);
      const now = symbols.length > 0 ? symbols.map((s) => describeSetting(decidingSetting(s, situation))).join(", ") : actualOf(part, situation);
      return `${now}; ${severity === "error" ? "needs" : "wants"} ${describe(part, situation)}`;
    }
    const setting = decidingSetting(part, situation);
    const facts = situation.symbols.get(part.symbol);
    const follows = isHidden(facts, situation.target) ? `; it has no prompt${facts?.follows === void 0 ? "" : ` and follows ${facts.follows.map((s) => `CONFIG_${s}`).join(", ")}`}` : "";
    return `${describeSetting(setting)}, ${duty[severity]} ${acceptedValues(part).join(" or ")}${follows}`;
  }).join("; ");
}
function describeSetting(setting) {
  const name = `CONFIG_${setting.symbol}`;
  if (setting.kind === "absent") return `${name} is absent`;
  if (setting.kind === "not-set") return `${name} is not set`;
  const { source } = setting.location;
  return `${name}=${source.text.slice(setting.valueSpan.start, setting.valueSpan.end)}`;
}
function actualOf(condition, situation) {
  const { target, document, platform, platformName } = situation;
  switch (condition?.kind) {
    case "kernel":
      return `kernel ${target.kernel === void 0 ? "unknown" : formatKernelVersion(target.kernel)}`;
    case "platform":
      return `${platformName ?? "platform"} ${platform === void 0 ? "unknown" : formatKernelVersion(platform)}`;
    case "arch":
      return `architecture ${target.arch ?? "unknown"}`;
    case "file-name":
      return `file name ${baseName(document.source.path)}`;
    default:
      return condition === void 0 ? "" : `it does not hold that ${describe(condition, { target, document })}`;
  }
}
function locate(settings, symbols, requirement, situation) {
  const { document } = situation;
  for (const setting of settings) if (setting.kind !== "absent") return setting.location;
  for (const { symbol } of symbols) {
    const meant = meantFor(document, symbol);
    if (meant !== void 0) return meant;
  }
  for (const { symbol } of symbols) {
    const near = nearestParent(document, symbol);
    if (near !== void 0) return near;
  }
  for (const { symbol } of symbols.length === 0 || requirement.when === void 0 ? [] : symbolsOf(requirement.when)) {
    const setting = settingOf(document, symbol);
    if (setting.kind !== "absent") return setting.location;
  }
  const header = headerOf(document.source);
  const { source } = document;
  return { source, span: header === void 0 ? lineSpanOf(source, 0) : { start: header.start, end: header.end } };
}
function meantFor(document, symbol) {
  return document.problems.find((problem) => problem.symbol === symbol)?.location;
}
function nearestParent(document, symbol) {
  for (let at = symbol.lastIndexOf("_"); at > 0; at = symbol.lastIndexOf("_", at - 1)) {
    const setting = settingOf(document, symbol.slice(0, at));
    if (setting.kind !== "absent") return setting.location;
  }
  return void 0;
}
function relatedOf(settings, symbols, location, { document }) {
  const related = [];
  for (const setting of settings) {
    if (setting.kind !== "absent" && setting.location.span.start !== location.span.start) {
      related.push({ location: setting.location, message: describeSetting(setting) });
    }
  }
  for (const { symbol } of symbols) {
    const meant = document.problems.length === 0 ? void 0 : meantFor(document, symbol);
    if (meant !== void 0)
      related.push({
        location: meant,
        message: `this line looks meant for CONFIG_${symbol}; the kernel does not read it so`
      });
  }
  return related;
}

// src/profiles/profile.ts
function chooseProfile(library, choice) {
  const at = choice.lastIndexOf("@");
  const id = at > 0 ? choice.slice(0, at) : choice;
  const profile2 = library.profiles.get(id);
  if (profile2 === void 0) {
    return { message: `there is no profile "${id}"`, help: 'run "kconfig-lint profiles" to list them' };
  }
  let version2;
  if (at > 0) {
    version2 = choice.slice(at + 1);
    const { platform } = profile2;
    if (platform === void 0) return { message: `profile ${id} has no versions`, help: `write --profile ${id}` };
    if (!platform.versions.includes(version2)) {
      const help = `it knows ${platform.versions.join(", ")}`;
      return { message: `profile ${id} does not know ${platform.name} "${version2}"`, help };
    }
  }
  const rows = /* @__PURE__ */ new Map();
  const boot = /* @__PURE__ */ new Set();
  const seen = /* @__PURE__ */ new Set();
  collect(library, profile2, rows, boot, seen);
  const platforms = /* @__PURE__ */ new Map();
  for (const member of seen) {
    const { platform } = library.profiles.get(member);
    if (platform === void 0) continue;
    const chosen = member === id && version2 !== void 0 ? version2 : platform.versions.at(-1);
    platforms.set(member, { name: platform.name, version: chosen, number: versionNumber(chosen) });
  }
  return {
    profile: profile2,
    boot: [...boot],
    platforms,
    requirements: [...rows.values()],
    idOf: new Map([...rows.values()].map((row2) => [row2.name, row2.id]))
  };
}
function platformLabel({ platforms }) {
  const labels = [...platforms.values()].map(({ name, version: version2 }) => `${name} ${version2}`);
  return labels.length === 0 ? void 0 : labels.join(", ");
}
function ownerOf(requirement) {
  return requirement.id.slice(0, requirement.id.length - requirement.name.length - 1);
}
function versionNumber(version2) {
  return parseKernelVersion(version2) ?? parseKernelVersion(`${version2}.0`) ?? 0;
}
function collect(library, profile2, rows, boot, seen) {
  if (seen.has(profile2.id)) return;
  seen.add(profile2.id);
  for (const id of profile2.extends) {
    const parent = library.profiles.get(id);
    if (parent !== void 0) collect(library, parent, rows, boot, seen);
  }
  for (const fact of profile2.boot) boot.add(fact);
  const own = new Set(profile2.requirements.map((row2) => row2.name));
  if (profile2.extends.length > 0) {
    for (const row2 of [...rows.values()]) if (own.has(row2.name)) rows.delete(row2.id);
  }
  for (const row2 of profile2.requirements) rows.set(row2.id, row2);
}

// src/project/prepare.ts
function isProfilePath(choice) {
  return choice.includes("/") || /\.ya?ml$/i.test(choice);
}
function prepare(options, load) {
  const errors = [];
  const target = targetOf(options, errors);
  const { boot, bootDenied } = bootOf(options.boot, errors);
  const loaded = load(options.profiles.filter(isProfilePath));
  if (!("library" in loaded)) return [...errors, ...loaded];
  const { library } = loaded;
  const names = options.profiles.filter((choice) => !isProfilePath(choice));
  const wanted = [
    ...names.flatMap((name) => name === "all" ? [...library.profiles.keys()] : [name]),
    ...loaded.names
  ];
  const chosen = [];
  for (const name of new Set(wanted)) {
    const choice = chooseProfile(library, name);
    if ("profile" in choice) chosen.push(choice);
    else {
      const [id = name] = name.split("@");
      const near = library.profiles.has(id) ? "" : didYouMean(id, library.profiles.keys());
      errors.push({ message: choice.message, help: near === "" ? choice.help : near });
    }
  }
  return errors.length > 0 ? errors : { target, boot, bootDenied, chosen, library };
}
function targetOf({ kernel, arch }, errors) {
  const version2 = kernel === void 0 ? void 0 : parseKernelVersion(kernel);
  if (kernel !== void 0 && version2 === void 0) {
    errors.push({
      message: `"${kernel}" is not a kernel version`,
      help: "write it like --kernel 6.12 or --kernel 5.10.252"
    });
  }
  const parsed = arch === void 0 ? void 0 : parseArch(arch);
  if (arch !== void 0 && parsed === void 0) {
    const near = didYouMean(arch, knownArchNames());
    errors.push({
      message: `"${arch}" is not an architecture`,
      help: near === "" ? "write for example --arch x86_64 or --arch arm64" : near
    });
  }
  return {
    ...version2 === void 0 ? {} : { kernel: version2, release: formatKernelVersion(version2), kernelFrom: "--kernel" },
    ...parsed === void 0 ? {} : { arch: parsed, archFrom: "--arch" }
  };
}
function bootOf(words, errors) {
  const boot = /* @__PURE__ */ new Set();
  const bootDenied = /* @__PURE__ */ new Set();
  const known = bootFacts;
  for (const name of words) {
    const denied = name.startsWith("no-") ? name.slice(3) : name === "modules" ? "no-modules" : "";
    if (known.includes(name)) boot.add(name);
    else if (known.includes(denied)) bootDenied.add(denied);
    else {
      const all = [...known, "no-initrd", "no-pci", "no-cgroup-v1", "modules"];
      const near = didYouMean(name, all);
      errors.push({ message: `"${name}" is not a boot fact`, help: near === "" ? `one of ${all.join(", ")}` : near });
    }
  }
  return { boot, bootDenied };
}
function rulesOf({ chosen, library }) {
  const rules = /* @__PURE__ */ new Map();
  for (const { requirements } of chosen) {
    for (const requirement of requirements) {
      if (!rules.has(requirement.id)) rules.set(requirement.id, ruleOf(requirement, library));
    }
  }
  return [...rules.values()];
}

// src/reporters/text.ts
var import_picocolors = __toESM(require_picocolors(), 1);

// src/reporters/reporter.ts
function plural(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function countsInWords(counts) {
  const words = [];
  if (counts.error > 0) words.push(plural(counts.error, "error"));
  if (counts.warning > 0) words.push(plural(counts.warning, "warning"));
  if (counts.info > 0) words.push(plural(counts.info, "note"));
  return words.join(", ");
}

// src/reporters/text.ts
var indent = 9;
var listed = 8;
function textReporter(style) {
  const colors = (0, import_picocolors.createColors)(style.color);
  const printer = { style, colors, width: Math.max(60, Math.min(style.width, 120)) };
  let files = 0;
  return {
    file: (report) => style.quiet && report.counts.error === 0 ? "" : (files++ > 0 ? "\n" : "") + fileText(report, printer),
    failure: () => "",
    end: (summary) => endText(summary, printer)
  };
}
function fileText(report, printer) {
  const { style, colors } = printer;
  let text = headline(report, printer);
  text += colors.dim(`  ${wrap(visible(targetInWords(report)), 2, printer.width)}`) + "\n";
  for (const line of scoreLines(report)) text += colors.dim(`  ${visible(line)}`) + "\n";
  const shown2 = style.quiet ? report.findings.filter(({ severity }) => severity === "error") : report.findings;
  for (const group of groupsOf(shown2)) text += `
${groupText(group, printer)}`;
  if (!style.quiet) text += unknownText(report, printer) + notApplicableText(report, printer);
  return text;
}
function headline(report, { colors, style }) {
  const { counts } = report;
  const path = visible(report.source.path);
  const against = style.profiles.length > 0 && style.profiles.length <= 3 ? ` for ${style.profiles.join(", ")}` : "";
  const causes = groupsOf(report.findings).length;
  const all = counts.error + counts.warning + counts.info;
  const said = countsInWords(counts) + (causes < all ? ` with ${plural(causes, "cause")}` : "");
  if (counts.error > 0) return `${colors.red("✖")} ${colors.bold(path)}: ${colors.red(said)}${against}
`;
  if (counts.warning > 0) return `${colors.yellow("▲")} ${colors.bold(path)}: ${colors.yellow(said)}${against}
`;
  if (counts.unknown > 0) {
    const open = `nothing wrong found${against}, ${counts.unknown} not known yet`;
    return `${colors.cyan("?")} ${colors.bold(path)}: ${colors.cyan(open)}
`;
  }
  return `${colors.green("✔")} ${colors.bold(path)}: ${colors.green(`nothing wrong${against}`)}${said === "" ? "" : `, ${said}`}
`;
}
function targetInWords({ target, kind, symbols, kindBecause }) {
  const release = target.release ?? (target.kernel === void 0 ? void 0 : formatKernelVersion(target.kernel));
  const kernel = release === void 0 ? "kernel version not known (--kernel)" : `Linux ${release} (${target.kernelFrom})`;
  const arch = target.arch === void 0 ? "architecture not known (--arch)" : `${target.arch} (${target.archFrom})`;
  const because = kindBecause.startsWith("--") ? ` (${kindBecause})` : "";
  return `${kernel}, ${arch}, ${kind === "complete" ? "complete config" : "fragment"} of ${plural(symbols, "setting")}${because}`;
}
function scoreLines({ scores }) {
  const width = Math.max(0, ...scores.map(({ profile: profile2 }) => profile2.length));
  return scores.map(({ profile: profile2, platform, met, unmet, unknown, notApplicable }) => {
    const parts = [`${met} met`, `${unmet} unmet`];
    if (unknown > 0) parts.push(`${unknown} not known`);
    if (notApplicable > 0) parts.push(`${notApplicable} not applicable`);
    return `${profile2.padEnd(width)}  ${parts.join(", ")}${platform === void 0 ? "" : ` (${platform})`}`;
  });
}
function groupsOf(findings) {
  const byCause = /* @__PURE__ */ new Map();
  for (const finding2 of findings) {
    if (finding2.cause === void 0) continue;
    const members = byCause.get(finding2.cause);
    if (members === void 0) byCause.set(finding2.cause, [finding2]);
    else members.push(finding2);
  }
  const heads = new Set(findings.map(({ rule }) => rule.id));
  return findings.filter(({ cause }) => cause === void 0 || !heads.has(cause)).map((head) => ({ head, rest: byCause.get(head.rule.id) ?? [] }));
}
var paint = { error: "red", warning: "yellow", info: "blue" };
var word = { error: "error", warning: "warning", info: "note" };
function groupText({ head, rest }, printer) {
  const { colors, style, width } = printer;
  const { source, span } = head.location;
  const { line, column } = positionOf(source, span.start);
  const place = `${visible(source.path)}:${line}:${column}`;
  const label = colors[paint[head.severity]](word[head.severity].padEnd(indent));
  let text = `${label}${colors.bold(wrap(visible(head.message), indent, width))}
`;
  text += row("at", place, printer);
  if (head.severity !== "info" || style.verbose) text += row("why", visible(head.rule.explanation), printer);
  for (const related of head.related.slice(0, style.verbose ? 20 : 3)) {
    text += row(
      "see",
      `line ${lineIndexOf(related.location.source, related.location.span.start) + 1}: ${visible(related.message)}`,
      printer
    );
  }
  text += adviceText(head, rest, printer);
  if (rest.length > 0 && !style.verbose) text += row("then", dependants(rest), printer);
  text += row("rule", colors.dim(ruleLine(head, style.verbose)), printer);
  if (style.verbose) for (const finding2 of rest) text += `
${groupText({ head: finding2, rest: [] }, printer)}`;
  return text;
}
function row(label, text, { colors, width }) {
  return `${colors.dim(`  ${label}`.padEnd(indent))}${wrap(text, indent, width)}
`;
}
function adviceText(head, rest, printer) {
  const own = head.advice;
  const others = new Set(rest.flatMap(({ advice }) => advice));
  for (const line of own) others.delete(line);
  let text = "";
  const lines = others.size <= 4 ? [...own, ...others] : own;
  for (const [i, line] of lines.entries())
    text += row(i === 0 ? "fix" : "", printer.colors.green(visible(line)), printer);
  if (lines.length < own.length + others.size) {
    text += row("", `and ${plural(others.size, "more line")}, which --format fragment prints`, printer);
  }
  return text;
}
function dependants(rest) {
  const names = rest.map(({ symbol, rule }) => symbol === void 0 ? rule.id : `CONFIG_${symbol}`);
  const more = names.length > listed ? ` and ${names.length - listed} more (--verbose)` : "";
  return `${plural(rest.length, "more requirement")} can hold only after this: ${names.slice(0, listed).join(", ")}${more}`;
}
function ruleLine({ rule, sameAs }, verbose) {
  const ids = [rule.id, ...sameAs.map(({ id }) => id)];
  const shown2 = ids.slice(0, verbose ? ids.length : 2).join(", ") + (!verbose && ids.length > 2 ? ` and ${ids.length - 2} more` : "");
  return [shown2, ...rule.references.slice(0, verbose ? 10 : 1)].join(" ");
}
function unknownText({ unknowns, kind }, printer) {
  if (unknowns.length === 0) return "";
  const { style, colors } = printer;
  let text = `
${colors.cyan("not known".padEnd(indent + 2))}`;
  const missing = [...new Set(unknowns.flatMap((unknown) => unknown.missing.map((symbol) => `CONFIG_${symbol}`)))];
  if (style.verbose) {
    text = `
${colors.cyan("not known")}
`;
    for (const { rule, expected, reason } of unknowns) {
      text += `  ${wrap(`${visible(expected)}  ${colors.dim(`${rule.id}: ${visible(reason)}`)}`, 4, printer.width)}
`;
    }
  } else {
    const names = missing.slice(0, listed * 2).join(", ");
    const more = missing.length > listed * 2 ? ` and ${missing.length - listed * 2} more (--verbose)` : "";
    const what = missing.length === 0 ? "" : `: ${names}${more}`;
    text += `${wrap(`${plural(unknowns.length, "requirement")}${what}`, indent + 2, printer.width)}
`;
  }
  const advice = kind === "fragment" ? 'A fragment says nothing about what it does not mention, nor whether Kconfig will keep what it does: dependencies decide that. Lint the .config that "make olddefconfig" writes from it.' : "Name the kernel with --kernel and the architecture with --arch.";
  return text + row("settle", advice, printer);
}
function notApplicableText({ notApplicable }, printer) {
  if (notApplicable.length === 0 || !printer.style.verbose) return "";
  let text = `
${printer.colors.dim("not applicable")}
`;
  for (const { rule, reason } of notApplicable) {
    text += printer.colors.dim(`  ${wrap(`${rule.id}: ${visible(reason)}`, 4, printer.width)}`) + "\n";
  }
  return text;
}
function endText({ files, failures, counts }, { colors, style }) {
  if (style.quiet && counts.error === 0) return "";
  const said = summaryInWords(counts);
  const where = `in ${plural(files, "file")}${failures > 0 ? `; ${plural(failures, "input")} could not be read` : ""}`;
  const color2 = counts.error > 0 || failures > 0 ? colors.red : counts.warning > 0 ? colors.yellow : colors.green;
  let text = `
${color2(said)} ${where}
`;
  if (style.profiles.length === 0 && files > 0) {
    text += colors.dim(
      'No profile was chosen, so only the files themselves were checked: "kconfig-lint profiles" lists them.'
    ) + "\n";
  }
  return text;
}
function summaryInWords({ error, warning, info: info22, unknown, notApplicable }) {
  const words = [plural(error, "error"), plural(warning, "warning")];
  if (info22 > 0) words.push(plural(info22, "note"));
  if (unknown > 0) words.push(`${unknown} not known`);
  if (notApplicable > 0) words.push(`${notApplicable} not applicable`);
  return words.join(", ");
}
function wrap(text, margin, width) {
  const room = width - margin;
  if (text.length <= room) return text;
  const gap = `
${" ".repeat(margin)}`;
  let result = "";
  let column = 0;
  for (const part of text.split(" ")) {
    const size = part.includes("\x1B") ? part.replace(/\u001b\[\d+m/g, "").length : part.length;
    if (column > 0 && column + 1 + size > room) {
      result += gap + part;
      column = size;
    } else {
      result += column > 0 ? ` ${part}` : part;
      column += size + (column > 0 ? 1 : 0);
    }
  }
  return result;
}

// src/checks/check.ts
function finding(rule, draft) {
  return {
    rule,
    severity: draft.severity ?? rule.severity,
    message: draft.message,
    location: draft.location,
    related: draft.related ?? [],
    sameAs: [],
    advice: draft.advice ?? [],
    ...draft.symbol === void 0 ? {} : { symbol: draft.symbol },
    ...draft.fix === void 0 ? {} : { fix: draft.fix }
  };
}
function fromProblems(rule, { document }, codes, refine = (draft) => draft) {
  const findings = [];
  for (const problem of document.problems) {
    if (!codes.includes(problem.code)) continue;
    const draft = refine(draftOf(problem), problem);
    if (draft !== void 0) findings.push(finding(rule, draft));
  }
  return findings;
}
function draftOf({ message, location, symbol, replacement }) {
  const line = replacement?.trim() ?? "";
  return {
    message,
    location,
    ...symbol === void 0 ? {} : { symbol },
    ...line === "" ? {} : { advice: line.split("\n") },
    ...replacement === void 0 ? {} : {
      fix: {
        title: line === "" ? "Repair the text" : `Write ${line.split("\n").join(" and ")}`,
        edits: [{ location, newText: replacement }]
      }
    }
  };
}
function isSettled(document, symbol) {
  return symbol !== void 0 && settingOf(document, symbol).kind !== "absent";
}

// src/checks/arch-mismatch.ts
var info = {
  id: "arch-mismatch",
  title: "Header of one architecture, symbols of another",
  severity: "error",
  explanation: "Kconfig writes the architecture into the header and into a symbol of its own. If they differ, the file was put together from two configs; make will drop the half that does not belong.",
  references: ["https://docs.kernel.org/kbuild/kconfig.html"]
};
var archMismatch = {
  info,
  bad: { text: "# Linux/arm64 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n" },
  good: { text: "# Linux/x86 6.12.0 Kernel Configuration\nCONFIG_X86_64=y\n" },
  find: ({ document }) => {
    const header = headerOf(document.source);
    if (header?.arch === void 0) return [];
    const found = archOfSymbols((symbol2) => {
      const setting = settingOf(document, symbol2);
      return setting.kind === "set" && setting.value === "y";
    });
    if (found === void 0 || belongs(header.arch, found.arch)) return [];
    const { source } = document;
    const symbol = settingOf(document, found.symbol);
    const headerAt = { source, span: { start: header.start, end: header.end } };
    return [
      finding(info, {
        symbol: found.symbol,
        message: `the header is for ${header.arch}, but CONFIG_${found.symbol}=y`,
        location: symbol.kind === "absent" ? headerAt : symbol.location,
        related: [{ location: headerAt, message: `header for ${header.arch}` }]
      })
    ];
  }
};
function belongs(header, arch) {
  if (header === "x86" || header === "i386") return arch === "x86_64" || arch === "i386";
  const of = archOfHeader(header);
  return of === "other" || of === arch || header === "x86_64" && arch === "i386";
}

// src/checks/byte-order-mark.ts
var info2 = {
  id: "byte-order-mark",
  title: "Byte order mark",
  severity: "warning",
  explanation: "The mark becomes part of the first line. If that is a setting, the kernel skips it as unexpected data.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var byteOrderMark = {
  info: info2,
  bad: { text: "\uFEFFCONFIG_PSI=y\n" },
  good: { text: "CONFIG_PSI=y\n" },
  find: (input) => fromProblems(info2, input, ["byte-order-mark"], (draft) => ({
    ...draft,
    severity: input.document.source.text.startsWith("#", 1) ? "warning" : "error"
  }))
};

// src/checks/carriage-return.ts
var info3 = {
  id: "carriage-return",
  title: "Windows line endings",
  severity: "info",
  explanation: 'The kernel strips one carriage return at the end of a line, but grep, sed and merge_config.sh do not: "=y" and "=y" with a carriage return are different values to them. Mixed endings are worse, because half of the file works.',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var carriageReturn2 = {
  info: info3,
  bad: { text: "CONFIG_PSI=y\r\nCONFIG_XEN=y\r\n" },
  good: { text: "CONFIG_PSI=y\nCONFIG_XEN=y\n" },
  find: (input) => fromProblems(info3, input, ["carriage-return"], (draft, { harmless }) => ({
    ...draft,
    severity: harmless ? "info" : "warning"
  }))
};

// src/checks/comment-after-value.ts
var info4 = {
  id: "comment-after-value",
  title: "Text after the value",
  severity: "warning",
  explanation: "A config has no comments at the end of a line. After y, m or n the kernel happens to ignore the rest; a number with text behind it is rejected and the default is used.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var commentAfterValue = {
  info: info4,
  bad: { text: "CONFIG_PSI=y # pressure stall information\n" },
  good: { text: "# pressure stall information\nCONFIG_PSI=y\n" },
  find: (input) => fromProblems(info4, input, ["comment-after-value"], (draft, { harmless }) => ({
    ...draft,
    severity: harmless ? "warning" : "error"
  }))
};

// src/checks/commented-assignment.ts
var info5 = {
  id: "commented-assignment",
  title: "Assignment of n in a comment",
  severity: "warning",
  explanation: '"# CONFIG_X=n" is a comment: it does not turn the option off. The line is reported only where nothing else in the file settles the symbol; a commented "=y" is taken for what it is, a setting somebody switched off.',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var commentedAssignment = {
  info: info5,
  bad: { text: "# CONFIG_MODULES=n\n" },
  good: { text: "# CONFIG_MODULES is not set\n# CONFIG_KGDB=y\n" },
  find: (input) => fromProblems(
    info5,
    input,
    ["commented-assignment"],
    (draft, { symbol, replacement }) => replacement?.endsWith("is not set") && !isSettled(input.document, symbol) ? draft : void 0
  )
};

// src/checks/duplicate-assignment.ts
var info6 = {
  id: "duplicate-assignment",
  title: "Symbol set twice, to different values",
  severity: "warning",
  explanation: 'The kernel takes the last line and warns ("override: reassigning to symbol"), exit status 0. One of the two lines does nothing, and whoever reads only the other is misled.',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var duplicateAssignment = {
  info: info6,
  bad: { text: "CONFIG_PSI=y\n# CONFIG_PSI is not set\n" },
  good: { text: "CONFIG_PSI=y\n" },
  find: ({ document }) => {
    const findings = [];
    for (const [earlier, later] of repeatedRows(document)) {
      const before = writtenValueAt(document, earlier);
      const after = writtenValueAt(document, later);
      if (before === after) continue;
      const symbol = symbolAt(document, later);
      const first = settingAt(document, earlier, symbol).location;
      const { location } = settingAt(document, later, symbol);
      const line = (at) => positionOf(at.source, at.span.start).line;
      const say = (value) => value === "is not set" ? value : `=${value}`;
      findings.push(
        finding(info6, {
          symbol,
          message: `CONFIG_${symbol} ${say(after)} here overrides ${say(before)} on line ${line(first)}`,
          location,
          related: [{ location: first, message: `${say(before)}: this line does nothing` }]
        })
      );
    }
    return findings;
  }
};

// src/checks/empty-value.ts
var info7 = {
  id: "empty-value",
  title: "Setting without a value",
  severity: "warning",
  explanation: 'Nothing stands after the equals sign. The kernel rejects that for every type of symbol; an empty string is written "".',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var emptyValue = {
  info: info7,
  bad: { text: "CONFIG_LOCALVERSION=\n" },
  good: { text: 'CONFIG_LOCALVERSION=""\n' },
  find: (input) => fromProblems(info7, input, ["empty-value"])
};

// src/checks/file-name-mismatch.ts
var info8 = {
  id: "file-name-mismatch",
  title: "File name and header disagree",
  severity: "warning",
  explanation: "Build scripts choose a config by its file name. When the header inside names another release or architecture, the kernel was configured from the wrong file, or the file was renamed and never refreshed.",
  references: ["https://github.com/liquidmetal-dev/image-builder"]
};
var fileNameMismatch = {
  info: info8,
  bad: { path: "linux-x86_64-5.10.77.config", text: "# Linux/x86 5.10.76 Kernel Configuration\nCONFIG_X86_64=y\n" },
  good: { path: "linux-x86_64-5.10.77.config", text: "# Linux/x86 5.10.77 Kernel Configuration\nCONFIG_X86_64=y\n" },
  find: (input) => {
    const { source } = input.document;
    const name = factsOfName(source.path);
    const header = headerOf(source);
    const said = [];
    if (header !== void 0 && name.release !== void 0 && !agree(name.release, header.release)) {
      said.push(`the name says ${name.release}, the header ${header.release}`);
    }
    const arch = archInside(input, header?.arch);
    if (name.arch !== void 0 && arch !== void 0 && name.arch !== arch) {
      said.push(`the name says ${name.arch}, the file is for ${arch}`);
    }
    if (said.length === 0) return [];
    const span = header === void 0 ? { start: 0, end: 0 } : { start: header.start, end: header.end };
    return [finding(info8, { message: said.join("; "), location: { source, span } })];
  }
};
function archInside({ document }, header) {
  const isOn = (symbol) => {
    const setting = settingOf(document, symbol);
    return setting.kind === "set" && setting.value === "y";
  };
  return archOfSymbols(isOn)?.arch ?? (header === void 0 ? void 0 : archOfHeader(header));
}
function agree(name, header) {
  const [major, minor, patch, abi] = /^(\d+)\.(\d+)(?:\.(\d+))?(-\d)?/.exec(name)?.slice(1) ?? [];
  const [ofMajor, ofMinor, ofPatch = "0"] = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(header)?.slice(1) ?? [];
  if (major !== ofMajor || minor !== ofMinor) return false;
  return patch === void 0 || patch === ofPatch || patch === "0" && abi !== void 0;
}

// src/checks/glued-lines.ts
var info9 = {
  id: "glued-lines",
  title: "Two settings on one line",
  severity: "error",
  explanation: "This happens when files are joined and one of them lacks the newline at its end. The kernel reads the first letter of the first value and loses the second setting.",
  references: [
    "https://github.com/firecracker-microvm/firecracker/issues/6179",
    "https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"
  ]
};
var gluedLines = {
  info: info9,
  bad: { text: "CONFIG_MICROVM=yCONFIG_IKCONFIG=y\n" },
  good: { text: "CONFIG_MICROVM=y\nCONFIG_IKCONFIG=y\n" },
  find: (input) => fromProblems(info9, input, ["glued-lines"])
};

// src/checks/invisible-character.ts
var info10 = {
  id: "invisible-character",
  title: "Character that cannot be seen",
  severity: "warning",
  explanation: "Control, zero-width and direction-changing characters make a line read differently from how it looks. In a setting they are part of the name or the value.",
  references: ["https://www.unicode.org/reports/tr36/"]
};
function onComment({ source, span }) {
  return source.codes[lineSpanOf(source, lineIndexOf(source, span.start)).start] === 35;
}
var invisibleCharacter = {
  info: info10,
  bad: { text: "CONFIG_PSI=y​\n" },
  good: { text: "CONFIG_PSI=y\n" },
  find: (input) => fromProblems(info10, input, ["invisible-character"], (draft) => ({
    ...draft,
    severity: onComment(draft.location) ? "warning" : "error"
  }))
};

// src/checks/malformed-string.ts
var info11 = {
  id: "malformed-string",
  title: "String with a missing or a stray quote",
  severity: "error",
  explanation: 'A string ends at its first unescaped double quote. Without one the kernel drops the setting ("invalid string found"); text behind it is lost. Quotes and backslashes inside are written \\" and \\\\.',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var malformedString = {
  info: info11,
  bad: { text: 'CONFIG_CMDLINE="console=ttyS0\n' },
  good: { text: 'CONFIG_CMDLINE="console=ttyS0"\n' },
  find: (input) => fromProblems(info11, input, ["malformed-string"])
};

// src/checks/missing-final-newline.ts
var info12 = {
  id: "missing-final-newline",
  title: "No newline at the end of the file",
  severity: "warning",
  explanation: "The kernel reads the last line all the same, but whatever is appended, such as the next fragment, is glued onto it and lost.",
  references: ["https://github.com/firecracker-microvm/firecracker/issues/6179"]
};
var missingFinalNewline = {
  info: info12,
  bad: { text: "CONFIG_PSI=y" },
  good: { text: "CONFIG_PSI=y\n" },
  find: (input) => fromProblems(info12, input, ["missing-final-newline"], (draft) => ({
    ...draft,
    severity: input.document.kind === "fragment" ? "warning" : "info",
    advice: []
  }))
};

// src/checks/missing-prefix.ts
var info13 = {
  id: "missing-prefix",
  title: "Symbol without CONFIG_ in front",
  severity: "error",
  explanation: "Every setting starts with CONFIG_ in capitals. The kernel skips any other line, so the option keeps its default.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var missingPrefix = {
  info: info13,
  bad: { text: "XEN=y\n" },
  good: { text: "CONFIG_XEN=y\n" },
  find: (input) => fromProblems(info13, input, ["missing-prefix"])
};

// src/checks/module-without-modules.ts
var info14 = {
  id: "module-without-modules",
  title: "Module requested while MODULES is off",
  severity: "warning",
  explanation: "Without CONFIG_MODULES nothing can be a module. Kconfig turns each =m into y on the next make, so the kernel grows, and drivers start that were meant to wait.",
  references: ["https://docs.kernel.org/kbuild/kconfig-language.html"]
};
var shown = 10;
var moduleWithoutModules = {
  info: info14,
  bad: { text: "# CONFIG_MODULES is not set\nCONFIG_VIRTIO_NET=m\n" },
  good: { text: "# CONFIG_MODULES is not set\nCONFIG_VIRTIO_NET=y\n" },
  find: ({ document }) => {
    const modules = settingOf(document, "MODULES");
    const off = modules.kind === "not-set" || modules.kind === "absent" && document.kind === "complete";
    if (!off) return [];
    const { mark } = document.scanned.table;
    const rows = [];
    for (let row2 = 0; row2 < document.settings; row2++) if (mark[row2] === Mark.m) rows.push(row2);
    if (rows.length === 0) return [];
    const settings = rows.slice(0, shown).map((row2) => settingAt(document, row2));
    const [first, ...others] = settings;
    if (first === void 0) return [];
    const related = others.map(({ location, symbol }) => ({ location, message: `CONFIG_${symbol}=m` }));
    if (modules.kind !== "absent")
      related.unshift({ location: modules.location, message: "CONFIG_MODULES is off here" });
    const more = rows.length === 1 ? "" : ` and ${rows.length - 1} more`;
    return [
      finding(info14, {
        symbol: first.symbol,
        message: `CONFIG_${first.symbol}=m${more}, but CONFIG_MODULES is ${modules.kind === "absent" ? "absent" : "not set"}`,
        location: first.location,
        related
      })
    ];
  }
};

// src/checks/not-set-spelling.ts
var info15 = {
  id: "not-set-spelling",
  title: 'Comment that looks like "is not set" but is not',
  severity: "error",
  explanation: 'Only "# CONFIG_X is not set", exactly so, turns an option off. Any other spelling is a comment to the kernel, and the option keeps its default. (Up to about 6.1, text behind "is not set" was tolerated.)',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var notSetSpelling = {
  info: info15,
  bad: { text: "#CONFIG_MODULES is not set\n" },
  good: { text: "# CONFIG_MODULES is not set\n" },
  find: (input) => fromProblems(
    info15,
    input,
    ["not-set-spelling"],
    (draft, { symbol }) => isSettled(input.document, symbol) ? void 0 : draft
  )
};

// src/checks/not-utf8.ts
var info16 = {
  id: "not-utf8",
  title: "Bytes that are not UTF-8",
  severity: "info",
  explanation: "The kernel does not care about the encoding of strings and comments, but editors and code review do. The file is read byte by byte and nothing is changed.",
  references: ["https://www.unicode.org/versions/latest/"]
};
var notUtf8 = {
  info: info16,
  bad: { text: "" },
  good: { text: "# café\nCONFIG_PSI=y\n" },
  find: (input) => fromProblems(info16, input, ["not-utf8"])
};

// src/checks/redundant-assignment.ts
var info17 = {
  id: "redundant-assignment",
  title: "Symbol set twice, to the same value",
  severity: "info",
  explanation: "The second line changes nothing. Left in place, the two will one day disagree.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var redundantAssignment = {
  info: info17,
  bad: { text: "CONFIG_CGROUPS=y\nCONFIG_PSI=y\nCONFIG_CGROUPS=y\n" },
  good: { text: "CONFIG_CGROUPS=y\nCONFIG_PSI=y\n" },
  find: ({ document }) => {
    const findings = [];
    for (const [earlier, later] of repeatedRows(document)) {
      if (writtenValueAt(document, earlier) !== writtenValueAt(document, later)) continue;
      const symbol = symbolAt(document, later);
      const first = settingAt(document, earlier, symbol).location;
      const { location } = settingAt(document, later, symbol);
      const { source } = location;
      const index = lineIndexOf(source, location.span.start);
      const span = { start: location.span.start, end: lineStartsOf(source)[index + 1] ?? source.codes.length };
      findings.push(
        finding(info17, {
          symbol,
          message: `CONFIG_${symbol} is set to the same value on line ${positionOf(source, first.span.start).line}`,
          location,
          related: [{ location: first, message: "the first one" }],
          fix: { title: "Remove the second line", edits: [{ location: { source, span }, newText: "" }] }
        })
      );
    }
    return findings;
  }
};

// src/checks/space-around-equals.ts
var info18 = {
  id: "space-around-equals",
  title: "Blank beside the equals sign",
  severity: "error",
  explanation: "The kernel takes everything up to the equals sign for the name, so a blank before it makes a symbol that does not exist and is dropped without a word. A blank after it becomes part of the value, which is then invalid.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var spaceAroundEquals = {
  info: info18,
  bad: { text: "CONFIG_PSI = y\n" },
  good: { text: "CONFIG_PSI=y\n" },
  find: (input) => fromProblems(info18, input, ["space-around-equals"])
};

// src/checks/unexpected-data.ts
var info19 = {
  id: "unexpected-data",
  title: "Line that is neither a setting nor a comment",
  severity: "error",
  explanation: `The kernel's reader warns about such a line and skips it ("unexpected data"); older kernels skip some without a word. Whatever it was meant to set is not set.`,
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var unexpectedData = {
  info: info19,
  bad: { text: "CONFIG_PSI\nCONFIG_XEN=y\n" },
  good: { text: "CONFIG_PSI=y\nCONFIG_XEN=y\n" },
  find: (input) => fromProblems(info19, input, ["unexpected-data", "odd-symbol-name"])
};

// src/checks/unquoted-string.ts
var info20 = {
  id: "unquoted-string",
  title: "Text without quotes",
  severity: "error",
  explanation: "A string must stand in double quotes: without them the kernel silently ignores the line. If a bool or tristate was meant, only a first letter y, m or n would be read.",
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var unquotedString = {
  info: info20,
  bad: { text: "CONFIG_LOCALVERSION=-zone\n" },
  good: { text: 'CONFIG_LOCALVERSION="-zone"\n' },
  find: (input) => fromProblems(info20, input, ["unquoted-string"])
};

// src/checks/value-spelling.ts
var info21 = {
  id: "value-spelling",
  title: "Value other than y, m or n in letters",
  severity: "error",
  explanation: 'For a bool or tristate only a small y, m or n in front counts. "yes" happens to work, "Y", "true" and "1" are rejected and the option falls back to its default.',
  references: ["https://github.com/torvalds/linux/blob/v6.12/scripts/kconfig/confdata.c"]
};
var valueSpelling = {
  info: info21,
  bad: { text: "CONFIG_PSI=Y\n" },
  good: { text: "CONFIG_PSI=y\n" },
  find: (input) => fromProblems(info21, input, ["value-spelling"], (draft, { harmless }) => ({
    ...draft,
    severity: harmless ? "warning" : "error"
  }))
};

// src/checks/index.ts
var checks = [
  archMismatch,
  byteOrderMark,
  carriageReturn2,
  commentAfterValue,
  commentedAssignment,
  duplicateAssignment,
  emptyValue,
  fileNameMismatch,
  gluedLines,
  invisibleCharacter,
  malformedString,
  missingFinalNewline,
  missingPrefix,
  moduleWithoutModules,
  notSetSpelling,
  notUtf8,
  redundantAssignment,
  spaceAroundEquals,
  unexpectedData,
  unquotedString,
  valueSpelling
];

// src/finding.ts
function severityRank(severity) {
  return severity === "error" ? 0 : severity === "warning" ? 1 : 2;
}

// src/lint.ts
function lint(input) {
  const { document, library } = input;
  const target = { ...document.target, ...input.target };
  const findings = [];
  for (const check of input.checks) findings.push(...check.find({ document, target }));
  const run = { byId: /* @__PURE__ */ new Map(), findings: /* @__PURE__ */ new Map(), unknowns: /* @__PURE__ */ new Map(), notApplicable: /* @__PURE__ */ new Map() };
  const scores = (input.profiles ?? []).map(
    (chosen) => judgeProfile(chosen, situationOf(input, target, chosen), library, run)
  );
  findings.push(...withCauses(run, input.profiles ?? []));
  findings.sort(compareFindings);
  const unknowns = [...run.unknowns.values()];
  const notApplicable = [...run.notApplicable.values()];
  return {
    source: document.source,
    kind: document.kind,
    kindBecause: document.kindBecause,
    symbols: document.settings,
    target,
    findings,
    unknowns,
    notApplicable,
    scores,
    counts: countOf(findings, unknowns, notApplicable)
  };
}
function situationOf({ document, library, boot, bootDenied }, target, chosen) {
  const facts = new Set(chosen.boot);
  for (const fact of bootDenied ?? []) facts.delete(fact);
  for (const fact of boot ?? []) facts.add(fact);
  return { document, target, boot: facts, symbols: library.symbols };
}
function judgeProfile(chosen, common, library, run) {
  const count = [0, 0, 0, 0];
  let owner = "";
  let situation = common;
  for (const requirement of chosen.requirements) {
    if (owner !== ownerOf(requirement)) {
      owner = ownerOf(requirement);
      const platform2 = chosen.platforms.get(owner);
      situation = platform2 === void 0 ? common : { ...common, platform: platform2.number, platformName: platform2.name };
    }
    const judgement = judgeRequirement(requirement, situation);
    count[judgement.verdict] = count[judgement.verdict] + 1;
    if (judgement.verdict !== Verdict.met) record(requirement, judgement, situation, library, run);
  }
  const [met = 0, unmet = 0, unknown = 0, notApplicable = 0] = count;
  const { id, title } = chosen.profile;
  const platform = platformLabel(chosen);
  return { profile: id, title, ...platform === void 0 ? {} : { platform }, met, unmet, unknown, notApplicable };
}
function record(requirement, judgement, situation, library, run) {
  if (judgement.verdict === Verdict.unmet) {
    const key = JSON.stringify(judgement.decidedBy);
    run.byId.set(requirement.id, requirement);
    const found = run.findings.get(key);
    if (found === void 0) run.findings.set(key, findingOf(requirement, judgement, situation, library));
    else run.findings.set(key, merge(found, requirement, judgement, situation, library));
  } else if (judgement.verdict === Verdict.unknown) {
    if (!run.unknowns.has(requirement.id)) {
      run.unknowns.set(requirement.id, unknownOf(requirement, judgement, situation, library));
    }
  } else if (!run.notApplicable.has(requirement.id)) {
    run.notApplicable.set(requirement.id, notApplicableOf(requirement, judgement, situation, library));
  }
}
function merge(found, requirement, judgement, situation, library) {
  const known = found.rule.id === requirement.id || found.sameAs.some(({ id }) => id === requirement.id);
  if (known) return found;
  if (severityRank(requirement.severity) >= severityRank(found.severity)) {
    return { ...found, sameAs: [...found.sameAs, ruleOf(requirement, library)] };
  }
  const stronger = findingOf(requirement, judgement, situation, library);
  return { ...stronger, sameAs: [found.rule, ...found.sameAs] };
}
function withCauses(run, profiles) {
  const findings = [...run.findings.values()];
  const speaker = /* @__PURE__ */ new Map();
  for (const finding2 of findings) {
    for (const { id } of [finding2.rule, ...finding2.sameAs]) speaker.set(id, finding2.rule.id);
  }
  return findings.map((finding2) => {
    const cause = rootOf(finding2, run, profiles, speaker);
    return cause === void 0 ? finding2 : { ...finding2, cause };
  });
}
function rootOf(finding2, run, profiles, speaker) {
  const seen = /* @__PURE__ */ new Set([finding2.rule.id]);
  let root;
  let ids = [finding2.rule.id, ...finding2.sameAs.map(({ id }) => id)];
  for (; ; ) {
    const next = firstFailedNeed(ids, run, profiles, speaker);
    if (next === void 0 || seen.has(next)) return root;
    seen.add(next);
    root = next;
    ids = [next];
  }
}
function firstFailedNeed(ids, run, profiles, speaker) {
  for (const id of ids) {
    for (const need of run.byId.get(id)?.needs ?? []) {
      for (const { idOf } of profiles) {
        const owner = idOf.get(need);
        const spoken = owner === void 0 ? void 0 : speaker.get(owner);
        if (spoken !== void 0 && spoken !== ids[0]) return spoken;
      }
    }
  }
  return void 0;
}
function compareFindings(a, b) {
  return severityRank(a.severity) - severityRank(b.severity) || a.location.span.start - b.location.span.start || (a.rule.id < b.rule.id ? -1 : a.rule.id > b.rule.id ? 1 : 0) || (a.message < b.message ? -1 : a.message > b.message ? 1 : 0);
}
function countOf(findings, unknowns, na) {
  const counts = { error: 0, warning: 0, info: 0, unknown: unknowns.length, notApplicable: na.length };
  for (const { severity } of findings) counts[severity]++;
  return counts;
}

// src/config/problem.ts
var fatalCodes = [
  "empty",
  "not-a-config",
  "nul-byte",
  "utf-16",
  "line-too-long",
  "too-many-lines",
  "too-many-symbols"
];
function isFatal(problem) {
  return fatalCodes.includes(problem.code);
}

// src/project/read.ts
function readDocument(path, host, choice) {
  const read = host.readSource(path, {
    limit: limits.fileSize,
    unzippedLimit: limits.decompressedSize,
    keep: choice.keep
  });
  if ("error" in read) return readFailure(path, read, host);
  const source = path === "-" ? withPath(read, choice.stdinName) : read;
  const document = parseConfig(source, { kind: choice.kind, reuse: choice.reuse });
  const fatal = document.problems.find(isFatal);
  return fatal === void 0 ? document : problemFailure(fatal);
}
function withPath(source, path) {
  return { path, text: source.text, encoding: source.encoding, codes: source.codes };
}
function readFailure(path, { error, detail }, host) {
  const name = path === "-" ? "<stdin>" : path;
  switch (error) {
    case "missing":
      return { path: name, code: "missing", message: "no such file", help: missingHelp(path, host) };
    case "denied":
      return { path: name, code: "denied", message: "permission denied", help: "check who may read it" };
    case "folder":
      return { path: name, code: "folder", message: "this is a folder", help: "name the config in it" };
    case "not-regular":
      return {
        path: name,
        code: "not-regular",
        message: "this is not a regular file",
        help: 'write its content to a file, or pipe it in and name it "-"'
      };
    case "too-large":
      return {
        path: name,
        code: "too-large",
        message: `too large for a kernel config: ${detail}`,
        help: "is this a kernel image rather than a config?"
      };
    case "bad-gzip":
      return {
        path: name,
        code: "bad-gzip",
        message: `the gzip data is damaged or cut off (${detail})`,
        help: "fetch the file again; nothing of it was checked"
      };
    case "io":
      return { path: name, code: "io", message: `it cannot be read (${detail})`, help: "nothing of it was checked" };
  }
}
var fatalHelp = {
  empty: "an empty file is not a kernel config; was it written before the disk was full?",
  "not-a-config": "name a .config, a defconfig or a fragment of one",
  "nul-byte": "a config is text; is this a kernel image?",
  "utf-16": "convert it: iconv -f UTF-16 -t UTF-8",
  "line-too-long": "no kernel config has such lines; is this one?",
  "too-many-lines": "no kernel config is that long; is this one?",
  "too-many-symbols": "no kernel config is that long; is this one?"
};
function problemFailure({ code, message, location }) {
  const { line, column } = positionOf(location.source, location.span.start);
  return { path: location.source.path, code, message, help: fatalHelp[code] ?? "", line, column };
}

// src/cli/options.ts
var formats = ["text", "json", "sarif", "github", "unix", "markdown", "fragment"];
var failOnChoices = ["error", "warning", "info", "never"];
var profile = {
  name: "profile",
  alias: "p",
  type: "list",
  placeholder: "NAME",
  describe: "Platform to check for: NAME, NAME@VERSION, all, or the path of your own YAML; repeatable"
};
var targetOptions = [
  {
    name: "kernel",
    type: "string",
    placeholder: "VERSION",
    describe: "Kernel version, where the file does not say it"
  },
  { name: "arch", type: "string", placeholder: "ARCH", describe: "Architecture: x86_64, arm64, riscv …" },
  {
    name: "kind",
    type: "string",
    choices: ["auto", "complete", "fragment"],
    default: "auto",
    describe: "Whether silence means off (complete) or nothing (fragment)"
  },
  {
    name: "boot",
    type: "list",
    placeholder: "FACT",
    describe: "What holds at boot: initrd, no-modules, pci, cgroup-v1; deny one with no-FACT; repeatable"
  }
];
var outputOptions = [
  {
    name: "output",
    alias: "o",
    type: "list",
    placeholder: "[FORMAT=]FILE",
    describe: "Write a report to a file as well; repeatable"
  },
  { name: "color", type: "string", choices: ["auto", "always", "never"], default: "auto", describe: "Colours in text" }
];
var stdinName = {
  name: "stdin-filename",
  type: "string",
  placeholder: "NAME",
  describe: 'Name for what is read from "-"'
};
var checkOptions = [
  profile,
  ...targetOptions,
  { name: "format", alias: "f", type: "string", choices: formats, default: "text", describe: "How to report" },
  ...outputOptions,
  {
    name: "fail-on",
    type: "string",
    choices: failOnChoices,
    default: "error",
    describe: "The mildest finding that makes the exit code 1"
  },
  { name: "max-warnings", type: "number", placeholder: "N", describe: "More warnings than this make the exit code 1" },
  { name: "quiet", alias: "q", type: "flag", describe: "Only errors" },
  {
    name: "verbose",
    alias: "v",
    type: "flag",
    describe: "Everything: each finding in full, what is not known, what does not apply"
  },
  stdinName
];
var dataFormat = {
  name: "format",
  alias: "f",
  type: "string",
  choices: ["text", "json"],
  default: "text",
  describe: "How to print"
};
var color = outputOptions[1];
var diffOptions = [
  profile,
  ...targetOptions,
  { ...dataFormat, choices: ["text", "json", "patch"] },
  color,
  stdinName
];
var matrixOptions = [
  profile,
  ...targetOptions,
  { ...dataFormat, choices: ["text", "json", "markdown"] },
  color,
  { ...checkOptions.find(({ name }) => name === "fail-on") },
  stdinName
];
function textOption(raw, name) {
  const value = raw[name];
  return typeof value === "string" ? value : void 0;
}
function listOption(raw, name) {
  const value = raw[name];
  return Array.isArray(value) ? value.flatMap((item) => item.split(",")).filter((item) => item !== "") : [];
}
function flagOption(raw, name) {
  return raw[name] === true;
}

// src/cli/version.ts
var version = "0.1.0";

// src/cli/check.ts
function runCheck(raw, host, services) {
  const prepared = prepare(projectOptions(raw), services.loadLibrary);
  if (!("library" in prepared)) return reportUsage(prepared, raw, host);
  const inputs = findInputs(raw.files, host, services.glob);
  const outputs = openOutputs(raw, host, services, prepared, inputs.paths);
  if (!Array.isArray(outputs)) return reportUsage([outputs], raw, host);
  const totals = {
    error: 0,
    warning: 0,
    info: 0,
    unknown: 0,
    notApplicable: 0
  };
  let files = 0;
  let failures = 0;
  const fail = (failure) => {
    failures++;
    host.writeError(failureText(failure));
    for (const { reporter, write } of outputs) write(reporter.failure(failure));
  };
  for (const failure of inputs.failures) fail(failure);
  const kind = projectOptions(raw).kind;
  const stdinName2 = textOption(raw, "stdin-filename") ?? "<stdin>";
  let reuse;
  for (const path of inputs.paths) {
    const document = readDocument(path, host, { kind, stdinName: stdinName2, reuse, keep: false });
    if (!("scanned" in document)) {
      fail(document);
      continue;
    }
    const report = lint({
      document,
      checks,
      target: prepared.target,
      profiles: prepared.chosen,
      ...bootOf2(prepared),
      library: prepared.library
    });
    files++;
    for (const key of ["error", "warning", "info", "unknown", "notApplicable"])
      totals[key] += report.counts[key];
    let open = false;
    for (const { reporter, write } of outputs) open = write(reporter.file(report)) || open;
    if (!open) break;
    reuse = document;
  }
  const exitCode = exitCodeOf(raw, totals, failures);
  return finish(outputs, { files, failures, counts: totals, exitCode }, host);
}
function bootOf2({ boot, bootDenied, library }) {
  return { boot, bootDenied, library };
}
function projectOptions(raw) {
  const kernel = textOption(raw, "kernel");
  const arch = textOption(raw, "arch");
  return {
    profiles: listOption(raw, "profile"),
    boot: listOption(raw, "boot"),
    kind: textOption(raw, "kind") ?? "auto",
    ...kernel === void 0 ? {} : { kernel },
    ...arch === void 0 ? {} : { arch }
  };
}
function exitCodeOf(raw, counts, failures) {
  if (failures > 0) return Exit.unreadable;
  const failOn = textOption(raw, "fail-on") ?? "error";
  const mildest = failOn === "never" ? -1 : severityRank(failOn);
  for (const severity of ["error", "warning", "info"]) {
    if (counts[severity] > 0 && severityRank(severity) <= mildest) return Exit.findings;
  }
  const most = raw["max-warnings"];
  return typeof most === "number" && counts.warning > most ? Exit.findings : Exit.ok;
}
function styleOf(raw, host, prepared, toTerminal, withRules) {
  return {
    color: toTerminal && wantsColor(raw, host),
    width: toTerminal && host.isTerminal ? host.columns : 100,
    verbose: flagOption(raw, "verbose"),
    quiet: flagOption(raw, "quiet"),
    version,
    rules: withRules ? [...checks.map(({ info: info22 }) => info22), ...rulesOf(prepared)] : [],
    profiles: prepared.chosen.map(({ profile: profile2 }) => profile2.id)
  };
}
function wantsColor(raw, host) {
  const choice = textOption(raw, "color") ?? "auto";
  if (choice !== "auto") return choice === "always";
  if (host.env["NO_COLOR"]) return false;
  if (host.env["FORCE_COLOR"]) return host.env["FORCE_COLOR"] !== "0";
  return host.isTerminal && host.env["TERM"] !== "dumb";
}
function openOutputs(raw, host, { reporters }, prepared, inputs) {
  const format = textOption(raw, "format") ?? "text";
  const make = (name, toTerminal) => reporters[name](styleOf(raw, host, prepared, toTerminal, name === "sarif"));
  const outputs = [{ reporter: make(format, true), write: host.write }];
  const named = raw["output"];
  for (const choice of Array.isArray(named) ? named : []) {
    const split = /^([a-z]+)=(.+)$/s.exec(choice);
    const name = split?.[1] ?? format;
    const path = split?.[2] ?? choice;
    if (!formats.includes(name)) {
      return { message: `"${name}" is not a format`, help: `one of ${formats.join(", ")}` };
    }
    if (inputs.some((input) => input !== "-" && host.sameFile(input, path))) {
      return { message: `the report would overwrite the input ${path}`, help: "name another file with --output" };
    }
    const handle = host.openOutput(path);
    if (typeof handle === "string") {
      host.writeError(`kconfig-lint: ${visible(path)} cannot be written: ${visible(handle)}
`);
      outputs.push({
        reporter: make(name, false),
        write: () => true,
        file: { path, handle: { write: () => false, commit: () => handle } }
      });
    } else outputs.push({ reporter: make(name, false), write: handle.write, file: { path, handle } });
  }
  return outputs;
}
function finish(outputs, summary, host) {
  let broken = false;
  for (const { reporter, write, file } of outputs) {
    write(reporter.end(summary));
    const failure2 = file?.handle.commit();
    if (failure2 === void 0) continue;
    broken = true;
    host.writeError(`kconfig-lint: ${visible(file?.path ?? "")} was not written: ${visible(failure2)}
`);
  }
  const failure = host.outputFailure();
  if (failure !== void 0 && failure !== "closed") {
    broken = true;
    host.writeError(`kconfig-lint: the report could not be written whole (${failure})
`);
  }
  return broken ? Exit.output : summary.exitCode;
}
function failureText({ path, code, message, help, line, column }) {
  const place = line === void 0 ? "" : `:${line}:${column ?? 1}`;
  return `${visible(path)}${place}: error[${code}]: ${visible(message)}; it was not checked
  help: ${visible(help)}
`;
}
function reportUsage(errors, raw, host) {
  for (const { message, help, path, line, column } of errors) {
    const place = path === void 0 ? "kconfig-lint" : line === void 0 ? visible(path) : `${visible(path)}:${line}:${column}`;
    host.writeError(`${place}: ${visible(message)}
${help === "" ? "" : `  help: ${visible(help)}
`}`);
  }
  if (raw["format"] === "json") {
    const failures = errors.map(({ message, help, path, line, column }) => ({
      path: path ?? null,
      code: "usage",
      message,
      help,
      line,
      column
    }));
    const empty = { error: 0, warning: 0, info: 0, unknown: 0, notApplicable: 0 };
    const summary = { files: 0, failures: failures.length, ...empty, exitCode: Exit.usage };
    host.write(
      `${JSON.stringify({ schemaVersion: 1, tool: { name: "kconfig-lint", version }, files: [], failures, summary })}
`
    );
  }
  return Exit.usage;
}

// src/cli/plain.ts
var byFlag = /* @__PURE__ */ new Map();
for (const option of checkOptions) {
  byFlag.set(`--${option.name}`, option);
  if (option.alias !== void 0) byFlag.set(`-${option.alias}`, option);
}
var otherCommands = /* @__PURE__ */ new Set(["profiles", "explain", "diff", "matrix", "completion"]);
function parsePlain(argv) {
  const values = {};
  const files = [];
  for (const { name, default: initial, type } of checkOptions) {
    if (initial !== void 0) values[name] = initial;
    else if (type === "list") values[name] = [];
  }
  const given = /* @__PURE__ */ new Set();
  const first = argv[0];
  if (first !== void 0 && otherCommands.has(first)) return void 0;
  for (let i = first === "check" ? 1 : 0; i < argv.length; i++) {
    const word2 = argv[i];
    if (word2 === "-" || !word2.startsWith("-")) {
      files.push(word2);
      continue;
    }
    const equals2 = word2.startsWith("--") ? word2.indexOf("=") : -1;
    const option = byFlag.get(equals2 === -1 ? word2 : word2.slice(0, equals2));
    if (option === void 0 || option.type !== "list" && given.has(option.name)) return void 0;
    given.add(option.name);
    if (option.type === "flag") {
      if (equals2 !== -1) return void 0;
      values[option.name] = true;
      continue;
    }
    const value = equals2 === -1 ? argv[++i] : word2.slice(equals2 + 1);
    if (value === void 0 || value === "" || equals2 === -1 && value.startsWith("-")) return void 0;
    if (option.choices !== void 0 && !option.choices.includes(value)) return void 0;
    if (option.type === "number") {
      if (!/^\d{1,9}$/.test(value)) return void 0;
      values[option.name] = Number(value);
    } else if (option.type === "list") values[option.name].push(value);
    else values[option.name] = value;
  }
  return files.length === 0 ? void 0 : { ...values, files };
}

// src/cli/bin.ts
var fewFiles = 4;
function main(argv) {
  const host = createNodeHost(__dirname);
  const plain = parsePlain(argv);
  if (plain !== void 0 && isSlim(plain)) {
    const folders = plain.files.some((file) => host.pathKind(file) === "folder");
    if (plain.files.length < fewFiles && !folders) (0, import_node_v8.setFlagsFromString)("--no-opt");
    return runCheck(plain, host, { reporters: { text: textReporter }, loadLibrary: loadBuiltIn(host), glob: () => [] });
  }
  return import("./run.cjs").then(({ run }) => run(argv, host));
}
function isSlim(options) {
  return options["format"] === "text" && listOption(options, "output").length === 0 && !listOption(options, "profile").some(isProfilePath) && !options.files.some(hasGlob);
}
function crash(error) {
  const stack = error instanceof Error ? error.stack : String(error);
  process.stderr.write(
    `kconfig-lint ${version}: internal error, this is a bug. Please report it with the lines below and, if you may, the input:
${stack}
`
  );
  process.exitCode = Exit.internal;
}
try {
  const result = main(process.argv.slice(2));
  if (typeof result === "number") process.exitCode = result;
  else result.then((code) => process.exitCode = code, crash);
} catch (error) {
  crash(error);
}
