// @ts-check
// `npm run shapes` writes src/local/sagemaker/requestShapes.ts anew, from the service model of this machine's botocore
// or from one that is named: `npm run shapes -- service-2.json.gz`.
import { writeFile } from 'node:fs/promises';
import process from 'node:process';
import { cutRequestShapes } from './cut.mjs';
import { findModels, readModel } from './models.mjs';
import { shapesFile, shapesSource } from './source.mjs';

const file = process.argv[2] ?? findModels()[0]?.file;
if (file === undefined) {
  throw new Error('There is no botocore on this machine. On Debian: apt-get install python3-botocore');
}
const cut = cutRequestShapes(readModel(file));
await writeFile(shapesFile, await shapesSource(cut));
console.log(`${Object.keys(cut.requests).length} requests, ${Object.keys(cut.shapes).length} shapes, from ${file}`);
