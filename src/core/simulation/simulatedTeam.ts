import type { SimulatedMember } from './simulation.js';
import type { SimulatedWorker } from './simulatedWorker.js';

/** So many at once: each signs in, which takes the server's processor a moment. */
export const mostSimulatedWorkers = 100;

/** `.invalid` belongs to nobody (RFC 2606): no mail can go astray. */
const domain = 'simulated.invalid';

/** The members of a simulation: `simulated-01@…` and so on, the same ones in each run. */
export function simulatedMembers(count: number, worker: SimulatedWorker, password: string): readonly SimulatedMember[] {
  return Array.from({ length: count }, (_, index) => ({
    email: `simulated-${String(index + 1).padStart(2, '0')}@${domain}`,
    password,
    worker,
  }));
}

/** `simulated-01`, where the address is one of theirs. */
export function simulatedName(email: string): string | undefined {
  const number = simulatedNumber(email);
  return number && `simulated-${number}`;
}

/** `01`, in which they differ. */
export function simulatedNumber(email: string): string | undefined {
  return new RegExp(`^simulated-(\\d+)@${domain.replace('.', '\\.')}$`, 'u').exec(email)?.[1];
}
