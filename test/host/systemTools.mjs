// What the suites and benchmarks need of the machine beside Node: a browser, clients of AWS that we did not write, and
// what else we compare ourselves with.
import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { findChromium } from './dependencies.mjs';

/** @typedef {'chromium' | 'aws' | 'boto3' | 'numpy' | 'scipy'} Tool */

/** @type {Readonly<Record<Tool, { debianPackage: string, isThere: () => boolean }>>} */
const tools = {
  chromium: { debianPackage: 'chromium', isThere: () => findChromium() !== undefined },
  aws: { debianPackage: 'awscli', isThere: () => findAwsClis().length > 0 },
  boto3: { debianPackage: 'python3-boto3', isThere: () => findPythons().length > 0 },
  numpy: { debianPackage: 'python3-numpy', isThere: () => pythonWith('numpy') !== undefined },
  scipy: { debianPackage: 'python3-scipy', isThere: () => findScientificPython() !== undefined },
};

/**
 * The AWS CLIs that the suites run, one for each version. The system's own comes first: what else is on the path differs
 * by machine, and where there is another, it is a newer one.
 */
export function findAwsClis() {
  return differentOnes(['/usr/bin/aws', 'aws'], ['--version']);
}

/** The Pythons that have boto3, likewise. */
export function findPythons() {
  return differentOnes(['/usr/bin/python3', 'python3'], ['-c', 'import boto3; print(boto3.__version__)']);
}

/** A Python that has numpy and scipy. */
export function findScientificPython() {
  return pythonWith('numpy, scipy');
}

/** @param {string} modules */
function pythonWith(modules) {
  return ['/usr/bin/python3', 'python3'].find((command) => succeeds(command, ['-c', `import ${modules}`]));
}

/**
 * Installs those that are missing where that can be done, and otherwise says how; returns the ones still missing.
 * @param {ReadonlySet<Tool>} wanted
 */
export function installTools(wanted) {
  const missing = [...wanted].filter((tool) => !tools[tool].isThere());
  const packages = missing.map((tool) => tools[tool].debianPackage);
  if (missing.length > 0 && process.getuid?.() === 0 && succeeds('apt-get', ['--version'])) {
    console.log(`Installing ${packages.join(', ')} with apt (the first time only)…`);
    const options = {
      stdio: /** @type {const} */ ('inherit'),
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    };
    spawnSync('apt-get', ['update', '-q'], options);
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], options);
  } else if (missing.length > 0) {
    console.error(
      [
        `Missing on this machine: ${missing.join(', ')}. What needs it counts as failed.`,
        `  Debian, Ubuntu:  sudo apt-get install ${packages.join(' ')}`,
        '  elsewhere:       Chromium or Chrome (or set CHROMIUM to one), the AWS CLI, and for Python 3 boto3, numpy and scipy',
      ].join('\n'),
    );
  }
  return new Set(missing.filter((tool) => !tools[tool].isThere()));
}

/** Those that answer, without the ones that answer as another did. @param {readonly string[]} commands @param {readonly string[]} args */
function differentOnes(commands, args) {
  const answers = new Map();
  for (const command of commands) {
    const { status, stdout } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0 && !answers.has(stdout)) {
      answers.set(stdout, command);
    }
  }
  return /** @type {string[]} */ ([...answers.values()]);
}

/** @param {string} command @param {readonly string[]} args */
function succeeds(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}
