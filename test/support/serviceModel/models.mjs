// @ts-check
// The service models of SageMaker that this machine's installations of botocore ship.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { findPythons } from '../../host/systemTools.mjs';

/** @typedef {{ version: string, file: string }} FoundModel */

/**
 * One for each version of botocore, that of the system first.
 * @param {readonly string[]} pythons
 * @returns {readonly FoundModel[]}
 */
export function findModels(pythons = findPythons(), service = 'sagemaker') {
  /** @type {Map<string, FoundModel>} */
  const models = new Map();
  for (const python of pythons) {
    const { stdout } = spawnSync(
      python,
      ['-c', 'import botocore; print(botocore.__version__); print(botocore.__path__[0])'],
      { encoding: 'utf8' },
    );
    const [version = '', folder = ''] = stdout.split('\n');
    const file = modelFile(join(folder, 'data', service));
    if (file !== undefined && !models.has(version)) {
      models.set(version, { version, file });
    }
  }
  return [...models.values()];
}

/** @param {string} file @returns {import('./cut.mjs').ServiceModel} */
export function readModel(file) {
  const bytes = readFileSync(file);
  return JSON.parse((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8'));
}

/** Newer packages keep their models compressed. @param {string} folder */
function modelFile(folder) {
  if (!existsSync(folder)) {
    return undefined;
  }
  return readdirSync(folder)
    .flatMap((version) => ['service-2.json', 'service-2.json.gz'].map((name) => join(folder, version, name)))
    .find((file) => existsSync(file));
}
