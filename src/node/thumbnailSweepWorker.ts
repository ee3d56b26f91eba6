// The thread that makes room among thumbnails. It is started by `thumbnailSweep.ts`, and ends with its work.
import { workerData } from 'node:worker_threads';
import { type Sweep, sweepThumbnails } from './thumbnailSweep.js';

sweepThumbnails(workerData as Sweep);
