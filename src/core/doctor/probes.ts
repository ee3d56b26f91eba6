import type { S3Uri } from '../s3Uri.js';

// What the doctor asks of an account beyond what the product works with. All of it reads, and nothing else.
export interface DoctorProbes {
  /** Where AWS keeps the bucket. */
  bucketRegion(bucket: string, signal: AbortSignal): Promise<string>;
  corsRules(bucket: string, signal: AbortSignal): Promise<readonly CorsRule[]>;
  bucketPolicy(bucket: string, signal: AbortSignal): Promise<string | undefined>;
  publicAccessBlock(bucket: string, signal: AbortSignal): Promise<PublicAccessBlock | undefined>;
  encryption(bucket: string, signal: AbortSignal): Promise<BucketEncryption>;
  /** Gets the object as a worker's page does, which names its origin; of a large one the first bytes. */
  readAsPage(uri: S3Uri, mostBytes: number, signal: AbortSignal): Promise<PageReading>;
  /** `undefined` where there is no such role. */
  role(name: string, signal: AbortSignal): Promise<RoleFacts | undefined>;
  /** Those written into the role and those attached to it. */
  rolePolicies(name: string, signal: AbortSignal): Promise<readonly RolePolicy[]>;
  /** What IAM itself says that the principal may do. */
  simulate(question: Permission & { readonly principalArn: string }, signal: AbortSignal): Promise<Decision>;
  /** The one private workforce of the account and region. */
  workforce(signal: AbortSignal): Promise<WorkforceFacts | undefined>;
  userPool(id: string, signal: AbortSignal): Promise<UserPoolFacts>;
}

/** What a fix changes. Each is one call, and undoes nothing that it does not name. */
export interface DoctorRepairs {
  setCorsRules(bucket: string, rules: readonly CorsRule[], signal: AbortSignal): Promise<void>;
  setBucketPolicy(bucket: string, policy: string | undefined, signal: AbortSignal): Promise<void>;
  setTrustPolicy(role: string, document: string, signal: AbortSignal): Promise<void>;
  putRolePolicy(policy: RolePolicy & { readonly role: string }, signal: AbortSignal): Promise<void>;
  addUserPoolDomain(userPoolId: string, domain: string, signal: AbortSignal): Promise<void>;
}

/** As S3 has it. */
export interface CorsRule {
  readonly ID?: string;
  readonly AllowedHeaders?: readonly string[];
  readonly AllowedMethods?: readonly string[];
  readonly AllowedOrigins?: readonly string[];
  readonly ExposeHeaders?: readonly string[];
  readonly MaxAgeSeconds?: number;
}

export interface PublicAccessBlock {
  readonly BlockPublicAcls: boolean;
  readonly IgnorePublicAcls: boolean;
  readonly BlockPublicPolicy: boolean;
  readonly RestrictPublicBuckets: boolean;
}

export interface PublicChange {
  readonly before: PublicSettings;
  readonly after: PublicSettings;
}

/** What stands in the way of an object that anybody may read, as S3 names it; what is not set is left out. */
export interface PublicSettings {
  readonly PublicAccessBlockConfiguration?: PublicAccessBlock;
  /** `BucketOwnerEnforced`: objects have no ACLs. */
  readonly ObjectOwnership?: string;
}

export interface BucketEncryption {
  /** `AES256` or `aws:kms`. */
  readonly algorithm: string;
  readonly kmsKeyArn?: string;
}

export interface PageReading {
  readonly bytes: Uint8Array;
  readonly totalBytes: number;
  /** The header that lets a page of another origin have the bytes. */
  readonly allowOrigin?: string;
}

export interface RoleFacts {
  readonly name: string;
  readonly arn: string;
  /** JSON. */
  readonly trustPolicy: string;
}

export interface RolePolicy {
  readonly name: string;
  /** JSON. */
  readonly document: string;
}

/** One thing to be done to one resource. */
export interface Permission {
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
}

export type Decision = 'allowed' | 'explicitDeny' | 'implicitDeny' | 'conditional';

export interface WorkforceFacts {
  readonly name: string;
  readonly status: string;
  readonly failureReason?: string;
  /** Where workers may come from; empty: from anywhere. */
  readonly cidrs: readonly string[];
  readonly userPoolId?: string;
}

export interface UserPoolFacts {
  readonly id: string;
  readonly name: string;
  readonly domain?: string;
}
