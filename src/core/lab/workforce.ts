import type { Tags } from './labTags.js';

export interface Workforce {
  readonly name: string;
  readonly userPoolId?: string;
}

export interface UserPool {
  readonly id: string;
  readonly tags: Tags;
}
