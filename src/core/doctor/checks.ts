import type { Check } from './check.js';
import { authIdentity, availability, region } from './checks/access.js';
import { bucketsListed, encryption, publicAccess, sameRegion } from './checks/buckets.js';
import { chainCount, trainManifest } from './checks/chain.js';
import { cors } from './checks/cors.js';
import { cost } from './checks/cost.js';
import { jobName, labelAttribute, timeLimits } from './checks/job.js';
import { labelList, templateGrants } from './checks/labels.js';
import { manifestLint } from './checks/manifest.js';
import { exif, pictures, readable } from './checks/pictures.js';
import { resultMissing, stalled } from './checks/progress.js';
import { passRole, roleLogs, roleTrust } from './checks/role.js';
import { functions, outputWritable, roleBuckets } from './checks/rolePermissions.js';
import { poolDomain, teamInvites, teamSize, workforceReady } from './checks/team.js';

/** All that the doctor looks at, in the order of its stages. */
export const checks: readonly Check[] = [
  authIdentity,
  region,
  availability,
  bucketsListed,
  sameRegion,
  cors,
  publicAccess,
  encryption,
  roleTrust,
  passRole,
  roleBuckets,
  roleLogs,
  functions,
  manifestLint,
  chainCount,
  readable,
  pictures,
  exif,
  labelList,
  templateGrants,
  workforceReady,
  teamSize,
  teamInvites,
  poolDomain,
  jobName,
  labelAttribute,
  timeLimits,
  cost,
  stalled,
  outputWritable,
  resultMissing,
  trainManifest,
];
