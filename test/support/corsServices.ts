import type { CorsRule, DoctorProbes, DoctorRepairs } from '../../src/core/doctor/probes.js';
import type { Services } from '../../src/core/ports.js';

/** One bucket's CORS rules, which can be read and set; `bucket.rules` are those of the moment. */
export function corsServices(...rules: readonly CorsRule[]) {
  const bucket = { rules };
  const services: Pick<Services, 'probes' | 'repairs'> = {
    probes: { corsRules: async () => bucket.rules } as Partial<DoctorProbes> as DoctorProbes,
    repairs: {
      setCorsRules: async (_name, set) => {
        bucket.rules = [...set];
      },
    } as Partial<DoctorRepairs> as DoctorRepairs,
  };
  return { bucket, services };
}
