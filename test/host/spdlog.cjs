// Stands in for the native @vscode/spdlog, which would need a compiler: the part of its API that VS Code calls.
// Without it neither a log file nor an output channel has any text.
const fs = require('node:fs');
const path = require('node:path');

const levels = ['trace', 'debug', 'info', 'warning', 'error', 'critical'];

/** @param {string} file */
function loggerTo(file) {
  let threshold = levels.indexOf('info');
  let isFormatted = true;
  let isDropped = false;

  const write = (/** @type {number} */ level) => (/** @type {string} */ message) => {
    if (level < threshold || isDropped) {
      return;
    }
    try {
      fs.appendFileSync(file, isFormatted ? `${localTime()} [${levels[level]}] ${message}\n` : message);
    } catch {
      // The folder of logs may be gone before the last line is written: nobody reads it then.
    }
  };

  return {
    trace: write(0),
    debug: write(1),
    info: write(2),
    warn: write(3),
    error: write(4),
    critical: write(5),
    getLevel: () => threshold,
    setLevel: (/** @type {number} */ level) => {
      threshold = level;
    },
    setPattern: () => {
      isFormatted = true;
    },
    clearFormatters: () => {
      isFormatted = false;
    },
    flush: () => {},
    drop: () => {
      isDropped = true;
    },
  };
}

function localTime() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().replace('T', ' ').replace('Z', '');
}

/** @param {string} _name @param {string} file */
async function createLogger(_name, file) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  return loggerTo(file);
}

// One assignment each: Node finds a CommonJS module's named exports for `import()` by reading its text.
exports.version = 10_800;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
/** @param {string} _kind @param {string} _name @param {string} file */
exports.Logger = function Logger(_kind, _name, file) {
  return loggerTo(file);
};
exports.createRotatingLogger = createLogger;
exports.createAsyncRotatingLogger = createLogger;
