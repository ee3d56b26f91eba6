// @ts-check
// The TypeScript that the shapes are kept in.
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

export const shapesFile = fileURLToPath(new URL('../../../src/local/sagemaker/requestShapes.ts', import.meta.url));

/** @param {import('./cut.mjs').RequestShapes} shapes @returns {Promise<string>} */
export async function shapesSource({ requests, shapes }) {
  const text = `
    // Made by "npm run shapes" out of the service model of SageMaker that botocore ships. Change its script, not this file.
    import type { Shape } from './shapes.js';

    /** The shape of each operation's request. */
    export const requestNames = ${JSON.stringify(requests)} as const;

    /** Facts of the service model: what requests may hold. Lengths count characters; a pattern is for the whole text. */
    export const requestShapes = ${JSON.stringify(shapes)} as const satisfies Readonly<Record<string, Shape>>;
  `;
  return format(text, { ...(await resolveConfig(shapesFile)), parser: 'typescript' });
}
